import { beforeEach, describe, expect, it } from 'vitest';

import { IT, MODELS, V4 } from '../../testing/explorer';
import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { type Row, scoreState } from '../../testing/scores';
import { PredictivityBarsModel, PredictivityBarsView } from './predictivity_bars';

let page: Page;
beforeEach(() => {
  page = standIns();
});

function bars(rows: Row[] = [V4, IT], width = 560) {
  const panel = mounted(PredictivityBarsView, PredictivityBarsModel, scoreState(rows, MODELS), width);
  page.frame();
  const { el } = panel.view;
  const number = (element: Element | null | undefined, name: string): number =>
    Number(element?.getAttribute(name));
  return {
    ...panel,
    svg: el.querySelector('svg')!,
    bars: () => [...el.querySelectorAll('.hcnn-bars-bar')],
    number,
    /** Scores per pixel, and the place of 0, read off two ticks of the axis. */
    scale: () => {
      const ticks = [...el.querySelectorAll('.hcnn-chart-grid, .hcnn-chart-axis')].map(line =>
        number(line, 'y1')
      );
      const zero = number(el.querySelector('.hcnn-chart-axis'), 'y1');
      const next = Math.max(...ticks.filter(y => y < zero));
      return { zero, unit: (zero - next) / 0.2 };
    },
    key: (name: string) =>
      el.querySelector('svg')!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  };
}

describe('the bars', () => {
  it('are as high as their scores on the scale of the axis, down from 0 where negative', () => {
    const shown = bars();
    const { zero, unit } = shown.scale();
    const heights = shown.bars().map(bar => shown.number(bar, 'height') / unit);
    [0.3, 0.4, 0.5, 0.1, 0, 0.2].forEach((score, i) => expect(heights[i]).toBeCloseTo(score, 2));
    expect(shown.number(shown.bars()[0], 'y')).toBeCloseTo(zero - 0.3 * unit, 0);
    expect(shown.number(shown.bars()[3], 'y')).toBeCloseTo(zero, 0);
  });

  it('do not overlap, and stay within the drawing at any width', () => {
    for (const width of [300, 560, 1200]) {
      const shown = bars([V4, IT], width);
      const places = shown.bars().map(bar => [shown.number(bar, 'x'), shown.number(bar, 'width')] as const);
      places.slice(1).forEach(([x], i) => expect(x).toBeGreaterThanOrEqual(places[i]![0] + places[i]![1]));
      expect(places.at(-1)![0] + places.at(-1)![1]).toBeLessThanOrEqual(width);
      shown.view.remove();
    }
  });

  it('carry the value of the best one, which is outlined', () => {
    const shown = bars();
    const best = shown.bars().map(bar => bar.classList.contains('hcnn-mod-best'));
    expect(best).toEqual([false, false, true, false, false, true]);
    expect(shown.svg.textContent).toContain('0.50');
  });

  it('have marks for untrained, pixels and ceiling at their scores', () => {
    const shown = bars([V4]);
    const { zero, unit } = shown.scale();
    const score = (selector: string, index = 1): number =>
      (zero - shown.number(shown.svg.querySelectorAll(selector)[index], 'y1')) / unit;
    expect(score('.hcnn-bars-pixels')).toBeCloseTo(0.26, 2);
    expect(score('.hcnn-bars-ceiling')).toBeCloseTo(0.87, 2);
    [0.2, 0.3, 0.35].forEach((value, i) =>
      expect(score('.hcnn-bars-untrained', i + 1)).toBeCloseTo(value, 2)
    );
  });

  it('leave the number of the ceiling where the best score is not written', () => {
    const overlaps = (value: number[], error: number[]): boolean => {
      page = standIns();
      const shown = bars([{ area: 'V4', value, error, ceiling: 0.87 }]);
      const text = (words: string): Element =>
        [...shown.svg.querySelectorAll('text')].find(one => one.textContent === words)!;
      const [ceiling, best] = [text('0.87'), text(Math.max(...value).toFixed(2))];
      const at = (one: Element, name: string): number => Number(one.getAttribute(name));
      // Both are about 28 pixels wide; the best score has its middle at its x.
      const left = at(ceiling, 'x') - (ceiling.getAttribute('text-anchor') === 'end' ? 28 : 0);
      const aside = left > at(best, 'x') + 14 || left + 28 < at(best, 'x') - 14;
      return !aside && Math.abs(at(ceiling, 'y') - at(best, 'y')) < 13;
    };
    expect(overlaps([0.1, 0.86, 0.1], [NaN, NaN, NaN])).toBe(false);
    expect(overlaps([0.1, 0.1, 0.86], [NaN, NaN, NaN])).toBe(false);
    expect(overlaps([0.86, 0.1, 0.2], [0.01, NaN, NaN])).toBe(false);
    expect(overlaps([0.3, 0.1, 0.2], [NaN, NaN, NaN])).toBe(false);
  });

  it('have their best score written over every line, on a rim', () => {
    const { svg } = bars([{ ...V4, value: [0.3, 0.4, 0.86], ceiling: 0.9 }]);
    const best = [...svg.querySelectorAll('text')].find(text => text.textContent === '0.86')!;
    expect(best.classList).toContain('hcnn-chart-rim');
    for (const line of best.parentElement!.querySelectorAll('line')) {
      expect(line.compareDocumentPosition(best)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    }
  });

  it('reach neither legend nor names, where there is no ceiling and the untrained network does better', () => {
    const untrained = [0.05, 0.3, 0.4];
    const { svg, number } = bars([
      { area: 'V4', value: [-0.12, 0.05, 0.08], error: [0.12, 0.1, 0.1], untrained, pixels: 0.45 }
    ]);
    const legend = [...svg.querySelectorAll('.hcnn-chart-text')].map(text => number(text, 'y'));
    const name = [...svg.querySelectorAll('text')].find(text => text.textContent === 'V4')!;
    const area = svg.querySelector('.hcnn-bars-bar')!.parentElement!;
    const ends = [...area.querySelectorAll('line')].flatMap(line => [number(line, 'y1'), number(line, 'y2')]);
    expect(Math.min(...ends)).toBeGreaterThan(Math.max(...legend));
    expect(Math.max(...ends)).toBeLessThan(number(name, 'y') - number(name, 'font-size'));
  });

  it('whose areas have long names show both ends of them, and the whole to a pointer', () => {
    const name = 'layer'.repeat(40);
    const { svg } = bars([{ ...V4, area: name }, IT]);
    const written = [...svg.querySelectorAll('text')].map(text => text.textContent);
    expect(written.some(text => /^layer.*….*layer$/.test(text))).toBe(true);
    expect(Math.max(...written.map(text => text.length))).toBeLessThan(120);
    expect(svg.querySelector('title')!.textContent).toBe(name);
  });

  it('say which recordings are simulated, and what the numbers are', () => {
    const texts = [...bars().svg.querySelectorAll('text')].map(text => text.textContent);
    expect(texts.filter(text => text === 'simulated')).toHaveLength(1);
    expect(texts.filter(text => text === 'recorded')).toHaveLength(1);
    expect(texts.join(' ')).toContain('192 images; RidgeCV; median over sites; made up');
  });

  it('of no training under way are titled without a step, and only marks that are there are explained', () => {
    const { header, values } = scoreState([{ ...IT, ceiling: 0.8 }], MODELS);
    const panel = mounted(PredictivityBarsView, PredictivityBarsModel, {
      header: { ...header, step: null },
      values
    });
    page.frame();
    expect(panel.view.el.querySelector('.hcnn-title')!.textContent).toBe('Neural predictivity');
    const words = panel.view.el.querySelector('svg')!.textContent;
    expect(words).toContain('noise ceiling');
    expect(words).not.toContain('untrained');
    expect(bars([IT]).svg.textContent).toContain('untrained');
  });

  it('stay where they are when lower scores come', () => {
    const shown = bars();
    const before = shown.scale();
    arrive(shown.model, scoreState([{ ...V4, ceiling: 0.4, value: [0.1, 0.1, 0.1] }], MODELS, 341));
    page.frame();
    expect(shown.scale()).toEqual(before);
  });
});

describe('the keyboard', () => {
  it('walks the bars, each announced, with a card of its numbers', () => {
    const shown = bars();
    shown.key('ArrowRight');
    const voice = shown.view.el.querySelector('[aria-live=polite]')!;
    expect(voice.textContent).toContain('V4: model area V1 0.30');
    shown.key('End');
    expect(voice.textContent).toContain('IT (simulated): model area V4 0.20');
    const card = shown.view.el.querySelector<HTMLElement>('.hcnn-card')!;
    expect(card.textContent).toContain('model V40.20');
    expect(card.textContent).toContain('simulated');
    shown.key('Escape');
    expect(card.hidden).toBe(true);
  });
});

it('a removed panel leaves no observer and no listener', () => {
  const { view } = bars();
  view.remove();
  expect(page.observers()).toBe(0);
  expect(page.listeners(view.el)).toBe(0);
});
