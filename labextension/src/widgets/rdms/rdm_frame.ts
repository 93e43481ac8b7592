/** A frame of RDMs: two matrices, and how alike every model area is to every brain area. Twin of rdm_frame.py. */
import { type Fields, FrameError, bytes, floats } from '../../wire';

/** Most stimuli that a matrix can have. */
const MOST = 1000;

export const SCALES = ['percentiles', 'distances'] as const;

/** Neighbours of one category: from `start` up to, not including, `stop`. */
export interface Group {
  name: string;
  start: number;
  stop: number;
}

/** One of the two RDMs. */
export interface Matrix {
  /** Whose, such as "human IT, mean of 4 subjects". */
  name: string;
  distance: string;
  /** Dissimilarities, strict upper triangle, row by row; NaN where there is no RDM. */
  values: Float32Array;
  /** The same as colours: 0 alike, 255 unlike. */
  pixels: Uint8Array;
  /** What 0 and 255 stand for. */
  limits: readonly [number, number];
}

/** Scores of one brain area; NaN where a number is not known. */
export interface BrainBars {
  area: string;
  subjects: number;
  simulated: boolean;
  /** Per model area: mean over subjects, its standard error, the untrained network's. */
  value: Float32Array;
  error: Float32Array;
  untrained: Float32Array;
  /** Per other model. */
  reference: Float32Array;
  referenceError: Float32Array;
  /** Noise ceiling, and what no model can exceed. */
  lower: number;
  upper: number;
  bound: number;
  /** Why there is no noise ceiling, such as "one trial"; empty where there is one, or while it is worked out. */
  noCeiling: string;
  /** Why a model area, or then another model, has no score; empty where it has one. */
  noScore: string[];
}

/** All that is shown. */
export interface RdmFrame {
  /** How many images are shown, and of how many. */
  count: number;
  stimuli: number;
  model: Matrix;
  brain: Matrix;
  simulated: boolean;
  /** Whether the areas are a model's; else it is one RDM that has a name of its own. */
  ofModel: boolean;
  /** Whether the model area has an RDM. */
  defined: boolean;
  scale: (typeof SCALES)[number];
  /** Of each row, the place of its image in the sheet. */
  rows: number[];
  groups: Group[];
  method: string;
  areas: string[];
  /** The area whose RDM is shown. */
  area: string;
  brains: BrainBars[];
  references: string[];
  /** What each of the other models is, and whose; empty where that is not known. */
  referenceWords: string[];
  /** Whether the scores are being worked out. */
  pending: boolean;
  /** "step 340", "untrained", or nothing. */
  moment: string;
  step: number;
  /** Where the slider through training stands, how far it goes, and whether there is anywhere to go. */
  stop: number;
  stops: number;
  past: boolean;
  /** The category that is shown alone, or nothing. */
  only: string;
  order: string;
  convention: string;
  source: string;
}

/** Checks a frame and takes it apart. */
export function readRdms(header: Fields, values: DataView): RdmFrame {
  const count = header.integer('n', 2, MOST);
  const pairs = (count * (count - 1)) / 2;
  const take = reader(values);
  const [model, brain] = [take(pairs), take(pairs)];
  const [areas, references] = [header.texts('areas'), header.texts('references')];
  const brains = readBrains(header, areas.length, references.length, take);
  const pixels = bytes(values, take.bytes() + 2 * pairs).subarray(take.bytes());
  const area = header.text('area');
  return {
    count,
    stimuli: header.integer('n_stimuli', count),
    model: matrix(header, 'model', area, model, pixels.subarray(0, pairs)),
    brain: matrix(header, 'brain', header.text('brain'), brain, pixels.subarray(pairs)),
    simulated: header.flag('simulated'),
    ofModel: header.flag('of_model', true),
    defined: header.flag('defined'),
    scale: header.choice('scale', SCALES),
    rows: readRows(header, count),
    groups: readGroups(header, count),
    method: header.text('method_words'),
    areas,
    area,
    brains,
    references,
    referenceWords: header.has('reference_words') ? header.texts('reference_words') : [],
    pending: header.flag('pending'),
    moment: header.text('moment', ''),
    step: header.integer('step'),
    stop: header.integer('stop'),
    stops: header.integer('stops', 1),
    past: header.flag('past'),
    only: header.text('only', ''),
    order: header.text('order', ''),
    convention: header.text('convention', ''),
    source: header.text('source', '')
  };
}

/** Takes float32 numbers from a view, one part after the other. */
interface Taking {
  (count: number): Float32Array;
  /** How many bytes have been taken. */
  bytes(): number;
}

function reader(values: DataView): Taking {
  let taken = 0;
  const take = (count: number): Float32Array => {
    const part = floats(values, taken, count);
    taken += count;
    return part;
  };
  return Object.assign(take, { bytes: () => 4 * taken });
}

function matrix(
  header: Fields,
  which: 'model' | 'brain',
  name: string,
  values: Float32Array,
  pixels: Uint8Array
): Matrix {
  const [low, high] = header.numbers(`${which}_limits`, 2) as [number, number];
  const distance = header.text(which === 'model' ? 'distance' : 'brain_distance');
  return { name, distance, values, pixels, limits: [low, high] };
}

function readRows(header: Fields, count: number): number[] {
  const rows = header.integers('rows');
  if (rows.length !== count || rows.some(row => row < 0)) {
    throw new FrameError(
      `The frame should say of ${count} rows which images they are; it has ${rows.length}.`
    );
  }
  return rows;
}

function readGroups(header: Fields, count: number): Group[] {
  return header.children('groups').map(group => {
    const start = group.integer('start', 0, count - 1);
    return { name: group.text('name'), start, stop: group.integer('stop', start + 1, count) };
  });
}

function readBrains(header: Fields, areas: number, references: number, take: Taking): BrainBars[] {
  const told = header.children('brains');
  const each = (length: number): Float32Array[] => {
    const all = take(told.length * length);
    return told.map((_, b) => all.subarray(b * length, (b + 1) * length));
  };
  const [value, error, untrained] = [each(areas), each(areas), each(areas)];
  const [reference, referenceError] = [each(references), each(references)];
  const [lower, upper, bound] = [take(told.length), take(told.length), take(told.length)];
  return told.map((brain, b) => ({
    area: brain.text('area'),
    subjects: brain.integer('subjects', 1),
    simulated: brain.flag('simulated'),
    value: value[b]!,
    error: error[b]!,
    untrained: untrained[b]!,
    reference: reference[b]!,
    referenceError: referenceError[b]!,
    lower: lower[b]!,
    upper: upper[b]!,
    bound: bound[b]!,
    noCeiling: brain.text('no_ceiling', ''),
    noScore: brain.has('no_score') ? brain.texts('no_score') : []
  }));
}

/** How unlike a pair is, as a percentile of its matrix (0 to 100); NaN where colours stand for distances. */
export function percentile(frame: RdmFrame, matrix: Matrix, pair: number): number {
  return frame.scale === 'percentiles' && (matrix === frame.brain || frame.defined)
    ? (100 * matrix.pixels[pair]!) / 255
    : NaN;
}

/** The category that a row belongs to. */
export function groupOf(frame: RdmFrame, row: number): Group | undefined {
  return frame.groups.find(({ start, stop }) => row >= start && row < stop);
}
