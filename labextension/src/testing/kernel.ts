/** Stand-ins for what the sidebar follows: a kernel, a notebook's session, the notebooks that are open. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { ISignal, Slot } from '@lumino/signaling';

import type { Followed } from '../explorer/connection';
import type { Notebooks } from '../explorer/model';

/** A signal that knows how many listen to it. */
export class CountedSignal<T, U> implements ISignal<T, U> {
  private readonly slots = new Set<Slot<T, U>>();
  constructor(private readonly sender: T) {}
  get listeners(): number {
    return this.slots.size;
  }
  connect(slot: Slot<T, U>): boolean {
    this.slots.add(slot);
    return true;
  }
  disconnect(slot: Slot<T, U>): boolean {
    return this.slots.delete(slot);
  }
  emit(args: U): void {
    [...this.slots].forEach(slot => slot(this.sender, args));
  }
}

/** A comm that keeps what it was asked to send. */
export class StandInComm {
  opened: unknown = null;
  readonly sent: unknown[] = [];
  closed = false;
  isDisposed = false;
  onMsg: (message: unknown) => void = () => undefined;
  onClose: (message: unknown) => void = () => undefined;
  constructor(readonly subshellStarted: Promise<void>) {}
  open(data: unknown): void {
    this.opened = data;
  }
  send(data: unknown): void {
    this.sent.push(data);
  }
  /** As the page closes it: JupyterLab then calls the page's own handler. */
  close(): void {
    this.closed = true;
    this.isDisposed = true;
    this.onClose({});
  }
  /** What the kernel says. */
  say(data: unknown): void {
    this.onMsg({ content: { data } });
  }
  /** As the kernel closes it. */
  refuse(): void {
    this.onClose({});
    this.isDisposed = true;
  }
}

/** A kernel whose threads, connection and imports a test decides. */
export class StandInKernel {
  id = 'mine';
  readonly comms: StandInComm[] = [];
  readonly targets = new Map<string, (comm: unknown, message: unknown) => void>();
  connectionStatus = 'connected';
  supportsSubshells = true;
  handleComms = true;
  isDisposed = false;
  info: Promise<unknown> = Promise.resolve({});
  subshellStarted: Promise<void> = Promise.resolve();

  createComm = (): StandInComm => {
    const comm = new StandInComm(this.subshellStarted);
    this.comms.push(comm);
    return comm;
  };
  registerCommTarget = (name: string, heard: (comm: unknown, message: unknown) => void): void => {
    this.targets.set(name, heard);
  };
  removeCommTarget = (name: string, heard: unknown): void => {
    if (this.targets.get(name) === heard) {
      this.targets.delete(name);
    }
  };
  get last(): StandInComm {
    return this.comms.at(-1)!;
  }
  /** As `import hcnn_widgets` does in the kernel. */
  imports(): void {
    [...this.targets.values()].forEach(heard => heard({}, {}));
  }
}

/** A notebook's session; with its own counts of listeners. */
export class StandInSession {
  readonly kernelChanged = new CountedSignal<unknown, unknown>(this);
  readonly statusChanged = new CountedSignal<unknown, Kernel.Status>(this);
  readonly connectionStatusChanged = new CountedSignal<unknown, Kernel.ConnectionStatus>(this);
  constructor(public kernel: StandInKernel | null = new StandInKernel()) {}
  get session(): { kernel: StandInKernel | null } | null {
    return this.kernel === null ? null : { kernel: this.kernel };
  }
  get listeners(): number {
    return [this.kernelChanged, this.statusChanged, this.connectionStatusChanged].reduce(
      (sum, signal) => sum + signal.listeners,
      0
    );
  }
  change(kernel: StandInKernel | null): void {
    this.kernel = kernel;
    this.kernelChanged.emit({});
  }
  asFollowed(): Followed {
    return this as unknown as Followed;
  }
}

/** A notebook in a tab. */
export class StandInNotebook {
  readonly disposed = new CountedSignal<StandInNotebook, void>(this);
  readonly context: { path: string };
  constructor(
    path: string,
    readonly sessionContext = new StandInSession()
  ) {
    this.context = { path };
  }
}

/** The notebooks that are open. */
export class StandInNotebooks {
  readonly open: StandInNotebook[] = [];
  currentWidget: StandInNotebook | null = null;
  readonly currentChanged = new CountedSignal<unknown, unknown>(this);
  readonly widgetAdded = new CountedSignal<unknown, unknown>(this);
  forEach = (each: (notebook: NotebookPanel) => void): void =>
    this.open.forEach(notebook => each(notebook as unknown as NotebookPanel));
  add(path: string): StandInNotebook {
    const notebook = new StandInNotebook(path);
    this.open.push(notebook);
    this.widgetAdded.emit(notebook);
    return notebook;
  }
  bring(notebook: StandInNotebook | null): void {
    this.currentWidget = notebook;
    this.currentChanged.emit(notebook);
  }
  asNotebooks(): Notebooks {
    return this as unknown as Notebooks;
  }
}

/** Lets promises go on that are settled already. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await Promise.resolve();
  }
}

/** A node as the kernel describes it. */
export function rawNode(values: object): Record<string, unknown> {
  const empty = {
    kind: 'layer',
    name: 'layer',
    type: '',
    shapes: [],
    n_parameters: 0,
    note: '',
    children: []
  };
  return { ...empty, ...values };
}

/** A model with two areas, the first of two layers, as the kernel describes it. */
export function rawModel(values: object = {}): Record<string, unknown> {
  const layers = [
    rawNode({ name: 'V1.filter', type: 'Conv2D', shapes: [[32, 32, 16]], n_parameters: 416 }),
    rawNode({ name: 'V1', type: 'Identity', shapes: [[32, 32, 16]] })
  ];
  const fields = { receptive_field: 0.625, stride: 0.25 };
  const children = [
    rawNode({ kind: 'input', name: 'image', shapes: [[64, 64, 1]] }),
    rawNode({
      kind: 'area',
      name: 'V1',
      shapes: [[32, 32, 16]],
      n_parameters: 416,
      children: layers,
      ...fields
    }),
    rawNode({ kind: 'area', name: 'IT', shapes: [[null, 8]], n_parameters: 12345 })
  ];
  const own = { key: 'model', variable: 'model', aliases: [], training: null };
  const described = {
    kind: 'model',
    name: 'hcnn',
    type: 'GoalDrivenModel',
    shapes: [[8]],
    n_parameters: 12761
  };
  return { ...rawNode({ ...described, children }), ...own, ...values };
}

/** A training under way, as the kernel tells it. */
export function rawTraining(values: object = {}): Record<string, unknown> {
  const steps = { steps_done: 1200, n_steps: 4800, time_left_s: 125.4 };
  const score = 'held-out accuracy 61.3 %';
  return { state: 'training', message: 'Training.', alive: true, ...steps, score, ...values };
}

/** A snapshot as the kernel sends it. */
export function rawSnapshot(sequence: number, ...models: object[]): Record<string, unknown> {
  return { kind: 'models', sequence, models, problem: '' };
}
