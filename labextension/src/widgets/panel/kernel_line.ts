/** A line of words from the kernel, and others in their place once it is gone: twin of kernel_line.py. */
import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';

import { MODULE_NAME, MODULE_VERSION } from '../../version';
import { isCut, watchKernel } from './kernel_watch';

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
      lost: ''
    };
  }

  override initialize(...made: Parameters<DOMWidgetModel['initialize']>): void {
    super.initialize(...made);
    watchKernel(this);
  }
}

export class KernelLineView extends DOMWidgetView {
  override render(): void {
    super.render();
    this.el.classList.add('jupyter-widgets', 'widget-inline-hbox', 'widget-label');
    this.listenTo(this.model, 'change:value change:lost comm_live_update', () => this.say());
    this.say();
  }

  private say(): void {
    const [value, lost] = [String(this.model.get('value')), String(this.model.get('lost'))];
    if (this.model.comm_live || lost === '') {
      this.el.textContent = value;
    } else {
      this.el.textContent = isCut(this.model) ? `${value} (no connection)` : lost;
    }
  }
}
