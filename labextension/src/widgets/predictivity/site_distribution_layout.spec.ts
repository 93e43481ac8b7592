import { describe, expect, it } from 'vitest';

import { SITES, explorerFrame } from '../../testing/explorer';
import { distributionLayout, lowestSite, siteAt } from './site_distribution_layout';

const box = { left: 100, top: 10, width: 400, height: 300 };
const axis = { top: 60, height: 200 };
const layout = (sites = SITES, low = 0) =>
  distributionLayout(explorerFrame({ level: 'sites', sites }).sites!, box, axis, low, 12);

describe('the dots of sites', () => {
  it('lie at their r, and are none where r is not known', () => {
    const { r, y } = layout();
    [0, 1, 3].forEach(site => expect(r.dots.y[site]).toBeCloseTo(y(SITES.r[site]!), 4));
    expect(r.dots.x[2]).toBeNaN();
  });

  it('stand apart from those of the ceilings, and all within the box', () => {
    const { r, ceiling } = layout();
    expect(r.middle + r.reach).toBeLessThan(ceiling!.middle - ceiling!.reach);
    expect(ceiling!.middle + ceiling!.reach).toBeLessThanOrEqual(box.left + box.width);
    expect(r.middle - r.reach).toBeGreaterThan(box.left);
  });

  it('have all the room where no ceiling is known', () => {
    const alone = layout({ ...SITES, ceiling: [NaN, NaN, NaN, NaN] });
    expect(alone.ceiling).toBeNull();
    expect(alone.r.reach).toBeGreaterThan(layout().r.reach);
  });

  it('stand on an axis from 0 or below to 1', () => {
    const sites = explorerFrame({ level: 'sites', sites: { ...SITES, r: [0.5, -0.31, NaN, 0] } }).sites!;
    expect(lowestSite(sites)).toBe(-0.4);
    expect(lowestSite(explorerFrame({ level: 'sites' }).sites!)).toBe(0);
    const { y } = layout(SITES, -0.4);
    expect([y(-0.4), y(1)]).toEqual([260, 60]);
  });

  it('stand on such an axis however many they are', () => {
    const r = new Float32Array(200_000).fill(-0.31);
    expect(lowestSite({ ...explorerFrame({ level: 'sites' }).sites!, r })).toBe(-0.4);
  });
});

describe('a place', () => {
  it('belongs to the site whose dot is nearest, its ceiling standing for it', () => {
    const places = layout();
    const { r, ceiling } = places;
    expect(siteAt(places, r.middle + r.dots.x[3]! + 4, r.dots.y[3]! - 4)).toBe(3);
    expect(siteAt(places, ceiling!.middle + ceiling!.dots.x[1]!, ceiling!.dots.y[1]!)).toBe(1);
  });

  it('far from all dots, or at the ceiling of a site without r, belongs to none', () => {
    const places = layout();
    const { ceiling } = places;
    expect(siteAt(places, box.left, box.top)).toBe(-1);
    expect(siteAt(places, ceiling!.middle + ceiling!.dots.x[2]!, ceiling!.dots.y[2]! + 1)).not.toBe(2);
  });
});
