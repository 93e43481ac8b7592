/** Two small RDMs, and whether both order each pair of their dissimilarities alike: twin of tau_frame.py. */
import { type Fields, FrameError, bytes, floats } from '../../wire';
import { capitalised, valueText } from '../charts/chart_words';
import type { Cell } from '../panel/export';
import type { ImageSheet } from '../panel/image_sheet';
import { pairIndex } from '../charts/pair_index';

export type Verdict = 'concordant' | 'discordant' | 'tied';

/** What a step is, by its sign. */
const VERDICTS: Record<number, Verdict> = { 1: 'concordant', [-1]: 'discordant', 0: 'tied' };
const MOST = 12;

/** Two RDMs of the same few images, and the steps of the count. */
export interface TauFrame {
  count: number;
  /** How many steps there are: pairs of pairs. */
  steps: number;
  names: readonly [string, string];
  /** Places of the images in the sheet. */
  rows: number[];
  simulated: boolean;
  source: string;
  /** Dissimilarities of each RDM, strict upper triangle. */
  values: readonly [Float32Array, Float32Array];
  /** 1, -1 or 0 per step. */
  signs: Int8Array;
  /** What the count comes to, as the kernel has it. */
  tau: number;
}

/** One step: two pairs of images, how unlike each RDM finds them, and the verdict. */
export interface Step {
  /** Rows of the two images of pair A and of pair B. */
  pairs: readonly [readonly [number, number], readonly [number, number]];
  /** Per RDM the dissimilarity of A and of B. */
  values: readonly [readonly [number, number], readonly [number, number]];
  verdict: Verdict;
}

/** How often each verdict has come. */
export type Counts = Record<Verdict, number>;

/** Checks a frame and takes it apart. */
export function readTau(header: Fields, values: DataView): TauFrame {
  const count = header.integer('n', 3, MOST);
  const pairs = (count * (count - 1)) / 2;
  const steps = header.integer('n_steps', 1);
  const rows = header.integers('rows');
  if (rows.length !== count || steps !== (pairs * (pairs - 1)) / 2) {
    throw new FrameError(
      `The frame of ${count} images should have ${count} rows and ${(pairs * (pairs - 1)) / 2} steps; ` +
        `it has ${rows.length} and ${steps}.`
    );
  }
  const all = bytes(values, 8 * pairs + steps);
  return {
    count,
    steps,
    names: [header.text('name_a'), header.text('name_b')],
    rows,
    simulated: header.flag('simulated', false),
    source: header.text('source', ''),
    values: [floats(values, 0, pairs), floats(values, pairs, pairs)],
    signs: Int8Array.from(all.subarray(8 * pairs), byte => (byte << 24) >> 24),
    tau: header.number('tau_a')
  };
}

/** The pairs of images in the order of the upper triangle. */
function imagePairs(count: number): [number, number][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count - row - 1 }, (_, i): [number, number] => [row, row + 1 + i])
  ).flat();
}

/** The `index`-th step (from 0): pairs of pairs in the order of the upper triangle. */
export function stepAt(frame: TauFrame, index: number): Step {
  const pairs = imagePairs(frame.count);
  let [first, left] = [0, index];
  while (left >= pairs.length - 1 - first) {
    left -= pairs.length - 1 - first;
    first += 1;
  }
  const [one, other] = [pairs[first]!, pairs[first + 1 + left]!];
  const at = ([row, column]: [number, number]): number => pairIndex(row, column, frame.count);
  const values = frame.values.map(rdm => [rdm[at(one)]!, rdm[at(other)]!] as const);
  return {
    pairs: [one, other],
    values: [values[0]!, values[1]!],
    verdict: VERDICTS[frame.signs[index]!] ?? 'tied'
  };
}

/** How often each verdict came in the first `position` steps. */
export function countsAt(frame: TauFrame, position: number): Counts {
  const counts: Counts = { concordant: 0, discordant: 0, tied: 0 };
  frame.signs.subarray(0, position).forEach(sign => (counts[VERDICTS[sign] ?? 'tied'] += 1));
  return counts;
}

/** Which of two numbers is larger, as a sign between them. */
export function relation(one: number, other: number): '>' | '<' | '=' {
  return one > other ? '>' : one < other ? '<' : '=';
}

/** What a verdict means, in words that say why. */
export function verdictWords(verdict: Verdict): string {
  return {
    concordant: 'Concordant: both RDMs find the same pair more unlike. Counts +1.',
    discordant: 'Discordant: the RDMs find different pairs more unlike. Counts −1.',
    tied: 'Tied: one RDM finds both pairs equally unlike. Counts 0.'
  }[verdict];
}

/** What is going to be counted. */
export function beginning({ count, steps }: TauFrame): string {
  const pairs = (count * (count - 1)) / 2;
  return (
    `${count} images make ${pairs} pairs. A step takes two of these pairs, A and B, and asks both RDMs ` +
    `which of the two is more unlike. ${steps} steps take every two pairs once.`
  );
}

/** The formula as far as it is filled. */
export function formula(frame: TauFrame, position: number): string {
  const { concordant, discordant } = countsAt(frame, position);
  const filled = `(${concordant} − ${discordant})`;
  return position < frame.steps
    ? `tau_A = (concordant − discordant) / steps = ${filled} / ${frame.steps} so far`
    : `tau_A = (concordant − discordant) / steps = ${filled} / ${frame.steps} = ${tauText(frame.tau)}`;
}

function tauText(tau: number): string {
  return tau.toFixed(3).replace('-', '−');
}

/** A step in words to be heard. */
export function stepSentence(frame: TauFrame, sheet: ImageSheet, position: number): string {
  if (position === 0) {
    return `Nothing counted yet; ${frame.steps} steps.`;
  }
  const { pairs, values, verdict } = stepAt(frame, position - 1);
  const name = (row: number): string => sheet.name(frame.rows[row]!);
  const said = pairs.map(([row, column], i) => `${'AB'[i]}: ${name(row)} and ${name(column)}`);
  const found = frame.names.map((rdm, i) => {
    const [one, other] = values[i]!;
    return `${rdm}: A ${valueText(one)} ${relation(one, other)} B ${valueText(other)}`;
  });
  const end = position === frame.steps ? ` ${formula(frame, position)}.` : '';
  return `Step ${position} of ${frame.steps}. ${said.join('; ')}. ${found.join('; ')}. ${verdictWords(verdict)}${end}`;
}

/** How the count stands, in words. */
export function countWords(frame: TauFrame, position: number): string {
  const counts = countsAt(frame, position);
  const said = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  return `${position} of ${frame.steps} steps: ${said.join(', ')}`;
}

/** Every step with its images, numbers and verdict. */
export function stepTable(frame: TauFrame, sheet: ImageSheet): Cell[][] {
  const [a, b] = frame.names;
  const head = ['step', 'A image 1', 'A image 2', 'B image 1', 'B image 2'];
  const rows: Cell[][] = [[...head, `${a}: A`, `${a}: B`, `${b}: A`, `${b}: B`, 'verdict', 'count']];
  let count = 0;
  for (let index = 0; index < frame.steps; index += 1) {
    const { pairs, values, verdict } = stepAt(frame, index);
    count += frame.signs[index]!;
    const images = pairs.flat().map(row => sheet.id(frame.rows[row]!));
    rows.push([index + 1, ...images, ...values.flat(), verdict, count]);
  }
  return rows;
}

/** What the panel is called. */
export function tauTitle(frame: TauFrame | null): string {
  return frame
    ? capitalised(`counting Kendall's tau_A of ${frame.names[0]} and ${frame.names[1]}`)
    : "Counting Kendall's tau_A";
}
