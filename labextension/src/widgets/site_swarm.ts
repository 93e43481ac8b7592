/** A distribution of sites as one dot each, every dot at its own height and moved aside only where others stand (a beeswarm). */

const RADII = [5, 4.5, 4, 3.5, 3, 2.5, 2];
const GAP = 1;
/** Dots that touch do not overlap, whatever the rounding. */
const TOUCHING = 1e-9;

/** Where each dot lies, and how large all are. */
export interface Dots {
  /** How far from the middle; NaN where there is no dot. */
  x: Float64Array;
  /** The heights that were asked for. */
  y: Float64Array;
  radius: number;
}

/**
 * Puts dots at these heights (in pixels; NaN: no dot), as large as fits `reach` pixels on either side of the middle.
 * Where even the smallest do not fit, they move together and lie on one another.
 */
export function swarm(heights: ArrayLike<number>, reach: number): Dots {
  const y = Float64Array.from(heights);
  const order = [...y.keys()].filter(dot => Number.isFinite(y[dot])).sort((a, b) => y[a]! - y[b]! || a - b);
  for (const radius of RADII) {
    const x = aside(y, order, 2 * radius + GAP, reach - radius);
    if (x !== null) {
      return { x, y, radius };
    }
  }
  const radius = RADII.at(-1)!;
  const x = aside(y, order, 2 * radius + GAP)!;
  const closer = (reach - radius) / Math.max(...order.map(dot => Math.abs(x[dot]!)));
  return { x: x.map(place => place * closer), y, radius };
}

/** How far aside each dot stands, in the order of their heights; null where one would be further than `most`. */
function aside(
  y: Float64Array,
  order: readonly number[],
  size: number,
  most = Infinity
): Float64Array | null {
  const x = new Float64Array(y.length).fill(NaN);
  let first = 0;
  for (const [place, dot] of order.entries()) {
    while (y[dot]! - y[order[first]!]! >= size) {
      first += 1;
    }
    x[dot] = nearestFree(x, y, dot, order.slice(first, place), size);
    if (Math.abs(x[dot]) > most) {
      return null;
    }
  }
  return x;
}

/** The place nearest to the middle where a dot touches none of those that stand near its height. */
function nearestFree(
  x: Float64Array,
  y: Float64Array,
  dot: number,
  near: readonly number[],
  size: number
): number {
  const blocked = near.map(other => {
    const width = Math.sqrt(size ** 2 - (y[dot]! - y[other]!) ** 2);
    return [x[other]! - width, x[other]! + width] as const;
  });
  const hits = (at: number, [from, to]: readonly [number, number]): boolean =>
    from < at - TOUCHING && at < to - TOUCHING;
  const right = blocked.sort(([a], [b]) => a - b).reduce((at, one) => (hits(at, one) ? one[1] : at), 0);
  const left = blocked.sort(([, a], [, b]) => b - a).reduce((at, one) => (hits(at, one) ? one[0] : at), 0);
  return -left <= right ? left : right;
}
