import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, arrive, inMessage, mounted, standIns } from '../../testing/page';
import { KernelGridModel, KernelGridView } from './kernel_canvas';

const header = {
  sequence: 1,
  area: 'V1',
  n_kernels: 6,
  height: 7,
  width: 7,
  n_channels: 1,
  colormap: 'diverging',
  scale: 0.5,
  title: 'Kernels of V1',
  step: 1200
};

/** Kernels of which the fifth holds 98 to 207: -0.12 and 0.31 at a scale of 0.5. */
function kernels(): DataView {
  const values = new Uint8Array(6 * 49).fill(128);
  values.set([98, 207], 4 * 49);
  return inMessage(values);
}

/** A canvas's context that only notes what is drawn. */
const pen = () => ({
  setTransform: vi.fn(),
  drawImage: vi.fn(),
  putImageData: vi.fn(),
  fillRect: vi.fn(),
  fillText: vi.fn()
});

let drawing = pen();
let page: Page;
beforeEach(() => {
  page = standIns();
  drawing = pen();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(drawing as never);
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(readonly data: Uint8ClampedArray) {}
    }
  );
});

function grid(state = {}): ReturnType<typeof mounted<KernelGridView>> & { cells: () => HTMLElement[] } {
  const panel = mounted(KernelGridView, KernelGridModel, {
    header: { ...header, ...state },
    values: kernels()
  });
  page.frame();
  return { ...panel, cells: () => [...panel.view.el.querySelectorAll<HTMLElement>('[role=gridcell]')] };
}

const press = (cell: HTMLElement, key: string, init = {}): boolean =>
  cell.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));

describe('the kernels', () => {
  it('are each a cell of a grid with rows', () => {
    const { view, cells } = grid();
    expect(cells()).toHaveLength(6);
    expect(view.el.querySelectorAll('[role=grid] > [role=row] > [role=gridcell]')).toHaveLength(6);
    expect(view.el.querySelector('[role=grid]')!.getAttribute('aria-label')).toContain('6 kernels of V1');
  });

  it('are painted, one image each', () => {
    grid();
    expect(drawing.drawImage).toHaveBeenCalledTimes(6);
    const image = drawing.putImageData.mock.calls[0]![0] as ImageData;
    expect([...image.data.slice(0, 4)]).toEqual([247, 247, 247, 255]);
  });

  it('have a legend with the weight at full colour and the step', () => {
    grid();
    const texts = drawing.fillText.mock.calls.map(call => call[0] as string);
    expect(texts).toEqual(['-0.50', '0', '0.50', 'one scale for all; step 1,200']);
  });

  it('keep their cells from frame to frame, and the focus with them', () => {
    const { model, cells } = grid();
    const before = cells();
    before[2]!.focus();
    arrive(model, { header: { ...header, sequence: 2 }, values: kernels() });
    page.frame();
    expect(cells()).toEqual(before);
    expect(document.activeElement).toBe(before[2]);
  });
});

describe('a walk with the keyboard', () => {
  it('starts where Tab leads: at one cell alone', () => {
    const { cells } = grid();
    expect(cells().map(cell => cell.tabIndex)).toEqual([0, -1, -1, -1, -1, -1]);
  });

  it('goes from cell to cell, and each says what it shows', () => {
    const { cells } = grid();
    cells()[0]!.focus();
    for (let step = 0; step < 4; step += 1) {
      expect(press(document.activeElement as HTMLElement, 'ArrowRight')).toBe(false);
    }
    expect(document.activeElement).toBe(cells()[4]);
    expect(document.activeElement!.getAttribute('aria-label')).toBe(
      'V1 kernel 5 of 6, 7 by 7, weights from -0.12 to 0.31'
    );
    expect(cells().map(cell => cell.tabIndex)).toEqual([-1, -1, -1, -1, 0, -1]);
  });

  it('ends at the ends, and takes no key from the notebook that it does not use', () => {
    const { cells } = grid();
    cells()[0]!.focus();
    press(cells()[0]!, 'End', { ctrlKey: true });
    expect(document.activeElement).toBe(cells()[5]);
    const heard = vi.fn();
    document.body.addEventListener('keydown', heard);
    expect(press(cells()[5]!, 'b')).toBe(true);
    expect(press(cells()[5]!, 'ArrowRight', { shiftKey: true })).toBe(true);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(press(cells()[5]!, 'ArrowLeft')).toBe(false);
    expect(heard).toHaveBeenCalledTimes(2);
    document.body.removeEventListener('keydown', heard);
  });

  it('says the weights of the moment, not of the first frame', () => {
    const { model, cells } = grid();
    arrive(model, { header: { ...header, sequence: 2, scale: 5 } });
    page.frame();
    cells()[4]!.focus();
    expect(cells()[4]!.getAttribute('aria-label')).toContain('weights from -1.18 to 3.11');
  });
});

describe('a cell', () => {
  it.each(['Enter', ' '])('is chosen with %j', key => {
    const { sent, cells } = grid();
    cells()[1]!.focus();
    press(cells()[1]!, key);
    expect(sent.at(-1)).toEqual({ kind: 'select', index: 1 });
  });

  it('is chosen with a click, and it alone', () => {
    const { sent, cells } = grid();
    cells()[1]!.click();
    cells()[3]!.click();
    expect(sent.at(-1)).toEqual({ kind: 'select', index: 3 });
    expect(cells().map(cell => cell.getAttribute('aria-selected'))).toEqual([
      'false',
      'false',
      'false',
      'true',
      'false',
      'false'
    ]);
  });

  it('shows its words under the pointer, and hides them', () => {
    const { view, cells } = grid();
    const tip = view.el.querySelector<HTMLElement>('.hcnn-tooltip')!;
    cells()[4]!.dispatchEvent(new Event('pointerover', { bubbles: true }));
    expect([tip.hidden, tip.textContent]).toEqual([
      false,
      'V1 kernel 5 of 6, 7 by 7, weights from -0.12 to 0.31'
    ]);
    view.el.querySelector('[role=grid]')!.dispatchEvent(new Event('pointerleave'));
    expect(tip.hidden).toBe(true);
  });
});

it.each([
  [{ n_channels: 2 }, '1 or 3 channels'],
  [{ n_kernels: 7 }, 'should hold 343 bytes; it has 294'],
  [{ colormap: 'rainbow' }, 'one of diverging, grey, rgb'],
  [{ scale: 'NaN' }, '`scale` as a finite number']
])('a frame with %j is refused in words', (state, message) => {
  const { view } = grid(state);
  expect(view.el.querySelector('[role=alert]')!.textContent).toContain(message);
});

it('hands out every weight with its place', () => {
  const { view } = grid();
  const numbers = (view as unknown as { exportNumbers(frame: unknown): unknown[][] }).exportNumbers(
    view.shownFrame
  );
  expect(numbers).toHaveLength(1 + 6 * 49);
  expect(numbers[0]).toEqual(['step', 'side', 'area', 'kernel', 'row', 'column', 'channel', 'weight']);
  expect(numbers[1 + 4 * 49 + 1]).toEqual([1200, 'now', 'V1', 5, 0, 1, 0, 0.311]);
});

describe('kernels before training and now', () => {
  const sides = ['before training', 'now'];

  /** Those of `kernels()` at the right; at the left the third holds 65 to 191. */
  function compared(): ReturnType<typeof grid> {
    const before = new Uint8Array(6 * 49).fill(128);
    before.set([65, 191], 2 * 49);
    const now = new Uint8Array(kernels().buffer, kernels().byteOffset, 6 * 49);
    const panel = mounted(KernelGridView, KernelGridModel, {
      header: { ...header, sides },
      values: inMessage(new Uint8Array([...before, ...now]))
    });
    page.frame();
    return { ...panel, cells: () => [...panel.view.el.querySelectorAll<HTMLElement>('[role=gridcell]')] };
  }

  it('are two blocks with a name each, and one scale', () => {
    compared();
    expect(drawing.drawImage).toHaveBeenCalledTimes(12);
    const [before, now] = [drawing.drawImage.mock.calls[0]!, drawing.drawImage.mock.calls[6]!];
    expect(now[1]).toBeGreaterThan(before[1] as number);
    expect(now[2]).toBe(before[2]);
    const texts = drawing.fillText.mock.calls.map(call => call[0] as string);
    expect(texts).toEqual(['before training', 'step 1,200', '-0.50', '0', '0.50', 'one scale for all']);
  });

  it('have one cell a kernel, which says both', () => {
    const { cells } = compared();
    expect(cells()).toHaveLength(6);
    expect(cells()[2]!.getAttribute('aria-label')).toBe(
      'V1 kernel 3 of 6, 7 by 7, before training weights from -0.25 to 0.25, now weights from 0.00 to 0.00'
    );
  });

  it('mark the same kernel in both blocks', () => {
    const { view, cells, sent } = compared();
    const twins = [...view.el.querySelectorAll<HTMLElement>('.hcnn-kernel-cell[aria-hidden]')];
    cells()[4]!.focus();
    expect(twins.map(twin => twin.classList.contains('hcnn-kernel-twin'))).toEqual(
      [0, 1, 2, 3, 4, 5].map(index => index === 4)
    );
    twins[1]!.click();
    expect(sent.at(-1)).toEqual({ kind: 'select', index: 1 });
    expect(cells()[1]!.getAttribute('aria-selected')).toBe('true');
  });

  it('are told apart in the numbers, where those before have no step', () => {
    const { view } = compared();
    const numbers = (view as unknown as { exportNumbers(frame: unknown): unknown[][] }).exportNumbers(
      view.shownFrame
    );
    expect(numbers).toHaveLength(1 + 2 * 6 * 49);
    expect(numbers[1 + 2 * 49]).toEqual(['', 'before training', 'V1', 3, 0, 0, 0, -0.248]);
    expect(numbers[1 + 10 * 49 + 1]).toEqual([1200, 'now', 'V1', 5, 0, 1, 0, 0.311]);
  });
});

it('ends within a cell that fits, caption and legend included', () => {
  const { view, model, cells } = grid();
  const stage = view.el.querySelector('.hcnn-stage')!;
  vi.spyOn(stage, 'clientHeight', 'get').mockReturnValue(100);
  const heights = () => [
    Number.parseFloat(view.el.querySelector('canvas')!.style.height),
    Number.parseFloat(cells()[0]!.style.height)
  ];
  const free = heights();
  model.set('fits', true);
  page.frame();
  expect(view.el.classList).toContain('hcnn-mod-fits');
  expect(heights()[0]).toBeLessThanOrEqual(100);
  expect(heights()[1]! % 7).toBe(0);
  model.set('fits', false);
  page.frame();
  expect(heights()).toEqual(free);
});

it('leaves nothing behind when it is removed', () => {
  const { view } = grid();
  view.remove();
  expect(page.listeners(view.el)).toBe(0);
  expect(page.observers()).toBe(0);
});
