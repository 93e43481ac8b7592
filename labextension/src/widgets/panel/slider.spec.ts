import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { standIns } from '../../testing/page';
import { SliderModel, SliderView } from './slider';

function slider(state: object): { model: SliderModel; view: SliderView; input: HTMLInputElement } {
  const comm = { comm_id: 'comm', on_msg: () => undefined, on_close: () => undefined, close: () => 'closed' };
  const model = new SliderModel({ description: 'Contrast', ...state }, { model_id: 'a', comm });
  model.save_changes = () => undefined;
  const view = new SliderView({ model, options: {} });
  view.render();
  return { model, view, input: view.el.querySelector('input')! };
}

beforeEach(() => {
  standIns();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a slider', () => {
  it('names its handle and says its value in words', () => {
    const { model, input } = slider({ value: 3, max: 9 });
    expect(input.getAttribute('aria-label')).toBe('Contrast');
    expect([input.value, input.max, input.getAttribute('aria-valuetext')]).toEqual(['3', '9', '3']);
    model.set('text', 'step 3');
    expect(input.getAttribute('aria-valuetext')).toBe('step 3');
  });

  it('gives values of its own range, free of the dust of binary fractions', () => {
    const { model, input } = slider({ min: 0.1, max: 1, step: 0.1, value: 0.1 });
    expect(input.max).toBe('9');
    input.value = '2';
    input.dispatchEvent(new Event('input'));
    expect(model.get('value')).toBe(0.3);
  });

  it('plays up to its end, and again from the beginning', () => {
    const { model, view } = slider({ max: 2, interval: 100 });
    const button = view.el.querySelector('button')!;
    button.click();
    expect([model.get('playing'), button.textContent]).toEqual([true, 'Pause']);
    vi.advanceTimersByTime(100);
    expect(model.get('value')).toBe(1);
    vi.advanceTimersByTime(500);
    expect([model.get('value'), model.get('playing')]).toEqual([2, false]);
    button.click();
    expect([model.get('value'), model.get('playing')]).toEqual([0, true]);
    void model.close();
    vi.advanceTimersByTime(500);
    expect(model.get('value')).toBe(0);
  });

  it('stops where no kernel draws what it plays', () => {
    const { model, view } = slider({ max: 9, interval: 100 });
    const button = view.el.querySelector('button')!;
    button.click();
    vi.advanceTimersByTime(100);
    model.comm_live = false;
    vi.advanceTimersByTime(500);
    expect([model.get('value'), button.textContent]).toEqual([1, 'Play']);
  });

  it('has no button where nothing is to be played, and an idle one where there is nothing yet', () => {
    expect(slider({}).view.el.querySelector('button')!.hidden).toBe(true);
    expect(slider({ max: 0, interval: 100 }).view.el.querySelector('button')!.disabled).toBe(true);
  });
});
