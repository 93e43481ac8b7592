/** Frames of scores for the tests of bars and brain. */
import { inMessage } from './page';

/** Scores of one brain area, as a test writes them; what is left out is not known. */
export interface Row {
  area: string;
  simulated?: boolean;
  value: number[];
  error?: number[];
  untrained?: number[];
  ceiling?: number;
  pixels?: number;
  sites?: number;
  /** Trained less untrained, in words, one per model area. */
  gains?: string[];
}

/** The state of a model that holds these scores. */
export function scoreState(rows: Row[], models: string[], step = 340): { header: object; values: DataView } {
  const unknown = models.map(() => NaN);
  const numbers = [
    ...rows.flatMap(row => row.value),
    ...rows.flatMap(row => row.error ?? unknown),
    ...rows.flatMap(row => row.untrained ?? unknown),
    ...rows.map(row => row.ceiling ?? NaN),
    ...rows.map(row => row.pixels ?? NaN)
  ];
  const header = {
    sequence: step,
    step,
    model_areas: models,
    brain_areas: rows.map(row => row.area),
    simulated: rows.map(row => row.simulated ?? false),
    convention: 'RidgeCV; median over sites',
    source: 'made up',
    n_sites: rows.map(row => row.sites ?? 0),
    n_stimuli: 192,
    gains: rows.flatMap(row => row.gains ?? models.map(() => ''))
  };
  return { header, values: inMessage(new Uint8Array(new Float32Array(numbers).buffer)) };
}
