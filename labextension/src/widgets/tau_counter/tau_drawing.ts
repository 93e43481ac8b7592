/** Two small RDMs on a canvas: images along the diagonal, dissimilarities above it, the two pairs of a step marked. */
import { type Rgb, css, inkOn, sequential } from '../../pixels';
import { shortened, valueText } from '../charts/chart_words';
import type { Box } from '../charts/sizes';
import type { ImageSheet } from '../panel/image_sheet';
import { pairIndex } from '../charts/pair_index';
import type { Step, TauFrame } from './tau_frame';
import type { TauLayout } from './tau_layout';

/** Colours and font that the theme gives. */
export interface TauLooks {
  ink: string;
  quiet: string;
  paper: string;
  font: string;
}

/** Paints both matrices; `step` is the one that is looked at. */
export function paintTau(
  context: CanvasRenderingContext2D,
  frame: TauFrame,
  layout: TauLayout,
  sheet: ImageSheet,
  step: Step | null,
  looks: TauLooks
): void {
  frame.values.forEach((values, which) => {
    const box = layout.boxes[which]!;
    context.fillStyle = looks.ink;
    context.font = `600 ${layout.font + 1}px ${looks.font}`;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    const title = shortened(frame.names[which]!, box.width, layout.font + 1, true);
    context.fillText(title, box.left, box.top - 0.7 * layout.font);
    paintImages(context, frame, box, layout, sheet, looks);
    paintCells(context, frame, values, box, layout, looks);
    step?.pairs.forEach((pair, i) => paintMark(context, pair, 'AB'[i]!, box, layout, looks));
  });
}

function paintImages(
  context: CanvasRenderingContext2D,
  frame: TauFrame,
  { left, top }: Box,
  { cell, font }: TauLayout,
  sheet: ImageSheet,
  looks: TauLooks
): void {
  frame.rows.forEach((image, i) => {
    const [x, y] = [left + i * cell, top + i * cell];
    const picture = sheet.picture(image);
    if (picture) {
      const scale = (cell - 4) / Math.max(sheet.width, sheet.height);
      const [wide, high] = [sheet.width * scale, sheet.height * scale];
      context.imageSmoothingEnabled = scale < 2;
      context.drawImage(picture, x + (cell - wide) / 2, y + (cell - high) / 2, wide, high);
    } else {
      context.fillStyle = looks.ink;
      context.font = `${font - 2}px ${looks.font}`;
      context.textAlign = 'center';
      const name = shortened(sheet.id(image) || `image ${i + 1}`, cell - 4, font - 2);
      context.fillText(name, x + cell / 2, y + cell / 2 + 0.3 * font);
    }
  });
}

function paintCells(
  context: CanvasRenderingContext2D,
  frame: TauFrame,
  values: Float32Array,
  { left, top }: Box,
  { cell, font }: TauLayout,
  looks: TauLooks
): void {
  const ranks = shades(values);
  const size = Math.min(font, Math.floor(cell / 3.4));
  for (let row = 0; row < frame.count; row += 1) {
    for (let column = row + 1; column < frame.count; column += 1) {
      const pair = pairIndex(row, column, frame.count);
      const colour: Rgb = sequential(ranks[pair]!);
      const [x, y] = [left + column * cell, top + row * cell];
      context.fillStyle = css(colour);
      context.fillRect(x + 1, y + 1, cell - 2, cell - 2);
      context.fillStyle = inkOn(colour);
      context.font = `${size}px ${looks.font}`;
      context.textAlign = 'center';
      context.fillText(valueText(values[pair]!), x + cell / 2, y + cell / 2 + 0.36 * size);
    }
  }
}

/** The rank of each number among all, 0 to 1; equal numbers have the same. */
export function shades(values: Float32Array): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const place = new Map(sorted.map((value, i) => [value, sorted.length > 1 ? i / (sorted.length - 1) : 0.5]));
  return [...values].map(value => place.get(value)!);
}

/** Frames a cell and the two images that it is about, and names it; pair B is dashed. */
function paintMark(
  context: CanvasRenderingContext2D,
  [row, column]: readonly [number, number],
  name: string,
  { left, top }: Box,
  { cell, font }: TauLayout,
  looks: TauLooks
): void {
  context.setLineDash(name === 'A' ? [] : [4, 3]);
  const frame = (down: number, along: number, width: number, inset: number): void => {
    context.lineWidth = width;
    const side = cell - 2 * inset;
    context.strokeRect(left + along * cell + inset, top + down * cell + inset, side, side);
  };
  context.strokeStyle = looks.paper;
  frame(row, column, 7, 2);
  context.strokeStyle = looks.ink;
  frame(row, column, 3, 2);
  // An image may be in both pairs: the frames lie within one another.
  const inset = name === 'A' ? 1 : 4;
  frame(row, row, 2, inset);
  frame(column, column, 2, inset);
  context.setLineDash([]);
  const [x, y] = [left + column * cell, top + row * cell];
  const size = font + 5;
  context.fillStyle = looks.ink;
  context.fillRect(x + cell - size, y, size, size);
  context.fillStyle = looks.paper;
  context.font = `700 ${font - 1}px ${looks.font}`;
  context.textAlign = 'center';
  context.fillText(name, x + cell - size / 2, y + size / 2 + 0.36 * font);
}
