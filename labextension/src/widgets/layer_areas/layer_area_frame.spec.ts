import { describe, expect, it } from 'vitest';

import { MATCH, matrixState } from '../../testing/matrices';
import { Fields } from '../../wire';
import { cellSentence, matchSentence, matrixSentence, matrixTable, readMatrix } from './layer_area_frame';

function frame(about = {}) {
  const { header, values } = matrixState(about);
  return readMatrix(new Fields(header), values);
}

describe('a frame of a match', () => {
  it('is taken apart by brain area, the numbers being those that were sent', () => {
    const { columns, step } = frame();
    expect(step).toBe(340);
    columns.forEach((column, b) => {
      expect([...column.value]).toEqual(MATCH.value[b]!.map(Math.fround));
      expect([...column.choosing]).toEqual(MATCH.choosing[b]!.map(Math.fround));
    });
    expect(columns.map(one => one.chosen)).toEqual([0, 2]);
    expect(columns[0]!.error[2]).toBeCloseTo(0.02);
    expect(columns[0]!.choosingError[0]).toBeCloseTo(0.03);
    expect(columns[0]!.corrected.get('r2/c')![1]).toBeCloseTo(0.25);
    expect([columns[0]!.ceiling, columns[1]!.ceiling]).toEqual([Math.fround(0.8), NaN]);
  });

  it('of what does not train has no step', () => {
    expect(frame({ step: null }).step).toBeNull();
    expect(matrixSentence(frame({ step: null }))).toMatch(/IT, r 0\.60\.$/);
  });

  it('is said in sentences: what was chosen where, and where the numbers are from', () => {
    expect(matrixSentence(frame())).toBe(
      'V4 goes with model area V1, r 0.30; IT (simulated) goes with model area IT, r 0.60 at step 340.'
    );
    const words = matchSentence(frame());
    expect(words).toContain('best on one half of the images (100 or 320)');
    expect(words).toContain('from the other half (101 or 320), which had no say');
  });

  it('says of each cell what it holds, and which one was chosen', () => {
    const all = frame();
    expect(cellSentence(all, 0, all.columns[0]!)).toBe(
      'V4 from model area V1: r 0.30, error 0.02, on the choosing half 0.90, noise ceiling 0.80, chosen'
    );
    expect(cellSentence(all, 1, all.columns[1]!)).toContain('IT (simulated) from model area V2: r –');
  });

  it('is a table of a row per cell', () => {
    const rows = matrixTable(frame());
    expect(rows).toHaveLength(1 + 6);
    rows.forEach(row => expect(row).toHaveLength(rows[0]!.length));
    expect(rows[1]!.slice(0, 5)).toEqual(['V4', 'no', 'V1', 340, 'yes']);
    expect(rows[0]).toContain('r2/c');
    expect(rows[6]!.slice(-5)).toEqual([24, 100, 101, 'RidgeCV; median over sites', 'made up']);
  });

  it.each([
    [{ model_areas: [] }, 'it has none'],
    [{ brain_areas: ['V4'] }, 'tells of 2 columns; it has 1 brain areas'],
    [{ simulated: [true] }, 'columns'],
    [{ columns: [{}, {}] }, '`chosen`'],
    [{ model_areas: ['V1', 'V2', 'V4', 'IT'] }, 'bytes'],
    [{ corrections: 'r2/c' }, '`corrections` as a list']
  ])('with %j is refused in words', (change, words) => {
    expect(() => frame(change)).toThrow(words);
  });
});
