import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { SHEET, notedPen } from '../../testing/rdms';
import { tauState } from '../../testing/tau';
import { TauCounterModel, TauCounterView } from './tau_canvas';

let page: Page;
let pen: ReturnType<typeof notedPen>;
beforeEach(() => {
  page = standIns();
  pen = notedPen();
  for (const name of ['strokeRect', 'setLineDash']) {
    pen[name] = vi.fn();
  }
});

type Panel = ReturnType<typeof mounted<TauCounterView>> & { text: (kind: string) => string };

function panel(state = {}, width = 800): Panel {
  const made = mounted(TauCounterView, TauCounterModel, { ...tauState(), ...SHEET, ...state }, width);
  vi.spyOn(made.view, 'touch').mockReturnValue(undefined);
  page.frame();
  const text = (kind: string): string => made.view.el.querySelector(`.hcnn-${kind}`)!.textContent;
  return { ...made, text };
}

const button = ({ view }: Panel, name: string): HTMLElement =>
  [...view.el.querySelectorAll<HTMLElement>('button')].find(one => one.textContent === name)!;
const voice = ({ view }: Panel): string => view.el.querySelector('[aria-live]')!.textContent;

describe('the counter', () => {
  it('begins before the first step and says what a step is', () => {
    const shown = panel();
    expect(shown.text('tau-beginning')).toContain('A step takes two of these pairs, A and B');
    expect(shown.text('tau-counts')).toContain('step 0 of 3');
    expect(shown.text('tau-caption')).toContain('made up');
    expect(shown.view.el.querySelector('.hcnn-tau-canvas')!.getAttribute('aria-label')).toContain('3 images');
  });

  it('steps on: four images, both numbers of both RDMs, the verdict in words, and the formula', () => {
    const shown = panel();
    button(shown, 'Step').click();
    page.frame();
    expect(shown.view.el.querySelectorAll('.hcnn-tau-pair figure')).toHaveLength(4);
    expect(shown.text('tau-pairs')).toContain('model IT1.00<2.00B more unlike');
    expect(shown.text('tau-pairs')).toContain('human IT1.00<3.00B more unlike');
    expect(shown.text('tau-verdict')).toBe(
      'Concordant: both RDMs find the same pair more unlike. Counts +1.'
    );
    expect(shown.view.el.querySelector('.hcnn-tau-verdict')!.className).toContain('hcnn-mod-concordant');
    expect(shown.text('tau-formula')).toContain('(1 − 0) / 3 so far');
    expect(voice(shown)).toMatch(/^Step 1 of 3\. A: face-1/);
  });

  it('goes back, and to the end, where the number is tau_A', () => {
    const shown = panel();
    button(shown, 'End').click();
    page.frame();
    expect(shown.text('tau-formula')).toContain('(2 − 1) / 3 = 0.333');
    expect(shown.model.get('position')).toBe(3);
    button(shown, 'Back').click();
    page.frame();
    expect(shown.model.get('position')).toBe(2);
    expect(shown.view.touch).toHaveBeenCalledTimes(2);
  });

  it('follows the kernel, and takes no position beyond its steps', () => {
    const shown = panel();
    shown.model.set('position', 99);
    page.frame();
    expect(shown.text('tau-counts')).toContain('step 3 of 3');
    shown.model.set('position', 'x');
    page.frame();
    expect(shown.text('tau-counts')).toContain('step 0 of 3');
  });

  it('without a kernel counts on by itself', () => {
    const shown = panel();
    shown.model.comm_live = false;
    button(shown, 'Step').click();
    page.frame();
    expect(shown.text('tau-counts')).toContain('step 1 of 3');
    expect(shown.view.touch).not.toHaveBeenCalled();
  });

  it('plays to its end, and says the end aloud', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const shown = panel();
    button(shown, 'Play').click();
    page.frame();
    vi.advanceTimersByTime(10_000);
    page.frame();
    expect(voice(shown)).toMatch(/^Step 3 of 3/);
    vi.useRealTimers();
  });

  it('says simulated where it is, and is laid out for a narrow panel', () => {
    const shown = panel({ ...tauState({ simulated: true, source: '' }) }, 300);
    expect(shown.text('tau-caption')).toMatch(/^simulated recordings; /);
    expect(shown.view.el.querySelector('.hcnn-tau')!.classList.contains('hcnn-mod-narrow')).toBe(true);
  });
});

describe('other images', () => {
  it('are picked in the page and asked of the kernel', () => {
    const shown = panel();
    button(shown, 'Choose images…').click();
    shown.view.el.querySelectorAll<HTMLElement>('[role=option]')[3]!.click();
    button(shown, 'Count with these').click();
    expect(shown.sent.at(-1)).toEqual({ kind: 'subset', images: [0, 1, 2, 3] });
    button(shown, 'Choose images…').click();
    button(shown, 'Choose images…').click();
    expect(shown.view.el.querySelector<HTMLElement>('.hcnn-picker')!.hidden).toBe(true);
  });
});

it('before a frame the buttons do nothing', () => {
  const { view } = mounted(TauCounterView, TauCounterModel, {});
  page.frame();
  view.el.querySelectorAll<HTMLElement>('button').forEach(one => one.click());
  expect(view.shownFrame).toBeNull();
});

it('a bad frame ends in a sentence, and a good one takes it away', () => {
  const shown = panel(tauState({ n_steps: 7 }));
  const status = (): string => shown.view.el.querySelector('[role=alert]')!.textContent;
  expect(status()).toContain('should have 3 rows and 3 steps');
  arrive(shown.model, tauState({ sequence: 2 }));
  page.frame();
  expect(status()).toBe('');
});

it('hands out every step, and a picture with the formula', () => {
  const { view } = panel();
  const hands = view as unknown as {
    exportNumbers(frame: unknown): unknown[][];
    exportPicture(frame: unknown): HTMLCanvasElement;
  };
  expect(hands.exportNumbers(view.shownFrame)).toHaveLength(4);
  pen.fillText!.mockClear();
  const picture = hands.exportPicture(view.shownFrame);
  expect(picture.width).toBe(824);
  expect(pen.fillText!.mock.calls.map(call => call[0] as string)[1]).toContain('tau_A =');
});

it('leaves nothing behind when it is removed', () => {
  const shown = panel();
  button(shown, 'Play').click();
  shown.view.remove();
  expect(page.listeners(shown.view.el)).toBe(0);
  expect(page.observers()).toBe(0);
  expect(page.requested()).toBe(0);
});
