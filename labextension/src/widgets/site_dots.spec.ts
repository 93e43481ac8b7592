import { describe, expect, it } from 'vitest';

import { dotRows } from './site_dots';

const many = Array.from({ length: 300 }, (_, i) => 100 + 60 * Math.sin(i * 1.7));

describe('dots in rows', () => {
  it('do not cover one another', () => {
    const { x, y, radius } = dotRows(many, 90);
    for (let i = 0; i < many.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        expect(Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)).toBeGreaterThanOrEqual(2 * radius);
      }
    }
  });

  it('stay near their heights, and within reach of the middle', () => {
    const { x, y, radius } = dotRows(many, 90);
    many.forEach((height, i) => {
      expect(Math.abs(y[i]! - height)).toBeLessThanOrEqual(radius + 0.5);
      expect(Math.abs(x[i]!)).toBeLessThanOrEqual(90 - radius);
    });
  });

  it('are as large as fits: the more, the smaller', () => {
    expect(dotRows([10, 100], 50).radius).toBe(5);
    expect(dotRows(many, 90).radius).toBeLessThan(5);
    expect(dotRows(many, 90).radius).toBeGreaterThan(dotRows([...many, ...many, ...many], 60).radius);
  });

  it('are centred, the lower one of a row to the left', () => {
    const { x } = dotRows([50.4, 50.2, 50.3], 50);
    expect([...x]).toEqual([11, -11, 0]);
    expect(dotRows([80], 50).x[0]).toBe(0);
  });

  it('that are too many even when they are smallest lie on one another at the edges', () => {
    const { x, radius } = dotRows(new Array<number>(400).fill(20), 30);
    expect(radius).toBe(1);
    expect(Math.max(...x)).toBe(29);
    expect(Math.min(...x)).toBe(-29);
  });

  it('are none where a height is not known', () => {
    const { x, y } = dotRows([NaN, 10], 50);
    expect([x[0], y[0], x[1]]).toEqual([NaN, NaN, 0]);
  });
});
