/** The extension: our panels for notebooks' outputs, and the sidebar. */
import { IJupyterWidgetRegistry } from '@jupyter-widgets/base';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';

import { hearTabs } from './beside';
import explorer from './explorer';
import { hearFailures, hearRestarts } from './restarts';
import { MODULE_NAME, VERSION } from './version';

/** Tells ipywidgets where our views are; their code is loaded when the first is shown. */
const widgets: JupyterFrontEndPlugin<void> = {
  id: `${MODULE_NAME}:widgets`,
  description: 'Views of hcnn_widgets: training curves, kernels, neural predictivity.',
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  activate: (app: JupyterFrontEnd, registry: IJupyterWidgetRegistry): void => {
    hearTabs(app);
    hearRestarts(app.serviceManager.events);
    hearFailures(app.serviceManager);
    registry.registerWidget({
      name: MODULE_NAME,
      version: VERSION,
      exports: async () => ({ ...(await import('./widgets')) })
    });
  }
};

const plugins: JupyterFrontEndPlugin<unknown>[] = [widgets, ...explorer];

export default plugins;
