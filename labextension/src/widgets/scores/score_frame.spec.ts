import { describe, expect, it } from 'vitest';

import { scoreState } from '../../testing/scores';
import { Fields } from '../../wire';
import {
  bestOf,
  moment,
  readScores,
  scoreCaption,
  scoreSentence,
  scoreTable,
  scoresSentence,
  written
} from './score_frame';

const V4 = {
  area: 'V4',
  value: [0.3, 0.5],
  error: [0.01, 0.02],
  untrained: [0.2, 0.25],
  ceiling: 0.87,
  pixels: 0.26
};
const IT = { area: 'IT', simulated: true, value: [NaN, NaN] };

function frame(...rows: Parameters<typeof scoreState>[0]): ReturnType<typeof readScores> {
  const { header, values } = scoreState(rows, ['V1', 'V2']);
  return readScores(new Fields(header), values);
}

describe('a frame of scores', () => {
  it('is taken apart by brain area, the numbers being those that were sent', () => {
    const { brains, modelAreas, step } = frame(V4, IT);
    expect([modelAreas, step]).toEqual([['V1', 'V2'], 340]);
    expect([...brains[0]!.value]).toEqual([0.3, 0.5].map(Math.fround));
    expect([...brains[0]!.untrained]).toEqual([0.2, 0.25].map(Math.fround));
    expect([brains[0]!.ceiling, brains[0]!.pixels]).toEqual([0.87, 0.26].map(Math.fround));
    expect(brains[1]!.ceiling).toBeNaN();
    expect(brains.map(brain => brain.simulated)).toEqual([false, true]);
  });

  it('knows the best model area, and none where no score is known', () => {
    expect(frame(V4, IT).brains.map(bestOf)).toEqual([1, -1]);
  });

  it('is said in sentences that name simulated areas as such', () => {
    const all = frame(V4, { ...IT, value: [0.1, NaN] });
    expect(scoresSentence(all)).toBe(
      'Predicted best: V4 by model area V2, 0.50; IT (simulated) by model area V1, 0.10 at step 340.'
    );
    expect(scoreSentence(all, all.brains[0]!, 0)).toBe(
      'V4: model area V1 0.30, error 0.01, untrained 0.20, pixels 0.26, ceiling 0.87'
    );
    expect(scoresSentence(frame(IT))).toBe('No score yet at step 340.');
    expect(scoreCaption(all)).toBe('192 images; RidgeCV; median over sites; made up');
  });

  it('says what training added to a score, with its interval, where that is known', () => {
    const gained = frame({ ...V4, gains: ['', '+0.25 (+0.20 to +0.30, p = 0.01)'] }, IT);
    expect(gained.brains.map(brain => brain.gains)).toEqual([
      ['', '+0.25 (+0.20 to +0.30, p = 0.01)'],
      ['', '']
    ]);
    const said = scoreSentence(gained, gained.brains[0]!, 1);
    expect(said.endsWith(', ceiling 0.87, trained less untrained +0.25 (+0.20 to +0.30, p = 0.01)')).toBe(
      true
    );
    expect(scoreSentence(gained, gained.brains[0]!, 0)).not.toContain('trained less');
  });

  it('says of how many images the scores are, where not of all', () => {
    const { header, values } = scoreState([V4], ['V1', 'V2'], 1299);
    const drawn = readScores(new Fields({ ...header, part: '192 of 640 images' }), values);
    expect(moment(drawn)).toBe(' at step 1,299, on 192 of 640 images');
    expect(moment({ ...drawn, step: null })).toBe(', on 192 of 640 images');
    expect(moment(frame(V4))).toBe(' at step 340');
  });

  it('of no training under way names no step, and says what a score is', () => {
    const { header, values } = scoreState([V4], ['V1', 'V2']);
    const still = readScores(
      new Fields({ ...header, step: null, measure: 'r squared over the ceiling' }),
      values
    );
    expect([still.step, still.measure]).toEqual([null, 'r squared over the ceiling']);
    expect(scoresSentence(still)).toBe('Predicted best: V4 by model area V2, 0.50.');
    expect(frame(V4).measure).toBe('Pearson r, median over sites');
  });

  it('in percent is rounded to a whole one', () => {
    expect([0.468, -0.126, 0.001, NaN].map(value => written({ percent: true }, value))).toEqual([
      '47 %',
      '−13 %',
      '0 %',
      '–'
    ]);
  });

  it('is a table of one row a score', () => {
    const rows = scoreTable(frame(V4, IT));
    expect(rows).toHaveLength(1 + 4);
    expect(rows[0]).toHaveLength(rows[1]!.length);
    expect(rows[2]!.slice(0, 4)).toEqual(['V4', 'no', 'V2', 340]);
    expect(rows[2]![4]).toBe('Pearson r, median over sites');
    expect(rows[2]![5]).toBeCloseTo(0.5);
    expect(rows[4]!.slice(0, 3)).toEqual(['IT', 'yes', 'V2']);
  });

  it.each([
    [{ model_areas: [] }, 'one area or more'],
    [{ simulated: [true] }, '1 brain areas'],
    [{ model_areas: ['V1', 'V2', 'V4'] }, 'bytes'],
    [{ step: 1.5 }, '`step`']
  ])('with %j is refused in words', (change, words) => {
    const { header, values } = scoreState([V4, IT], ['V1', 'V2']);
    expect(() => readScores(new Fields({ ...header, ...change }), values)).toThrow(words);
  });
});
