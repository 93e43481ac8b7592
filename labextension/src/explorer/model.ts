/** What the sidebar shows: the models of the notebook in front, and how its kernel stands. */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { Connection } from './connection';
import type { Situation } from './tokens';

/** What the model needs of the notebooks that are open. */
export type Notebooks = Pick<
  INotebookTracker,
  'currentWidget' | 'currentChanged' | 'widgetAdded' | 'forEach'
>;

const NO_NOTEBOOK: Situation = { kind: 'no-notebook' };

/**
 * Keeps one connection to each open notebook's kernel, and looks through the one in front.
 *
 * A notebook that comes back to the front shows at once what it last told; meanwhile the kernels of all others do
 * nothing for us.
 */
export class ExplorerModel implements IDisposable {
  private readonly connections = new Map<NotebookPanel, Connection>();
  private readonly changes = new Signal<this, void>(this);
  private front: Connection | null = null;
  private visible = false;
  private disposed = false;

  constructor(private readonly notebooks: Notebooks) {
    notebooks.forEach(panel => this.add(panel));
    notebooks.widgetAdded.connect(this.onAdded);
    notebooks.currentChanged.connect(this.onFront);
    this.onFront();
  }

  /** Emitted when there is something new to show. */
  get changed(): ISignal<this, void> {
    return this.changes;
  }

  get situation(): Situation {
    return this.front?.situation ?? NO_NOTEBOOK;
  }

  /** The file of the notebook in front; empty where there is none. */
  get path(): string {
    return this.front === null ? '' : (this.notebooks.currentWidget?.context.path ?? '');
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    if (this.disposed) {
      return;
    }
    this.disposed = true;
    this.notebooks.widgetAdded.disconnect(this.onAdded);
    this.notebooks.currentChanged.disconnect(this.onFront);
    this.front = null;
    [...this.connections.keys()].forEach(this.remove);
    Signal.clearData(this);
  }

  /** Says whether the sidebar can be seen. */
  look(visible: boolean): void {
    this.visible = visible;
    this.front?.look(visible);
  }

  /** Says that what is shown has been drawn. */
  drawn(): void {
    const { situation } = this;
    if (situation.kind === 'listed') {
      this.front?.acknowledge(situation.snapshot.sequence);
    }
  }

  /** Asks for the end of the training of a model of the notebook in front. */
  stop(key: string): void {
    this.front?.stop(key);
  }

  private add(panel: NotebookPanel): void {
    if (this.connections.has(panel)) {
      return;
    }
    const connection = new Connection(panel.sessionContext);
    connection.changed.connect(this.onChanged);
    panel.disposed.connect(this.remove);
    this.connections.set(panel, connection);
  }

  private readonly remove = (panel: NotebookPanel): void => {
    const connection = this.connections.get(panel);
    panel.disposed.disconnect(this.remove);
    this.connections.delete(panel);
    connection?.changed.disconnect(this.onChanged);
    connection?.dispose();
  };

  private readonly onAdded = (_: unknown, panel: NotebookPanel): void => {
    this.add(panel);
    this.onFront();
  };

  private readonly onFront = (): void => {
    const panel = this.notebooks.currentWidget;
    const front = (panel && this.connections.get(panel)) ?? null;
    if (front !== this.front) {
      this.front?.look(false);
      this.front = front;
      front?.look(this.visible);
    }
    this.changes.emit();
  };

  private readonly onChanged = (connection: Connection): void => {
    if (connection === this.front) {
      this.changes.emit();
    }
  };
}
