/** A dashboard in a tab of its own beside its notebook: JupyterLab's view of a cell's output, to the right. */
import type { JupyterFrontEnd } from '@jupyterlab/application';

/** Whoever bears this class opens the output that it is in. */
const BUTTON = '.hcnn-to-tab';
const COMMAND = 'notebook:create-output-view';

/** Has the buttons for it heard, as long as the page lives. */
export function hearTabs(app: Pick<JupyterFrontEnd, 'commands' | 'shell'>): void {
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(BUTTON) && app.commands.hasCommand(COMMAND)) {
      void openBeside(app);
    }
  });
}

/** The press has made the cell active: JupyterLab takes the output of the active cell, and puts its view below. */
async function openBeside({ commands, shell }: Pick<JupyterFrontEnd, 'commands' | 'shell'>): Promise<void> {
  const notebook = shell.currentWidget;
  const before = new Set(shell.widgets('main'));
  await commands.execute(COMMAND);
  for (const widget of shell.widgets('main')) {
    if (!before.has(widget)) {
      shell.add(widget, 'main', { mode: 'split-right', ref: notebook?.id ?? null });
    }
  }
}
