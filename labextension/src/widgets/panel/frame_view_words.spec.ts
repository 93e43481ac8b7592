/** What a panel says when its kernel goes and comes, when something is missing, and when it is cleared. */
import { beforeEach, describe, expect, it } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { type Fields, PAGE } from '../../wire';
import { FrameModel, FrameView } from './frame_view';
import { SAVED_PAGE, unheard } from './unheard';

class NumberModel extends FrameModel {
  static override readonly panel = 'Number';
}

class NumberView extends FrameView<number> {
  drawn: number[] = [];
  protected read = (header: Fields): number => header.integer('number');
  protected mount = (): void => undefined;
  protected draw(frame: number): void {
    this.drawn.push(frame);
  }
  protected panelTitle = (frame: number | null): string => (frame === null ? 'Number' : `Number ${frame}`);
  protected exportPicture = (): null => null;
  protected exportNumbers = (): [] => [];
}

const header = (number: number): object => ({ sequence: number, number });
const alert = (view: NumberView): string => view.el.querySelector('[role=alert]')!.textContent;
const status = (view: NumberView): string => view.el.querySelector('[role=status]')!.textContent;

let page: Page;
beforeEach(() => {
  page = standIns();
});

describe('a panel', () => {
  it('that waited says that it is lost, not that it waits', () => {
    const { view, model } = mounted(NumberView, NumberModel, { message: 'scoring…' });
    model.comm_live = false;
    expect(status(view)).toBe('No kernel is connected: run the cell again.');
    arrive(model, { header: header(1) });
    page.frame();
    expect(status(view)).toBe('No kernel is connected: run the cell again.');
  });

  it('says of a line that is cut that the kernel may have more to tell, and of no cell to run', () => {
    expect(unheard(true, true)).toBe('No kernel is connected: this is the last state it sent.');
    expect(unheard(false, true)).toBe('No kernel is connected.');
  });

  it('says on a saved page, which has no cells, nothing of a kernel or of cells', () => {
    document.body.dataset[SAVED_PAGE] = '';
    const { view, model } = mounted(NumberView, NumberModel, { message: 'Kernels as they form' });
    model.comm_live = false;
    expect(status(view)).toBe('Nothing was shown here yet when the page was saved.');
    arrive(model, { header: header(1) });
    page.frame();
    expect([status(view), view.shownFrame]).toEqual(['', 1]);
    delete document.body.dataset[SAVED_PAGE];
  });

  it('asks for the present state when its kernel is there again, and says whether it is seen', () => {
    const { view, model, sent } = mounted(NumberView, NumberModel, { message: 'scoring…' });
    page.see(true);
    model.comm_live = false;
    const before = sent.length;
    model.comm_live = true;
    expect(sent.slice(before)).toEqual([
      { kind: 'snapshot' },
      { kind: 'visible', visible: true, page: PAGE }
    ]);
    expect(status(view)).toBe('scoring…');
  });

  it('shows what is missing beside what it waits for, and once', () => {
    const { view, model } = mounted(NumberView, NumberModel);
    arrive(model, { notice: 'V4 is missing.', message: 'V4 is missing.', wrong: true });
    expect([status(view), alert(view)]).toEqual(['', 'V4 is missing.']);
    arrive(model, { message: 'scoring…', wrong: false });
    expect([status(view), alert(view)]).toEqual(['scoring…', 'V4 is missing.']);
    arrive(model, { message: 'V4 is missing.', wrong: false });
    expect([status(view), alert(view)]).toEqual(['', 'V4 is missing.']);
    arrive(model, { notice: '', message: '' });
    expect([status(view), alert(view)]).toEqual(['Waiting for the first numbers.', '']);
  });

  it('does not wait for numbers that have come and are not drawn yet', () => {
    const { view, model } = mounted(NumberView, NumberModel, { message: 'scoring…' });
    arrive(model, { message: '', header: header(1) });
    expect([status(view), view.shownFrame]).toEqual(['', null]);
    page.frame();
    expect([status(view), view.shownFrame]).toEqual(['', 1]);
  });

  it('takes what is of a former training off the page', () => {
    const { view, model } = mounted(NumberView, NumberModel, { header: header(1) });
    page.frame();
    expect(view.el.classList.contains('hcnn-mod-waiting')).toBe(false);
    arrive(model, { header: {}, message: 'No training to show yet.' });
    page.frame();
    expect(view.shownFrame).toBeNull();
    expect(view.el.classList.contains('hcnn-mod-waiting')).toBe(true);
    expect(view.el.getAttribute('aria-label')).toBe('Number');
    arrive(model, { header: header(2) });
    page.frame();
    expect([view.shownFrame, view.drawn]).toEqual([2, [1, 2]]);
  });
});
