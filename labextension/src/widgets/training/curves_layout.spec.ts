import { describe, expect, it } from 'vitest';

import { textWidth, tickText, valueText } from '../charts/chart_words';
import type { Chart, CurvesFrame } from './curves_frame';
import { curvesLayout, decades, legendWidth, toolbarEnd, yDomain } from './curves_layout';

function chart(mean: number[], more: Partial<Chart> = {}): Chart {
  const numbers = Float32Array.from(mean);
  const series = { label: 'training', marker: false, ghost: false, x: numbers.map((_, i) => i) };
  return {
    label: 'loss',
    unit: '',
    yMin: undefined,
    yMax: undefined,
    log: false,
    series: [{ ...series, mean: numbers, low: numbers, high: numbers }],
    ...more
  };
}

describe('the axis of a chart', () => {
  it('begins near curves that are far above 0, so that they are not squeezed', () => {
    expect(yDomain(chart([4, 3]))).toEqual([3, 4]);
  });

  it('begins at 0 as soon as a curve comes near it', () => {
    expect(yDomain(chart([2.1, 0.7]))[0]).toBe(0);
  });

  it('goes below 0 with what is below', () => {
    expect(yDomain(chart([-0.4, 0.9]))).toEqual([-0.5, 1]);
  });

  it('has room for a curve that stands still, and for none', () => {
    for (const means of [[0], [3], [Number.NaN], []]) {
      const [low, high] = yDomain(chart(means));
      expect(high).toBeGreaterThan(low);
    }
  });

  it('is what its quantity asks for', () => {
    expect(yDomain(chart([0.3, 0.4], { yMin: 0, yMax: 1 }))).toEqual([0, 1]);
  });

  it('spans powers of ten where the kernel says that a curve has left its range', () => {
    expect(decades(chart([0.02, 3, 5e4]))).toEqual([0.01, 1e5]);
    const frame: CurvesFrame = { xLabel: 'step', charts: [chart([0.02, 3, 5e4], { log: true })] };
    const { plot, y } = curvesLayout(frame, 640).places[0]!;
    expect(y(0.01)).toBeCloseTo(plot.top + plot.height);
    expect(y(1e5)).toBeCloseTo(plot.top);
    expect(y(10) - y(100)).toBeCloseTo(y(100) - y(1000));
  });
});

it('gives a legend that charts of a low cell share as many lines as it needs', () => {
  const labels = ['training', 'held-out', 'another run with a long name, held-out', 'chance'];
  const [one] = chart([1, 2]).series;
  const series = labels.map(label => ({ ...one!, label }));
  const whole = labels.reduce((sum, label) => sum + legendWidth(label, 12), 0);
  const plotTop = (width: number): number =>
    curvesLayout({ xLabel: 'step', charts: [chart([], { series })] }, width, 220).places[0]!.plot.top;
  expect(plotTop(whole - 30)).toBeGreaterThan(plotTop(whole + 60));
});

it.each([0.0123, -0.0931, 8.2e5, 0.5])('has room for the last value %d beside the end of its curve', last => {
  const frame: CurvesFrame = { xLabel: 'step', charts: [chart([1, Math.fround(last)])] };
  const { plot, cell } = curvesLayout(frame, 404, 200).places[0]!;
  const words = textWidth(valueText(Math.fround(last)), 12, true);
  expect(plot.left + plot.width + 7 + words).toBeLessThanOrEqual(cell.left + cell.width);
});

it('has room for the numbers of an axis that goes down to a ten-thousandth', () => {
  const frame: CurvesFrame = { xLabel: 'step', charts: [chart([1, 2e-4], { log: true })] };
  const { plot, cell } = curvesLayout(frame, 404, 200).places[0]!;
  expect(plot.left - 8 - textWidth('0.0001', 12)).toBeGreaterThanOrEqual(cell.left);
});

it('has room for the numbers of an axis between thousandths', () => {
  const frame: CurvesFrame = { xLabel: 'step', charts: [chart([0.00127, 0.00092])] };
  const { plot, cell, y } = curvesLayout(frame, 404, 200).places[0]!;
  const longest = Math.max(...y.ticks(5).map(tick => textWidth(tickText(tick), 12)));
  expect(longest).toBeGreaterThan(textWidth('0.2', 12));
  expect(plot.left - 8 - longest).toBeGreaterThanOrEqual(cell.left);
});

describe('the buttons of the panel', () => {
  const score = { label: 'accuracy', unit: 'fraction correct' };
  const end = (width: number, ...charts: Chart[]): number => {
    const frame = { xLabel: 'step', charts };
    return toolbarEnd(frame, curvesLayout(frame, width, 200), 120);
  };

  it('stand at the end of the last title line where they cover none of its words', () => {
    expect(end(1200, chart([1, 2]), chart([0.1, 0.2], score))).toBe(0);
  });

  it('stand in that of a chart with a shorter name where the last has no room', () => {
    expect(end(404, chart([1, 2]), chart([0.1, 0.2], score))).toBeCloseTo(404 / 2 + 10);
  });

  it('stand at the right end where there is no room at all', () => {
    expect(end(200, chart([1, 2], score))).toBe(0);
  });
});
