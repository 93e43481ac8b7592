/** The sidebar whole: loaded where a front end has notebooks, and nowhere else. */
import { modelsIcon } from './icon';
import { ExplorerModel, type Notebooks } from './model';
import { ExplorerPanel } from './panel';

/** Makes the sidebar of these notebooks. */
export function explorerOf(notebooks: Notebooks): ExplorerPanel {
  const panel = new ExplorerPanel(new ExplorerModel(notebooks));
  panel.title.icon = modelsIcon;
  panel.title.caption = 'Models of the notebook in front';
  return panel;
}
