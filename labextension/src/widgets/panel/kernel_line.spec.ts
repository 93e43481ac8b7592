import { beforeEach, describe, expect, it } from 'vitest';

import { CountedSignal } from '../../testing/kernel';
import { standIns } from '../../testing/page';
import { KernelLineModel, KernelLineView } from './kernel_line';

const WORDS = { value: 'Training: step 340 of 1,200', lost: 'Lost at step 340: run the cell again.' };

function line(state: object): { model: KernelLineModel; view: KernelLineView; cutLine: () => void } {
  const kernel = {
    statusChanged: new CountedSignal<null, string>(null),
    connectionStatusChanged: new CountedSignal<null, string>(null),
    disposed: new CountedSignal<null, void>(null)
  };
  const comm = { comm_id: 'comm', on_msg: () => undefined, on_close: () => undefined };
  const model = new KernelLineModel(state, { model_id: 'a', comm, widget_manager: { kernel } });
  const view = new KernelLineView({ model, options: {} });
  view.render();
  return { model, view, cutLine: () => kernel.connectionStatusChanged.emit('connecting') };
}

beforeEach(() => {
  standIns();
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
});
