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
  /** Whether so many lie on one another that they are seen as one shape. */
  crowded: boolean;
}

/**
 * Puts dots at these heights (in pixels; NaN: no dot), as large as fits `reach` pixels on either side of the middle.
 * Where even the smallest do not fit, they move together, to half of their distance at most; more than that are a
 * crowd, which is the wider at a height the more are there.
 */
export function swarm(heights: ArrayLike<number>, reach: number): Dots {
  const y = Float64Array.from(heights);
  const order = [...y.keys()].filter(dot => Number.isFinite(y[dot])).sort((a, b) => y[a]! - y[b]! || a - b);
  for (const radius of RADII) {
    const x = aside(y, order, 2 * radius + GAP, room(reach, radius));
    if (x !== null) {
      return { x, y, radius, crowded: false };
    }
  }
  const radius = RADII.at(-1)!;
  const [size, most] = [2 * radius + GAP, room(reach, radius)];
  const wide = aside(y, order, size, 2 * most);
  if (wide === null) {
    return { x: crowd(y, size, most), y, radius, crowded: true };
  }
  const furthest = order.reduce((far, dot) => Math.max(far, Math.abs(wide[dot]!)), 0);
  return { x: wide.map(place => (place * most) / furthest), y, radius, crowded: false };
}

/** How far from the middle a dot may stand. */
function room(reach: number, radius: number): number {
  return Math.max(0, reach - radius);
}

/** Spreads the dots of each row, a dot high, evenly about the middle: that is quick, however many there are. */
function crowd(y: Float64Array, size: number, most: number): Float64Array {
  const rows = y.map(height => (Number.isFinite(height) ? Math.floor(height / size) : NaN));
  const counts = new Map<number, number>();
  let fullest = 2;
  const places = rows.map(row => {
    const place = counts.get(row) ?? 0;
    counts.set(row, place + 1);
    fullest = Math.max(fullest, Number.isNaN(row) ? 0 : place + 1);
    return place;
  });
  const step = Math.min(size, (2 * most) / (fullest - 1));
  return places.map((place, dot) => {
    const row = rows[dot]!;
    return Number.isNaN(row) ? NaN : (place - (counts.get(row)! - 1) / 2) * step;
  });
}

/** How far aside each dot stands, in the order of their heights; null where one would be further than `most`. */
function aside(y: Float64Array, order: readonly number[], size: number, most: number): Float64Array | null {
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
