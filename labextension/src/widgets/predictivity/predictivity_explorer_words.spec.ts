import { describe, expect, it } from 'vitest';

import { explorerFrame, sheetOf } from '../../testing/explorer';
import {
  explorerTable,
  imageSentence,
  levelSentence,
  siteLine,
  siteSentence
} from './predictivity_explorer_words';

const bars = explorerFrame();
const sites = explorerFrame({ level: 'sites' });
const responses = explorerFrame({ level: 'responses', site: 0 });

describe('in words', () => {
  it('each level says what it shows and which keys lead where', () => {
    expect(levelSentence(bars)).toContain('V4 by model area V4, 0.50; IT (simulated)');
    expect(levelSentence(bars)).toContain('Enter opens the sites of one');
    expect(levelSentence(sites)).toBe(
      'V4 predicted from model area V2 at step 340: 4 sites, median r 0.30. ' +
        'Arrow keys walk the sites, Enter opens one, Escape leads back.'
    );
    expect(levelSentence(responses)).toContain('site a, r 0.50. Arrow keys walk 4 images');
  });

  it('a site says its numbers and its rank', () => {
    expect(siteSentence(sites.sites!, 0)).toBe('Site a: r 0.50, noise ceiling 0.90, 1 of 3 from the best');
    expect(siteLine(sites.sites!, 3)).toBe('Site d: r 0.30');
    expect(siteLine(sites.sites!, -1)).toContain('Point at a site');
  });

  it('an image says both responses, or that it was never held out', () => {
    expect(imageSentence(responses.responses!, sheetOf(), 1)).toBe(
      'cat-1 (cat): recorded −1.00, predicted −0.50'
    );
    expect(imageSentence(responses.responses!, sheetOf(), 2)).toBe(
      'cat-2 (cat): recorded 0.50, never held out'
    );
  });
});

describe('the numbers of the deepest level that is open', () => {
  it.each([
    ['bars', bars, 1 + 6, 'untrained'],
    ['sites', sites, 1 + 4, 'ceiling'],
    ['responses', responses, 1 + 4, 'predicted (SD)']
  ] as const)('are a table: %s', (_, frame, rows, column) => {
    const table = explorerTable(frame, sheetOf());
    expect(table).toHaveLength(rows);
    expect(table[0]).toContain(column);
    table.forEach(row => expect(row).toHaveLength(table[0]!.length));
  });

  it('come with the brain area, the model area and the convention', () => {
    const row = explorerTable(responses, sheetOf())[2]!;
    expect(row.slice(0, 9)).toEqual(['V4', 'no', 'V2', 340, 'a', 'cat-1', 'cat', -1, -0.5]);
    expect(row.slice(9)).toEqual(['RidgeCV; median over sites', 'made up']);
    const simulated = explorerTable(explorerFrame({ level: 'sites', brain: 1, model: 2 }), sheetOf())[1]!;
    expect(simulated.slice(0, 5)).toEqual(['IT', 'yes', 'V4', 340, 'a']);
  });
});
