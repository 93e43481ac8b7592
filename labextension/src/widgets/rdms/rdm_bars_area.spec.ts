import { beforeEach, describe, expect, it, vi } from 'vitest';

import { notedPen, rdmFrame } from '../../testing/rdms';
import { ChartStage } from '../charts/chart_stage';
import { BarsArea } from './rdm_bars_area';
import { drawBars } from './rdm_bars_drawing';
import type { RdmFrame } from './rdm_frame';
import { rowOf } from './rdm_bars_layout';
import { type RdmLayout, rdmLayout } from './rdm_layout';

let chart: ChartStage;
let area: BarsArea;
let chosen: string[];
let frame: RdmFrame;
let layout: RdmLayout;
const life = new AbortController();

function draw(header = {}, change: (frame: RdmFrame) => void = () => undefined): void {
  frame = rdmFrame(header);
  change(frame);
  layout = rdmLayout(frame, 1000, 0, 0.55);
  chart.page.draw(top => {
    top.group('bars', {}, layer => drawBars(layer, frame, layout, false));
    top.group('bar', {}, () => undefined);
  });
  area.place(frame, layout);
}

beforeEach(() => {
  notedPen();
  document.body.replaceChildren();
  const stage = document.createElement('div');
  document.body.append(stage);
  chart = new ChartStage(stage, life.signal);
  chosen = [];
  area = new BarsArea(chart, name => chosen.push(name), life.signal);
  chart.root.append(area.element);
  vi.spyOn(chart.svg, 'getBoundingClientRect').mockReturnValue({ left: 0, top: 0 } as DOMRect);
  draw();
});

const texts = (): string[] => [...chart.svg.querySelectorAll('text')].map(text => text.textContent);
const press = (key: string, init = {}): boolean =>
  area.element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
const point = (kind: string, brain: number, bar: number): boolean => {
  const { plot } = layout.bars[brain]!;
  const clientY = plot.top + (rowOf(layout, bar) + 0.5) * layout.rowHeight;
  return area.element.dispatchEvent(new MouseEvent(kind, { clientX: plot.left + 4, clientY }));
};
const voice = (): string => chart.root.querySelector('[aria-live]')!.textContent;

describe('the bars', () => {
  it('are one per model area and other model of each brain area, where they are known', () => {
    expect(chart.svg.querySelectorAll('.hcnn-rdm-bar')).toHaveLength(3);
    expect(chart.svg.querySelectorAll('.hcnn-rdm-reference')).toHaveLength(1);
    expect(texts()).toEqual(
      expect.arrayContaining(['V1', 'IT', 'other models', 'animacy', '0.24', '0.22', 'untrained'])
    );
    expect(chart.svg.querySelectorAll('.hcnn-rdm-bar.hcnn-mod-shown')).toHaveLength(1);
  });

  it('begin at zero and are as long as their score', () => {
    const { x } = layout.bars[0]!;
    const bar = chart.svg.querySelector('.hcnn-rdm-bar.hcnn-mod-shown')!;
    expect(Number(bar.getAttribute('x'))).toBeCloseTo(x(0), 1);
    expect(Number(bar.getAttribute('width'))).toBeCloseTo(x(0.24) - x(0), 1);
  });

  it('say ceiling, bound and simulated in the title, and why there is no ceiling', () => {
    expect(texts()).toContain('human IT, ceiling 0.25 to 0.48');
    expect(texts()).toContain('V1 (simulated), one trial: no ceiling');
    expect(chart.svg.querySelectorAll('g .hcnn-rdm-bound')).toHaveLength(2); // one of them in the legend
  });

  it('that are missing are a dash, and the card says why; while they are worked out there is none', () => {
    const dashes = (): number => texts().filter(text => text === '–').length;
    expect(dashes()).toBe(2);
    point('pointermove', 1, 2);
    expect(chart.card.element.textContent).toContain(
      "No score: it is this brain area's own RDM. ideal; made up"
    );
    draw({}, changed => changed.brains.forEach(brain => brain.noScore.fill('')));
    expect(dashes()).toBe(0);
  });

  it('say that scores are being worked out', () => {
    draw({ pending: true });
    expect(texts().filter(text => text === "Kendall's tau_A: comparing…")).toHaveLength(2);
  });

  it('go left from zero where a score is below, and a subject more has a ceiling that is not known yet', () => {
    draw({}, changed => {
      changed.brains[0]!.value[0] = -0.05;
      changed.brains[0]!.lower = NaN;
      changed.references = [];
    });
    const { x } = layout.bars[0]!;
    const bar = chart.svg.querySelector('.hcnn-rdm-bar')!;
    expect(Number(bar.getAttribute('x'))).toBeCloseTo(x(-0.05), 1);
    expect(texts()).toContain('human IT');
    expect(texts()).not.toContain('other models');
  });
});

describe('the field over the bars', () => {
  it('sums up what they say', () => {
    const name = area.element.getAttribute('aria-label')!;
    expect(name).toContain('Most alike to human IT: model area IT, 0.24');
    expect(name).toContain('made up' === frame.source ? '1 - Pearson r' : '');
  });

  it('is walked with the arrow keys, and each bar is said and marked', () => {
    expect(press('ArrowDown')).toBe(false);
    expect(voice()).toContain('human IT: model area V1 0.05');
    press('ArrowDown');
    press('ArrowDown');
    press('ArrowDown');
    expect(voice()).toContain('human IT: animacy 0.22');
    expect(voice()).toContain('animacy: ideal; made up.');
    press('ArrowRight');
    expect(voice()).toContain('V1 (simulated): animacy –');
    press('ArrowLeft');
    press('ArrowUp');
    expect(voice()).toContain('human IT: model area IT 0.24');
    expect(chart.svg.querySelector('.hcnn-bars-mark')).not.toBeNull();
    expect(chart.card.element.textContent).toContain('noise ceiling0.25 to 0.48');
    press('Escape');
    expect(chart.svg.querySelector('.hcnn-bars-mark')).toBeNull();
  });

  it('of an RDM that is no model’s shows its own name', () => {
    draw({ of_model: false });
    point('pointermove', 0, 1);
    expect(chart.root.querySelector('.hcnn-card-name')!.textContent).toBe('IT');
  });

  it('chooses a model area with Enter or a click, and no other model', () => {
    press('ArrowDown');
    press('Enter');
    point('click', 1, 1);
    point('click', 0, 2);
    expect(chosen).toEqual(['V1', 'IT']);
  });

  it('shows the numbers of what is pointed at, until the pointer goes', () => {
    point('pointermove', 0, 2);
    expect(chart.card.element.textContent).toContain('animacy0.22');
    expect(chart.card.element.textContent).toContain("Kendall's tau_A. ideal; made up");
    expect(chart.card.element.textContent).not.toContain('untrained');
    area.element.dispatchEvent(new MouseEvent('pointerleave'));
    expect(chart.card.element.hidden).toBe(true);
  });

  it('keeps its mark from frame to frame, and drops it where the bar is gone', () => {
    press('ArrowDown');
    draw();
    expect(chart.svg.querySelector('.hcnn-bars-mark')).not.toBeNull();
    press('ArrowRight');
    draw({}, changed => changed.brains.pop());
    expect(chart.svg.querySelector('.hcnn-bars-mark')).toBeNull();
  });

  it('takes no key that it does not use', () => {
    expect(press('b')).toBe(true);
    expect(press('ArrowDown', { ctrlKey: true })).toBe(true);
    expect(voice()).toBe('');
  });
});
