import { describe, expect, it } from 'vitest';

import { tauLayout } from './tau_layout';

describe.each([160, 240, 400, 520, 700, 1000, 1600])('at a width of %i', width => {
  it.each([3, 5, 8])('two matrices of %i images stand beside or above one another, within the drawing', n => {
    const { boxes, cell, height } = tauLayout(n, width);
    const [one, other] = boxes;
    expect(one.width).toBe(n * cell);
    expect([one.width, one.height]).toEqual([other.width, other.height]);
    for (const box of boxes) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(width);
      expect(box.top + box.height).toBeLessThanOrEqual(height);
    }
    expect(one.left + one.width <= other.left || one.top + one.height <= other.top).toBe(true);
  });
});
