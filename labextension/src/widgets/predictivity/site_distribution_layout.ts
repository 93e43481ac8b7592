/** Where the dots of a distribution of sites stand: arithmetic only. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';

import type { Box } from '../charts/sizes';
import type { Sites } from './predictivity_explorer_frame';
import { type Dots, swarm } from './site_swarm';

/** A column of dots: its middle, and how far it reaches to either side. */
export interface Column {
  middle: number;
  reach: number;
  dots: Dots;
}

/** All places, in pixels of the drawing. */
export interface DistributionLayout {
  box: Box;
  plot: Box;
  font: number;
  y: ScaleLinear<number, number>;
  r: Column;
  /** The sites' ceilings; null where none is known. */
  ceiling: Column | null;
}

/** Lowest r that the axis reaches down to. */
export function lowestSite({ r }: Sites): number {
  const low = Array.from(r)
    .filter(Number.isFinite)
    .reduce((least, value) => Math.min(least, value), 0);
  return low < -0.005 ? Math.floor(low * 5) / 5 : 0;
}

/** Lays the dots out in a box; `plot` says from where to where the axis runs, `low` is its lower end. */
export function distributionLayout(
  sites: Sites,
  box: Box,
  axis: { top: number; height: number },
  low: number,
  font: number
): DistributionLayout {
  const left = box.left + 2.6 * font + 20;
  const plot = { left, top: axis.top, width: box.left + box.width - left, height: axis.height };
  const y = scaleLinear([low, 1], [plot.top + plot.height, plot.top]);
  const column = (values: Float32Array, middle: number, reach: number): Column => {
    const heights = Array.from(values, value => (Number.isFinite(value) ? y(value) : NaN));
    return {
      middle: plot.left + middle * plot.width,
      reach: reach * plot.width,
      dots: swarm(heights, reach * plot.width)
    };
  };
  const known = sites.ceiling.some(Number.isFinite);
  return {
    box,
    plot,
    font,
    y,
    r: known ? column(sites.r, 0.3, 0.27) : column(sites.r, 0.5, 0.46),
    ceiling: known ? column(sites.ceiling, 0.79, 0.19) : null
  };
}

/** The site whose dot is nearest to a place, if any is near; dots of ceilings stand for their sites, too. */
export function siteAt(layout: DistributionLayout, x: number, y: number): number {
  let [nearest, least] = [-1, 18 ** 2];
  for (const column of [layout.r, layout.ceiling]) {
    column?.dots.x.forEach((offset, site) => {
      const distance = (column.middle + offset - x) ** 2 + (column.dots.y[site]! - y) ** 2;
      if (distance < least && Number.isFinite(layout.r.dots.x[site])) {
        [nearest, least] = [site, distance];
      }
    });
  }
  return nearest;
}
