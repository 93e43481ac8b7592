/** Frames of layer-to-area matches for their tests. */
import { inMessage } from './page';

/** Two brain areas, three model areas; 0.3 is on the half that reports, 0.9 on the half that chooses. */
export const MATCH = {
  models: ['V1', 'V2', 'IT'],
  value: [
    [0.3, 0.4, 0.2],
    [-0.1, NaN, 0.6]
  ],
  choosing: [
    [0.9, 0.5, 0.3],
    [0.1, 0.2, 0.7]
  ]
};

/** The state of a model that holds such a match. */
export function matrixState(
  about: object = {},
  value = MATCH.value
): { header: Record<string, unknown>; values: DataView } {
  const constant = (of: number): number[] => new Array<number>(6).fill(of);
  const numbers = [
    ...value.flat(),
    ...constant(0.02),
    ...MATCH.choosing.flat(),
    ...constant(0.03),
    ...value.flat().map(r => (r < 0 ? NaN : (r * r) / 0.64)),
    ...[0.8, NaN]
  ];
  const header = {
    sequence: 1,
    step: 340,
    model_areas: MATCH.models,
    brain_areas: ['V4', 'IT'],
    simulated: [false, true],
    corrections: ['r2/c'],
    columns: [
      { chosen: 0, n_choosing: 320, n_reporting: 320, n_sites: 50 },
      { chosen: 2, n_choosing: 100, n_reporting: 101, n_sites: 24 }
    ],
    convention: 'RidgeCV; median over sites',
    source: 'made up',
    ...about
  };
  return { header, values: inMessage(new Uint8Array(new Float32Array(numbers).buffer)) };
}
