/**
 * A matrix that is walked cell by cell: with the pointer, or with the arrow keys.
 *
 * A matrix of 92 x 92 would be 8,464 elements, so only the cell where the keyboard is, or comes in, has one. It is
 * made anew at each step, so that a screen reader announces it as it announces any cell of a grid.
 */
import type { Box } from '../charts/sizes';
import { pointerWithin } from '../panel/pointer';
import { isOwnKey } from '../panel/own_keys';
import { cellAt, walkCell } from './rdm_layout';

/** A row and a column. */
export type Place = readonly [number, number];

/** What a grid tells its panel. */
export interface GridEvents {
  /** A cell is looked at, or none any more. */
  looked(cell: Place | null): void;
  /** A cell is chosen; null when the choice is given up. */
  chosen(cell: Place | null): void;
  /** What a cell says. */
  words(cell: Place): string;
}

export class MatrixGrid {
  readonly element = document.createElement('div');
  private box: Box = { left: 0, top: 0, width: 0, height: 0 };
  private count = 0;
  private cell: HTMLElement | null = null;
  private at: Place = [0, 1];

  constructor(
    private readonly events: GridEvents,
    signal: AbortSignal
  ) {
    const { element } = this;
    element.className = 'hcnn-matrix-grid';
    element.setAttribute('role', 'grid');
    element.tabIndex = -1;
    element.addEventListener('pointermove', event => this.pointed(event), { signal });
    element.addEventListener('pointerleave', () => this.events.looked(this.focused ? this.at : null), {
      signal
    });
    element.addEventListener('click', event => this.clicked(event), { signal });
    element.addEventListener('keydown', event => this.pressed(event), { signal });
    element.addEventListener('focus', () => this.go(this.at), { signal });
    element.addEventListener('focusin', event => this.entered(event), { signal });
    element.addEventListener('focusout', event => this.left(event), { signal });
  }

  /** Whether the keyboard is in this grid. */
  get focused(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** Lays the grid over a matrix of `count` rows. */
  place(box: Box, count: number, name: string): void {
    const { element } = this;
    const style = { left: box.left, top: box.top, width: box.width, height: box.height };
    Object.entries(style).forEach(([key, value]) => element.style.setProperty(key, `${value}px`));
    element.setAttribute('aria-rowcount', String(count));
    element.setAttribute('aria-colcount', String(count));
    if (element.getAttribute('aria-label') !== name) {
      element.setAttribute('aria-label', name);
    }
    const last = count - 1;
    this.at = [Math.min(this.at[0], last), Math.min(this.at[1], last)];
    this.box = box;
    this.count = count;
    // What the cell says may have changed under it; its place too.
    if (this.cell) {
      this.describe(this.cell);
    } else if (count > 0) {
      this.put();
    }
  }

  /** Where the keyboard comes in: the cell that was looked at last. */
  remember(cell: Place): void {
    this.at = cell;
    if (this.cell && !this.focused) {
      this.describe(this.cell);
    }
  }

  private pointed(event: PointerEvent): void {
    this.events.looked(this.under(event));
  }

  private clicked(event: MouseEvent): void {
    const cell = this.under(event);
    if (cell) {
      this.at = cell;
      this.events.chosen(cell);
    }
  }

  private under(event: MouseEvent): Place | null {
    const { x, y } = pointerWithin(this.element, event);
    return cellAt(this.box, this.count, x + this.box.left, y + this.box.top);
  }

  private pressed(event: KeyboardEvent): void {
    if (!isOwnKey(event) || event.shiftKey) {
      return;
    }
    const target = walkCell(event.key, event.ctrlKey || event.metaKey, this.at, this.count);
    if (target) {
      this.go(target);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.events.chosen(this.at);
    } else if (event.key === 'Escape') {
      this.events.chosen(null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Takes the focus to a cell. */
  private go(cell: Place): void {
    this.at = cell;
    const before = this.cell?.parentElement;
    this.put().focus({ preventScroll: true });
    before?.remove();
  }

  /** Puts an element where the keyboard is, or will come in. */
  private put(): HTMLElement {
    const row = document.createElement('div');
    const element = document.createElement('div');
    row.setAttribute('role', 'row');
    element.setAttribute('role', 'gridcell');
    element.className = 'hcnn-matrix-cell';
    element.tabIndex = 0;
    this.describe(element, row);
    row.append(element);
    this.element.append(row);
    this.cell = element;
    return element;
  }

  private describe(element: HTMLElement, row = element.parentElement): void {
    const [down, along] = this.at;
    const side = this.box.width / Math.max(1, this.count);
    row?.setAttribute('aria-rowindex', String(down + 1));
    element.setAttribute('aria-colindex', String(along + 1));
    element.setAttribute('aria-label', this.events.words(this.at));
    element.style.left = `${along * side}px`;
    element.style.top = `${down * side}px`;
  }

  /** The focus has come to the cell, by Tab or by a step. */
  private entered(event: FocusEvent): void {
    if (event.target === this.cell) {
      this.events.looked(this.at);
    }
  }

  /** The focus goes elsewhere: the next Tab comes back to the same cell. */
  private left(event: FocusEvent): void {
    if (!this.element.contains(event.relatedTarget as Node | null)) {
      this.events.looked(null);
    }
  }
}
