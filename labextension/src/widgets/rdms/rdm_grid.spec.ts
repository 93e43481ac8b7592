import { beforeEach, describe, expect, it, vi } from 'vitest';

import { MatrixGrid, type Place } from './rdm_grid';

const BOX = { left: 100, top: 50, width: 40, height: 40 };
let looked: (Place | null)[];
let chosen: (Place | null)[];
let grid: MatrixGrid;
let life: AbortController;

beforeEach(() => {
  document.body.replaceChildren();
  looked = [];
  chosen = [];
  life = new AbortController();
  const events = {
    looked: (cell: Place | null) => looked.push(cell),
    chosen: (cell: Place | null) => chosen.push(cell),
    words: ([row, column]: Place) => `row ${row}, column ${column}`
  };
  grid = new MatrixGrid(events, life.signal);
  grid.place(BOX, 4, 'RDM of model IT');
  document.body.append(grid.element);
  vi.spyOn(grid.element, 'getBoundingClientRect').mockReturnValue({ left: 500, top: 300 } as DOMRect);
});

const cells = (): HTMLElement[] => [...grid.element.querySelectorAll<HTMLElement>('[role=gridcell]')];
const press = (key: string, init = {}): boolean =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  );
const point = (kind: string, x: number, y: number): boolean =>
  grid.element.dispatchEvent(new MouseEvent(kind, { clientX: 500 + x, clientY: 300 + y, bubbles: true }));

describe('a grid', () => {
  it('says how large it is and lies over its matrix, without thousands of elements', () => {
    const { element } = grid;
    expect([element.getAttribute('aria-rowcount'), element.getAttribute('aria-colcount')]).toEqual([
      '4',
      '4'
    ]);
    expect(element.getAttribute('aria-label')).toBe('RDM of model IT');
    expect([element.style.left, element.style.top, element.style.width]).toEqual(['100px', '50px', '40px']);
    expect(element.querySelectorAll('*')).toHaveLength(2);
  });

  it('has a row with the cell at which the keyboard comes in, and Tab stops there alone', () => {
    const [cell] = cells();
    expect(cell!.parentElement!.getAttribute('role')).toBe('row');
    expect([cell!.getAttribute('aria-label'), cell!.tabIndex, grid.element.tabIndex]).toEqual([
      'row 0, column 1',
      0,
      -1
    ]);
    cell!.focus();
    expect(looked).toEqual([[0, 1]]);
  });

  it('is pointed at cell by cell, and left', () => {
    point('pointermove', 5, 25);
    point('pointermove', 39, 0);
    grid.element.dispatchEvent(new MouseEvent('pointerleave'));
    expect(looked).toEqual([[2, 0], [0, 3], null]);
  });

  it('is chosen from by a click, outside of which nothing is chosen', () => {
    point('click', 15, 35);
    point('click', -2, 35);
    expect(chosen).toEqual([[3, 1]]);
  });
});

describe('a walk with the keyboard', () => {
  it('comes in at one cell, which is announced with its place', () => {
    grid.element.focus();
    const [cell] = cells();
    expect(document.activeElement).toBe(cell);
    expect(cell!.getAttribute('aria-label')).toBe('row 0, column 1');
    expect([cell!.getAttribute('aria-colindex'), cell!.parentElement!.getAttribute('aria-rowindex')]).toEqual(
      ['2', '1']
    );
    expect(grid.element.tabIndex).toBe(-1);
    expect(grid.focused).toBe(true);
    expect(looked).toEqual([[0, 1]]);
  });

  it('has the focus on a new cell at each step, and on that alone', () => {
    grid.element.focus();
    const first = document.activeElement;
    expect(press('ArrowDown')).toBe(false);
    press('ArrowRight');
    expect(cells()).toHaveLength(1);
    expect(document.activeElement).not.toBe(first);
    expect(document.activeElement!.getAttribute('aria-label')).toBe('row 1, column 2');
    expect(looked.filter(cell => cell !== null)).toEqual([
      [0, 1],
      [1, 1],
      [1, 2]
    ]);
    expect([cells()[0]!.style.left, cells()[0]!.style.top]).toEqual(['20px', '10px']);
  });

  it('chooses with Enter or space, and gives up with Escape', () => {
    grid.element.focus();
    press('Enter');
    press(' ');
    press('Escape');
    expect(chosen).toEqual([[0, 1], [0, 1], null]);
  });

  it('takes no key from the notebook that it does not use', () => {
    grid.element.focus();
    expect(press('b')).toBe(true);
    expect(press('ArrowDown', { shiftKey: true })).toBe(true);
    expect(press('ArrowDown', { altKey: true })).toBe(true);
  });

  it('comes back to where it was, or where the pointer was in the other matrix', () => {
    grid.element.focus();
    press('ArrowDown');
    (document.activeElement as HTMLElement).blur();
    expect(grid.focused).toBe(false);
    expect(looked.at(-1)).toBeNull();
    expect(cells().map(cell => cell.tabIndex)).toEqual([0]);
    cells()[0]!.focus();
    expect(cells()[0]!.getAttribute('aria-label')).toBe('row 1, column 1');
    (document.activeElement as HTMLElement).blur();
    grid.remember([3, 2]);
    cells()[0]!.focus();
    expect(cells()[0]!.getAttribute('aria-label')).toBe('row 3, column 2');
  });

  it('goes on while the pointer passes', () => {
    grid.element.focus();
    grid.element.dispatchEvent(new MouseEvent('pointerleave'));
    expect(looked.at(-1)).toEqual([0, 1]);
  });

  it('stays within a matrix that has become smaller, and says what the cell holds now', () => {
    grid.element.focus();
    press('End', { ctrlKey: true });
    grid.place({ ...BOX, width: 20, height: 20 }, 2, 'RDM of model IT');
    expect(cells()[0]!.getAttribute('aria-label')).toBe('row 1, column 1');
    expect(cells()[0]!.style.left).toBe('10px');
  });
});

it('listens no more when its panel is gone', () => {
  life.abort();
  point('pointermove', 5, 25);
  point('click', 5, 25);
  cells()[0]!.focus();
  expect([looked, chosen]).toEqual([[], []]);
});
