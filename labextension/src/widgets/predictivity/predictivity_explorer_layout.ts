/** Where the three levels of the explorer stand: beside and beneath one another, each at a fixed place. */
import { captionHeight } from '../charts/chart_caption';
import { type Box, fontSize } from '../charts/sizes';
import { type BarsLayout, barsLayout, usualAxis } from './predictivity_layout';
import type { ScoreFrame } from '../scores/score_frame';

/** A level, by name. */
export type LevelName = 'bars' | 'sites' | 'responses';

/** All places, and the size of the whole drawing; nothing moves when a level is opened. */
export interface ExplorerLayout {
  width: number;
  height: number;
  font: number;
  bars: BarsLayout;
  /** The room of the sites, and from where to where their axis runs. */
  sites: Box;
  axis: { top: number; height: number };
  responses: Box;
  /** Where the small print begins, and its lines. */
  caption: number;
  captionLines: readonly string[];
}

const SIDE_BY_SIDE = 720;
const GAP = 20;

/** Of bars and of responses: lower, and they cannot be read. */
const LEAST_AXIS = 96;
const LEAST_RESPONSES_EM = 9;

/**
 * Lays the levels out for a width: sites beside the bars where there is room, else below them.
 *
 * Where a height is given, and they stand beside one another, all ends there: the small print goes first, and bars and
 * responses share what is missing or spare, down to what can be read.
 */
export function explorerLayout(
  frame: ScoreFrame,
  width: number,
  low: number,
  high: number,
  captionLines: readonly string[] = [],
  height = 0
): ExplorerLayout {
  const usual = laidOut(frame, width, low, high, captionLines, 0);
  if (height === 0 || width < SIDE_BY_SIDE) {
    return usual;
  }
  const lines = usual.height <= height ? captionLines : [];
  const free = height - laidOut(frame, width, low, high, lines, 0).height;
  return laidOut(frame, width, low, high, lines, free);
}

function laidOut(
  frame: ScoreFrame,
  width: number,
  low: number,
  high: number,
  captionLines: readonly string[],
  free: number
): ExplorerLayout {
  const font = fontSize(width);
  const beside = width >= SIDE_BY_SIDE;
  const barsWidth = beside ? Math.round(0.56 * width) : width;
  const axisHeight = Math.max(LEAST_AXIS, usualAxis(barsWidth) + Math.floor(free / 2));
  const bars = barsLayout(frame, barsWidth, low, high, font, axisHeight);
  const sites = beside
    ? { left: barsWidth + GAP, top: 0, width: width - barsWidth - GAP, height: bars.foot }
    : { left: 0, top: bars.foot + GAP, width, height: bars.plot.height + 7.6 * font };
  const axis = beside
    ? { top: bars.plot.top, height: bars.plot.height }
    : { top: sites.top + 3.8 * font, height: bars.plot.height };
  const below = sites.top + sites.height + GAP;
  const own = (beside ? 13 : 19) * font + 24 + Math.ceil(free / 2);
  const responses = { left: 0, top: below, width, height: Math.max(LEAST_RESPONSES_EM * font, own) };
  const caption = below + responses.height + 1.35 * font;
  const height = Math.round(caption + captionHeight(captionLines, font));
  return { width, height, font, bars, sites, axis, responses, caption, captionLines };
}

/** The level that a place belongs to. */
export function levelAt({ sites, responses }: ExplorerLayout, x: number, y: number): LevelName {
  if (y >= responses.top - GAP / 2) {
    return 'responses';
  }
  return x >= sites.left && y >= sites.top - GAP / 2 ? 'sites' : 'bars';
}
