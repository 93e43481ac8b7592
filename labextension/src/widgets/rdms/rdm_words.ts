/** What RDMs and their scores are in words and tables: for those who listen, and for the files. */
import { capitalised, scoreText, valueText } from '../charts/chart_words';
import type { Cell } from '../panel/export';
import type { ImageSheet } from '../panel/image_sheet';
import { pairIndex } from '../charts/pair_index';
import { type BrainBars, type Matrix, type RdmFrame, groupOf, percentile } from './rdm_frame';

/** A bar by what it stands for: a model area or another model, against a brain area. */
export interface BarName {
  brain: number;
  /** Index among the areas, then the references. */
  bar: number;
}

/** A brain area's name, and that it is simulated where it is. */
export function brainTitle({ area, simulated }: BrainBars): string {
  return simulated ? `${area} (simulated)` : area;
}

/** "model IT"; an RDM that is no model's has its own name. */
export function areaTitle(frame: RdmFrame, area: string): string {
  return frame.ofModel ? `model ${area}` : area;
}

/** "92 images"; "12 of 92 images" where a category is shown alone. */
export function imagesShown({ count, stimuli }: RdmFrame): string {
  return count < stimuli ? `${count} of ${stimuli} images` : `${count} images`;
}

/** "model IT, step 340". */
export function modelTitle(frame: RdmFrame): string {
  return `${areaTitle(frame, frame.model.name)}${frame.moment ? `, ${frame.moment}` : ''}`;
}

/** "model area IT", to be heard. */
function areaSaid(frame: RdmFrame, index: number): string {
  return frame.ofModel ? `model area ${frame.areas[index]}` : frame.areas[index]!;
}

/** How unlike a pair is: "0.83, 74th percentile"; of an image with itself, 0. */
export function distanceText(frame: RdmFrame, matrix: Matrix, row: number, column: number): string {
  const pair = pairIndex(row, column, frame.count);
  if (pair < 0) {
    return '0 (the same image)';
  }
  const value = valueText(matrix.values[pair]!);
  const rank = percentile(frame, matrix, pair);
  return Number.isFinite(rank) ? `${value}, ${ordinal(Math.round(rank))} percentile` : value;
}

/** The same where there is little room: "0.83 · 74th". */
export function distanceShort(frame: RdmFrame, matrix: Matrix, row: number, column: number): string {
  return distanceText(frame, matrix, row, column).replace(', ', ' · ').replace(' percentile', '');
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
export function ordinal(count: number): string {
  const teen = count % 100 >= 11 && count % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

/** A cell in words to be heard: both images, and how unlike model and brain find them. */
export function cellSentence(frame: RdmFrame, sheet: ImageSheet, row: number, column: number): string {
  const [one, other] = [sheet.name(frame.rows[row]!), sheet.name(frame.rows[column]!)];
  const model = `${modelTitle(frame)}: ${distanceText(frame, frame.model, row, column)}`;
  const brain = `${frame.brain.name}: ${distanceText(frame, frame.brain, row, column)}`;
  return `${one} and ${other}. ${capitalised(model)}. ${capitalised(brain)}.`;
}

/** Why a bar is missing: "No score: it is this brain area's own RDM"; empty where it is there. */
export function noScoreText({ noScore }: BrainBars, bar: number): string {
  return noScore[bar] ? `No score: ${noScore[bar]}` : '';
}

/** A bar in words to be heard. */
export function barSentence(frame: RdmFrame, { brain: b, bar }: BarName): string {
  const brain = frame.brains[b]!;
  const areas = frame.areas.length;
  const [name, value, error] =
    bar < areas
      ? [areaSaid(frame, bar), brain.value[bar]!, brain.error[bar]!]
      : [frame.references[bar - areas]!, brain.reference[bar - areas]!, brain.referenceError[bar - areas]!];
  const said = [`${brainTitle(brain)}: ${name} ${scoreText(value)}`];
  const more: [string, number][] = [
    ['standard error', error],
    ['untrained', bar < areas ? brain.untrained[bar]! : NaN],
    ['noise ceiling from', brain.lower],
    ['to', brain.upper],
    ['bound', brain.bound]
  ];
  said.push(...more.filter(([, n]) => Number.isFinite(n)).map(([what, n]) => `${what} ${scoreText(n)}`));
  const what = bar < areas ? '' : frame.referenceWords[bar - areas];
  const missing = noScoreText(brain, bar);
  return `${said.join(', ')}. ${frame.method}.${missing && ` ${missing}.`}${what ? ` ${name}: ${what}.` : ''}`;
}

/** Which model area is most like each brain area. */
export function scoresSummary(frame: RdmFrame): string {
  const said = frame.brains.flatMap(brain => {
    const best = brain.value.reduce((at, value, i) => (value > (brain.value[at] ?? -Infinity) ? i : at), -1);
    return best < 0
      ? []
      : [`${brainTitle(brain)}: ${areaSaid(frame, best)}, ${scoreText(brain.value[best]!)}`];
  });
  return said.length ? `Most alike to ${said.join('; ')}. ${frame.method}.` : 'No score yet.';
}

/** Every pair of images that is shown, and how unlike model and brain find it. */
export function pairTable(frame: RdmFrame, sheet: ImageSheet): Cell[][] {
  const model = `${modelTitle(frame)} (${frame.model.distance})`;
  const brain = `${frame.brain.name} (${frame.brain.distance || 'distance not named'})`;
  const rows: Cell[][] = [['image 1', 'category 1', 'image 2', 'category 2', model, brain]];
  for (let row = 0; row < frame.count - 1; row += 1) {
    for (let column = row + 1; column < frame.count; column += 1) {
      const names = [row, column].flatMap(at => [sheet.id(frame.rows[at]!), categoryOf(frame, sheet, at)]);
      const pair = pairIndex(row, column, frame.count);
      rows.push([...names, frame.model.values[pair]!, frame.brain.values[pair]!]);
    }
  }
  return rows;
}

function categoryOf(frame: RdmFrame, sheet: ImageSheet, row: number): string {
  return groupOf(frame, row)?.name ?? sheet.label(frame.rows[row]!);
}

/** Every score, with what it is held against. */
export function scoreRows(frame: RdmFrame): Cell[][] {
  const head = [
    'brain area',
    'simulated',
    'subjects',
    'model',
    'kind',
    'moment',
    frame.method,
    'standard error'
  ];
  const rows: Cell[][] = [
    [...head, 'untrained', 'ceiling lower', 'ceiling upper', 'bound', 'convention', 'source']
  ];
  for (const brain of frame.brains) {
    const own: Cell[] = [brain.area, brain.simulated ? 'yes' : 'no', brain.subjects];
    const held: Cell[] = [brain.lower, brain.upper, brain.bound, frame.convention, frame.source];
    frame.areas.forEach((area, i) =>
      rows.push([
        ...own,
        area,
        frame.ofModel ? 'model area' : 'RDM',
        frame.moment,
        brain.value[i]!,
        brain.error[i]!,
        brain.untrained[i]!,
        ...held
      ])
    );
    frame.references.forEach((name, i) =>
      rows.push([
        ...own,
        name,
        ['other model', frame.referenceWords[i]].filter(Boolean).join(': '),
        '',
        brain.reference[i]!,
        brain.referenceError[i]!,
        null,
        ...held
      ])
    );
  }
  return rows;
}
