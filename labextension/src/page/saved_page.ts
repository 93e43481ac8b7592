/** A saved page of panels: draws them from the state that lies in the page, with no kernel and no connection. */
import { HTMLManager } from '@jupyter-widgets/html-manager';
import { renderWidgets } from '@jupyter-widgets/html-manager/lib/libembed';

import '@jupyter-widgets/html-manager/css/output.css';
import '@jupyter-widgets/controls/css/labvariables.css';
import '@jupyter-widgets/controls/css/widgets-base.css';
import '../../style/index.css';
import '../../style/saved_page.css';

import { MODULE_NAME } from '../version';
import * as widgets from '../widgets';
import { SAVED_PAGE } from '../widgets/panel/unheard';

const DARK = window.matchMedia('(prefers-color-scheme: dark)');

/** Our views are in this file; those of other packages are not, and say so. */
const load = (name: string): Promise<object> =>
  name === MODULE_NAME
    ? Promise.resolve(widgets)
    : Promise.reject(new Error(`The page holds no views of ${name}.`));

document.addEventListener('DOMContentLoaded', () => {
  document.body.dataset[SAVED_PAGE] = '';
  followTheme();
  DARK.addEventListener('change', followTheme);
  void renderWidgets(() => new HTMLManager({ loader: load }));
});

/** Tells views which theme the browser asks for, as JupyterLab does; colours come with style/saved_page.css. */
function followTheme(): void {
  document.body.dataset['jpThemeLight'] = String(!DARK.matches);
}
