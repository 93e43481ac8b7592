/** Where the cells of a matrix of scores stand: arithmetic only. */
import { captionHeight, captionWidth } from '../charts/chart_caption';
import { clipped, textWidth, wrapped } from '../charts/chart_words';
import { type Box, fontSize } from '../charts/sizes';
import { type MatrixFrame, matchSentence } from './layer_area_frame';

/** All places, and the size of the whole drawing. */
export interface MatrixLayout {
  width: number;
  height: number;
  font: number;
  /** What the rows are called, in the room left of the cells: "model V1", where that is tight "V1", or its two ends. */
  names: string[];
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
/** What a cell needs for its number and the words above it, in letters' heights. */
const LEAST_CELL = 5.5;
/** What stands left and right of a row's name. */
const BESIDE_NAME = 30;

/** Lays a matrix out for a width. */
export function matrixLayout(
  frame: MatrixFrame,
  width: number,
  captionLines: readonly string[] = []
): MatrixLayout {
  const font = fontSize(width);
  const [rows, columns] = [frame.modelAreas.length, frame.columns.length];
  const room = Math.max(0.3 * width, width - 8 - columns * LEAST_CELL * font) - BESIDE_NAME;
  const names = rowNames(frame.modelAreas, room, font + 1);
  const left = Math.max(...names.map(name => textWidth(name, font + 1))) + BESIDE_NAME;
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
  return { width, height, font, names, plot, cellWidth, cellHeight, ...below };
}

/** The rows' names, one way for all: no row says "model" where another has no room for it. */
function rowNames(areas: readonly string[], room: number, size: number): string[] {
  const whole = areas.map(area => `model ${area}`);
  const fit = whole.every(name => textWidth(name, size) <= room);
  return fit ? whole : areas.map(area => clipped(area, room, size));
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
