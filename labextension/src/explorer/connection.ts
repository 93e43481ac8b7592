/** The one way from the sidebar to a notebook's kernel: follows its session through restarts and changes. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { restarts } from '../restarts';
import { readSnapshot } from './snapshot';
import { type Situation, TARGET } from './tokens';

/** What a connection needs of a notebook's session. */
export type Followed = Pick<
  ISessionContext,
  'session' | 'kernelChanged' | 'statusChanged' | 'connectionStatusChanged'
>;

/** How long a kernel has to start the thread that answers while a cell runs; after that we ask without. */
const SUBSHELL_TIMEOUT_MS = 5000;

/** How long an answer may take before we ask again, at first and at most. */
const FIRST_PATIENCE_MS = 1500;
const LONGEST_PATIENCE_MS = 30_000;

/** Statuses that are news of an end. As states they are not to be trusted: after a reload they are unknown. */
const ENDS: ReadonlySet<string> = new Set(['restarting', 'autorestarting', 'dead']);

/** What a page says to the kernel, as hcnn_widgets/explorer/comm.py hears it. */
type Told =
  { kind: 'visible'; visible: boolean } | { kind: 'ack'; sequence: number } | { kind: 'stop'; key: string };

/** How far our comm is: made, sent to the kernel, heard from. */
type Stage = 'made' | 'opened' | 'answered';

/**
 * Asks one notebook's kernel for its models.
 *
 * Nothing is asked before somebody looks. A kernel that has not imported the package closes our comm; it opens one of
 * its own when it does, which is heard whether somebody looks or not, and answered by asking anew.
 *
 * All comms of a target share a thread of the kernel, which JupyterLab ends with the last of them, and not at once: a
 * comm made in that moment would be talking to a thread that is about to end. So a comm that has not been sent yet is
 * kept, and between the end of one and the next we let the page take breath.
 */
export class Connection implements IDisposable {
  private kernel: Kernel.IKernelConnection | null = null;
  private comm: Kernel.IComm | null = null;
  private stage: Stage = 'made';
  private importedMeanwhile = false;
  private patience = FIRST_PATIENCE_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private visible = false;
  private state: Situation = { kind: 'no-kernel' };
  private readonly changes = new Signal<this, Situation>(this);
  private readonly life = new AbortController();

  constructor(private readonly followed: Followed) {
    followed.kernelChanged.connect(this.onKernelChanged);
    followed.statusChanged.connect(this.onStatusChanged);
    followed.connectionStatusChanged.connect(this.onConnectionStatusChanged);
    restarts.addEventListener('kernel-gone', this.onGone, { signal: this.life.signal });
    this.onKernelChanged();
  }

  /** Emitted with each change of the situation. */
  get changed(): ISignal<this, Situation> {
    return this.changes;
  }

  get situation(): Situation {
    return this.state;
  }

  get isDisposed(): boolean {
    return this.life.signal.aborted;
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this.followed.kernelChanged.disconnect(this.onKernelChanged);
    this.followed.statusChanged.disconnect(this.onStatusChanged);
    this.followed.connectionStatusChanged.disconnect(this.onConnectionStatusChanged);
    this.life.abort();
    this.leave();
    Signal.clearData(this);
  }

  /** Says whether anybody looks; a kernel at which nobody looks does nothing. */
  look(visible: boolean): void {
    if (visible === this.visible || this.isDisposed) {
      return;
    }
    this.visible = visible;
    this.notice();
    if (this.comm !== null) {
      this.tell({ kind: 'visible', visible });
    } else if (visible && this.state.kind !== 'not-imported') {
      this.ask();
    }
  }

  /** Says that the snapshot of this number has been drawn: the kernel then sends the next. */
  acknowledge(sequence: number): void {
    this.tell({ kind: 'ack', sequence });
  }

  /** Asks the kernel to end the training of a model. */
  stop(key: string): void {
    this.tell({ kind: 'stop', key });
  }

  private readonly onKernelChanged = (): void => {
    this.leave();
    this.kernel = this.followed.session?.kernel ?? null;
    this.kernel?.registerCommTarget(TARGET, this.onImported);
    this.settle({ kind: this.kernel === null ? 'no-kernel' : 'waiting' });
    this.ask();
  };

  private readonly onStatusChanged = (_: unknown, status: Kernel.Status): void => {
    if (ENDS.has(status)) {
      this.hangUp();
      this.settle({ kind: status === 'dead' ? 'no-kernel' : 'waiting' });
    } else if (status === 'starting' && this.stage === 'answered' && this.comm !== null) {
      // Another page has restarted it: what it had told is gone.
      this.hangUp();
      this.settle({ kind: 'not-imported' });
    }
  };

  /** The server's news that the kernel has begun anew or ended: of what another page did nothing else may come. */
  private readonly onGone = (told: Event): void => {
    if ((told as CustomEvent).detail === this.kernel?.id && this.state.kind === 'listed') {
      this.hangUp();
      this.settle({ kind: 'waiting' });
      this.askSoon();
    }
  };

  /** A line that was cut may have hidden a restart: what is at its other end is asked anew. */
  private readonly onConnectionStatusChanged = (_: unknown, status: Kernel.ConnectionStatus): void => {
    if (status !== 'connected' || this.kernel === null) {
      return;
    }
    if (!this.visible) {
      this.settle({ kind: 'waiting' });
    }
    this.askAnew();
  };

  /** The kernel opens a comm, and closes it again, when it has imported the package. */
  private readonly onImported = (): void => {
    this.notice();
    if (this.comm !== null && this.stage === 'opened') {
      this.importedMeanwhile = true; // the kernel may have read our question before the import, or after
      return;
    }
    this.settle({ kind: 'waiting' });
    this.askAnew();
  };

  /** Asks in a new comm, unless there is one that has not been sent yet. */
  private askAnew(): void {
    this.notice();
    if (this.comm === null) {
      this.ask();
    } else if (this.stage !== 'made') {
      this.hangUp();
      this.askSoon();
    }
  }

  private askSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 0);
  }

  /** Opens a comm where there is none, somebody looks and the line is up. */
  private ask(): void {
    const { kernel } = this;
    const isUp = kernel?.isDisposed === false && kernel.connectionStatus === 'connected';
    if (!isUp || !kernel.handleComms || this.comm !== null || !this.visible) {
      return;
    }
    const comm = kernel.createComm(TARGET);
    comm.onMsg = message => this.hear(comm, message);
    comm.onClose = () => this.onClosed(comm);
    this.comm = comm;
    this.stage = 'made';
    void this.open(comm, kernel);
  }

  private async open(comm: Kernel.IComm, kernel: Kernel.IKernelConnection): Promise<void> {
    await readyToOpen(comm, kernel);
    if (this.comm === comm && !comm.isDisposed && !kernel.isDisposed) {
      this.stage = 'opened';
      comm.open({ kind: 'hello', visible: this.visible });
      this.timer = setTimeout(() => this.retry(), this.patience);
    }
  }

  /** A thread that a restart has ended swallows our question: it is asked again, at ever longer intervals. */
  private retry(): void {
    if (this.comm !== null && this.stage === 'opened') {
      this.patience = Math.min(2 * this.patience, LONGEST_PATIENCE_MS);
      this.hangUp();
      this.askSoon();
    }
  }

  private hear(comm: Kernel.IComm, message: KernelMessage.ICommMsgMsg): void {
    if (this.comm !== comm) {
      return;
    }
    this.stage = 'answered';
    this.importedMeanwhile = false;
    this.patience = FIRST_PATIENCE_MS;
    clearTimeout(this.timer);
    try {
      this.settle({ kind: 'listed', snapshot: readSnapshot(message.content.data) });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      const sequence = Number(message.content.data.sequence);
      this.settle({ kind: 'listed', snapshot: { sequence, models: [], problem } });
    }
  }

  private onClosed(comm: Kernel.IComm): void {
    if (this.comm !== comm) {
      return;
    }
    const again = this.importedMeanwhile;
    this.patience = FIRST_PATIENCE_MS;
    this.forget();
    this.settle({ kind: again ? 'waiting' : 'not-imported' });
    if (again) {
      this.askSoon();
    }
  }

  private tell(message: Told): void {
    const { comm, kernel } = this;
    const reachable = comm !== null && !comm.isDisposed && kernel !== null && !kernel.isDisposed;
    if (reachable && this.stage !== 'made') {
      comm.send(message);
    }
  }

  private hangUp(): void {
    const { comm, kernel } = this;
    this.forget();
    if (comm !== null && !comm.isDisposed && kernel !== null && !kernel.isDisposed) {
      comm.onClose = () => undefined;
      comm.close();
    }
  }

  /** Notices that JupyterLab has disposed of our comm, which it does without a word. */
  private notice(): void {
    if (this.comm?.isDisposed === true) {
      this.forget();
    }
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.comm = null;
    this.importedMeanwhile = false;
  }

  /** Lets go of the kernel. */
  private leave(): void {
    this.hangUp();
    if (this.kernel !== null && !this.kernel.isDisposed) {
      this.kernel.removeCommTarget(TARGET, this.onImported);
    }
    this.kernel = null;
  }

  private settle(situation: Situation): void {
    this.state = situation;
    this.changes.emit(situation);
  }
}

/** Waits for the kernel's thread for us, if it has threads for that, but not for ever. */
async function readyToOpen(comm: Kernel.IComm, kernel: Kernel.IKernelConnection): Promise<void> {
  const { subshellStarted } = comm as { subshellStarted?: Promise<void> };
  const started = kernel.info.then(() => (kernel.supportsSubshells ? subshellStarted : undefined));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeUp = new Promise<void>(resolve => {
    timer = setTimeout(resolve, SUBSHELL_TIMEOUT_MS);
  });
  await Promise.race([started.catch(() => undefined), timeUp]);
  clearTimeout(timer);
}
