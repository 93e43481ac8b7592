/** Where the bars of every brain area stand, and what their marks mean: arithmetic only. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';

import { textWidth } from '../charts/chart_words';
import type { Box } from '../charts/sizes';
import type { BrainBars, RdmFrame } from './rdm_frame';

/** The bars of one brain area. */
export interface BarsPlace {
  plot: Box;
  x: ScaleLinear<number, number>;
  /** Whether the names of the bars stand left of these. */
  named: boolean;
  title: number;
}

/** A mark of the bars that is explained. */
export interface LegendPlace {
  kind: MarkKind;
  words: string;
  left: number;
  top: number;
}

export type MarkKind = 'error' | 'untrained' | 'ceiling' | 'bound';

const MARK_WORDS: readonly (readonly [MarkKind, string])[] = [
  ['error', 'standard error over subjects'],
  ['untrained', 'untrained'],
  ['ceiling', 'noise ceiling, lower to upper'],
  ['bound', 'no model can exceed']
];

/** The bars' part of a layout. */
export interface BarsLayout {
  bars: BarsPlace[];
  legend: LegendPlace[];
  rowHeight: number;
  /** How much room the names of the bars take, left of the first plot. */
  names: number;
  /** How many rows are the model's areas. */
  areas: number;
  bottom: number;
}

const GAP = 16;
/** From the edge to a name, and from there to its bar. */
export const NAME_GAP = 12;

/** Lays the bars out below `start`: side by side where there is room, else above one another. */
export function barsLayout(
  frame: RdmFrame,
  width: number,
  start: number,
  font: number,
  ends: readonly [number, number]
): BarsLayout {
  const legend = legendPlaces(frame, width, start, font);
  const top = (legend.at(-1)?.top ?? start) + 0.9 * font;
  const rows = frame.areas.length + (frame.references.length && frame.references.length + 1);
  const rowHeight = font + 6;
  const labels = [...frame.areas, ...frame.references].map(name => textWidth(name, font, true));
  const names = Math.ceil(Math.min(Math.max(...labels, 20), 0.35 * width)) + NAME_GAP;
  const height = rows * rowHeight;
  const n = frame.brains.length;
  const abreast = n > 0 && (width - names) / n >= 230;
  const columns = abreast ? n : 1;
  const plotWidth = (width - names - (columns - 1) * 2 * GAP) / columns - 18;
  const each = height + 5.2 * font;
  const bars = frame.brains.map((_, b) => {
    const left = names + (abreast ? b * (plotWidth + 2 * GAP) : 0);
    const title = top + (abreast ? 0 : b * each) + font;
    const plot = { left, top: title + 0.7 * font, width: plotWidth, height };
    const x = scaleLinear(ends, [left, left + plotWidth]);
    return { plot, x, named: !abreast || b === 0, title };
  });
  const bottom = top + (abreast ? 1 : n) * each;
  return { bars, legend, rowHeight, names, areas: frame.areas.length, bottom };
}

/** What the marks mean, in as many lines as it takes; what is on no bar is not explained. */
function legendPlaces(frame: RdmFrame, width: number, start: number, font: number): LegendPlace[] {
  const known = (values: Iterable<number>): boolean => [...values].some(Number.isFinite);
  const there: Record<MarkKind, boolean> = {
    error: frame.brains.some(brain => brain.subjects > 1),
    untrained: frame.brains.some(brain => known(brain.untrained)),
    ceiling: frame.brains.some(brain => known([brain.lower])),
    bound: frame.brains.some(brain => known([brain.bound]))
  };
  let [left, top] = [4, start + font];
  return MARK_WORDS.filter(([kind]) => there[kind]).map(([kind, words]) => {
    const needed = 26 + textWidth(words, font) + 16;
    if (left > 4 && left + needed > width) {
      [left, top] = [4, top + 1.5 * font];
    }
    const place = { kind, words, left, top };
    left += needed;
    return place;
  });
}

/** Ends of the axis of the scores: all that is drawn, and 0. */
export function scoreEnds({ brains }: RdmFrame): [number, number] {
  const ends = brains.flatMap(brain => [...reach(brain.value, brain.error), ...others(brain)]);
  const known = ends.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...known), Math.max(0.05, ...known)];
  return [Math.floor(low * 20) / 20, Math.ceil(high * 20 + 0.2) / 20];
}

function reach(value: Float32Array, error: Float32Array): number[] {
  return [...value].flatMap((score, i) => {
    const whisker = Number.isFinite(error[i]) ? error[i]! : 0;
    return [score - whisker, score + whisker];
  });
}

function others(brain: BrainBars): number[] {
  const references = reach(brain.reference, brain.referenceError);
  return [...brain.untrained, ...references, brain.lower, brain.upper, brain.bound];
}

/** The row that a bar stands in: between the model's areas and other models a row is left for words. */
export function rowOf(layout: BarsLayout, bar: number): number {
  return bar < layout.areas ? bar : bar + 1;
}

/** The bar that a place lies on: its brain area, and its index among areas and references. */
export function barRowAt(layout: BarsLayout, x: number, y: number): { brain: number; bar: number } | null {
  for (const [brain, { plot, named }] of layout.bars.entries()) {
    const left = named ? plot.left - layout.names : plot.left;
    if (x >= left && x <= plot.left + plot.width && y >= plot.top && y < plot.top + plot.height) {
      const row = Math.floor((y - plot.top) / layout.rowHeight);
      return row === layout.areas ? null : { brain, bar: row > layout.areas ? row - 1 : row };
    }
  }
  return null;
}
