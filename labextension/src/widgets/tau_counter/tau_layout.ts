/** Where the two small matrices stand: arithmetic only. */
import { type Box, fontSize } from '../charts/sizes';

/** Places of the matrices; a cell is as large as an image. */
export interface TauLayout {
  width: number;
  height: number;
  font: number;
  cell: number;
  boxes: readonly [Box, Box];
}

const GAP = 40;
const LARGEST = 60;
const LEAST_ABREAST = 240;

/** Lays two matrices of `count` images out for a width. */
export function tauLayout(count: number, width: number): TauLayout {
  const font = fontSize(width);
  const title = 2 * font;
  const half = (width - GAP) / 2;
  const abreast = half >= LEAST_ABREAST;
  const cell = Math.floor(Math.min(LARGEST, (abreast ? half : width) / count));
  const side = cell * count;
  const left = abreast ? Math.max(0, (half - side) / 2) : Math.max(0, (width - side) / 2);
  const first = { left: Math.floor(left), top: title, width: side, height: side };
  const second = abreast
    ? { ...first, left: Math.floor(half + GAP + left) }
    : { ...first, top: 2 * title + side + 8 };
  return { width, height: Math.ceil(second.top + side + 6), font, cell, boxes: [first, second] };
}
