import { beforeEach, describe, expect, it } from 'vitest';

import { MATCH, matrixState } from '../../testing/matrices';
import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { css, sequential } from '../../pixels';
import { LayerAreaMatrixModel, LayerAreaMatrixView } from './layer_area_matrix';

let page: Page;
beforeEach(() => {
  page = standIns();
});

function matrix(about = {}, value = MATCH.value, width = 700) {
  const panel = mounted(LayerAreaMatrixView, LayerAreaMatrixModel, matrixState(about, value), width);
  page.frame();
  const { el } = panel.view;
  const cells = () => [...el.querySelectorAll<SVGElement>('[role=gridcell]')];
  return {
    ...panel,
    cells,
    svg: el.querySelector<SVGSVGElement>('[role=grid]')!,
    cell: (row: number, column: number) => cells()[row * 2 + column]!,
    card: () => el.querySelector<HTMLElement>('.hcnn-card')!,
    texts: () => [...el.querySelectorAll('svg text')].map(text => text.textContent)
  };
}

const press = (cell: Element, key: string, init = {}): boolean =>
  cell.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));

describe('the cells', () => {
  it('are a grid of rows by model area and columns by brain area', () => {
    const { svg, cells } = matrix();
    expect(svg.querySelectorAll('[role=row] > [role=gridcell]')).toHaveLength(6);
    expect([...svg.querySelectorAll('[role=rowheader]')].map(one => one.textContent)).toEqual([
      'model V1',
      'model V2',
      'model IT'
    ]);
    expect([...svg.querySelectorAll('[role=columnheader]')].map(one => one.textContent)).toEqual([
      'V4recorded',
      'ITsimulated'
    ]);
    expect(cells()[1]!.getAttribute('aria-label')).toContain('IT (simulated) from model area V1: r −0.10');
    expect(svg.getAttribute('aria-label')).toContain('V4 goes with model area V1');
  });

  it('are coloured by their score, with the number in them, and grey where it is not known', () => {
    const shown = matrix();
    const box = (row: number, column: number) => shown.cell(row, column).querySelector('.hcnn-matrix-box')!;
    expect(box(2, 1).getAttribute('fill')).toBe(css(sequential(1)));
    expect(box(0, 0).getAttribute('fill')).toBe(css(sequential(Math.fround(0.3) / 0.6)));
    expect(shown.cell(1, 0).textContent).toBe('0.40');
    expect(box(1, 1).classList.contains('hcnn-mod-unknown')).toBe(true);
    expect(shown.cell(1, 1).textContent).toBe('–');
  });

  it('that were chosen have a ring and a diamond, in each column one, though they need not be the highest', () => {
    const shown = matrix();
    const ringed = shown.cells().filter(cell => cell.querySelector('.hcnn-matrix-ring'));
    expect(ringed.map(cell => cell.textContent)).toEqual(['\u25c6 0.30', '\u25c6 0.60']);
  });

  it('come with a line that says how the match came about, with ceilings, scale and convention', () => {
    const words = matrix().texts().join(' ');
    expect(words).toContain('which had no say; maps are fitted within each half.');
    expect(words).toContain('RidgeCV; median over sites made up');
    expect(matrix().texts()).toEqual(expect.arrayContaining(['noise ceiling', '0.80', '–', '0', '0.60']));
  });

  it('keep their colours when lower scores come', () => {
    const shown = matrix();
    const fill = () => shown.cell(0, 0).querySelector('.hcnn-matrix-box')!.getAttribute('fill');
    const before = fill();
    const lower = matrixState({ sequence: 2, step: 341 }, [
      [0.3, 0.1, 0.1],
      [0.1, 0.1, 0.2]
    ]);
    arrive(shown.model, lower);
    page.frame();
    expect(fill()).toBe(before);
    expect(shown.view.el.querySelector('.hcnn-title')!.textContent).toContain('at step 341');
  });
});

it('has names that are cut in full as tooltips, and no others', () => {
  const long = ['features.denseblock4.denselayer16.conv1', 'features.denseblock4.denselayer16.conv2', 'fc'];
  const tooltips = (width: number): (string | null)[] => {
    const { view } = mounted(
      LayerAreaMatrixView,
      LayerAreaMatrixModel,
      matrixState({ model_areas: long }),
      width
    );
    page.frame();
    return [...view.el.querySelectorAll('[role=rowheader] title')].map(one => one.textContent);
  };
  expect(tooltips(1200)).toEqual([]);
  expect(tooltips(300)).toEqual(long.map(name => `model ${name}`));
});

describe('a walk with the keyboard', () => {
  it('begins at one cell and goes from cell to cell, each with its card', () => {
    const shown = matrix();
    expect(shown.cells().map(cell => cell.getAttribute('tabindex'))).toEqual([
      '0',
      '-1',
      '-1',
      '-1',
      '-1',
      '-1'
    ]);
    shown.cell(0, 0).focus();
    expect(press(document.activeElement!, 'ArrowDown')).toBe(false);
    press(document.activeElement!, 'ArrowRight');
    expect(document.activeElement).toBe(shown.cell(1, 1));
    press(document.activeElement!, 'ArrowDown');
    expect(shown.card().textContent).toContain('r2/c');
    expect(shown.card().textContent).toContain('on the choosing half');
    expect(shown.card().textContent).toContain('chosen on the other half of the images');
    expect(shown.card().textContent).toContain('simulated');
    page.frame();
    expect(shown.cells().map(cell => cell.getAttribute('tabindex'))).toEqual([
      '-1',
      '-1',
      '-1',
      '-1',
      '-1',
      '0'
    ]);
    expect(document.activeElement).toBe(shown.cell(2, 1));
  });

  it('hides the card with Escape, and takes no key that it does not use', () => {
    const shown = matrix();
    shown.cell(0, 0).focus();
    expect(shown.card().hidden).toBe(false);
    expect(press(document.activeElement!, 'Escape')).toBe(false);
    expect(shown.card().hidden).toBe(true);
    expect(press(document.activeElement!, 'b')).toBe(true);
    expect(press(document.activeElement!, 'ArrowRight', { altKey: true })).toBe(true);
  });

  it('goes on within a matrix that has become smaller', () => {
    const shown = matrix();
    shown.cell(2, 1).focus();
    const { header } = matrixState({ model_areas: ['V1'], sequence: 2 });
    const columns = (header.columns as object[]).map(one => ({ ...one, chosen: 0 }));
    arrive(shown.model, { header: { ...header, columns } });
    page.frame();
    expect(shown.cells()).toHaveLength(2);
    expect(shown.card().hidden).toBe(true);
    expect(shown.cells().map(cell => cell.getAttribute('tabindex'))).toEqual(['-1', '0']);
  });
});

describe('the pointer', () => {
  it('shows the card of a cell, and none between cells or outside', () => {
    const shown = matrix();
    const over = (element: Element) =>
      element.dispatchEvent(new MouseEvent('pointerover', { bubbles: true }));
    over(shown.cell(1, 0).querySelector('rect')!);
    expect(shown.card().textContent).toContain('model V2');
    expect(shown.card().textContent).not.toContain('chosen on');
    over(shown.svg);
    expect(shown.card().hidden).toBe(true);
    over(shown.cell(1, 0));
    shown.svg.dispatchEvent(new Event('pointerleave'));
    expect(shown.card().hidden).toBe(true);
    shown.cell(0, 0).focus();
    shown.cell(0, 0).blur();
    expect(shown.card().hidden).toBe(true);
  });
});

it('before its first frame the panel takes no key', () => {
  const { view } = mounted(LayerAreaMatrixView, LayerAreaMatrixModel, {}, 700);
  page.frame();
  expect(press(view.el.querySelector('[role=grid]')!, 'ArrowDown')).toBe(true);
  expect(view.el.querySelector('.hcnn-title')!.textContent).toBe('Model areas against brain areas');
});

it('a frame that does not fit ends in a sentence', () => {
  const { view } = matrix({ columns: [] });
  expect(view.el.querySelector('[role=alert]')!.textContent).toContain('tells of 0 columns');
});

it('hands out its drawing and a row per cell', () => {
  const { view } = matrix();
  const out = view as unknown as {
    exportPicture(): unknown;
    exportNumbers(frame: unknown): unknown[][];
  };
  expect(out.exportNumbers(view.shownFrame)).toHaveLength(1 + 6);
  expect(out.exportPicture()).toBeInstanceOf(SVGSVGElement);
});

it('a removed panel leaves no observer and no listener', () => {
  const { view } = matrix();
  view.remove();
  expect(page.observers()).toBe(0);
  expect(page.listeners(view.el)).toBe(0);
});
