import { expect, it, vi } from 'vitest';

import { hearTabs } from './beside';

it('the output of a pressed button is opened to the right of its notebook', async () => {
  const added = vi.fn();
  const widgets = [{ id: 'notebook' }];
  const shell = { currentWidget: widgets[0], widgets: () => widgets.values(), add: added };
  const execute = vi.fn(() => Promise.resolve(widgets.push({ id: 'view' })));
  hearTabs({ shell, commands: { execute, hasCommand: () => true } } as never);
  const button = document.createElement('button');
  const icon = document.createElement('i');
  button.append(icon);
  document.body.replaceChildren(button);
  button.click();
  expect(execute).not.toHaveBeenCalled();
  button.className = 'hcnn-to-tab';
  icon.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await vi.waitFor(() => expect(added).toHaveBeenCalledOnce());
  expect(execute).toHaveBeenCalledWith('notebook:create-output-view');
  expect(added).toHaveBeenCalledWith({ id: 'view' }, 'main', { mode: 'split-right', ref: 'notebook' });
});
