import { describe, expect, it } from 'vitest';

import { swarm } from './site_swarm';

const many = Array.from({ length: 300 }, (_, i) => 100 + 60 * Math.sin(i * 1.7));

describe('dots of sites', () => {
  it('do not cover one another', () => {
    const { x, y, radius } = swarm(many, 90);
    for (let i = 0; i < many.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        expect(Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)).toBeGreaterThanOrEqual(2 * radius);
      }
    }
  });

  it('lie exactly at their heights, and within reach of the middle', () => {
    const { x, y, radius } = swarm(many, 90);
    expect([...y]).toEqual(many);
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(90 - radius);
  });

  it('stand in the middle where nothing is in the way', () => {
    expect([...swarm([20, 80, 140, 200], 50).x]).toEqual([0, 0, 0, 0]);
  });

  it('are as large as fits: the more, the smaller', () => {
    expect(swarm([10, 100], 50).radius).toBe(5);
    expect(swarm(many, 90).radius).toBeLessThan(5);
    expect(swarm(many.slice(0, 100), 90).radius).toBeGreaterThan(swarm(many, 90).radius);
  });

  it('stand aside no further than they must: of two at one height a whole dot, of two at others less', () => {
    expect([...swarm([50, 50, 50], 50).x]).toEqual([0, -11, 11]);
    expect(swarm([50, 50 + Math.sqrt(121 - 36)], 50).x[1]).toBeCloseTo(-6, 9);
  });

  it('are large enough to be pointed at where there are 168, of r 0.5 with a standard deviation of 0.15', () => {
    const quantile = (part: number): number => Math.log(part / (1 - part)) * 0.55 * 37;
    const sites = Array.from({ length: 168 }, (_, i) => 125 + quantile(((i * 61) % 168) / 168 + 1 / 336));
    expect(swarm(sites, 95).radius).toBeGreaterThanOrEqual(3);
  });

  it('that are too many even when they are smallest lie on one another, in all the room there is', () => {
    const { x, radius } = swarm(new Array<number>(400).fill(20), 30);
    expect(radius).toBe(2);
    expect(Math.max(...x.map(Math.abs))).toBeCloseTo(28, 9);
    expect(new Set(x).size).toBe(400);
  });

  it('are none where a height is not known', () => {
    const { x, y } = swarm([NaN, 10], 50);
    expect([x[0], y[0], x[1]]).toEqual([NaN, NaN, 0]);
  });
});
