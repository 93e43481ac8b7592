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

  it('that do not fit even when they are smallest move together, each seen by itself', () => {
    const { x, radius, crowded } = swarm(many, 60);
    expect([radius, crowded]).toEqual([2, false]);
    expect(Math.max(...x.map(Math.abs))).toBeCloseTo(58, 9);
  });

  it('that are far too many are a crowd, in all the room there is', () => {
    const { x, radius, crowded } = swarm(new Array<number>(400).fill(20), 30);
    expect([radius, crowded]).toEqual([2, true]);
    expect(Math.max(...x.map(Math.abs))).toBeCloseTo(28, 9);
    expect(new Set(x).size).toBe(400);
  });

  it('of a crowd lie at their heights, and reach the further the more there are of about the same', () => {
    // Twice as many between 100 and 150 as between 0 and 50, and none between.
    const heights = Array.from({ length: 30_000 }, (_, i) =>
      i % 3 === 0 ? (i / 600) % 50 : 100 + ((i / 600) % 50)
    );
    const { x, y } = swarm([NaN, ...heights], 90);
    expect([x[0], [...y.slice(1)]]).toEqual([NaN, heights]);
    const furthest = (from: number, to: number): number =>
      x.reduce((far, place, i) => (y[i]! > from && y[i]! < to ? Math.max(far, Math.abs(place)) : far), 0);
    expect(furthest(100, 150)).toBeCloseTo(88, 9);
    expect(furthest(0, 50) / furthest(100, 150)).toBeCloseTo(0.5, 2);
    expect(x.slice(1).reduce((sum, place) => sum + place, 0) / 30_000).toBeCloseTo(0, 9);
  });

  it('stand in the middle where there is no room at all', () => {
    for (const reach of [0, 1, 1.9]) {
      expect([...swarm([10, 50, 90], reach).x].map(Math.abs)).toEqual([0, 0, 0]);
      expect([...swarm([10, 10, 10], reach).x].map(Math.abs)).toEqual([0, 0, 0]);
    }
  });

  it('are none where a height is not known', () => {
    const { x, y } = swarm([NaN, 10], 50);
    expect([x[0], y[0], x[1]]).toEqual([NaN, NaN, 0]);
  });
});
