/** The tree of models: drawn from a list, walked with the arrow keys, one stop of the tab key. */
import type { Expansions } from './expansions';
import { RowView, STOP_KEY, canStop } from './row_view';
import { type Row, visibleRows } from './rows';
import type { ListedModel } from './tokens';

/** Draws models into an element of its own; rows that stay keep their elements, and with them the focus. */
export class Tree {
  readonly element = document.createElement('div');
  private readonly views = new Map<string, RowView>();
  private readonly listeners = new AbortController();
  private models: readonly ListedModel[] = [];
  private notebook = '';
  private rows: readonly Row[] = [];
  private active: string | null = null;

  constructor(
    private readonly expansions: Expansions,
    private readonly stop: (key: string) => void = () => undefined
  ) {
    const { signal } = this.listeners;
    this.element.className = 'hcnn-tree';
    this.element.setAttribute('role', 'tree');
    this.element.setAttribute('aria-label', 'Models of the notebook in front');
    this.element.addEventListener('keydown', event => this.onKey(event), { signal });
    this.element.addEventListener('click', event => this.onClick(event), { signal });
    this.element.addEventListener('focusin', event => this.onFocus(event), { signal });
  }

  dispose(): void {
    this.listeners.abort();
    this.element.remove();
  }

  /** Shows the models of a notebook. */
  show(models: readonly ListedModel[], notebook: string): void {
    this.models = models;
    this.notebook = notebook;
    this.draw();
  }

  private draw(): void {
    const before = this.rows.findIndex(row => row.id === this.active);
    const focused = this.element.contains(document.activeElement);
    this.rows = visibleRows(this.models, this.expansions, this.notebook);
    if (!this.rows.some(row => row.id === this.active)) {
      this.active = this.rows[Math.min(Math.max(before, 0), this.rows.length - 1)]?.id ?? null;
    }
    this.dropOthers(new Set(this.rows.map(row => row.id)));
    this.rows.forEach((row, index) => this.place(row, index));
    if (focused) {
      this.focus(this.active);
    }
  }

  private dropOthers(kept: ReadonlySet<string>): void {
    for (const [id, view] of this.views) {
      if (!kept.has(id)) {
        view.element.remove();
        this.views.delete(id);
      }
    }
  }

  private place(row: Row, index: number): void {
    const view = this.views.get(row.id) ?? new RowView();
    this.views.set(row.id, view);
    view.draw(row);
    view.element.tabIndex = row.id === this.active ? 0 : -1;
    const there = this.element.children[index] ?? null;
    if (there !== view.element) {
      this.element.insertBefore(view.element, there);
    }
  }

  private focus(id: string | null): void {
    if (id === null) {
      return;
    }
    this.activate(id);
    const element = this.views.get(id)?.element;
    if (element !== undefined && element !== document.activeElement) {
      element.focus();
    }
  }

  /** Makes a row the one stop of the tab key. */
  private activate(id: string): void {
    if (this.active !== null) {
      this.views.get(this.active)?.element.setAttribute('tabindex', '-1');
    }
    this.active = id;
    this.views.get(id)?.element.setAttribute('tabindex', '0');
  }

  private open(row: Row, open: boolean): void {
    if (row.open !== null && row.open !== open) {
      this.expansions.set(row.id, open);
      this.draw();
    }
  }

  private onClick(event: MouseEvent): void {
    const row = this.rowOf(event.target);
    if (row === undefined) {
      return;
    }
    this.focus(row.id);
    if (event.target instanceof Element && event.target.closest('.hcnn-training-stop') !== null) {
      this.stopTraining(row);
    } else {
      this.open(row, !row.open);
    }
  }

  private stopTraining(row: Row): void {
    if ('key' in row.node && row.training !== null && canStop(row.training)) {
      this.stop(row.node.key);
    }
  }

  private onFocus(event: FocusEvent): void {
    const row = this.rowOf(event.target);
    if (row !== undefined) {
      this.activate(row.id);
    }
  }

  private rowOf(target: EventTarget | null): Row | undefined {
    const element = target instanceof Element ? target.closest('[role=treeitem]') : null;
    return this.rows.find(row => row.id === element?.getAttribute('data-id'));
  }

  private onKey(event: KeyboardEvent): void {
    const index = this.rows.findIndex(row => row.id === this.active);
    const row = this.rows[index];
    const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const act = modified ? undefined : KEYS[event.key];
    const stops = !modified && event.key.toLowerCase() === STOP_KEY;
    if (row === undefined || (act === undefined && !stops)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (act === undefined) {
      this.stopTraining(row);
      return;
    }
    const then = act(row, index, this.rows);
    if (typeof then === 'boolean') {
      this.open(row, then);
    } else {
      this.focus(then ?? null);
    }
  }
}

/** What a key does to the active row: the id of the row to go to, or whether the row is to be open. */
type Act = (row: Row, index: number, rows: readonly Row[]) => string | boolean | null | undefined;

const toggle: Act = row => (row.open === null ? null : !row.open);

const KEYS: Readonly<Record<string, Act>> = {
  ArrowDown: (_, index, rows) => rows[index + 1]?.id,
  ArrowUp: (_, index, rows) => rows[index - 1]?.id,
  Home: (_row, _index, rows) => rows[0]?.id,
  End: (_row, _index, rows) => rows[rows.length - 1]?.id,
  ArrowRight: (row, index, rows) => (row.open === true ? rows[index + 1]?.id : row.open === false || null),
  ArrowLeft: row => (row.open === true ? false : row.parent),
  Enter: toggle,
  ' ': toggle
};
