/** What of a frame the brain shows, and where: arithmetic only. */
import { scaleLinear } from 'd3-scale';

import { captionHeight } from '../charts/chart_caption';
import { FIELD, REGIONS, regionOf } from './brain_outline';
import { fontSize } from '../charts/sizes';
import { type BrainScores, type ScoreFrame, bestOf } from '../scores/score_frame';

/** An area of the drawing with its scores; no scores where there are no recordings. */
export interface ShownArea {
  area: string;
  brain: BrainScores | undefined;
  /** Index of the best model area; -1 where nothing is known. */
  best: number;
  score: number;
}

/** Places, and the size of the whole drawing. */
export interface BrainLayout {
  width: number;
  height: number;
  font: number;
  /** Pixels per unit of the brain's field, and where the field begins. */
  scale: number;
  left: number;
  cards: { left: number; top: number; width: number; height: number }[];
  legend: { left: number; top: number; width: number };
  /** Where the convention begins, and its lines. */
  caption: number;
  captionLines: readonly string[];
}

const WIDEST_BRAIN = 620;
const GAP = 8;
/** Narrower, a card has no room for "best: model V4". */
const LEAST_CARD = 112;

/** Viridis, in five stops: even in lightness, safe for the common colour blindnesses. */
const STOPS = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];

/** The colour of a score between 0 and `top`. */
export function scoreColour(score: number, top: number): string {
  const at = STOPS.map((_, i) => (i / (STOPS.length - 1)) * top);
  return scaleLinear<string>(at, STOPS).clamp(true)(score);
}

/** Whether dark text is read better than white on a score's colour. */
export function darkOn(score: number, top: number): boolean {
  return score > 0.45 * top;
}

/** From the front of the brain to the back, each area with the recordings that it shows: real before simulated ones. */
export function shownAreas(frame: ScoreFrame | null): ShownArea[] {
  return REGIONS.map(({ area }) => {
    const known = (frame?.brains ?? []).filter(brain => regionOf(brain.area) === area);
    const order = known.sort((a, b) => Number(a.simulated) - Number(b.simulated));
    const brain = order.find(one => bestOf(one) >= 0) ?? order[0];
    const best = brain ? bestOf(brain) : -1;
    return { area, brain, best, score: brain && best >= 0 ? brain.value[best]! : NaN };
  }).reverse();
}

/** The upper end of the colours: the highest ceiling or score, to a tenth; it does not move while the scores do. */
export function colourTop(areas: readonly ShownArea[]): number {
  let top = 0.1;
  for (const { brain, score } of areas) {
    for (const value of [brain?.ceiling ?? NaN, score]) {
      top = Number.isFinite(value) ? Math.max(top, value) : top;
    }
  }
  return Math.ceil(top * 10 - 1e-6) / 10;
}

/** Lays the drawing out for a width. */
export function brainLayout(width: number, captionLines: readonly string[] = []): BrainLayout {
  const font = fontSize(width);
  const across = Math.min(width, WIDEST_BRAIN);
  const scale = across / FIELD.width;
  const top = FIELD.height * scale + 6;
  const widthOf = (columns: number): number => (width - GAP * (columns - 1)) / columns;
  const columns = widthOf(REGIONS.length) < LEAST_CARD ? 2 : REGIONS.length;
  const each = widthOf(columns);
  const height = 6.6 * font + 10;
  const cards = REGIONS.map((_, i) => ({
    left: (i % columns) * (each + GAP),
    top: top + Math.floor(i / columns) * (height + GAP),
    width: each,
    height
  }));
  const legend = { left: 3, top: cards.at(-1)!.top + height + 12, width: Math.min(260, width * 0.55) };
  const left = (width - across) / 2;
  const caption = Math.ceil(legend.top + 12 + 2.6 * font);
  const whole = Math.ceil(caption + captionHeight(captionLines, font));
  return { width, height: whole, font, scale, left, cards, legend, caption, captionLines };
}

/** From where to where a region reaches across the drawing, in pixels: its card stands beside it. */
export function regionSpan(area: string, { left, scale }: BrainLayout): { left: number; right: number } {
  const across = REGIONS.find(region => region.area === area)!.outline.map(([x]) => left + x * scale);
  return { left: Math.min(...across), right: Math.max(...across) };
}
