/** Training curves as they come from the kernel: charts of series, twin of curves_frame.py. */
import { type Fields, floats } from '../../wire';
import { countText, valueText } from '../charts/chart_words';
import type { Cell } from '../panel/export';

/** One line with its band; four arrays of one length, NaN where nothing was measured. */
export interface Series {
  label: string;
  marker: boolean;
  /** Of another run, held against this one. */
  ghost: boolean;
  x: Float32Array;
  mean: Float32Array;
  low: Float32Array;
  high: Float32Array;
}

/** One quantity: training and held-out images together. */
export interface Chart {
  label: string;
  unit: string;
  yMin: number | undefined;
  yMax: number | undefined;
  /** Whether its axis is one of powers of ten. */
  log: boolean;
  series: Series[];
}

/** All charts of a panel at one moment. */
export interface CurvesFrame {
  xLabel: string;
  charts: Chart[];
}

/** Reads a frame; throws FrameError where header and numbers do not fit. */
export function readCurves(header: Fields, values: DataView): CurvesFrame {
  const charts = header.children('charts').map(chart => ({
    label: chart.text('label'),
    unit: chart.text('unit', ''),
    yMin: chart.optionalNumber('y_min'),
    yMax: chart.optionalNumber('y_max'),
    log: chart.flag('log', false),
    series: chart.children('series').map(series => readSeries(series, values))
  }));
  return { xLabel: header.text('x_label', 'step'), charts };
}

function readSeries(series: Fields, values: DataView): Series {
  const offset = series.integer('offset');
  const length = series.integer('length');
  const row = (index: number): Float32Array => floats(values, offset + index * length, length);
  return {
    label: series.text('label'),
    marker: series.flag('marker', false),
    ghost: series.flag('ghost', false),
    x: row(0),
    mean: row(1),
    low: row(2),
    high: row(3)
  };
}

/** The index of the last known mean of a series; -1 where there is none. */
export function lastKnown(series: Series): number {
  let last = series.mean.length - 1;
  while (last >= 0 && !(Number.isFinite(series.mean[last]) && Number.isFinite(series.x[last]))) {
    last -= 1;
  }
  return last;
}

/** The index of the known mean nearest to a place on the x axis; -1 where there is none. */
export function nearestKnown(series: Series, x: number): number {
  let best = -1;
  let distance = Infinity;
  series.x.forEach((at, index) => {
    if (Math.abs(at - x) < distance && Number.isFinite(series.mean[index])) {
      best = index;
      distance = Math.abs(at - x);
    }
  });
  return best;
}

/** The furthest step of a frame, of the run itself alone where that is asked for; 0 where there is none. */
export function lastStep(frame: CurvesFrame, ownAlone = false): number {
  let last = 0;
  for (const { series } of frame.charts) {
    for (const { x } of series.filter(({ ghost }) => !(ghost && ownAlone))) {
      last = x.reduce((furthest, at) => (at > furthest ? at : furthest), last);
    }
  }
  return last;
}

/** The last value of every curve, as a sentence. */
export function curvesSentence(frame: CurvesFrame): string {
  const said = frame.charts.flatMap(chart =>
    chart.series
      .filter(series => lastKnown(series) >= 0)
      .map(series => `${series.label} ${chart.label} ${valueText(series.mean[lastKnown(series)]!)}`)
  );
  if (said.length === 0) {
    return 'Training curves: nothing measured yet.';
  }
  return `Training curves up to ${frame.xLabel} ${countText(lastStep(frame, true))}: ${said.join(', ')}.`;
}

/** The numbers behind the curves, one row a point. */
export function curvesTable(frame: CurvesFrame): Cell[][] {
  const rows: Cell[][] = [['chart', 'unit', 'series', frame.xLabel, 'mean', 'low', 'high']];
  for (const chart of frame.charts) {
    for (const series of chart.series) {
      series.x.forEach((x, i) => {
        const numbers = [x, series.mean[i]!, series.low[i]!, series.high[i]!];
        rows.push([chart.label, chart.unit, series.label, ...numbers]);
      });
    }
  }
  return rows;
}
