import { describe, expect, it } from 'vitest';

import { BRAIN, MODEL, rdmFrame, rdmState } from '../../testing/rdms';
import { inMessage } from '../../testing/page';
import { Fields, FrameError } from '../../wire';
import { pairIndex } from '../charts/pair_index';
import { groupOf, percentile, readRdms } from './rdm_frame';

const rounded = (values: Iterable<number>): number[] => [...values].map(value => Number(value.toFixed(4)));

describe('a frame of RDMs', () => {
  it('holds both matrices as numbers and as colours, wherever its bytes begin in the message', () => {
    const frame = rdmFrame();
    expect(rounded(frame.model.values)).toEqual(MODEL);
    expect(rounded(frame.brain.values)).toEqual(BRAIN);
    expect([...frame.model.pixels]).toEqual([0, 51, 102, 153, 204, 255]);
    expect([...frame.brain.pixels]).toEqual([255, 204, 153, 102, 51, 0]);
    expect([frame.model.name, frame.brain.name]).toEqual(['IT', 'human IT, mean of 4 subjects']);
  });

  it('holds the scores of every brain area with errors, untrained, other models and ceilings', () => {
    const [it_, v1] = rdmFrame().brains;
    expect(rounded(it_!.value)).toEqual([0.05, 0.24]);
    expect(rounded(it_!.error)).toEqual([0.01, 0.04]);
    expect(rounded(it_!.untrained)).toEqual([0.02, 0.03]);
    expect(rounded([...it_!.reference, ...it_!.referenceError])).toEqual([0.22, 0.05]);
    expect(rounded([it_!.lower, it_!.upper, it_!.bound])).toEqual([0.25, 0.48, 0.5]);
    expect([v1!.simulated, v1!.subjects, v1!.lower]).toEqual([true, 1, NaN]);
    expect(rounded(v1!.value)).toEqual([0.1, NaN]);
  });

  it.each([
    [{ n: 1 }, 'needs `n` as a whole number of at least 2'],
    [{ n: 5 }, 'should hold'],
    [{ rows: [0, 1] }, 'should say of 4 rows which images they are; it has 2'],
    [{ rows: [0, 1, 2, -1] }, 'which images they are'],
    [{ groups: [{ name: 'face', start: 0, stop: 9 }] }, 'header.groups[0] needs `stop`'],
    [{ scale: 'rainbow' }, 'one of percentiles, distances'],
    [{ model_limits: [0] }, 'a list of 2 finite numbers'],
    [{ brains: [{ area: 'IT', subjects: 0, simulated: false }] }, 'brains[0] needs `subjects`']
  ])('with %j is refused in words', (state, message) => {
    const { header, values } = rdmState(state);
    expect(() => readRdms(new Fields(header), values)).toThrow(message);
  });

  it('with too few bytes is refused in words', () => {
    const { header } = rdmState();
    expect(() => readRdms(new Fields(header), inMessage([1, 2, 3]))).toThrow(FrameError);
  });
});

describe('a pair', () => {
  it('has its place in the triangle, whichever way round', () => {
    const places = [0, 1, 2, 3].map(row => [0, 1, 2, 3].map(column => pairIndex(row, column, 4)));
    expect(places).toEqual([
      [-1, 0, 1, 2],
      [0, -1, 3, 4],
      [1, 3, -1, 5],
      [2, 4, 5, -1]
    ]);
  });

  it('has a percentile where colours stand for percentiles', () => {
    const frame = rdmFrame();
    expect(percentile(frame, frame.model, 1)).toBe(20);
    const distances = rdmFrame({ scale: 'distances' });
    expect(percentile(distances, distances.model, 1)).toBe(NaN);
    const nothing = rdmFrame({ defined: false });
    expect(percentile(nothing, nothing.model, 1)).toBe(NaN);
    expect(percentile(nothing, nothing.brain, 1)).toBe(80);
  });
});

it('rows belong to categories, where there are any', () => {
  expect([0, 1, 2, 3].map(row => groupOf(rdmFrame(), row)?.name)).toEqual([
    'human face',
    'human face',
    'car',
    'car'
  ]);
  expect(groupOf(rdmFrame({ groups: [] }), 0)).toBeUndefined();
});
