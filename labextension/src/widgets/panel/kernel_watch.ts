/** Whether a kernel hears a model. ipywidgets notices only some of the ways in which a kernel goes. */
import type { WidgetModel } from '@jupyter-widgets/base';
import type { Kernel } from '@jupyterlab/services';

import { restarts } from '../../restarts';

/** Statuses with which what a kernel knew is gone; "starting" is news of a restart by another page. */
const ENDS: ReadonlySet<string> = new Set([
  'restarting',
  'autorestarting',
  'starting',
  'terminating',
  'dead'
]);

/** What a watch needs of a kernel. */
type Watched = Pick<
  Kernel.IKernelConnection,
  | 'id'
  | 'statusChanged'
  | 'connectionStatus'
  | 'connectionStatusChanged'
  | 'iopubMessage'
  | 'disposed'
  | 'requestCommInfo'
>;

/** Between two questions at least: of one that a restart has swallowed no answer comes. */
const ASKS_AGAIN_MS = 5000;
/** A line that is doubted and brings nothing for so long is taken for cut: of itself it would tell after minutes. */
export const SILENT_MS = 2000;

const watches = new WeakMap<Watched, KernelWatch>();
/** Models whose kernel may well go on, at the other end of a line that is cut. */
const cut = new WeakSet<WidgetModel>();

/** Has a model's `comm_live` follow its kernel from now on. */
export function watchKernel(model: WidgetModel): void {
  const { kernel } = (model.widget_manager ?? {}) as { kernel?: Watched | null };
  if (kernel && model.comm_live) {
    const watch = watches.get(kernel) ?? new KernelWatch(kernel);
    watches.set(kernel, watch);
    watch.add(model);
  }
}

/** Whether only the line to the kernel is cut, so that work in it goes on. */
export function isCut(model: WidgetModel): boolean {
  return cut.has(model);
}

/**
 * The models of one kernel.
 *
 * Of a restart by another page nothing comes over the kernel's own line, and what the new process publishes at its
 * start may be lost on it. The server tells it as an event to all pages. Where no such news comes (an older server, a
 * page that was cut off), the kernel is asked whom it knows once it speaks in the name of another session, and when
 * somebody comes back to the page.
 */
class KernelWatch {
  private readonly models = new Set<WidgetModel>();
  private readonly life = new AbortController();
  private session = '';
  private askedAt = -Infinity;
  private waits = false;
  private silent: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly kernel: Watched) {
    kernel.statusChanged.connect((_, status) => ENDS.has(status) && this.end([...this.models]));
    kernel.connectionStatusChanged.connect((_, status) => this.lineChanged(status));
    kernel.iopubMessage.connect((_, { header }) => this.heard(header.session));
    kernel.disposed.connect(() => {
      this.life.abort();
      clearTimeout(this.silent);
      this.end([...this.models]);
    });
    const { signal } = this.life;
    window.addEventListener('focus', () => this.doubt(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.doubt(), { signal });
    window.addEventListener('offline', () => this.doubtLine(), { signal });
    window.addEventListener('online', () => void this.askWhoIsKnown(), { signal });
    restarts.addEventListener('server-unheard', () => this.doubtLine(), { signal });
    restarts.addEventListener('kernel-gone', told => this.gone((told as CustomEvent).detail), { signal });
  }

  add(model: WidgetModel): void {
    this.models.add(model);
    model.once('comm:close destroy', () => this.models.delete(model));
  }

  private gone(id: unknown): void {
    if (id === this.kernel.id) {
      this.end([...this.models]);
    }
  }

  private end(models: WidgetModel[]): void {
    for (const model of models) {
      this.models.delete(model);
      cut.delete(model);
      model.comm_live = false;
    }
  }

  private heard(session: string): void {
    const before = this.session;
    this.session = session;
    clearTimeout(this.silent);
    if (session === before) {
      this.mend([...this.models]);
    }
    if (before !== '' && session !== before) {
      this.doubt();
    }
  }

  /** Asks whether the kernel still knows its models, if need be later: it has other things to do than to be asked. */
  private doubt(): void {
    const wait = this.askedAt + ASKS_AGAIN_MS - performance.now();
    if (this.models.size === 0 || this.life.signal.aborted) {
      return;
    }
    if (wait <= 0) {
      this.askedAt = performance.now();
      void this.askWhoIsKnown();
    } else if (!this.waits) {
      this.waits = true;
      setTimeout(() => {
        this.waits = false;
        this.doubt();
      }, wait);
    }
  }

  private lineChanged(status: Kernel.ConnectionStatus): void {
    if (status === 'connected') {
      void this.askWhoIsKnown();
      return;
    }
    this.cutAll();
  }

  private cutAll(): void {
    for (const model of this.models) {
      cut.add(model);
      model.comm_live = false;
    }
  }

  /** The browser is offline, or the server does not answer: the server may be this machine, so the kernel is asked. */
  private doubtLine(): void {
    if (this.models.size > 0 && this.kernel.connectionStatus === 'connected') {
      clearTimeout(this.silent);
      this.silent = setTimeout(() => this.cutAll(), SILENT_MS);
      void this.askWhoIsKnown();
    }
  }

  /** A line that was cut may have hidden a restart, too: whom the kernel does not know any more has ended. */
  private async askWhoIsKnown(): Promise<void> {
    const asked = [...this.models];
    const known = await this.known().catch(() => null);
    if (known !== null) {
      clearTimeout(this.silent);
      this.end(asked.filter(model => !known.has(model.comm?.comm_id ?? '')));
      this.mend(asked);
    }
  }

  private mend(models: WidgetModel[]): void {
    for (const model of models.filter(model => this.models.has(model) && cut.delete(model))) {
      model.comm_live = true;
    }
  }

  private async known(): Promise<Set<string>> {
    const { content } = await this.kernel.requestCommInfo({ target_name: 'jupyter.widget' });
    return new Set(content.status === 'ok' ? Object.keys(content.comms) : []);
  }
}
