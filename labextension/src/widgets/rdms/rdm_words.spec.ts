import { beforeEach, describe, expect, it } from 'vitest';

import { SHEET, notedPen, rdmFrame } from '../../testing/rdms';
import { type ImageSheet, imageSheet } from '../panel/image_sheet';
import {
  barSentence,
  cellSentence,
  distanceShort,
  distanceText,
  modelTitle,
  ordinal,
  pairTable,
  scoreRows,
  scoresSummary
} from './rdm_words';

let sheet: ImageSheet;
beforeEach(() => {
  notedPen();
  sheet = imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });
});

describe('a cell', () => {
  it('says both images, and how unlike model and brain find them', () => {
    expect(cellSentence(rdmFrame(), sheet, 0, 2)).toBe(
      'face-1 (human face) and car-2 (car). Model IT, step 340: 0.200, 20th percentile. ' +
        'Human IT, mean of 4 subjects: 0.500, 80th percentile.'
    );
  });

  it('on the diagonal is one image with itself', () => {
    const frame = rdmFrame();
    expect(distanceText(frame, frame.model, 2, 2)).toBe('0 (the same image)');
  });

  it('says no percentile where colours stand for distances, and little where there is little room', () => {
    const distances = rdmFrame({ scale: 'distances' });
    expect(distanceText(distances, distances.model, 1, 3)).toBe('0.500');
    const frame = rdmFrame();
    expect(distanceShort(frame, frame.model, 1, 3)).toBe('0.500 · 80th');
  });
});

it('an RDM that is no model’s has its own name, wherever it is named', () => {
  const frame = rdmFrame({ of_model: false, areas: ['monkey IT', 'IT'], area: 'monkey IT', moment: '' });
  expect(modelTitle(frame)).toBe('monkey IT');
  expect(barSentence(frame, { brain: 0, bar: 0 })).toContain('human IT: monkey IT 0.05');
  expect(scoresSummary(frame)).not.toContain('model area');
  expect(pairTable(frame, sheet)[0]![4]).toBe('monkey IT (1 − Pearson r)');
  expect(scoreRows(frame)[1]!.slice(3, 5)).toEqual(['monkey IT', 'RDM']);
});

it.each([
  [0, '0th'],
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [11, '11th'],
  [13, '13th'],
  [21, '21st'],
  [100, '100th']
])('%i is written %s', (count, text) => {
  expect(ordinal(count)).toBe(text);
});

describe('a bar', () => {
  it('of a model area says all that it is held against', () => {
    expect(barSentence(rdmFrame(), { brain: 0, bar: 1 })).toBe(
      'human IT: model area IT 0.24, standard error 0.04, untrained 0.03, noise ceiling from 0.25, to 0.48, ' +
        "bound 0.50. Kendall's tau_A."
    );
  });

  it('of another model has no untrained one, and one that is not known is a dash', () => {
    expect(barSentence(rdmFrame(), { brain: 0, bar: 2 })).toContain(
      'human IT: animacy 0.22, standard error 0.05'
    );
    expect(barSentence(rdmFrame(), { brain: 1, bar: 1 })).toBe(
      "V1 (simulated): model area IT –. Kendall's tau_A. No score: it has no RDM."
    );
  });
});

it('the summary names the best area of each brain area', () => {
  expect(scoresSummary(rdmFrame())).toBe(
    "Most alike to human IT: model area IT, 0.24; V1 (simulated): model area V1, 0.10. Kendall's tau_A."
  );
  const frame = rdmFrame();
  frame.brains.forEach(brain => brain.value.fill(NaN));
  expect(scoresSummary(frame)).toBe('No score yet.');
});

it('the title says the moment where there is one', () => {
  expect(modelTitle(rdmFrame())).toBe('model IT, step 340');
  expect(modelTitle(rdmFrame({ moment: '' }))).toBe('model IT');
});

describe('a table', () => {
  it('of pairs has every pair once, with ids and categories', () => {
    const rows = pairTable(rdmFrame(), sheet);
    expect(rows).toHaveLength(1 + 6);
    expect(rows[0]!.slice(0, 4)).toEqual(['image 1', 'category 1', 'image 2', 'category 2']);
    expect(rows[2]!.slice(0, 4)).toEqual(['face-1', 'human face', 'car-2', 'car']);
    expect(rows[2]!.slice(4).map(value => Number(Number(value).toFixed(3)))).toEqual([0.2, 0.5]);
    const given = pairTable(rdmFrame({ groups: [], brain_distance: '' }), sheet);
    expect(given[0]![5]).toContain('distance not named');
    expect(given[1]![1]).toBe('human face');
  });

  it('of scores has every bar with its convention', () => {
    const rows = scoreRows(rdmFrame());
    expect(rows).toHaveLength(1 + 2 * 3);
    expect(rows[2]!.slice(0, 6)).toEqual(['human IT', 'no', 4, 'IT', 'model area', 'step 340']);
    expect(rows[3]!.slice(3, 6)).toEqual(['animacy', 'other model: ideal; made up', '']);
    expect(rows[4]![1]).toBe('yes');
    rows
      .slice(1)
      .forEach(row => expect(row.slice(-2)).toEqual(['model: 1 - Pearson r; 4 images', 'made up']));
  });
});
