/** Wires the sidebar into JupyterLab and Notebook: where it lies, how it is called up, which notebook it follows. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';

import { MODULE_NAME } from '../version';
import { modelsIcon } from './icon';
import { ExplorerModel } from './model';
import { ExplorerPanel } from './panel';
import { PANEL_ID, SHOW_COMMAND } from './tokens';

const RANK = 450;

/** Makes the sidebar and the command that shows it. */
function activate(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  palette: ICommandPalette | null,
  restorer: ILayoutRestorer | null
): void {
  const panel = new ExplorerPanel(new ExplorerModel(notebooks));
  panel.title.icon = modelsIcon;
  panel.title.caption = 'Models of the notebook in front';
  app.shell.add(panel, 'left', { rank: RANK, type: 'Models' });
  restorer?.add(panel, PANEL_ID);
  app.commands.addCommand(SHOW_COMMAND, {
    label: 'Show Models',
    caption: 'Show the models of the notebook in front, live',
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => app.shell.activateById(PANEL_ID)
  });
  palette?.addItem({ command: SHOW_COMMAND, category: 'HCNN' });
}

const explorer: JupyterFrontEndPlugin<void> = {
  id: `${MODULE_NAME}:models`,
  description: 'A sidebar with the models of the notebook in front and how their training stands.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ILayoutRestorer],
  activate
};

const plugins: JupyterFrontEndPlugin<unknown>[] = [explorer];

export default plugins;
