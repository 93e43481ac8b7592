/** Wires the sidebar into JupyterLab and Notebook: where it lies, how it is called up, which notebook it follows. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';

import { MODULE_NAME } from '../version';
import { PANEL_ID, SHOW_COMMAND } from './tokens';

const RANK = 450;

/** Gives who tracks the notebooks; null in a front end without notebooks, such as Voila, which may lack the package, too. */
async function notebooksOf(app: JupyterFrontEnd): Promise<INotebookTracker | null> {
  try {
    const { INotebookTracker: token } = await import('@jupyterlab/notebook');
    return await app.resolveOptionalService(token);
  } catch {
    return null;
  }
}

/** Makes the sidebar and the command that shows it, where there are notebooks to follow. */
async function activate(
  app: JupyterFrontEnd,
  palette: ICommandPalette | null,
  restorer: ILayoutRestorer | null
): Promise<void> {
  const notebooks = await notebooksOf(app);
  if (notebooks === null) {
    return;
  }
  const { explorerOf } = await import('./explorer');
  const panel = explorerOf(notebooks);
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
  optional: [ICommandPalette, ILayoutRestorer],
  activate
};

const plugins: JupyterFrontEndPlugin<unknown>[] = [explorer];

export default plugins;
