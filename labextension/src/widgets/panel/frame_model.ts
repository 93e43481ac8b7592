/** The model of every panel: its frame, its words, and the ties to its kernel and its notebook. */
import { DOMWidgetModel } from '@jupyter-widgets/base';

import { MODULE_NAME, MODULE_VERSION } from '../../version';
import { watchKernel } from './kernel_watch';
import { keepStills } from './still_output';

/** The header of a frame: JSON in bytes as the kernel sends it, plain data in a notebook that was saved with its widgets. */
function readHeader(told: unknown): unknown {
  return ArrayBuffer.isView(told) ? (JSON.parse(new TextDecoder().decode(told)) as unknown) : told;
}

/** A model that holds one frame; a subclass gives the `panel`, e.g. "KernelGrid". */
export class FrameModel extends DOMWidgetModel {
  static readonly panel: string = 'Frame';
  static override serializers = { ...DOMWidgetModel.serializers, header: { deserialize: readHeader } };

  override defaults(): ReturnType<DOMWidgetModel['defaults']> {
    const { panel } = this.constructor as typeof FrameModel;
    return {
      ...super.defaults(),
      _model_name: `${panel}Model`,
      _model_module: MODULE_NAME,
      _model_module_version: MODULE_VERSION,
      _view_name: `${panel}View`,
      _view_module: MODULE_NAME,
      _view_module_version: MODULE_VERSION,
      header: {},
      values: new DataView(new ArrayBuffer(0)),
      // Asked for by the base class where a tooltip is set.
      description: '',
      message: '',
      wrong: false,
      notice: '',
      fits: false,
      stills: {}
    };
  }

  override initialize(...made: Parameters<DOMWidgetModel['initialize']>): void {
    super.initialize(...made);
    watchKernel(this);
    keepStills(this);
  }
}
