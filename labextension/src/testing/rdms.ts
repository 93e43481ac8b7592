/** Frames of RDMs for the tests of matrices and bars, and a canvas that only notes what is drawn. */
import { vi } from 'vitest';

import { readRdms, type RdmFrame } from '../widgets/rdms/rdm_frame';
import { Fields } from '../wire';
import { inMessage } from './page';

/** Four images in two categories, two model areas, one other model, two brain areas. */
export const RDM_HEADER = {
  sequence: 1,
  n: 4,
  n_stimuli: 4,
  area: 'IT',
  brain: 'human IT, mean of 4 subjects',
  simulated: false,
  distance: '1 − Pearson r',
  brain_distance: '1 − Pearson r',
  defined: true,
  scale: 'percentiles',
  model_limits: [0, 100],
  brain_limits: [0, 100],
  rows: [2, 0, 1, 3],
  groups: [
    { name: 'human face', start: 0, stop: 2 },
    { name: 'car', start: 2, stop: 4 }
  ],
  method: 'tau_a',
  method_words: "Kendall's tau_A",
  areas: ['V1', 'IT'],
  brains: [
    { area: 'human IT', subjects: 4, simulated: false, no_ceiling: '', no_score: ['', '', ''] },
    {
      area: 'V1',
      subjects: 1,
      simulated: true,
      no_ceiling: 'one trial',
      no_score: ['', 'it has no RDM', "it is this brain area's own RDM"]
    }
  ],
  references: ['animacy'],
  reference_words: ['ideal; made up'],
  pending: false,
  step: 340,
  stop: 20,
  stops: 64,
  past: true,
  moment: 'step 340',
  only: '',
  order: 'by category',
  convention: 'model: 1 - Pearson r; 4 images',
  source: 'made up'
};

export const MODEL = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
export const BRAIN = [0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
const VALUE = [0.05, 0.24, 0.1, NaN];
const ERROR = [0.01, 0.04, NaN, NaN];
const UNTRAINED = [0.02, 0.03, NaN, NaN];
const REFERENCE = [0.22, NaN];
const REFERENCE_ERROR = [0.05, NaN];
const CEILINGS = [0.25, NaN, 0.48, NaN, 0.5, NaN];
const MODEL_PIXELS = [0, 51, 102, 153, 204, 255];

/** The state of a model that holds these RDMs; `header` changes some of it. */
export function rdmState(header: object = {}, model: number[] = MODEL): { header: object; values: DataView } {
  const numbers = [
    ...model,
    ...BRAIN,
    ...VALUE,
    ...ERROR,
    ...UNTRAINED,
    ...REFERENCE,
    ...REFERENCE_ERROR,
    ...CEILINGS
  ];
  const pixels = [...MODEL_PIXELS, ...[...MODEL_PIXELS].reverse()];
  const values = inMessage([...new Uint8Array(new Float32Array(numbers).buffer), ...pixels]);
  return { header: { ...structuredClone(RDM_HEADER), ...header }, values };
}

/** The same, read. */
export function rdmFrame(header: object = {}): RdmFrame {
  const state = rdmState(header);
  return readRdms(new Fields(state.header), state.values);
}

/** The traits of a sheet of four pictures of one pixel. */
export const SHEET = {
  sheet_header: {
    n: 4,
    height: 1,
    width: 1,
    n_channels: 1,
    ids: ['car-1', 'car-2', 'face-1', 'face-2'],
    labels: ['car', 'car', 'human face', 'human face']
  },
  sheet: inMessage([10, 20, 30, 40])
};

/** A canvas's context that only notes what is drawn. */
export function notedPen(): Record<string, ReturnType<typeof vi.fn>> {
  const names = ['setTransform', 'drawImage', 'putImageData', 'fillRect', 'fillText', 'translate'];
  const pen = Object.fromEntries(names.map(name => [name, vi.fn()]));
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never);
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number
      ) {}
    }
  );
  return pen;
}
