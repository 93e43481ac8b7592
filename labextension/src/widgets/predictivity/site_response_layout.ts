/** Where a site's responses stand, image by image and category by category: arithmetic only. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';

import { textWidth } from '../charts/chart_words';
import type { Box } from '../charts/sizes';
import { type Responses, mean } from './predictivity_explorer_frame';
import type { ImageSheet } from '../panel/image_sheet';

/** Neighbouring images of one category. */
export interface Run {
  label: string;
  /** Index of the first image, and how many there are. */
  first: number;
  count: number;
  left: number;
  right: number;
  /** Mean response to them; a prediction's is NaN where none is known. */
  recorded: number;
  predicted: number;
}

/** All places, in pixels of the drawing. */
export interface ResponseLayout {
  box: Box;
  plot: Box;
  /** Where the words that explain the dots begin: beside the heading, or beneath it. */
  legend: { left: number; top: number };
  /** Where the image that is pointed at is shown. */
  picture: Box;
  font: number;
  y: ScaleLinear<number, number>;
  runs: Run[];
  /** How the names of the categories are written: along the axis, across it, or not at all for want of room. */
  names: 'flat' | 'upright' | 'none';
  /** Of a dot, in pixels. */
  radius: number;
}

const PICTURE = 156;
/** Radii: the smallest is still seen from the last row, though dots of many images lie on one another. */
export const SMALLEST_DOT = 2.5;
const LARGEST_DOT = 3.5;
const LONGEST_NAME = 72;
const ROOM_OF_HEADING = 230;

/** What the dots and lines are, in words. */
export const LEGEND = [
  ['recorded', 'recorded'],
  ['predicted', 'predicted, held out'],
  ['mean', 'category means']
] as const;

/** How much room an entry of the legend takes. */
export function entryWidth(label: string, font: number): number {
  return 24 + textWidth(label, font) + 12;
}

function legendWidth(font: number): number {
  return LEGEND.reduce((sum, [, label]) => sum + entryWidth(label, font), 0);
}

/** Lowest and highest response that is shown. */
export function responseRange({ recorded, predicted }: Responses): [number, number] {
  const known = [...recorded, ...predicted].filter(Number.isFinite);
  return [
    known.reduce((low, value) => Math.min(low, value), -1),
    known.reduce((high, value) => Math.max(high, value), 1)
  ];
}

/** Lays responses out in a box; `range` are the ends of the axis. */
export function responseLayout(
  responses: Responses,
  sheet: ImageSheet,
  box: Box,
  range: readonly [number, number],
  font: number
): ResponseLayout {
  const left = box.left + 2.6 * font + 20;
  const beside = box.width >= 520;
  const right = box.left + box.width - (beside ? PICTURE + 16 : 8);
  const beneath = legendWidth(font) + ROOM_OF_HEADING > right - box.left;
  const legend = {
    left: beneath ? box.left + 4 : right - legendWidth(font),
    top: box.top + (beneath ? 2.6 : 1) * font + 1
  };
  const top = box.top + (beneath ? 3.9 : 2.2) * font;
  const width = right - left;
  const runs = runsOf(responses, sheet, left, width);
  const names = namesOf(runs, font);
  const foot = { flat: 1.7 * font, upright: longest(runs, font) + 12, none: 8 }[names];
  const below = beside ? 0 : 76;
  const plot = { left, top, width, height: box.top + box.height - top - foot - below };
  const picture = beside
    ? { left: right + 16, top: box.top, width: PICTURE, height: box.height }
    : { left: box.left + 4, top: box.top + box.height - below, width: box.width - 8, height: below };
  const y = scaleLinear([range[0], range[1]], [plot.top + plot.height, plot.top]).nice(4);
  const radius = Math.min(LARGEST_DOT, Math.max(SMALLEST_DOT, (0.45 * width) / responses.images.length));
  return { box, plot, legend, picture, font, y, runs, names, radius };
}

/** The middle of an image's place on the axis. */
export function imageX({ plot }: Pick<ResponseLayout, 'plot'>, index: number, count: number): number {
  return plot.left + ((index + 0.5) * plot.width) / count;
}

/** The image at a place; -1 outside of the plot. */
export function imageAt({ plot, box }: ResponseLayout, count: number, x: number, y: number): number {
  const index = Math.floor(((x - plot.left) / plot.width) * count);
  return index >= 0 && index < count && y >= box.top && y <= box.top + box.height ? index : -1;
}

function runsOf(responses: Responses, sheet: ImageSheet, left: number, width: number): Run[] {
  const labels = Array.from(responses.images, image => sheet.label(image));
  const starts = labels.flatMap((label, i) => (i === 0 || label !== labels[i - 1] ? [i] : []));
  return starts.map((first, i) => {
    const end = starts[i + 1] ?? labels.length;
    return {
      label: labels[first]!,
      first,
      count: end - first,
      left: left + (first * width) / labels.length,
      right: left + (end * width) / labels.length,
      recorded: mean(responses.recorded.subarray(first, end)),
      predicted: mean(responses.predicted.subarray(first, end))
    };
  });
}

function namesOf(runs: readonly Run[], font: number): ResponseLayout['names'] {
  if (runs.every(({ label }) => label === '')) {
    return 'none';
  }
  if (runs.every(({ label, left, right }) => textWidth(label, font) + 4 <= right - left)) {
    return 'flat';
  }
  return runs.every(({ left, right }) => right - left >= font) ? 'upright' : 'none';
}

function longest(runs: readonly Run[], font: number): number {
  return Math.min(LONGEST_NAME, Math.max(0, ...runs.map(({ label }) => textWidth(label, font))));
}
