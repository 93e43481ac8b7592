/** Where every bar of the scores stands, and the scale: arithmetic only. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';

import { clipped, textWidth } from '../charts/chart_words';
import { fontSize } from '../charts/sizes';
import type { BrainScores, ScoreFrame } from '../scores/score_frame';

/** One bar: of which brain area and model area, and where. */
export interface BarPlace {
  brain: number;
  model: number;
  left: number;
  width: number;
}

/** One entry of the legend: a model area by its index, or a mark. */
export interface LegendPlace {
  kind: 'model' | 'untrained' | 'pixels' | 'ceiling' | 'error';
  model: number;
  /** The label as it is written, and whole. */
  label: string;
  whole: string;
  left: number;
  top: number;
}

/** All places, and the size of the whole drawing. */
export interface BarsLayout {
  width: number;
  /** Where the names of the brain areas end, and what stands below begins. */
  foot: number;
  /** Whether scores are written in percent. */
  percent: boolean;
  font: number;
  plot: { left: number; top: number; width: number; height: number };
  groups: { left: number; width: number }[];
  bars: BarPlace[];
  legend: LegendPlace[];
  y: ScaleLinear<number, number>;
}

const SWATCH = 18;
/** Fifty letters of usual width, in sizes of the font. */
const LONGEST_LABEL_EM = 29;
const MARKS = [
  ['untrained', 'untrained'],
  ['pixels', 'pixels'],
  ['ceiling', 'noise ceiling (\u2191 above)'],
  ['error', 'error']
] as const;

/** Whether a mark is worth a place in the legend: while a network learns it may still come, else it must be there. */
function isWorthNaming({ step, brains }: ScoreFrame, kind: (typeof MARKS)[number][0]): boolean {
  const numbers = brains.flatMap(({ [kind]: known }) => (typeof known === 'number' ? [known] : [...known]));
  return step !== null || numbers.some(Number.isFinite);
}
const WIDEST_BAR = 46;

/** All that takes room of one brain area, whiskers' ends included, where it is known; a ceiling above is an arrow. */
function drawnScores({ value, error, untrained, pixels }: BrainScores): number[] {
  const ends = [...value].flatMap((score, m) => {
    const reach = Number.isFinite(error[m]) ? error[m]! : 0;
    return [score - reach, score + reach];
  });
  return [...ends, ...untrained, pixels].filter(Number.isFinite);
}

/** Lowest score that the axis reaches down to: 0, or a tenth below what is there. */
export function lowestScore({ brains }: ScoreFrame): number {
  const low = Math.min(0, ...brains.flatMap(drawnScores));
  return low < -0.005 ? Math.floor(low * 10) / 10 : 0;
}

/** How high the axis of bars is in a drawing of a width, where there is no end to the room. */
export function usualAxis(width: number): number {
  return Math.round(170 + width / 14);
}

/** Lays the drawing out for a width; `low` and `high` are the ends of the axis, `axis` is its height. */
export function barsLayout(
  frame: ScoreFrame,
  width: number,
  low: number,
  high = highestScore(frame),
  font = fontSize(width),
  axis = usualAxis(width)
): BarsLayout {
  const legend = legendPlaces(frame, width, font);
  const legendHeight = (legend.at(-1)?.top ?? 0) + font;
  const left = 2.6 * font + 20;
  const plot = {
    left,
    top: legendHeight + 1.6 * font,
    width: width - left - 8,
    height: axis
  };
  const floor = plot.top + plot.height;
  const y = scaleLinear([low, high], [floor, plot.top]);
  const groups = frame.brains.map((_, b) => {
    const each = plot.width / frame.brains.length;
    return { left: plot.left + b * each, width: each };
  });
  const bars = groups.flatMap(({ left: from, width: room }, brain) => barPlaces(frame, brain, from, room));
  const foot = Math.round(floor + 3.7 * font);
  const { percent } = frame;
  return { width, foot, percent, font, plot, groups, bars, legend, y };
}

/** Upper end of the axis: a tenth above all that takes room. */
export function highestScore({ brains }: ScoreFrame): number {
  const high = Math.max(0.1, ...brains.flatMap(drawnScores));
  return Math.ceil(high * 10 + 0.2) / 10;
}

function barPlaces(frame: ScoreFrame, brain: number, from: number, room: number): BarPlace[] {
  const n = frame.modelAreas.length;
  const step = Math.min(WIDEST_BAR, (0.84 * room) / n);
  const start = from + room / 2 - (n * step) / 2;
  return frame.modelAreas.map((_, model) => ({
    brain,
    model,
    left: start + model * step + 1.5,
    width: step - 3
  }));
}

function legendPlaces(frame: ScoreFrame, width: number, font: number): LegendPlace[] {
  const entries = [
    ...frame.modelAreas.map((area, model) => ({ kind: 'model' as const, model, label: `model ${area}` })),
    ...MARKS.filter(([kind]) => isWorthNaming(frame, kind)).map(([kind, label]) => ({
      kind,
      model: -1,
      label
    }))
  ];
  let [left, top] = [4, font];
  const longest = Math.min(width - SWATCH - 24, LONGEST_LABEL_EM * font);
  return entries.map(({ label: whole, ...entry }) => {
    const label = clipped(whole, longest, font);
    const needed = SWATCH + 6 + textWidth(label, font) + 14;
    if (left > 4 && left + needed > width) {
      [left, top] = [4, top + 1.6 * font];
    }
    const place = { ...entry, label, whole, left, top };
    left += needed;
    return place;
  });
}

/** The bar nearest to a place of the drawing, within its group. */
export function barAt(layout: BarsLayout, x: number, y: number): BarPlace | undefined {
  const { plot } = layout;
  if (y < plot.top - 10 || y > plot.top + plot.height + 3 * layout.font) {
    return undefined;
  }
  const group = layout.groups.findIndex(({ left, width }) => x >= left && x < left + width);
  const near = layout.bars.filter(({ brain }) => brain === group);
  const distance = (bar: BarPlace): number => Math.abs(bar.left + bar.width / 2 - x);
  return near.sort((a, b) => distance(a) - distance(b))[0];
}
