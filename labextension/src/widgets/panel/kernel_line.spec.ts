import { beforeEach, describe, expect, it } from 'vitest';

import { CountedSignal } from '../../testing/kernel';
import { type Page, standIns } from '../../testing/page';
import { PAGE } from '../../wire';
import { SAVED_PAGE } from './unheard';
import { KernelLineModel, KernelLineView } from './kernel_line';

const WORDS = { value: 'Training: step 340 of 1,200', lost: 'Lost at step 340: run the cell again.' };

function line(state: object): { model: KernelLineModel; view: KernelLineView; cutLine: () => void } {
  const kernel = {
    statusChanged: new CountedSignal<null, string>(null),
    connectionStatusChanged: new CountedSignal<null, string>(null),
    iopubMessage: new CountedSignal<null, void>(null),
    disposed: new CountedSignal<null, void>(null)
  };
  const comm = { comm_id: 'comm', on_msg: () => undefined, on_close: () => undefined };
  const model = new KernelLineModel(state, { model_id: 'a', comm, widget_manager: { kernel } });
  const view = new KernelLineView({ model, options: {} });
  view.render();
  return { model, view, cutLine: () => kernel.connectionStatusChanged.emit('connecting') };
}

let page: Page;
beforeEach(() => {
  page = standIns();
});

describe('a line', () => {
  it('says what the kernel says, looking like a label', () => {
    const { model, view } = line(WORDS);
    expect(view.el.textContent).toBe('Training: step 340 of 1,200');
    expect(view.el.classList.contains('widget-label')).toBe(true);
    model.set('value', 'Paused');
    expect(view.el.textContent).toBe('Paused');
  });

  it('says that work is lost once the kernel has gone', () => {
    const { model, view } = line(WORDS);
    model.comm_live = false;
    expect(view.el.textContent).toBe('Lost at step 340: run the cell again.');
  });

  it('goes on saying what had come to its end', () => {
    const { model, view } = line({ value: 'Finished', lost: '' });
    model.comm_live = false;
    expect(view.el.textContent).toBe('Finished');
  });

  it('calls nothing lost while only the line is cut', () => {
    const { view, cutLine } = line(WORDS);
    cutLine();
    expect(view.el.textContent).toBe('Training: step 340 of 1,200 (no connection)');
  });

  it('says as it was on a saved page, where nothing can be run again', () => {
    document.body.dataset[SAVED_PAGE] = '';
    const { model, view } = line(WORDS);
    model.comm_live = false;
    delete document.body.dataset[SAVED_PAGE];
    expect(view.el.textContent).toBe('Training: step 340 of 1,200');
  });

  it('says on a saved page what is true there, and in a notebook what can be done', () => {
    const words = { value: 'Press Train to begin.', saved: 'No training was shown here.' };
    expect(line(words).view.el.textContent).toBe('Press Train to begin.');
    document.body.dataset[SAVED_PAGE] = '';
    const { view } = line(words);
    delete document.body.dataset[SAVED_PAGE];
    expect(view.el.textContent).toBe('No training was shown here.');
  });

  it('tells its kernel whether it is on screen, again when that is back, and that it is gone', () => {
    const { model, view } = line(WORDS);
    const sent: unknown[] = [];
    view.send = content => sent.push(content);
    page.see(true);
    model.comm_live = false;
    page.see(false);
    page.see(true);
    expect(sent).toEqual([{ kind: 'visible', visible: true, page: PAGE }]);
    model.comm_live = true;
    expect(sent).toHaveLength(2);
    view.remove();
    expect(sent.at(-1)).toEqual({ kind: 'visible', visible: false, page: PAGE });
    expect(page.observers()).toBe(0);
  });
});
