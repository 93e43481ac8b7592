import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';
import { describe, expect, it, vi } from 'vitest';

import plugins from '.';
import { StandInNotebooks } from '../testing/kernel';
import { PANEL_ID, SHOW_COMMAND } from './tokens';

/** JupyterLab's own components ask for it when they are loaded; jsdom lacks it. */
vi.hoisted(() => {
  window.matchMedia = () => ({ matches: false, addListener: () => undefined }) as never;
});

// Of these only the tokens are wanted; the rest needs more of a browser than there is.
vi.mock('@jupyterlab/application', () => ({ ILayoutRestorer: {} }));
vi.mock('@jupyterlab/apputils', () => ({ ICommandPalette: {} }));
vi.mock('@jupyterlab/notebook', () => ({ INotebookTracker: { name: 'notebooks' } }));

/** A front end with a side area and commands, and with who tracks notebooks, or without. */
function standInApp(notebooks: StandInNotebooks | null = new StandInNotebooks()) {
  return {
    commands: { addCommand: vi.fn<JupyterFrontEnd['commands']['addCommand']>() },
    shell: { add: vi.fn<(panel: Widget, area: string) => void>(), activateById: vi.fn() },
    resolveOptionalService: vi.fn(() => Promise.resolve(notebooks))
  };
}

const activate = (app: object, ...parts: unknown[]): Promise<unknown> =>
  Promise.resolve(plugins[0]!.activate(app as never, ...(parts as [])));

describe('the sidebar', () => {
  it('lies on the left with an icon, and is found again after a reload', async () => {
    const app = standInApp();
    const restorer = { add: vi.fn() };
    await activate(app, null, restorer);
    expect(app.resolveOptionalService).toHaveBeenCalledWith({ name: 'notebooks' });
    const [panel, area] = app.shell.add.mock.calls[0]!;
    expect([panel.id, area, panel.title.caption]).toEqual([
      PANEL_ID,
      'left',
      'Models of the notebook in front'
    ]);
    expect(panel.title.icon).toMatchObject({ name: 'hcnn-widgets:models' });
    expect(restorer.add).toHaveBeenCalledWith(panel, PANEL_ID);
  });

  it('is shown by a command, which the palette lists', async () => {
    const app = standInApp();
    const palette = { addItem: vi.fn<ICommandPalette['addItem']>() };
    await activate(app, palette, null);
    const [name, command] = app.commands.addCommand.mock.calls[0]!;
    expect([name, command.label, palette.addItem.mock.calls[0]![0].command]).toEqual([
      SHOW_COMMAND,
      'Show Models',
      name
    ]);
    void command.execute({});
    expect(app.shell.activateById).toHaveBeenCalledWith(PANEL_ID);
  });

  it('is not made where nothing tracks notebooks, and no front end is kept from starting', async () => {
    const app = standInApp(null);
    await activate(app, null, null);
    expect(app.shell.add).not.toHaveBeenCalled();
    expect(app.commands.addCommand).not.toHaveBeenCalled();
  });
});
