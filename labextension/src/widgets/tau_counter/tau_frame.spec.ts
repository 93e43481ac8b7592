import { beforeEach, describe, expect, it } from 'vitest';

import { inMessage } from '../../testing/page';
import { SHEET, notedPen } from '../../testing/rdms';
import { tauFrame, tauState } from '../../testing/tau';
import { Fields } from '../../wire';
import { type ImageSheet, imageSheet } from '../panel/image_sheet';
import {
  countWords,
  countsAt,
  formula,
  readTau,
  relation,
  stepAt,
  stepSentence,
  stepTable,
  tauTitle,
  verdictWords
} from './tau_frame';

let sheet: ImageSheet;
beforeEach(() => {
  notedPen();
  sheet = imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });
});

describe('a frame', () => {
  it('holds two triangles and a sign for every step, wherever its bytes begin', () => {
    const frame = tauFrame();
    expect(frame.values.map(values => [...values])).toEqual([
      [1, 2, 3],
      [1, 3, 2]
    ]);
    expect([...frame.signs]).toEqual([1, 1, -1]);
    expect(tauTitle(frame)).toBe("Counting Kendall's tau_A of model IT and human IT");
    expect(tauTitle(null)).toBe("Counting Kendall's tau_A");
  });

  it.each([
    [{ n: 2 }, 'needs `n` as a whole number of at least 3'],
    [{ n_steps: 4 }, 'should have 3 rows and 3 steps; it has 3 and 4'],
    [{ rows: [0] }, 'it has 1 and 3'],
    [{ tau_a: 'x' }, '`tau_a` as a finite number']
  ])('with %j is refused in words', (state, message) => {
    const { header, values } = tauState(state);
    expect(() => readTau(new Fields(header), values)).toThrow(message);
  });

  it('with too few bytes is refused in words', () => {
    expect(() => readTau(new Fields(tauState().header), inMessage([1]))).toThrow(
      'should hold 27 bytes; it has 1'
    );
  });
});

describe('a step', () => {
  it('is a pair of pairs, in the order of the upper triangle', () => {
    const frame = tauFrame();
    expect([0, 1, 2].map(index => stepAt(frame, index).pairs)).toEqual([
      [
        [0, 1],
        [0, 2]
      ],
      [
        [0, 1],
        [1, 2]
      ],
      [
        [0, 2],
        [1, 2]
      ]
    ]);
    expect(stepAt(frame, 2).values).toEqual([
      [2, 3],
      [3, 2]
    ]);
    expect([0, 1, 2].map(index => stepAt(frame, index).verdict)).toEqual([
      'concordant',
      'concordant',
      'discordant'
    ]);
  });

  it('has the verdict that its numbers give', () => {
    const frame = tauFrame({ tau_a: 0 }, [1, 2, 3], [2, 2, 1], [0, -1, -1]);
    for (let index = 0; index < frame.steps; index += 1) {
      const { values, verdict } = stepAt(frame, index);
      const [one, other] = values.map(([a, b]) => relation(a, b));
      const expected = one === '=' || other === '=' ? 'tied' : one === other ? 'concordant' : 'discordant';
      expect(verdict).toBe(expected);
    }
  });

  it('is said with its images, what each RDM finds, and what that means', () => {
    expect(stepSentence(tauFrame(), sheet, 1)).toBe(
      'Step 1 of 3. A: face-1 (human face) and car-1 (car); B: face-1 (human face) and car-2 (car). ' +
        'model IT: A 1.00 < B 2.00; human IT: A 1.00 < B 3.00. ' +
        'Concordant: both RDMs find the same pair more unlike. Counts +1.'
    );
    expect(stepSentence(tauFrame(), sheet, 0)).toBe('Nothing counted yet; 3 steps.');
    expect(stepSentence(tauFrame(), sheet, 3)).toMatch(/tau_A = .* = \(2 − 1\) \/ 3 = 0\.333\.$/);
  });
});

it('the count grows step by step, and the formula with it', () => {
  const frame = tauFrame();
  expect([0, 1, 2, 3].map(position => countsAt(frame, position).concordant)).toEqual([0, 1, 2, 2]);
  expect(countWords(frame, 3)).toBe('3 of 3 steps: 2 concordant, 1 discordant, 0 tied');
  expect(formula(frame, 2)).toBe('tau_A = (concordant − discordant) / steps = (2 − 0) / 3 so far');
  expect(formula(frame, 3)).toBe('tau_A = (concordant − discordant) / steps = (2 − 1) / 3 = 0.333');
  expect(formula(tauFrame({ tau_a: -1 / 3 }), 3)).toContain('= −0.333');
});

it('every verdict is explained in words', () => {
  expect(
    (['concordant', 'discordant', 'tied'] as const).map(verdict => verdictWords(verdict).at(-2))
  ).toEqual(['1', '1', '0']);
});

it('the table has every step with its count so far', () => {
  const rows = stepTable(tauFrame(), sheet);
  expect(rows).toHaveLength(4);
  expect(rows[3]).toEqual([3, 'face-1', 'car-2', 'car-1', 'car-2', 2, 3, 3, 2, 'discordant', 1]);
});
