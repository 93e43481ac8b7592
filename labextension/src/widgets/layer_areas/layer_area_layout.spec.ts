import { describe, expect, it } from 'vitest';

import { matrixState } from '../../testing/matrices';
import { Fields } from '../../wire';
import { textWidth } from '../charts/chart_words';
import { readMatrix } from './layer_area_frame';
import { highestCell, matrixCell, matrixLayout } from './layer_area_layout';

function frame(about = {}, values = matrixState().values) {
  return readMatrix(new Fields(matrixState(about).header), values);
}

describe.each([280, 400, 800, 1200])('a matrix at a width of %d', width => {
  const layout = matrixLayout(frame(), width);

  it('has cells side by side within its width', () => {
    const [first, next, below] = [
      matrixCell(layout, 0, 0),
      matrixCell(layout, 0, 1),
      matrixCell(layout, 1, 0)
    ];
    expect(next.left).toBeCloseTo(first.left + first.width);
    expect(below.top).toBeCloseTo(first.top + first.height);
    expect(next.left + next.width).toBeLessThanOrEqual(width);
    expect(first.left).toBeGreaterThan(40);
  });

  it('has scale, words and small print beneath one another', () => {
    const { plot, scale, wordsTop, caption, height, words } = layout;
    expect(scale.top).toBeGreaterThan(plot.top + plot.height);
    expect(wordsTop).toBeGreaterThan(scale.top + scale.height);
    expect(caption).toBeGreaterThan(wordsTop + (words.length - 1) * layout.font);
    expect(height).toBeGreaterThan(caption);
    expect(words.join(' ')).toMatch(/within each half\.$/);
  });
});

it('the colours end at the tenth above the highest score', () => {
  expect(highestCell(frame())).toBe(0.6);
  const { header, values } = matrixState({}, [
    [NaN, 0.31, NaN],
    [NaN, NaN, NaN]
  ]);
  expect(highestCell(readMatrix(new Fields(header), values))).toBe(0.4);
  const none = matrixState({}, [
    [NaN, NaN, NaN],
    [NaN, NaN, -1]
  ]);
  expect(highestCell(readMatrix(new Fields(none.header), none.values))).toBe(0.1);
});

describe('names of layers as long as those of PyTorch', () => {
  const long = ['features.denseblock4.denselayer16.conv1', 'features.denseblock4.denselayer16.conv2', 'fc'];
  const names = (width: number): string[] => matrixLayout(frame({ model_areas: long }), width).names;

  it('stand whole in the room that the cells leave, without "model" where that is tight, else cut in the middle', () => {
    expect(names(1200)).toEqual(long.map(name => `model ${name}`));
    expect(names(460)).toEqual(long);
    const short = names(300);
    expect(short[2]).toBe('fc');
    expect(short.slice(0, 2).map(name => name.slice(-5))).toEqual(['conv1', 'conv2']);
  });

  it('leave every cell the room for its number', () => {
    for (const width of [400, 700, 1200]) {
      const layout = matrixLayout(frame({ model_areas: long }), width);
      expect(layout.cellWidth).toBeGreaterThan(textWidth('\u25c6 0.00', layout.font + 2, true) + 6);
      const last = layout.plot.left + layout.plot.width;
      expect(last).toBeLessThanOrEqual(width);
    }
  });
});
