import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { SHEET, notedPen, rdmState } from '../../testing/rdms';
import type { FrameModel } from '../panel/frame_view';
import { RdmExplorerModel, RdmExplorerView } from './rdm_canvas';

let page: Page;
beforeEach(() => {
  page = standIns();
  notedPen();
});

type Panel = ReturnType<typeof mounted<RdmExplorerView>> & { grids: HTMLElement[]; pane: HTMLElement };

function panel(header = {}, width = 1000): Panel {
  const made = mounted(RdmExplorerView, RdmExplorerModel, { ...rdmState(header), ...SHEET }, width);
  page.frame();
  const grids = [...made.view.el.querySelectorAll<HTMLElement>('[role=grid]')];
  grids.forEach(grid =>
    vi.spyOn(grid, 'getBoundingClientRect').mockReturnValue({ left: 0, top: 0 } as DOMRect)
  );
  return { ...made, grids, pane: made.view.el.querySelector<HTMLElement>('.hcnn-pair')! };
}

const press = (key: string): boolean =>
  document.activeElement!.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  );
const at = (grid: HTMLElement, kind: string, row: number, column: number): boolean => {
  const side = Number.parseFloat(grid.style.width) / 4;
  const place = { clientX: (column + 0.5) * side, clientY: (row + 0.5) * side };
  return grid.dispatchEvent(new MouseEvent(kind, { ...place, bubbles: true }));
};
const marks = (view: RdmExplorerView): number => view.el.querySelectorAll('.hcnn-rdm-mark').length;
const next = (model: FrameModel, header = {}): void => {
  arrive(model, rdmState({ sequence: 2, ...header }));
  page.frame();
};

describe('the explorer', () => {
  it('shows two matrices that can be walked, the bars, and what the numbers are', () => {
    const { view, grids } = panel();
    expect(grids.map(grid => grid.getAttribute('aria-label'))).toEqual([
      'RDM of model IT, step 340: 4 by 4 images; walk it with the arrow keys, Enter pins a pair',
      'RDM of human IT, mean of 4 subjects: 4 by 4 images; walk it with the arrow keys, Enter pins a pair'
    ]);
    const texts = [...view.el.querySelectorAll('text')].map(text => text.textContent);
    expect(texts).toContain('model: 1 - Pearson r; 4 images');
    expect(texts).toContain('made up');
    expect(view.el.querySelector('.hcnn-title')!.textContent).toBe(
      'Dissimilarities of 4 images: model IT, step 340 and human IT, mean of 4 subjects'
    );
  });

  it('says that scores are being compared only while a kernel compares them', () => {
    const { view, model } = panel({ pending: true });
    const axis = (): string => [...view.el.querySelectorAll('text')].map(text => text.textContent).join();
    expect(axis()).toContain('comparing…');
    model.comm_live = false;
    page.frame();
    expect(axis()).not.toContain('comparing…');
  });

  it('says how many of the images it shows where a category is shown alone', () => {
    const { view } = panel({ n_stimuli: 92, only: 'car' });
    const title = view.el.querySelector('.hcnn-title')!.textContent;
    expect(title).toContain('Dissimilarities of 4 of 92 images: model IT');
  });

  it('shows the two images of a cell that is pointed at in either matrix, and marks it in both', () => {
    const { view, grids, pane } = panel();
    at(grids[1]!, 'pointermove', 0, 2);
    expect([...pane.querySelectorAll('figcaption')].map(one => one.textContent)).toEqual([
      'human faceface-1',
      'carcar-2'
    ]);
    expect(pane.querySelector('.hcnn-pair-values')!.textContent).toBe('model0.200 · 20thbrain0.500 · 80th');
    expect(marks(view)).toBe(4);
    grids[1]!.dispatchEvent(new MouseEvent('pointerleave'));
    expect(marks(view)).toBe(0);
    expect(pane.textContent).toContain('Point at a cell');
  });

  it('walks with the arrow keys and goes on in the other matrix at the same cell', () => {
    const { grids, pane } = panel();
    grids[0]!.focus();
    press('ArrowDown');
    press('ArrowRight');
    expect(document.activeElement!.getAttribute('aria-label')).toContain('car-1 (car) and car-2 (car)');
    expect(pane.textContent).toContain('car-2');
    grids[1]!.focus();
    expect(document.activeElement!.getAttribute('aria-label')).toContain('car-1 (car) and car-2 (car)');
  });
});

describe('a pair', () => {
  it('is pinned by a click and stays, also in another order of the images', () => {
    const { view, grids, pane, sent, model } = panel();
    at(grids[0]!, 'click', 0, 2);
    expect(sent.at(-1)).toEqual({ kind: 'pin', pair: [2, 1] });
    grids[0]!.dispatchEvent(new MouseEvent('pointerleave'));
    expect(pane.classList.contains('hcnn-mod-pinned')).toBe(true);
    next(model, { rows: [0, 1, 2, 3], groups: [] });
    grids[0]!.dispatchEvent(new MouseEvent('pointerleave'));
    expect([...pane.querySelectorAll('figcaption')].map(one => one.textContent)).toEqual([
      'human faceface-1',
      'carcar-2'
    ]);
    expect(marks(view)).toBe(4);
  });

  it('is let go by the same click, or by Escape', () => {
    const { grids, sent } = panel();
    at(grids[0]!, 'click', 0, 2);
    at(grids[0]!, 'click', 0, 2);
    expect(sent.at(-1)).toEqual({ kind: 'pin', pair: [] });
    grids[0]!.focus();
    press('Enter');
    expect(sent.at(-1)).toEqual({ kind: 'pin', pair: [2, 1] });
    press('Escape');
    expect(sent.at(-1)).toEqual({ kind: 'pin', pair: [] });
  });

  it('of which an image is not shown any more is not marked', () => {
    const { view, grids, model } = panel();
    at(grids[0]!, 'click', 0, 2);
    grids[0]!.dispatchEvent(new MouseEvent('pointerleave'));
    next(model, { rows: [9, 8, 7, 6] });
    expect(marks(view)).toBe(0);
  });
});

describe('a click', () => {
  it('on the name of a category asks for it alone, and again for all', () => {
    const { view, sent, model } = panel();
    const name = (): Element => view.el.querySelector('[data-group="car"]')!;
    name().dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(sent.at(-1)).toEqual({ kind: 'zoom', group: 'car' });
    next(model, { only: 'car' });
    name().dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(sent.at(-1)).toEqual({ kind: 'zoom', group: '' });
    const told = sent.length;
    view.el.querySelector('svg')!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(sent).toHaveLength(told);
  });

  it('on a bar asks for that model area', () => {
    const { view, sent } = panel();
    const bars = view.el.querySelector<HTMLElement>('.hcnn-rdm-bars')!;
    bars.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    bars.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(sent.at(-1)).toEqual({ kind: 'area', area: 'V1' });
  });
});

describe('the sliders', () => {
  const sliders = (view: RdmExplorerView): HTMLInputElement[] => [
    ...view.el.querySelectorAll<HTMLInputElement>('input[type=range]')
  ];
  const go = (slider: HTMLInputElement, value: number): void => {
    slider.value = String(value);
    slider.dispatchEvent(new Event('input'));
  };

  it('stand at the layer and the moment that are shown, in words too', () => {
    const [layer, training] = sliders(panel().view);
    expect([layer!.value, layer!.max, layer!.getAttribute('aria-valuetext')]).toEqual(['1', '1', 'IT']);
    expect([training!.value, training!.max, training!.getAttribute('aria-valuetext')]).toEqual([
      '20',
      '64',
      'step 340'
    ]);
  });

  it('ask for another layer and another moment', () => {
    const { view, sent } = panel();
    const [layer, training] = sliders(view);
    go(layer!, 0);
    expect(sent.at(-1)).toEqual({ kind: 'area', area: 'V1' });
    go(training!, 3);
    expect(sent.at(-1)).toEqual({ kind: 'stop', stop: 3 });
  });

  it('lead by keys to what was measured next, which the kernel knows', () => {
    const { view, sent } = panel();
    const [, training] = sliders(view);
    const key = new KeyboardEvent('keydown', { key: 'ArrowLeft', cancelable: true });
    training!.dispatchEvent(key);
    expect([sent.at(-1), key.defaultPrevented]).toEqual([{ kind: 'walk', way: 'previous' }, true]);
  });

  it('rest where there is no kernel, or nothing yet', () => {
    const { view, model } = panel();
    expect(sliders(view).map(slider => slider.disabled)).toEqual([false, false]);
    model.comm_live = false;
    next(model);
    expect(sliders(view).map(slider => slider.disabled)).toEqual([true, true]);
    const empty = mounted(RdmExplorerView, RdmExplorerModel, {});
    const told = empty.sent.length;
    go(sliders(empty.view)[0]!, 1);
    expect(empty.sent).toHaveLength(told);
  });
});

it('the axis of the scores stays while frames come, and begins anew with another comparison', () => {
  const { view, model } = panel();
  const ticks = (): string[] =>
    [...view.el.querySelectorAll('[class*=hcnn-chart-quiet]')].map(text => text.textContent);
  const before = ticks();
  const { header, values } = rdmState({ sequence: 2 });
  arrive(model, { header, values });
  page.frame();
  expect(ticks()).toEqual(before);
  next(model, { method_words: 'cosine' });
  expect(ticks().join()).toContain('cosine');
});

describe('a slider that leads nowhere', () => {
  const shown = (view: { el: Element }): boolean[] =>
    [...view.el.querySelectorAll<HTMLElement>('.hcnn-range')].map(range => !range.hidden);

  it('is not there: the one through training where nothing trains, the one through layers where there is one', () => {
    const { view, model } = panel({ past: false, moment: '' });
    expect(shown(view)).toEqual([true, false]);
    next(model, { past: true });
    expect(shown(view)).toEqual([true, true]);
  });

  it('is not there either while nothing is known', () => {
    const { view } = mounted(RdmExplorerView, RdmExplorerModel);
    page.frame();
    expect(shown(view)).toEqual([false, false]);
  });
});

it('a pair is looked at in an RDM by its own name where it is no model’s', () => {
  const { grids, pane } = panel({ of_model: false });
  grids[0]!.focus();
  expect(pane.textContent).toContain('IT0.100');
  expect(pane.textContent).not.toContain('model');
});

it('new pictures are drawn when they come', () => {
  const { model } = panel();
  expect(page.requested()).toBe(0);
  model.set('sheet_header', { ...SHEET.sheet_header, ids: ['a', 'b', 'c', 'd'] });
  expect(page.requested()).toBe(1);
});

it('a bad frame, and bad pictures, end in a sentence', () => {
  const { view, model } = panel({ scale: 'rainbow' });
  const status = (): string => view.el.querySelector('[role=alert]')!.textContent;
  expect(status()).toContain('one of percentiles, distances');
  next(model);
  expect(status()).toBe('');
  model.set('sheet_header', { ...SHEET.sheet_header, ids: [] });
  page.frame();
  expect(status()).toContain('The sheet of 4 images should name each of them');
});

it('hands out pairs and scores as numbers, and all as a picture', async () => {
  const { view } = panel();
  const hands = view as unknown as {
    exportNumbers(frame: unknown): unknown[][];
    moreNumbers(): { label: string; rows(frame: unknown): unknown[][] }[];
    exportPicture(frame: unknown): Promise<HTMLCanvasElement>;
  };
  expect(hands.exportNumbers(view.shownFrame)).toHaveLength(7);
  const [scores] = hands.moreNumbers();
  expect([scores!.label, scores!.rows(view.shownFrame).length]).toEqual(['CSV of scores', 7]);
  expect([...view.el.querySelectorAll('.hcnn-toolbar button')].map(one => one.textContent)).toEqual([
    'PNG',
    'CSV',
    'CSV of scores',
    'Stage'
  ]);
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:', revokeObjectURL: vi.fn() });
  HTMLImageElement.prototype.decode = () => Promise.resolve();
  const picture = await hands.exportPicture(view.shownFrame);
  expect(picture.width).toBe((1000 + 24) * 2);
});

it('leaves nothing behind when it is removed', () => {
  const { view, grids } = panel();
  grids[0]!.focus();
  view.remove();
  expect(page.listeners(view.el)).toBe(0);
  expect(page.observers()).toBe(0);
  expect(page.requested()).toBe(0);
});
