import { Widget } from '@lumino/widgets';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import {
  type StandInKernel,
  StandInNotebooks,
  rawModel,
  rawSnapshot,
  rawTraining,
  settled
} from '../testing/kernel';
import { type Page, standIns } from '../testing/page';
import { Expansions } from './expansions';
import { ExplorerModel } from './model';
import { ExplorerPanel } from './panel';

let page: Page;
let model: ExplorerModel;
let panel: ExplorerPanel;
let kernel: StandInKernel;
let notebooks: StandInNotebooks;
beforeEach(async () => {
  page = standIns();
  notebooks = new StandInNotebooks();
  const notebook = notebooks.add('course/one.ipynb');
  notebooks.bring(notebook);
  kernel = notebook.sessionContext.kernel!;
  model = new ExplorerModel(notebooks.asNotebooks());
  panel = new ExplorerPanel(model, new Expansions(null));
  Widget.attach(panel, document.body);
  await settled();
  page.frame();
});

const text = (name: string): string => panel.node.querySelector(`.hcnn-models-${name}`)!.textContent;
const nRows = (): number => panel.node.querySelectorAll('[role=treeitem]').length;

describe('a sidebar that can be seen', () => {
  it('shows the models of the notebook, and then acknowledges them', () => {
    kernel.last.say(rawSnapshot(5, rawModel()));
    expect(kernel.last.sent).toEqual([]);
    page.frame();
    expect([text('notebook'), text('notice'), nRows()]).toEqual(['one.ipynb', '', 4]);
    expect(kernel.last.sent).toEqual([{ kind: 'ack', sequence: 5 }]);
  });

  it('offers no stop where nobody would hear it', () => {
    kernel.last.say(rawSnapshot(5, rawModel({ training: rawTraining({ stoppable: false }) })));
    page.frame();
    const stop = panel.node.querySelector<HTMLButtonElement>('.hcnn-training-stop')!;
    expect([stop.hidden, stop.disabled]).toEqual([false, true]);
  });

  it('has a training stopped in the kernel', () => {
    kernel.last.say(rawSnapshot(5, rawModel({ training: rawTraining() })));
    page.frame();
    panel.node.querySelector<HTMLButtonElement>('.hcnn-training-stop')!.click();
    expect(kernel.last.sent.slice(1)).toEqual([{ kind: 'stop', key: 'model' }]);
  });

  it('draws once though many snapshots come between two frames', () => {
    [1, 2, 3].forEach(sequence => kernel.last.say(rawSnapshot(sequence, rawModel())));
    expect(page.requested()).toBe(1);
    page.frame();
    expect(kernel.last.sent).toEqual([{ kind: 'ack', sequence: 3 }]);
  });

  it('says in words why there is nothing, with the line that helps', () => {
    expect(text('notice')).toContain('Waiting for the kernel');
    kernel.last.refuse();
    page.frame();
    expect(panel.node.querySelector('code')!.textContent).toBe('import hcnn_widgets as hw');
    const element = panel.node.querySelector('code');
    notebooks.bring(notebooks.currentWidget);
    page.frame();
    expect(panel.node.querySelector('code')).toBe(element);
    notebooks.bring(null);
    page.frame();
    expect(text('notice')).toContain('Open a notebook');
    expect(text('notebook')).toBe('');
  });

  it('says a problem in the kernel’s words', () => {
    kernel.last.say({ ...rawSnapshot(1), problem: 'The models could not be listed.' });
    page.frame();
    expect([text('problem'), text('notice')]).toEqual(['The models could not be listed.', '']);
    expect(panel.node.querySelector('[role=alert]')!.textContent).not.toBe('');
  });
});

describe('a sidebar that cannot be seen', () => {
  it('tells the kernel and draws nothing', () => {
    kernel.last.say(rawSnapshot(1, rawModel()));
    page.frame();
    panel.hide();
    expect(kernel.last.sent.at(-1)).toEqual({ kind: 'visible', visible: false });
    kernel.last.say(rawSnapshot(2));
    expect(page.requested()).toBe(0);
    panel.show();
    page.frame();
    expect(kernel.last.sent.slice(-2)).toEqual([
      { kind: 'visible', visible: true },
      { kind: 'ack', sequence: 2 }
    ]);
    expect(nRows()).toBe(0);
  });

  it('is one in a browser tab that is hidden', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(kernel.last.sent).toEqual([{ kind: 'visible', visible: false }]);
    Widget.detach(panel);
    expect(kernel.last.sent).toHaveLength(1);
  });
});

describe('a sidebar that is disposed', () => {
  it('has no listener left, as soon as its model has none, and asks for no frame', () => {
    kernel.last.say(rawSnapshot(1, rawModel()));
    panel.dispose();
    panel.dispose();
    model.dispose();
    kernel.last.say(rawSnapshot(2, rawModel()));
    expect([page.requested(), page.listeners(panel.node)]).toEqual([0, 0]);
    expect(kernel.last.sent).toEqual([{ kind: 'visible', visible: false }]);
  });
});
