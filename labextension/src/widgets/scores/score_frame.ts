/** A frame of scores, shared by bars and brain: twin of score_frame.py. */
import { type Fields, FrameError, floats } from '../../wire';
import { capitalised, countText, scoreText } from '../charts/chart_words';
import type { Cell } from '../panel/export';

/** What is known of one brain area; NaN where a number is not known. */
export interface BrainScores {
  area: string;
  simulated: boolean;
  /** One per model area: score, its error, the untrained network's score. */
  value: Float32Array;
  error: Float32Array;
  untrained: Float32Array;
  ceiling: number;
  pixels: number;
  /** How many sites were recorded there; 0 where that is not known. */
  sites: number;
  /** One per model area: trained less untrained with its interval, in words; empty where that is not known. */
  gains: string[];
}

/** Scores of every model area against every brain area. */
export interface ScoreFrame {
  /** Training step; null where the scores are of no training under way. */
  step: number | null;
  /** What a score is, as the axis says it: "Pearson r, median over sites". */
  measure: string;
  /** Whether it is written in percent. */
  percent: boolean;
  /** Whether each fold has an r of its own: then a score is the mean of their medians. */
  perFold: boolean;
  modelAreas: string[];
  brains: BrainScores[];
  convention: string;
  source: string;
  stimuli: number;
  /** Of how many images the scores are, where not of all: "192 of 640 images". */
  part: string;
}

/** What a score is where the frame does not say otherwise. */
export const MEASURE = 'Pearson r, median over sites';

/** How many numbers the scores of a frame take; what a panel has besides comes after them. */
export function scoreCount({ brains, modelAreas }: Pick<ScoreFrame, 'brains' | 'modelAreas'>): number {
  return brains.length * (3 * modelAreas.length + 2);
}

/** Checks a frame and takes it apart. */
export function readScores(header: Fields, values: DataView): ScoreFrame {
  const modelAreas = header.texts('model_areas');
  const areas = header.texts('brain_areas');
  const simulated = header.flags('simulated');
  if (simulated.length !== areas.length) {
    throw new FrameError(
      `The frame says of ${simulated.length} brain areas that they are simulated or not; it has ${areas.length}.`
    );
  }
  if (modelAreas.length === 0) {
    throw new FrameError('The frame needs `model_areas` with one area or more; it has none.');
  }
  const [columns, rows] = [modelAreas.length, areas.length];
  const row = (part: number, b: number): Float32Array => floats(values, (part * rows + b) * columns, columns);
  const single = (part: number): Float32Array => floats(values, 3 * rows * columns + part * rows, rows);
  const [ceiling, pixels] = [single(0), single(1)];
  const sites = header.has('n_sites') ? header.integers('n_sites') : [];
  const gains = header.has('gains') ? header.texts('gains') : [];
  const brains = areas.map((area, b) => ({
    area,
    simulated: simulated[b]!,
    value: row(0, b),
    error: row(1, b),
    untrained: row(2, b),
    ceiling: ceiling[b]!,
    pixels: pixels[b]!,
    sites: sites[b] ?? 0,
    gains: gains.slice(b * columns, (b + 1) * columns)
  }));
  return {
    step: header.has('step') ? header.integer('step') : null,
    measure: header.text('measure', MEASURE),
    percent: header.flag('percent', false),
    perFold: header.flag('per_fold', false),
    modelAreas,
    brains,
    convention: header.text('convention', ''),
    source: header.text('source', ''),
    stimuli: header.integer('n_stimuli'),
    part: header.text('part', '')
  };
}

/** The index of the model area that predicts a brain area best; -1 where no score is known. */
export function bestOf({ value }: BrainScores): number {
  let best = -1;
  value.forEach((score, index) => {
    if (Number.isFinite(score) && (best < 0 || score > value[best]!)) {
      best = index;
    }
  });
  return best;
}

/** A score as its measure is written: 0.47, or 47 %; a dash where it is not known. */
export function written({ percent }: Pick<ScoreFrame, 'percent'>, value: number): string {
  return percent && Number.isFinite(value)
    ? `${scoreText(Math.round(value * 100)).replace(/\.\d+$/, '')} %`
    : scoreText(value);
}

/** A brain area's name, and that it is simulated where it is. */
export function brainName({ area, simulated }: Pick<BrainScores, 'area' | 'simulated'>): string {
  return simulated ? `${area} (simulated)` : area;
}

/** What the scores are: images, convention, and where the recordings are from. */
export function scoreCaption({ stimuli, convention, source }: ScoreFrame): string {
  return [`${countText(stimuli)} images`, convention, source].filter(part => part !== '').join('; ');
}

/** All that is known of one score, in words to be heard. */
export function scoreSentence(frame: ScoreFrame, brain: BrainScores, model: number): string {
  const said = [
    `${brainName(brain)}: model area ${frame.modelAreas[model]} ${written(frame, brain.value[model]!)}`
  ];
  const more: [string, number][] = [
    ['error', brain.error[model]!],
    ['untrained', brain.untrained[model]!],
    ['pixels', brain.pixels],
    ['ceiling', brain.ceiling]
  ];
  for (const [name, value] of more) {
    if (Number.isFinite(value)) {
      said.push(`${name} ${written(frame, value)}`);
    }
  }
  const gain = brain.gains[model];
  return [...said, ...(gain ? [`trained less untrained ${gain}`] : [])].join(', ');
}

/** Which model area is best for each brain area, as a sentence. */
export function scoresSentence(frame: ScoreFrame): string {
  const said = frame.brains
    .filter(brain => bestOf(brain) >= 0)
    .map(brain => {
      const best = bestOf(brain);
      return `${brainName(brain)} by model area ${frame.modelAreas[best]}, ${written(frame, brain.value[best]!)}`;
    });
  const what = said.length === 0 ? 'no score yet' : `predicted best: ${said.join('; ')}`;
  return `${capitalised(what)}${moment(frame)}.`;
}

/** When the scores were taken, and of what where not of all: " at step 340, on 192 of 640 images"; of no training nothing. */
export function moment({ step, part = '' }: { step: number | null; part?: string }): string {
  return `${step === null ? '' : ` at step ${countText(step)}`}${part && `, on ${part}`}`;
}

/** The numbers behind the drawing, one row a score. */
export function scoreTable(frame: ScoreFrame): Cell[][] {
  const rows: Cell[][] = [
    [
      'brain area',
      'simulated',
      'model area',
      'step',
      'measure',
      'score',
      'error',
      'untrained',
      'pixels',
      'ceiling',
      'convention',
      'source'
    ]
  ];
  for (const brain of frame.brains) {
    frame.modelAreas.forEach((model, m) => {
      const scores = [brain.value[m]!, brain.error[m]!, brain.untrained[m]!, brain.pixels, brain.ceiling];
      rows.push([
        brain.area,
        brain.simulated ? 'yes' : 'no',
        model,
        frame.step,
        frame.measure,
        ...scores,
        frame.convention,
        frame.source
      ]);
    });
  }
  return rows;
}
