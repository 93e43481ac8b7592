/** Whether a kernel hears a model. ipywidgets notices only some of the ways in which a kernel goes. */
import type { WidgetModel } from '@jupyter-widgets/base';
import type { Kernel } from '@jupyterlab/services';

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
  'statusChanged' | 'connectionStatusChanged' | 'disposed' | 'requestCommInfo'
>;

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

/** The models of one kernel. */
class KernelWatch {
  private readonly models = new Set<WidgetModel>();

  constructor(private readonly kernel: Watched) {
    kernel.statusChanged.connect((_, status) => ENDS.has(status) && this.end([...this.models]));
    kernel.connectionStatusChanged.connect((_, status) => this.lineChanged(status));
    kernel.disposed.connect(() => this.end([...this.models]));
  }

  add(model: WidgetModel): void {
    this.models.add(model);
    model.once('comm:close destroy', () => this.models.delete(model));
  }

  private end(models: WidgetModel[]): void {
    for (const model of models) {
      this.models.delete(model);
      cut.delete(model);
      model.comm_live = false;
    }
  }

  private lineChanged(status: Kernel.ConnectionStatus): void {
    if (status === 'connected') {
      void this.askWhoIsKnown();
      return;
    }
    for (const model of this.models) {
      cut.add(model);
      model.comm_live = false;
    }
  }

  /** A line that was cut may have hidden a restart: the kernel is asked whom it still knows. */
  private async askWhoIsKnown(): Promise<void> {
    const asked = [...this.models];
    const known = await this.known().catch(() => null);
    if (known !== null) {
      this.end(asked.filter(model => !known.has(model.comm?.comm_id ?? '')));
      for (const model of asked.filter(model => this.models.has(model) && cut.delete(model))) {
        model.comm_live = true;
      }
    }
  }

  private async known(): Promise<Set<string>> {
    const { content } = await this.kernel.requestCommInfo({ target_name: 'jupyter.widget' });
    return new Set(content.status === 'ok' ? Object.keys(content.comms) : []);
  }
}
