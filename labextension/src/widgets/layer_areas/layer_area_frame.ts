/** A layer-to-area match as a frame: twin of matrix_frame.py. */
import { type Fields, FrameError, floats } from '../../wire';
import { scoreText } from '../charts/chart_words';
import type { Cell } from '../panel/export';
import { brainName, moment } from '../scores/score_frame';

/** One brain area: a column of the matrix; NaN where a number is not known. */
export interface MatrixColumn {
  area: string;
  simulated: boolean;
  /** Per model area: r on the half of the images that reports, and its error. */
  value: Float32Array;
  error: Float32Array;
  /** The same on the half that chooses. */
  choosing: Float32Array;
  choosingError: Float32Array;
  /** `value` corrected for noise, by the name of the correction. */
  corrected: ReadonlyMap<string, Float32Array>;
  /** Expected r of a perfect model on the half that reports. */
  ceiling: number;
  /** The model area that was chosen. */
  chosen: number;
  /** How many images each half has, and how many sites there are. */
  choosingImages: number;
  reportingImages: number;
  sites: number;
}

export interface MatrixFrame {
  /** Training step; null where nothing trains. */
  step: number | null;
  modelAreas: string[];
  columns: MatrixColumn[];
  convention: string;
  source: string;
}

/** Checks a frame and takes it apart. */
export function readMatrix(header: Fields, values: DataView): MatrixFrame {
  const [modelAreas, areas] = [header.texts('model_areas'), header.texts('brain_areas')];
  const [simulated, names] = [header.flags('simulated'), header.texts('corrections')];
  const about = header.children('columns');
  if (modelAreas.length === 0 || areas.length === 0) {
    throw new FrameError('The frame needs a model area and a brain area or more; it has none.');
  }
  if (about.length !== areas.length || simulated.length !== areas.length) {
    throw new FrameError(`The frame tells of ${about.length} columns; it has ${areas.length} brain areas.`);
  }
  const [n, rows] = [modelAreas.length, areas.length];
  const row = (part: number, b: number): Float32Array => floats(values, (part * rows + b) * n, n);
  const ceilings = floats(values, (4 + names.length) * rows * n, rows);
  const columns = areas.map((area, b) => ({
    area,
    simulated: simulated[b]!,
    value: row(0, b),
    error: row(1, b),
    choosing: row(2, b),
    choosingError: row(3, b),
    corrected: new Map(names.map((name, i) => [name, row(4 + i, b)])),
    ceiling: ceilings[b]!,
    chosen: about[b]!.integer('chosen', 0, n - 1),
    choosingImages: about[b]!.integer('n_choosing'),
    reportingImages: about[b]!.integer('n_reporting'),
    sites: about[b]!.integer('n_sites')
  }));
  return {
    step: header.has('step') ? header.integer('step') : null,
    modelAreas,
    columns,
    convention: header.text('convention', ''),
    source: header.text('source', '')
  };
}

/** How the match came about: where it was chosen, and where the numbers are from. */
export function matchSentence({ columns }: MatrixFrame): string {
  const counts = (of: (column: MatrixColumn) => number): string => {
    const different = [...new Set(columns.map(of))].sort((a, b) => a - b);
    return different.map(count => count.toLocaleString('en-US')).join(' or ');
  };
  const [choosing, reporting] = [counts(one => one.choosingImages), counts(one => one.reportingImages)];
  return (
    `\u25c6 The model area that predicts a brain area best on one half of the images (${choosing}). ` +
    `All numbers are from the other half (${reporting}), which had no say; maps are fitted within each half.`
  );
}

/** What was chosen for each brain area, as a sentence. */
export function matrixSentence(frame: MatrixFrame): string {
  const said = frame.columns.map(
    column =>
      `${brainName(column)} goes with model area ${frame.modelAreas[column.chosen]}, r ${scoreText(column.value[column.chosen]!)}`
  );
  return `${said.join('; ')}${moment(frame)}.`;
}

/** One cell in words to be heard. */
export function cellSentence(frame: MatrixFrame, model: number, column: MatrixColumn): string {
  const said = [
    `${brainName(column)} from model area ${frame.modelAreas[model]}: r ${scoreText(column.value[model]!)}`,
    `error ${scoreText(column.error[model]!)}`,
    `on the choosing half ${scoreText(column.choosing[model]!)}`,
    `noise ceiling ${scoreText(column.ceiling)}`
  ];
  return `${said.join(', ')}${model === column.chosen ? ', chosen' : ''}`;
}

/** The numbers behind the drawing, a row per cell. */
export function matrixTable(frame: MatrixFrame): Cell[][] {
  const names = [...(frame.columns[0]?.corrected.keys() ?? [])];
  const head = ['brain area', 'simulated', 'model area', 'step', 'chosen', 'r', 'error', 'r choosing half'];
  const more = [
    'error choosing half',
    'noise ceiling',
    ...names,
    'sites',
    'images choosing',
    'images reporting'
  ];
  const rows = frame.columns.flatMap(column =>
    frame.modelAreas.map((area, m) => [
      column.area,
      column.simulated ? 'yes' : 'no',
      area,
      frame.step,
      m === column.chosen ? 'yes' : 'no',
      column.value[m]!,
      column.error[m]!,
      column.choosing[m]!,
      column.choosingError[m]!,
      column.ceiling,
      ...names.map(name => column.corrected.get(name)![m]!),
      column.sites,
      column.choosingImages,
      column.reportingImages,
      frame.convention,
      frame.source
    ])
  );
  return [[...head, ...more, 'convention', 'source'], ...rows];
}
