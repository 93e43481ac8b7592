/** A saved page of panels: draws them from the state that lies in the page, with no kernel and no connection. */
import { HTMLManager } from '@jupyter-widgets/html-manager';
import { renderWidgets } from '@jupyter-widgets/html-manager/lib/libembed';

import '@jupyter-widgets/html-manager/css/output.css';
import '@jupyter-widgets/controls/css/labvariables.css';
import '@jupyter-widgets/controls/css/widgets-base.css';
import '../../style/index.css';

import { MODULE_NAME } from '../version';
import * as widgets from '../widgets';

/** Our views are in this file; those of other packages are not, and say so. */
const load = (name: string): Promise<object> =>
  name === MODULE_NAME
    ? Promise.resolve(widgets)
    : Promise.reject(new Error(`The page holds no views of ${name}.`));

document.addEventListener('DOMContentLoaded', () => {
  document.body.dataset['jpThemeLight'] = 'true';
  void renderWidgets(() => new HTMLManager({ loader: load }));
});
