/** Frames of two small RDMs for the tests of the counter. */
import { Fields } from '../wire';
import { type TauFrame, readTau } from '../widgets/tau_counter/tau_frame';
import { inMessage } from './page';

const HEADER = {
  sequence: 1,
  n: 3,
  n_steps: 3,
  name_a: 'model IT',
  name_b: 'human IT',
  rows: [2, 0, 1],
  simulated: false,
  tau_a: 1 / 3,
  source: 'made up'
};

/** The state of a model that holds these RDMs of three images, and the signs of their three steps. */
export function tauState(
  header: object = {},
  a: number[] = [1, 2, 3],
  b: number[] = [1, 3, 2],
  signs: number[] = [1, 1, -1]
): { header: object; values: DataView } {
  const numbers = new Uint8Array(new Float32Array([...a, ...b]).buffer);
  const values = inMessage([...numbers, ...new Uint8Array(new Int8Array(signs).buffer)]);
  return { header: { ...HEADER, ...header }, values };
}

/** The same, read. */
export function tauFrame(...state: Parameters<typeof tauState>): TauFrame {
  const { header, values } = tauState(...state);
  return readTau(new Fields(header), values);
}
