import { describe, expect, it } from 'vitest';

import type { Chart, CurvesFrame } from './curves_frame';
import { curvesLayout, decades, legendWidth, yDomain } from './curves_layout';

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
  expect(plotTop(whole - 10)).toBeGreaterThan(plotTop(whole + 60));
});
