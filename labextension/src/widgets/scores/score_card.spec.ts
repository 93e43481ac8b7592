import { expect, it } from 'vitest';

import { scoreState } from '../../testing/scores';
import { Fields } from '../../wire';
import { barCard } from './score_card';
import { type ScoreFrame, readScores } from './score_frame';

const V4 = {
  area: 'V4',
  value: [0.3],
  error: [0.02],
  untrained: [0.2],
  ceiling: 0.87,
  pixels: 0.26,
  sites: 50
};

function frame(row: object = {}, header: object = {}): ScoreFrame {
  const state = scoreState([{ ...V4, ...row }], ['V1']);
  return readScores(new Fields({ ...state.header, ...header }), state.values);
}

function card(row: object = {}, header: object = {}): ReturnType<typeof barCard> {
  const shown = frame(row, header);
  return barCard(shown, shown.brains[0]!, 0);
}

const lines = (of: ReturnType<typeof barCard>): string[] =>
  of.rows.map(({ name, value }) => `${name} ${value}`);

it('says in a few lines what one reads in a lecture: score with its error, what it is held against, of how many sites', () => {
  const shown = card();
  expect(lines(shown)).toEqual([
    'model V1 0.30 ± 0.02',
    'untrained 0.20',
    'pixels 0.26',
    'noise ceiling 0.87'
  ]);
  expect(shown.note).toBe('Pearson r, median over 50 sites');
});

it('has what training added, with its interval, where that is known', () => {
  const shown = card({ gains: ['+0.100 (+0.050 to +0.150, p = 0.01)'] });
  expect(lines(shown)[2]).toBe('trained − untrained +0.100 (+0.050 to +0.150, p = 0.01)');
});

it('leaves out what is not known', () => {
  const shown = card({ error: undefined, untrained: undefined, pixels: undefined, sites: 0 });
  expect(lines(shown)).toEqual(['model V1 0.30', 'noise ceiling 0.87']);
  expect(shown.note).toBe('Pearson r, median over sites');
});

it('says that the score is a mean of medians where each fold had an r of its own', () => {
  const folds = card({}, { measure: 'Pearson r, mean of medians per fold', per_fold: true });
  expect(folds.note).toBe('Pearson r, mean of medians per fold; 50 sites');
});

it('names a measure that is none over sites, and counts these beside it', () => {
  const percent = card({}, { measure: 'explained variance (%)', percent: true });
  expect(lines(percent)[0]).toBe('model V1 30 % ± 2 %');
  expect(percent.note).toBe('explained variance (%); 50 sites');
});
