import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, arrive, mounted, standIns, textOf } from '../../testing/page';
import { type Fields, PAGE } from '../../wire';
import { FrameModel, FrameView } from './frame_view';

class NumberModel extends FrameModel {
  static override readonly panel = 'Number';
}

class NumberView extends FrameView<number, { kind: 'select'; index: number }> {
  drawn: number[] = [];
  protected read = (header: Fields): number => header.integer('number');
  protected mount(stage: HTMLElement): void {
    stage.addEventListener('click', () => this.tell({ kind: 'select', index: 0 }), { signal: this.signal });
  }
  protected draw(frame: number): void {
    if (frame === 13) {
      throw new Error('Thirteen cannot be drawn.');
    }
    this.drawn.push(frame);
  }
  protected panelTitle = (frame: number | null): string => (frame === null ? 'Number' : `Number ${frame}`);
  protected exportPicture = (): null => null;
  protected exportNumbers = (frame: number): (string | number)[][] => [['number'], [frame]];
}

const header = (sequence: number, number: unknown = sequence): object => ({ sequence, number });
const alert = (view: NumberView): string => view.el.querySelector('[role=alert]')!.textContent;
const status = (view: NumberView): string => view.el.querySelector('[role=status]')!.textContent;

let page: Page;
beforeEach(() => {
  page = standIns();
});

describe('a frame', () => {
  it('is drawn in the next animation frame and acknowledged after it', () => {
    const { view, model, sent } = mounted(NumberView, NumberModel);
    page.frame();
    arrive(model, { header: header(7) });
    expect(sent).not.toContainEqual(expect.objectContaining({ kind: 'ack' }));
    page.frame();
    expect(view.drawn).toEqual([7]);
    expect(sent.at(-1)).toEqual({ kind: 'ack', sequence: 7, page: PAGE });
  });

  it('is drawn once though many come between two animation frames', () => {
    const { view, model, sent } = mounted(NumberView, NumberModel);
    [1, 2, 3].forEach(number => arrive(model, { header: header(number) }));
    expect(page.requested()).toBe(1);
    page.frame();
    expect(view.drawn).toEqual([3]);
    expect(sent.filter(message => message.kind === 'ack')).toEqual([
      { kind: 'ack', sequence: 3, page: PAGE }
    ]);
  });

  it('that a saved notebook holds is drawn at once', () => {
    const { view } = mounted(NumberView, NumberModel, { header: header(5) });
    page.frame();
    expect(view.drawn).toEqual([5]);
  });

  it('that does not fit is told in words, acknowledged, and does not wipe the last', () => {
    const { view, model, sent } = mounted(NumberView, NumberModel, { header: header(1) });
    page.frame();
    arrive(model, { header: header(2, 'two') });
    page.frame();
    expect(alert(view)).toContain('`number` as a whole number');
    expect(view.shownFrame).toBe(1);
    expect(sent.at(-1)).toEqual({ kind: 'ack', sequence: 2, page: PAGE });
    arrive(model, { header: header(3) });
    page.frame();
    expect(alert(view)).toBe('');
  });

  it('that breaks the drawing is told in words and in the console', () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const { view } = mounted(NumberView, NumberModel, { header: header(13) });
    page.frame();
    expect(alert(view)).toBe('Thirteen cannot be drawn.');
    expect(log).toHaveBeenCalledOnce();
  });

  it('names the panel', () => {
    const { view } = mounted(NumberView, NumberModel, { header: header(4) });
    expect(view.el.getAttribute('aria-label')).toBe('Number');
    page.frame();
    expect(view.el.getAttribute('aria-label')).toBe('Number 4');
  });
});

describe('a panel', () => {
  it('asks for a snapshot when it is mounted', () => {
    expect(mounted(NumberView, NumberModel).sent).toEqual([{ kind: 'snapshot' }]);
  });

  it('says when it goes off screen, once', () => {
    const { sent } = mounted(NumberView, NumberModel);
    [true, true, false, false].forEach(visible => page.see(visible));
    expect(sent.slice(1)).toEqual([
      { kind: 'visible', visible: true, page: PAGE },
      { kind: 'visible', visible: false, page: PAGE }
    ]);
  });

  it('says when its tab goes to the back', () => {
    const { sent } = mounted(NumberView, NumberModel);
    page.see(true);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(sent.at(-1)).toEqual({ kind: 'visible', visible: false, page: PAGE });
  });

  it('says when its page goes, and when the browser brings the page back', () => {
    const { sent } = mounted(NumberView, NumberModel);
    page.see(true);
    window.dispatchEvent(new Event('pagehide'));
    expect(sent.at(-1)).toEqual({ kind: 'visible', visible: false, page: PAGE });
    window.dispatchEvent(new Event('pageshow'));
    expect(sent.at(-1)).toEqual({ kind: 'visible', visible: true, page: PAGE });
  });

  it('of a model shown twice stays visible while one of the two is', () => {
    const first = mounted(NumberView, NumberModel);
    page.see(true);
    const second = new NumberView({ model: first.model, options: {} });
    document.body.append(second.el);
    second.render();
    page.see(true);
    first.view.remove();
    expect(first.sent.at(-1)).toEqual({ kind: 'visible', visible: true, page: PAGE });
    second.remove();
    expect(first.sent.at(-1)).toEqual({ kind: 'visible', visible: false, page: PAGE });
  });

  it('shows what the kernel says, and what it waits for', () => {
    const { view, model } = mounted(NumberView, NumberModel);
    expect(status(view)).toBe('Waiting for the first numbers.');
    arrive(model, { message: 'scoring…' });
    expect([status(view), alert(view)]).toEqual(['scoring…', '']);
    const bar = view.el.querySelector('.hcnn-title')!.parentElement;
    expect(view.el.querySelector<HTMLElement>('[role=status]')!.title).toBe('scoring…');
    expect(view.el.querySelector('[role=status]')!.parentElement).toBe(bar);
  });

  it('says what is wrong above the drawing, as an alert, and nothing else meanwhile', () => {
    const { view, model, stage } = mounted(NumberView, NumberModel);
    arrive(model, { message: 'Training failed: the loss is NaN.', wrong: true });
    expect([status(view), alert(view)]).toEqual(['', 'Training failed: the loss is NaN.']);
    expect(stage.previousElementSibling).toBe(view.el.querySelector('[role=alert]'));
    arrive(model, { message: '', wrong: false });
    expect([status(view), alert(view)]).toEqual(['Waiting for the first numbers.', '']);
  });

  it('without a kernel says so and sends nothing', () => {
    const { view, model, sent } = mounted(NumberView, NumberModel, { header: header(1) });
    const [box, menu] = [document.createElement('div'), document.createElement('select')];
    box.className = 'hcnn-box';
    document.body.append(box);
    box.append(menu, view.el);
    model.comm_live = false;
    expect(menu.hasAttribute('inert')).toBe(true);
    arrive(model, { header: header(2) });
    page.frame();
    expect(status(view)).toContain('No kernel is connected');
    expect(sent.filter(message => message.kind === 'ack')).toEqual([]);
  });

  it('draws the same frame again, unacknowledged, when theme or width change', async () => {
    const { view, sent } = mounted(NumberView, NumberModel, { header: header(1) });
    page.frame();
    document.body.dataset.jpThemeLight = 'false';
    await Promise.resolve();
    page.frame();
    page.widen(300);
    page.frame();
    page.widen(300);
    expect(page.requested()).toBe(0);
    expect(view.drawn).toEqual([1, 1, 1]);
    expect(sent.filter(message => message.kind === 'ack')).toHaveLength(1);
  });

  it('hands out its numbers as a file', async () => {
    const blobs: Blob[] = [];
    vi.stubGlobal('URL', {
      createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
      revokeObjectURL: vi.fn()
    });
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    const { view } = mounted(NumberView, NumberModel, { header: header(4) });
    page.frame();
    view.el.querySelectorAll<HTMLElement>('button')[1]!.click();
    expect(names).toEqual(['number-4.csv']);
    expect(await textOf(blobs[0]!)).toBe('number\r\n4\r\n');
  });
});

it('with further tables has a button for each, and a picture may take its time', async () => {
  class TablesView extends NumberView {
    protected override exportPicture = (): never =>
      Promise.resolve(document.createElement('canvas')) as never;
    protected override moreNumbers = () => [
      { label: 'CSV of squares', description: 'Save squares', rows: (n: number) => [['square'], [n * n]] }
    ];
  }
  const blobs: Blob[] = [];
  vi.stubGlobal('URL', {
    createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
    revokeObjectURL: vi.fn()
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(done => done(new Blob(['png'])));
  const { view } = mounted(TablesView, NumberModel, { header: header(3) });
  page.frame();
  const buttons = [...view.el.querySelectorAll<HTMLElement>('button')];
  buttons[2]!.click();
  buttons[0]!.click();
  await vi.waitFor(() => expect(blobs).toHaveLength(2));
  expect(await Promise.all(blobs.map(textOf))).toEqual(['square\r\n9\r\n', 'png']);
});

it('is drawn once more when a new theme has laid the page out', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const { view } = mounted(NumberView, NumberModel, { header: header(1) });
  page.frame();
  document.body.dataset.jpThemeLight = 'true';
  await Promise.resolve();
  page.frame();
  expect(view.drawn).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  page.frame();
  expect(view.drawn).toHaveLength(3);
  vi.useRealTimers();
});

it('leaves nothing behind when it is removed', () => {
  const { view, model, sent } = mounted(NumberView, NumberModel, { header: header(1) });
  page.see(true);
  page.frame();
  arrive(model, { header: header(2) });
  expect(page.observers()).toBeGreaterThan(0);
  expect(page.listeners(document.head)).toBeGreaterThan(0);
  view.remove();
  expect(page.observers()).toBe(0);
  expect(page.listeners(view.el)).toBe(0);
  expect(page.requested()).toBe(0);
  const told = sent.length;
  arrive(model, { header: header(3), message: 'late' });
  view.schedule();
  page.frame();
  document.dispatchEvent(new Event('visibilitychange'));
  expect(view.drawn).toEqual([1]);
  expect(sent).toHaveLength(told);
});
