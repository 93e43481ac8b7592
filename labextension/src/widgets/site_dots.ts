/** A distribution of sites as one dot each, in rows: a histogram that can be pointed at (Wilkinson's dot plot). */

const RADII = [5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1];
const GAP = 1;

/** Where each dot lies, and how large all are. */
export interface Dots {
  /** How far from the middle; NaN where there is no dot. */
  x: Float64Array;
  /** Height of the row, at most half a row from the dot's own. */
  y: Float64Array;
  radius: number;
}

/**
 * Puts dots of these heights (in pixels; NaN: no dot) into rows, as large as fits `reach` pixels on either side of the middle.
 * Where even the smallest do not fit, the dots of a full row lie on one another.
 */
export function dotRows(heights: ArrayLike<number>, reach: number): Dots {
  let dots = rowsOf(heights, RADII[0]!);
  for (const radius of RADII.slice(1)) {
    if (!dots.x.some(x => Math.abs(x) > reach - dots.radius)) {
      break;
    }
    dots = rowsOf(heights, radius);
  }
  const most = reach - dots.radius;
  return { ...dots, x: dots.x.map(x => Math.min(most, Math.max(-most, x))) };
}

function rowsOf(heights: ArrayLike<number>, radius: number): Dots {
  const size = 2 * radius + GAP;
  const rows = new Map<number, number[]>();
  for (let dot = 0; dot < heights.length; dot += 1) {
    if (Number.isFinite(heights[dot])) {
      const row = Math.round(heights[dot]! / size);
      const members = rows.get(row) ?? [];
      members.push(dot);
      rows.set(row, members);
    }
  }
  const [x, y] = [new Float64Array(heights.length).fill(NaN), new Float64Array(heights.length).fill(NaN)];
  for (const [row, members] of rows) {
    members.sort((a, b) => heights[a]! - heights[b]! || a - b);
    members.forEach((dot, place) => {
      x[dot] = (place - (members.length - 1) / 2) * size;
      y[dot] = row * size;
    });
  }
  return { x, y, radius };
}
