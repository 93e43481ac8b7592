/** A frame of scores with what lies behind one of them, site by site and image by image: twin of explorer_frame.py. */
import { type Fields, FrameError, floats } from '../../wire';
import { type ScoreFrame, readScores, scoreCount } from '../scores/score_frame';

/** The sites behind a bar. */
export interface Sites {
  /** Of which bar: indices of its brain area and its model area. */
  brain: number;
  model: number;
  ids: string[];
  /** Pearson r of each site on held-out images; NaN where it is not known. */
  r: Float32Array;
  /** Expected r of a perfect model; NaN where it is not known. */
  ceiling: Float32Array;
}

/** The responses of one of the sites. */
export interface Responses {
  /** Index among the sites. */
  site: number;
  /** Indices in the sheet of images, ascending: that is by category. */
  images: Float32Array;
  /** In standard deviations from the site's mean; a prediction is NaN where the image was never held out. */
  recorded: Float32Array;
  predicted: Float32Array;
}

/** Scores, and the levels beneath that are open. */
export interface ExplorerFrame extends ScoreFrame {
  sites: Sites | null;
  responses: Responses | null;
}

/** What a person has chosen: a bar, and perhaps one of its sites; -1 for none. */
export interface Choice {
  brain: number;
  model: number;
  site: number;
}

/** Nothing is chosen: the bars alone. */
export const NOTHING: Choice = { brain: -1, model: -1, site: -1 };

/** Checks a frame and takes it apart. */
export function readExplorer(header: Fields, values: DataView): ExplorerFrame {
  const scores = readScores(header, values);
  if (!header.has('site_ids')) {
    return { ...scores, sites: null, responses: null };
  }
  const start = scoreCount(scores);
  const ids = header.texts('site_ids');
  const sites = {
    brain: header.integer('chosen_brain', 0, scores.brains.length - 1),
    model: header.integer('chosen_model', 0, scores.modelAreas.length - 1),
    ids,
    r: floats(values, start, ids.length),
    ceiling: floats(values, start + ids.length, ids.length)
  };
  if (!header.has('chosen_site')) {
    return { ...scores, sites, responses: null };
  }
  return { ...scores, sites, responses: readResponses(header, values, start + 2 * ids.length, ids.length) };
}

function readResponses(header: Fields, values: DataView, start: number, sites: number): Responses {
  const count = header.integer('n_images', 1);
  const [images, recorded, predicted] = [0, 1, 2].map(part => floats(values, start + part * count, count));
  if (images!.some((image, i) => !Number.isInteger(image) || image < (i > 0 ? images![i - 1]! + 1 : 0))) {
    throw new FrameError('The frame should name images by ascending whole numbers; it does not.');
  }
  const site = header.integer('chosen_site', 0, sites - 1);
  return { site, images: images!, recorded: recorded!, predicted: predicted! };
}

/** What is open in a frame. */
export function choiceOf({ sites, responses }: ExplorerFrame): Choice {
  return sites ? { brain: sites.brain, model: sites.model, site: responses?.site ?? -1 } : NOTHING;
}

/** What is chosen when the deepest open level is closed. */
export function levelUp({ brain, model, site }: Choice): Choice {
  return site >= 0 ? { brain, model, site: -1 } : NOTHING;
}

/** The median of the numbers that are known; NaN where none is. */
export function median(values: ArrayLike<number>): number {
  const sorted = Array.from(values)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The mean of the numbers that are known; NaN where none is. */
export function mean(values: ArrayLike<number>): number {
  const known = Array.from(values).filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The sites with a known r, from the lowest r to the highest. */
export function ranked({ r }: Sites): number[] {
  return Array.from(r.keys())
    .filter(site => Number.isFinite(r[site]))
    .sort((a, b) => r[a]! - r[b]! || a - b);
}
