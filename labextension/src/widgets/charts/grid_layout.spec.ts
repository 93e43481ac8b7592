import { describe, expect, it } from 'vitest';

import { cornerOf, gridLayout, walk } from './grid_layout';

describe.each([
  [32, 7, 480],
  [24, 7, 900],
  [96, 5, 640],
  [64, 3, 300],
  [1, 11, 480],
  [13, 9, 200],
  [200, 7, 1200]
])('%i kernels of %i pixels in %i CSS pixels', (count, side, room) => {
  const layout = gridLayout(count, side, side, room);

  it('fit the width', () => {
    expect(layout.width).toBeLessThanOrEqual(room);
    expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(count);
    expect(layout.columns * (layout.rows - 1)).toBeLessThan(count);
  });

  it('are crisp and large enough to hit', () => {
    expect(layout.cellWidth % side).toBe(0);
    expect(layout.cellWidth).toBeGreaterThanOrEqual(24);
    expect(layout.cellHeight).toBe(layout.cellWidth);
  });

  it('do not overlap', () => {
    const corners = Array.from({ length: count }, (_, index) => cornerOf(layout, index));
    const last = corners.at(-1)!;
    expect(last.top + layout.cellHeight).toBe(layout.height);
    corners.slice(1).forEach((corner, index) => {
      const before = corners[index]!;
      const apart = corner.top > before.top ? corner.top - before.top : corner.left - before.left;
      expect(apart).toBe(layout.cellWidth + layout.gap);
    });
  });
});

it.each([
  [32, 8, 400, 170],
  [32, 8, 188, 150],
  [48, 3, 400, 170],
  [96, 3, 400, 120],
  [32, 8, 1200, 800]
])('%i kernels of %i pixels end within a cell of %i x %i', (count, side, room, most) => {
  const layout = gridLayout(count, side, side, room, most);
  expect(layout.width).toBeLessThanOrEqual(room);
  expect(layout.height).toBeLessThanOrEqual(most);
  expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(count);
  expect(layout.cellWidth % side).toBe(0);
});

it('makes full rows where it can', () => {
  for (const room of [300, 480, 640, 900]) {
    const layout = gridLayout(32, 7, 7, room);
    expect(layout.columns * layout.rows).toBe(32);
  }
});

it('shows a kernel wider than the panel all the same', () => {
  const layout = gridLayout(2, 500, 500, 300);
  expect(layout.columns).toBe(1);
  expect(layout.width).toBeLessThanOrEqual(300);
});

describe('keys in ten cells of four columns', () => {
  it.each([
    ['ArrowRight', false, 3, 4],
    ['ArrowRight', false, 9, 9],
    ['ArrowLeft', false, 0, 0],
    ['ArrowLeft', false, 4, 3],
    ['ArrowDown', false, 1, 5],
    ['ArrowDown', false, 6, 6],
    ['ArrowUp', false, 2, 2],
    ['ArrowUp', false, 9, 5],
    ['Home', false, 6, 4],
    ['End', false, 5, 7],
    ['End', false, 8, 9],
    ['Home', true, 9, 0],
    ['End', true, 0, 9],
    ['a', false, 3, null]
  ])('%s (control: %s) leads from %i to %s', (key, control, from, to) => {
    expect(walk(key, control, from, 10, 4)).toBe(to);
  });
});

describe('in rows of different lengths, as they are seen,', () => {
  const ROWS = [[0, 1], [6, 7], [4], [2, 3, 5], [8]];

  it.each([
    ['ArrowRight', false, 1, 6],
    ['ArrowLeft', false, 2, 4],
    ['ArrowLeft', false, 0, 0],
    ['ArrowRight', false, 8, 8],
    ['ArrowDown', false, 1, 7],
    ['ArrowDown', false, 7, 4],
    ['ArrowDown', false, 4, 3],
    ['ArrowUp', false, 5, 4],
    ['ArrowDown', false, 8, 8],
    ['ArrowUp', false, 1, 1],
    ['Home', false, 5, 2],
    ['End', false, 2, 5],
    ['Home', true, 5, 0],
    ['End', true, 0, 8],
    ['ArrowRight', false, 99, 1],
    ['x', false, 1, null]
  ])('%s (with Ctrl: %s) leads from %i to %s', (key, control, from, to) => {
    expect(walk(key, control, from, 9, 4, ROWS)).toBe(to);
  });
});
