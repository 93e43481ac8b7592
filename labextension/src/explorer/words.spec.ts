import { describe, expect, it } from 'vitest';

import { rawModel, rawSnapshot, rawTraining } from '../testing/kernel';
import { readSnapshot } from './snapshot';
import type { ListedModel, Training } from './tokens';
import {
  IMPORT_LINE,
  MODEL_LINE,
  durationText,
  notice,
  progressText,
  rowText,
  shapeText,
  shortCount,
  shortName,
  trainingText
} from './words';

const model = (values: object = {}): ListedModel => readSnapshot(rawSnapshot(1, rawModel(values))).models[0]!;
const training = (values: object = {}): Training => model({ training: rawTraining(values) }).training!;
const plain = (text: string): string => text.replaceAll('\u2009', ' ');

describe('what is missing', () => {
  it.each([
    [{ kind: 'no-notebook' } as const, /Open a notebook/, undefined],
    [{ kind: 'no-kernel' } as const, /no running kernel/, undefined],
    [{ kind: 'waiting' } as const, /Waiting for the kernel/, undefined],
    [{ kind: 'not-imported' } as const, /not imported/, IMPORT_LINE],
    [{ kind: 'listed', snapshot: readSnapshot(rawSnapshot(1)) } as const, /No model/, MODEL_LINE]
  ])('is said of %j', (situation, text, code) => {
    expect(notice(situation)?.text).toMatch(text);
    expect(notice(situation)?.code).toBe(code);
  });

  it('is nothing where there are models or a problem', () => {
    const problem = readSnapshot({ ...rawSnapshot(1), problem: 'It broke.' });
    expect(notice({ kind: 'listed', snapshot: problem })).toBeNull();
    expect(notice({ kind: 'listed', snapshot: readSnapshot(rawSnapshot(1, rawModel())) })).toBeNull();
  });
});

describe('numbers', () => {
  it.each([
    [null, ''],
    [0, '0'],
    [999, '999'],
    [1000, '1 k'],
    [12345, '12.3 k'],
    [4_567_890, '4.57 M'],
    [2_500_000_000, '2.5 G'],
    [3e18, '3000000 T']
  ])('of parameters: %j is %s', (count, text) => expect(shortCount(count)).toBe(text));

  it.each([
    [-1, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [125.4, '2 min 5 s'],
    [3725, '1 h 2 min']
  ])('of seconds: %d is %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

  it('of an output are parted by crosses, outputs by commas', () => {
    expect(plain(shapeText([[32, 32, 16], [null, 8], []]))).toBe('32 × 32 × 16, any × 8, scalar');
  });
});

describe('a training', () => {
  it('is said with its steps, the time left and the held-out score', () => {
    expect(trainingText(training())).toBe(
      'training, step 1,200 of 4,800, 2 min 5 s left, held-out accuracy 61.3 %'
    );
  });

  it('of a length that nobody knows is told without one', () => {
    const open = { n_steps: 0, time_left_s: null };
    expect(progressText(training({ ...open, steps_done: 7 }))).toBe('step 7');
    expect(progressText(training({ ...open, steps_done: 0 }))).toBe('');
  });

  it('that is over has no time left', () => {
    expect(progressText(training({ alive: false, state: 'stopped' }))).toBe('step 1,200 of 4,800');
  });

  it('without a score says none', () => {
    expect(trainingText(training({ score: '' }))).toBe('training, step 1,200 of 4,800, 2 min 5 s left');
  });
});

describe('a row', () => {
  it('is said with all that is known of it', () => {
    const area = model().children[1]!;
    expect(plain(rowText(area))).toBe(
      'Area V1, output 32 × 32 × 16, 416 parameters, receptive field 0.625°, stride 0.25°'
    );
    expect(plain(rowText(model().children[0]!))).toBe('Input image, output 64 × 64 × 1');
    expect(rowText(model({ aliases: ['m'], n_parameters: 1, note: 'A note.' }))).toBe(
      'Model model (GoalDrivenModel), also m, output 8, 1 parameter. A note.'
    );
    expect(rowText(model({ variable: null, shapes: [], n_parameters: null }))).toBe(
      'Model hcnn (GoalDrivenModel)'
    );
  });

  it('is called in short by what tells it from its area', () => {
    const [first, tap] = model().children[1]!.children;
    expect([shortName(first!, 'V1'), shortName(tap!, 'V1'), shortName(first!, null)]).toEqual([
      'filter',
      'V1',
      'V1.filter'
    ]);
    expect(shortName({ ...first!, name: 'V1.' }, 'V1')).toBe('V1.');
  });
});
