/** A line of words from the kernel, and others in their place once it is gone: twin of kernel_line.py. */
import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';

import { MODULE_NAME, MODULE_VERSION } from '../../version';
import { PAGE } from '../../wire';
import { isCut, watchKernel } from './kernel_watch';
import { isSavedPage } from './unheard';
import { note, watchVisibility } from './visibility';

export class KernelLineModel extends DOMWidgetModel {
  override defaults(): ReturnType<DOMWidgetModel['defaults']> {
    return {
      ...super.defaults(),
      _model_name: 'KernelLineModel',
      _model_module: MODULE_NAME,
      _model_module_version: MODULE_VERSION,
      _view_name: 'KernelLineView',
      _view_module: MODULE_NAME,
      _view_module_version: MODULE_VERSION,
      value: '',
      lost: '',
      saved: ''
    };
  }

  override initialize(...made: Parameters<DOMWidgetModel['initialize']>): void {
    super.initialize(...made);
    watchKernel(this);
  }
}

export class KernelLineView extends DOMWidgetView {
  private readonly life = new AbortController();
  private visible: boolean | null = null;

  override render(): void {
    super.render();
    this.el.classList.add('jupyter-widgets', 'widget-inline-hbox', 'widget-label');
    this.listenTo(this.model, 'change:value change:lost change:saved comm_live_update', () => this.say());
    this.listenTo(this.model, 'comm_live_update', () => this.visible !== null && this.seen(this.visible));
    watchVisibility(this.el, visible => this.seen(visible), this.life.signal);
    this.say();
  }

  override remove(): this {
    if (!this.life.signal.aborted) {
      this.seen(false);
      this.life.abort();
    }
    super.remove();
    return this;
  }

  /** The kernel tells a line that is on screen, whether or not the drawing that it goes with is. */
  private seen(visible: boolean): void {
    this.visible = visible;
    const any = note(this.model, this, visible);
    if (this.model.comm_live) {
      this.send({ kind: 'visible', visible: any, page: PAGE });
    }
  }

  private say(): void {
    const [value, lost] = [String(this.model.get('value')), String(this.model.get('lost'))];
    if (isSavedPage()) {
      this.el.textContent = String(this.model.get('saved')) || value;
    } else if (this.model.comm_live || lost === '') {
      this.el.textContent = value;
    } else {
      this.el.textContent = isCut(this.model) ? `${value} (no connection)` : lost;
    }
  }
}
