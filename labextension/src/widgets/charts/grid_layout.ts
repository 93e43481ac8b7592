/** How many columns, and how large a cell: an even grid of crisp cells that fits a width. */

/** Where the cells of a grid lie, in CSS pixels. */
export interface GridLayout {
  columns: number;
  rows: number;
  /** Width and height of a cell, without the gap. */
  cellWidth: number;
  cellHeight: number;
  gap: number;
  width: number;
  height: number;
}

const GAP = 6;
const SMALLEST = 24;
const LARGEST = 84;
const TALLEST = 300;

/** A size at which each of `pixels` pixels is the same whole number of screen pixels, if one fits in `room`. */
function crisp(pixels: number, room: number): number {
  return room >= pixels ? Math.floor(room / pixels) * pixels : room;
}

function arrange(count: number, height: number, width: number, columns: number, room: number): GridLayout {
  const across = Math.min(LARGEST, (room - (columns - 1) * GAP) / columns);
  const smallest = width * Math.ceil(SMALLEST / width);
  const cellWidth = Math.max(crisp(width, across), Math.min(smallest, room));
  const cellHeight = Math.max((cellWidth * height) / width, 1);
  const rows = Math.ceil(count / columns);
  return {
    columns,
    rows,
    cellWidth,
    cellHeight,
    gap: GAP,
    width: columns * (cellWidth + GAP) - GAP,
    height: rows * (cellHeight + GAP) - GAP
  };
}

/** The larger the cells the better, if the grid is not too tall; a last row that is not full counts against it. */
function merit(layout: GridLayout, count: number): number {
  const full = count === layout.columns * layout.rows ? 1 : 0.6;
  const tall = Math.min(1, TALLEST / layout.height);
  return layout.cellWidth * full * tall * tall;
}

/**
 * The best layout for `count` kernels of height x width pixels in `room` CSS pixels.
 *
 * Where the most height is given, too, the cells are as large as fit into both, however small that is.
 */
export function gridLayout(count: number, height: number, width: number, room: number, most = 0): GridLayout {
  if (most > 0) {
    return gridWithin(count, height, width, room, most);
  }
  let best = arrange(count, height, width, 1, room);
  for (let columns = 2; columns <= count; columns += 1) {
    const layout = arrange(count, height, width, columns, room);
    if (layout.width > room) {
      break;
    }
    if (merit(layout, count) >= merit(best, count)) {
      best = layout;
    }
  }
  return best;
}

function gridWithin(count: number, height: number, width: number, room: number, most: number): GridLayout {
  const layouts = Array.from({ length: count }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    const gap = Math.min(GAP, Math.floor(room / columns / 6), Math.floor(most / rows / 6));
    const across = (room - (columns - 1) * gap) / columns;
    const down = (most - (rows - 1) * gap) / rows;
    const cellWidth = Math.max(1, crisp(width, Math.min(across, (down * width) / height)));
    const cellHeight = Math.max(1, (cellWidth * height) / width);
    const size = { width: columns * (cellWidth + gap) - gap, height: rows * (cellHeight + gap) - gap };
    return { columns, rows, cellWidth, cellHeight, gap, ...size };
  });
  return layouts.reduce((best, layout) => (layout.cellWidth >= best.cellWidth ? layout : best));
}

/** The left upper corner of a cell. */
export function cornerOf(layout: GridLayout, index: number): { left: number; top: number } {
  const row = Math.floor(index / layout.columns);
  return {
    left: (index - row * layout.columns) * (layout.cellWidth + layout.gap),
    top: row * (layout.cellHeight + layout.gap)
  };
}

/** Where a key leads from a place in rows of different lengths, as they are seen; null for a key that does not walk. */
function walkRows(
  key: string,
  control: boolean,
  place: number,
  rows: readonly (readonly number[])[]
): number | null {
  const all = rows.flat();
  const row = Math.max(
    0,
    rows.findIndex(each => each.includes(place))
  );
  const here = rows[row] ?? [];
  const at = Math.max(0, here.indexOf(place));
  const index = Math.max(0, all.indexOf(place));
  /** What stands in another row at the same share of its width. */
  const across = (to: number): number | undefined => {
    const there = rows[to];
    return there?.[Math.min(there.length - 1, Math.floor(((at + 0.5) / here.length) * there.length))];
  };
  const steps: Record<string, () => number | undefined> = {
    ArrowLeft: () => all[index - 1],
    ArrowRight: () => all[index + 1],
    ArrowUp: () => across(row - 1),
    ArrowDown: () => across(row + 1),
    Home: () => (control ? all[0] : here[0]),
    End: () => (control ? all : here).at(-1)
  };
  const step = steps[key];
  return step === undefined ? null : (step() ?? all[index] ?? null);
}

/** Where a key leads from a cell, by the rows as they are seen where they are given; null for a key that does not walk. */
export function walk(
  key: string,
  control: boolean,
  index: number,
  count: number,
  columns: number,
  rows: readonly (readonly number[])[] = []
): number | null {
  if (rows.length > 0) {
    return walkRows(key, control, index, rows);
  }
  const row = Math.floor(index / columns) * columns;
  const steps: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - columns < 0 ? index : index - columns,
    ArrowDown: index + columns >= count ? index : index + columns,
    Home: control ? 0 : row,
    End: control ? count - 1 : row + columns - 1
  };
  const target = steps[key];
  return target === undefined ? null : Math.min(Math.max(target, 0), count - 1);
}
