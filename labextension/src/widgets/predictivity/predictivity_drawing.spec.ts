import { describe, expect, it } from 'vitest';

import { IT, MODELS, V4 } from '../../testing/explorer';
import { type Row, scoreState } from '../../testing/scores';
import { Fields } from '../../wire';
import { Layer, svgElement } from '../charts/svg_layer';
import { readScores } from '../scores/score_frame';
import { measureWithin, nameBars } from './predictivity_drawing';
import { barsLayout, lowestScore } from './predictivity_layout';

function bars(rows: Row[] = [V4, IT], width = 560, about: object = {}) {
  const { header, values } = scoreState(rows, MODELS);
  const frame = readScores(new Fields({ ...header, ...about }), values);
  const svg = svgElement('svg');
  const layout = barsLayout(frame, width, lowestScore(frame));
  new Layer(svg).draw(top => nameBars(top, frame, layout, false));
  const number = (element: Element | null | undefined, name: string): number =>
    Number(element?.getAttribute(name));
  return {
    svg,
    bars: () => [...svg.querySelectorAll('.hcnn-bars-bar')],
    number,
    /** Scores per pixel, and the place of 0, read off two ticks of the axis. */
    scale: () => {
      const ticks = [...svg.querySelectorAll('.hcnn-chart-grid, .hcnn-chart-axis')].map(line =>
        number(line, 'y1')
      );
      const zero = number(svg.querySelector('.hcnn-chart-axis'), 'y1');
      const next = Math.max(...ticks.filter(y => y < zero));
      return { zero, unit: (zero - next) / 0.2 };
    }
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
    }
  });

  it('carry the value of the best one, which is outlined', () => {
    const shown = bars();
    const best = shown.bars().map(bar => bar.classList.contains('hcnn-mod-best'));
    expect(best).toEqual([false, false, true, false, false, true]);
    expect(shown.svg.textContent).toContain('0.50');
  });

  it('have marks for untrained, pixels and ceiling at their scores', () => {
    const shown = bars([{ ...V4, ceiling: 0.55 }, IT]);
    const { zero, unit } = shown.scale();
    const score = (selector: string, index = 1): number =>
      (zero - shown.number(shown.svg.querySelectorAll(selector)[index], 'y1')) / unit;
    expect(score('.hcnn-bars-pixels')).toBeCloseTo(0.26, 2);
    expect(score('.hcnn-bars-ceiling')).toBeCloseTo(0.55, 2);
    [0.2, 0.3, 0.35].forEach((value, i) =>
      expect(score('.hcnn-bars-untrained', i + 1)).toBeCloseTo(value, 2)
    );
  });

  it('leave a ceiling above them all to an arrow, so that they have the room', () => {
    const [above, within] = [bars([V4]), bars([{ ...V4, ceiling: 0.55 }])];
    expect(above.svg.textContent).toContain('0.87 ↑');
    expect(above.svg.querySelectorAll('line.hcnn-bars-ceiling')).toHaveLength(1); // that of the legend
    expect(above.scale()).toEqual(within.scale());
  });

  it('leave the number of the ceiling where the best score is not written', () => {
    const overlaps = (value: number[], error: number[]): boolean => {
      const shown = bars([{ area: 'V4', value, error, ceiling: 0.87 }]);
      const text = (words: string): Element =>
        [...shown.svg.querySelectorAll('text')].find(one => one.textContent === words)!;
      const [ceiling, best] = [
        text(Math.max(...value) > 0.8 ? '0.87' : '0.87 ↑'),
        text(Math.max(...value).toFixed(2))
      ];
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

  it('say which recordings are simulated', () => {
    const texts = [...bars().svg.querySelectorAll('text')].map(text => text.textContent);
    expect(texts.filter(text => text === 'simulated')).toHaveLength(1);
    expect(texts.filter(text => text === 'recorded')).toHaveLength(1);
  });

  it('of no training under way explain only marks that are there', () => {
    const words = bars([{ ...IT, ceiling: 0.8 }], 560, { step: null }).svg.textContent;
    expect(words).toContain('noise ceiling');
    expect(words).not.toContain('untrained');
    expect(bars([IT]).svg.textContent).toContain('untrained');
  });
});

it('names a measure without what stands after its comma where that has no room', () => {
  const measure = 'Pearson r, mean of medians per fold';
  expect(measureWithin(measure, 120, 12)).toBe('Pearson r');
  expect(measureWithin(measure, 400, 12)).toBe(measure);
});
