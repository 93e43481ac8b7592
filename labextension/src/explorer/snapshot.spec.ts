import { describe, expect, it } from 'vitest';

import { rawModel, rawNode, rawSnapshot, rawTraining } from '../testing/kernel';
import { readSnapshot } from './snapshot';

describe('a snapshot', () => {
  it('is read with its models, areas, layers and training', () => {
    const { models, sequence, problem } = readSnapshot(rawSnapshot(7, rawModel({ training: rawTraining() })));
    expect([sequence, problem]).toEqual([7, '']);
    expect(models[0]).toMatchObject({
      key: 'model',
      variable: 'model',
      nParameters: 12761,
      receptiveField: null
    });
    expect(models[0]!.children[1]).toMatchObject({ kind: 'area', receptiveField: 0.625, stride: 0.25 });
    expect(models[0]!.children[1]!.children[0]).toMatchObject({ type: 'Conv2D', shapes: [[32, 32, 16]] });
    expect(models[0]!.training).toMatchObject({ stepsDone: 1200, nSteps: 4800, timeLeft: 125.4 });
    expect(models[0]!.training!.score).toBe('held-out accuracy 61.3 %');
  });

  it('is read where much is unknown', () => {
    const held = rawTraining({ stoppable: false });
    expect(readSnapshot(rawSnapshot(2, rawModel({ training: held }))).models[0]!.training).toMatchObject({
      alive: true,
      stoppable: false
    });
    const training = { state: 'failed', alive: false, steps_done: 0, n_steps: 0, time_left_s: null };
    const model = rawModel({ variable: null, aliases: null, n_parameters: null, training });
    expect(readSnapshot(rawSnapshot(1, model)).models[0]).toMatchObject({
      variable: null,
      aliases: [],
      nParameters: null,
      training: { message: '', timeLeft: null, score: '' }
    });
  });

  it('has no endless branches', () => {
    let node = rawNode({});
    for (let depth = 0; depth < 40; depth++) {
      node = rawNode({ children: [node] });
    }
    let depth = 0;
    let read = readSnapshot(rawSnapshot(1, rawModel({ children: [node] }))).models[0]!.children;
    while (read.length > 0) {
      depth += 1;
      read = read[0]!.children;
    }
    expect(depth).toBe(12);
  });

  it.each([
    ['of another kind', { ...rawSnapshot(1), kind: 'frame' }, 'one of models'],
    ['without a number', { ...rawSnapshot(1), sequence: 'x' }, '`sequence` as a whole number'],
    ['without a list', { ...rawSnapshot(1), models: 3 }, '`models` as a list'],
    ['with a model that is none', rawSnapshot(1, ['x']), 'should be an object'],
    ['with a model without a key', rawSnapshot(1, rawModel({ key: 3 })), '`key` as text'],
    ['with an unknown kind of node', rawSnapshot(1, rawModel({ kind: 'x' })), '`kind` as one of model'],
    ['with a size that is none', rawSnapshot(1, rawModel({ shapes: [[1.5]] })), '`shapes` as lists'],
    ['with a shape that is none', rawSnapshot(1, rawModel({ shapes: [3] })), '`shapes` as lists'],
    ['without shapes', rawSnapshot(1, rawModel({ shapes: null })), '`shapes` as lists'],
    [
      'with a score that is none',
      rawSnapshot(1, rawModel({ training: rawTraining({ score: 0.5 }) })),
      '`score` as text'
    ]
  ])('%s is refused in words', (_, message, words) => {
    expect(() => readSnapshot(message)).toThrow(words);
  });
});
