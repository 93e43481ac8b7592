import { describe, expect, it } from 'vitest';

import { explorerFrame } from '../../testing/explorer';
import { explorerLayout, levelAt } from './predictivity_explorer_layout';

const layout = (width: number, level: 'bars' | 'sites' | 'responses' = 'bars') =>
  explorerLayout(explorerFrame({ level }), width, 0, 1);

describe.each([300, 560, 719, 720, 830, 1080, 1600])('at a width of %d', width => {
  it('no level covers another, and all lie within the drawing', () => {
    const { bars, sites, responses, caption, height } = layout(width);
    const beside = sites.left >= bars.width;
    expect(beside || sites.top >= bars.foot).toBe(true);
    expect(sites.left + sites.width).toBeLessThanOrEqual(width);
    expect(responses.top).toBeGreaterThanOrEqual(Math.max(bars.foot, sites.top + sites.height));
    expect(caption).toBeGreaterThan(responses.top + responses.height);
    expect(height).toBeGreaterThan(caption);
  });

  it('nothing moves when a level is opened', () => {
    for (const level of ['sites', 'responses'] as const) {
      const [before, after] = [layout(width), layout(width, level)];
      expect([after.height, after.sites, after.axis, after.responses]).toEqual([
        before.height,
        before.sites,
        before.axis,
        before.responses
      ]);
    }
  });

  it('a place belongs to the level that stands there', () => {
    const all = layout(width);
    const { bars, sites, responses } = all;
    const { plot } = bars;
    expect(levelAt(all, plot.left + 5, plot.top + 5)).toBe('bars');
    expect(levelAt(all, sites.left + sites.width / 2, sites.top + sites.height / 2)).toBe('sites');
    expect(levelAt(all, width / 2, responses.top + 5)).toBe('responses');
  });
});

it('sites stand beside the bars on the same axis where there is room', () => {
  const { bars, axis, sites } = layout(1080);
  expect(sites.top).toBe(0);
  expect(axis).toEqual({ top: bars.plot.top, height: bars.plot.height });
});

it.each([460, 480, 560, 900])('all ends within %d pixels of height, read from the last row', height => {
  const lines = ['a sentence of small print', 'and another one'];
  const frame = explorerFrame({ level: 'responses' });
  const { bars, responses, captionLines, ...whole } = explorerLayout(frame, 936, 0, 1, lines, height);
  expect(whole.height).toBeLessThanOrEqual(height);
  expect(whole.height).toBeGreaterThan(height - 24);
  expect(bars.plot.height).toBeGreaterThanOrEqual(96);
  expect(responses.height).toBeGreaterThan(100);
  expect(captionLines).toEqual(height === 900 ? lines : []);
});
