/** Where the cells of a matrix of scores stand: arithmetic only. */
import { captionHeight, captionWidth } from './chart_caption';
import { textWidth, wrapped } from './chart_words';
import { type Box, fontSize } from './curves_layout';
import { type MatrixFrame, matchSentence } from './matrix_frame';

/** All places, and the size of the whole drawing. */
export interface MatrixLayout {
  width: number;
  height: number;
  font: number;
  /** The matrix itself. */
  plot: Box;
  cellWidth: number;
  cellHeight: number;
  /** The lines that say how the match came about, and where they begin. */
  words: string[];
  wordsTop: number;
  /** The scale of the colours, beside the matrix or beneath it. */
  scale: Box;
  /** Where the small print begins, and its lines. */
  caption: number;
  captionLines: readonly string[];
}

const WIDEST_CELL = 180;
const LONGEST_NAME = 150;

/** Lays a matrix out for a width. */
export function matrixLayout(
  frame: MatrixFrame,
  width: number,
  captionLines: readonly string[] = []
): MatrixLayout {
  const font = fontSize(width);
  const names = frame.modelAreas.map(area => textWidth(`model ${area}`, font + 1, true));
  const left = Math.min(LONGEST_NAME, 0.3 * width, Math.max(...names) + 34);
  const [rows, columns] = [frame.modelAreas.length, frame.columns.length];
  const cellWidth = Math.min(WIDEST_CELL, (width - left - 8) / columns);
  const cellHeight = Math.round(Math.max(2.4 * font, Math.min(46, 260 / rows)));
  const plot = { left, top: 3.7 * font, width: columns * cellWidth, height: rows * cellHeight };
  const words = wrapped(matchSentence(frame), captionWidth(width), font);
  const scale = {
    left,
    top: plot.top + plot.height + 2.6 * font,
    width: Math.min(plot.width, 160),
    height: 10
  };
  const wordsTop = scale.top + 10 + 3.4 * font;
  const caption = wordsTop + (words.length - 1) * 1.4 * font + 1.7 * font;
  const height = Math.round(caption + captionHeight(captionLines, font));
  const below = { words, wordsTop, scale, caption, captionLines };
  return { width, height, font, plot, cellWidth, cellHeight, ...below };
}

/** The left upper corner of a cell. */
export function matrixCell({ plot, cellWidth, cellHeight }: MatrixLayout, row: number, column: number): Box {
  return {
    left: plot.left + column * cellWidth,
    top: plot.top + row * cellHeight,
    width: cellWidth,
    height: cellHeight
  };
}

/** Upper end of the colours: a tenth above the highest number. */
export function highestCell({ columns }: MatrixFrame): number {
  const known = columns.flatMap(({ value }) => [...value]).filter(Number.isFinite);
  return Math.ceil(Math.max(0.1, ...known) * 10 - 1e-6) / 10;
}
