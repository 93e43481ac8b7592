import { beforeEach, describe, expect, it } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import type { Fields } from '../../wire';
import type { Cell } from '../panel/export';
import { FrameModel } from '../panel/frame_view';
import { type CardBeside, ChartView, type Painted } from './chart_view';

class DotsModel extends FrameModel {
  static override readonly panel = 'Dots';
}

/** So many dots, 10 pixels apart. */
class DotsView extends ChartView<number> {
  drawn = -1;
  protected read = (header: Fields): number => header.integer('dots');
  protected panelTitle = (): string => 'Dots';
  protected exportNumbers = (dots: number): Cell[][] => [['dots'], [dots]];
  protected override places = (dots: number): number => dots;
  protected override placeAt = (dots: number, x: number): number => Math.min(dots, Math.floor(x / 10));
  protected override sentence = (dots: number, place: number): string => `Dot ${place + 1} of ${dots}`;
  protected override drawMark(_dots: number, place: number): void {
    this.drawn = place;
  }
  protected paintChart(dots: number, width: number): Painted {
    this.marked = Math.min(this.marked, dots - 1);
    return { width, height: 20, label: `${dots} dots` };
  }
  protected override card(_dots: number, place: number): CardBeside {
    return { content: { title: `Dot ${place + 1}`, rows: [] }, x: 10 * place, y: 10 };
  }
}

let page: Page;
beforeEach(() => {
  page = standIns();
});

function dots(count: number) {
  const panel = mounted(DotsView, DotsModel, { header: { sequence: 1, dots: count } });
  page.frame();
  const { el } = panel.view;
  const svg = el.querySelector('svg')!;
  return {
    ...panel,
    svg,
    heard: () => el.querySelector('[aria-live]')!.textContent,
    card: () => el.querySelector<HTMLElement>('.hcnn-card')!,
    /** Presses a key; returns whether it goes on to JupyterLab. */
    key: (key: string, held = {}) =>
      svg.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }))
  };
}

describe('the places of a chart', () => {
  it('are walked with the keys, each marked, with its card and said aloud', () => {
    const shown = dots(4);
    expect(shown.key('ArrowRight')).toBe(false);
    shown.key('End');
    shown.key('ArrowLeft');
    expect([shown.view.drawn, shown.heard(), shown.card().textContent]).toEqual([2, 'Dot 3 of 4', 'Dot 3']);
    expect(shown.card().hidden).toBe(false);
  });

  it('are left with Escape, which is not taken where none is marked', () => {
    const shown = dots(4);
    shown.key('Home');
    expect(shown.key('Escape')).toBe(false);
    expect([shown.view.drawn, shown.card().hidden]).toEqual([-1, true]);
    expect(shown.key('Escape')).toBe(true);
  });

  it('leave keys with Ctrl, Cmd or Alt, and those that do not walk, to JupyterLab', () => {
    const shown = dots(4);
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      expect(shown.key('ArrowRight', held)).toBe(true);
    }
    expect(shown.key('b')).toBe(true);
    expect(shown.view.drawn).toBe(-1);
  });

  it('are pointed at, and left with the pointer', () => {
    const shown = dots(4);
    shown.svg.dispatchEvent(new MouseEvent('pointermove', { clientX: 25, clientY: 5 }));
    expect([shown.view.drawn, shown.card().textContent]).toEqual([2, 'Dot 3']);
    shown.svg.dispatchEvent(new MouseEvent('pointerleave'));
    expect([shown.view.drawn, shown.card().hidden]).toEqual([-1, true]);
  });

  it('stay marked when another frame comes', () => {
    const shown = dots(4);
    shown.key('End');
    arrive(shown.model, { header: { sequence: 2, dots: 3 } });
    page.frame();
    expect([shown.view.drawn, shown.card().hidden]).toEqual([2, false]);
    expect(shown.svg.getAttribute('aria-label')).toBe('3 dots');
  });
});

it('a chart that is removed leaves no listener', () => {
  const { view } = dots(2);
  view.remove();
  expect([page.observers(), page.listeners(view.el)]).toEqual([0, 0]);
});
