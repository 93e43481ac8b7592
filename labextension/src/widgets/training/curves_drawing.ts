/** Training curves drawn in SVG: line = mean, band = smallest to largest, last value at the line's end. */
import { area, line } from 'd3-shape';

import { lineColour } from '../charts/chart_colours';
import { capitalised, textWidth, tickText, valueText } from '../charts/chart_words';
import { type Chart, type CurvesFrame, type Series, lastKnown, nearestKnown } from './curves_frame';
import { BETWEEN, type ChartPlace, type CurvesLayout, SWATCH, legendWidth } from './curves_layout';
import type { Layer } from '../charts/svg_layer';

const DASHES: Record<string, string> = { 'held-out': '6 4', chance: '1.5 4' };
const MOST_MARKERS = 60;

/** What a line looks like: the same in plot, legend and card. */
export interface LineStyle {
  colour: string;
  dashes: string | undefined;
  width: number;
}

/** Of another run: thin and pale, whatever it measures. */
const GHOST: LineStyle = {
  colour: 'color-mix(in srgb, var(--jp-ui-font-color1) 60%, transparent)',
  dashes: undefined,
  width: 1.25
};

/** The style of the `index`-th series of a chart. */
export function lineStyle(series: Series, index: number): LineStyle {
  return series.ghost
    ? GHOST
    : { colour: lineColour(series.label, index), dashes: DASHES[series.label], width: 2.5 };
}

/** Draws all charts of a frame. */
export function drawCurves(page: Layer, frame: CurvesFrame, layout: CurvesLayout): void {
  page.draw(top => {
    frame.charts.forEach((chart, index) => {
      const place = layout.places[index]!;
      top.group(`chart-${index}`, { class: 'hcnn-chart-cell' }, cell => {
        cell.group('title', {}, layer => drawTitle(layer, chart, place, layout.font));
        cell.group('legend', {}, layer =>
          drawLegend(layer, explained(frame, layout, index), place, layout.font)
        );
        cell.group('axes', {}, layer => drawAxes(layer, frame.xLabel, chart.log, place, layout));
        chart.series.forEach((series, i) => {
          const style = lineStyle(series, i);
          const look = { style: `color: ${style.colour}` };
          cell.group(`series-${series.label}`, look, layer => drawSeries(layer, series, style, place));
        });
        cell.group('ends', {}, layer => drawEnds(layer, chart, place, layout.font));
      });
    });
    top.group('crosshair', { class: 'hcnn-crosshair' }, () => undefined);
  });
}

function drawTitle(layer: Layer, chart: Chart, { cell }: ChartPlace, font: number): void {
  const y = cell.top + font + 2;
  const size = font + 1;
  const look = { class: 'hcnn-chart-title', 'font-size': size, x: cell.left, y };
  const title = layer.text('name', capitalised(chart.label), look);
  title.setAttribute('font-weight', '600');
  if (chart.unit) {
    const x = cell.left + textWidth(chart.label, size, true) + 12;
    layer.text('unit', chart.unit, { class: 'hcnn-chart-quiet', 'font-size': font, x, y });
  }
}

/** The lines that a chart's legend explains, with their styles: its own, or those of all charts where they share it. */
function explained({ charts }: CurvesFrame, { places }: CurvesLayout, index: number): [Series, LineStyle][] {
  const shared = places.some(({ legend }) => legend === null);
  const styled = (shared ? charts : [charts[index]!]).flatMap(({ series }) =>
    series.map((line, i): [string, [Series, LineStyle]] => [line.label, [line, lineStyle(line, i)]])
  );
  return places[index]!.legend === null ? [] : [...new Map(styled).values()];
}

function drawLegend(
  layer: Layer,
  lines: [Series, LineStyle][],
  { cell, legend }: ChartPlace,
  font: number
): void {
  let { left: x, top: y } = legend ?? cell;
  const right = legend?.right ?? 0;
  lines.forEach(([series, { colour, dashes, width }], index) => {
    const needed = legendWidth(series.label, font);
    if (x > cell.left && x + needed - BETWEEN > right) {
      x = cell.left;
      y += font + 8;
    }
    const ink = { style: `color: ${colour}` };
    const stroke = { stroke: 'currentColor', 'stroke-width': width, 'stroke-dasharray': dashes };
    layer.shape('line', `swatch-${index}`, { x1: x, x2: x + SWATCH, y1: y, y2: y, ...stroke, ...ink });
    if (series.marker) {
      layer.shape('circle', `dot-${index}`, {
        cx: x + SWATCH / 2,
        cy: y,
        r: 3.5,
        fill: 'currentColor',
        ...ink
      });
    }
    const look = { class: 'hcnn-chart-text', 'font-size': font, x: x + SWATCH + 7, y: y + font * 0.35 };
    layer.text(`label-${index}`, series.label, look);
    x += needed;
  });
}

function drawAxes(
  layer: Layer,
  xLabel: string,
  log: boolean,
  { plot, x, y }: ChartPlace,
  { font, foot }: CurvesLayout
): void {
  const right = plot.left + plot.width;
  const floor = plot.top + plot.height;
  const small = { class: 'hcnn-chart-quiet', 'font-size': font };
  for (const tick of yTicks(y, plot.height > 200 ? 5 : 4, log)) {
    const at = y(tick);
    const rule = tick === 0 || at === floor ? 'hcnn-chart-axis' : 'hcnn-chart-grid';
    layer.shape('line', `y-rule-${tick}`, { class: rule, x1: plot.left, x2: right, y1: at, y2: at });
    const place = { x: plot.left - 8, y: at + font * 0.35, 'text-anchor': 'end' };
    layer.text(`y-tick-${tick}`, tickText(tick), { ...small, ...place });
  }
  for (const tick of x.ticks(Math.max(2, Math.floor(plot.width / 70))).filter(Number.isInteger)) {
    const at = x(tick);
    layer.shape('line', `x-rule-${tick}`, {
      class: 'hcnn-chart-axis',
      x1: at,
      x2: at,
      y1: floor,
      y2: floor + 4
    });
    // The last number stays off the name of the axis beside it.
    const within = foot > 3 * font || at + textWidth(tickText(tick), font) / 2 <= right;
    layer.text(`x-tick-${tick}`, tickText(tick), {
      ...small,
      x: within ? at : right,
      y: floor + font + 5,
      'text-anchor': within ? 'middle' : 'end'
    });
  }
  const beneath = { x: plot.left + plot.width / 2, y: floor + 2.25 * font + 6, 'text-anchor': 'middle' };
  const beside = { x: right + 10, y: floor + font + 5 };
  layer.text('x-label', xLabel, { ...small, ...(foot > 3 * font ? beneath : beside) });
}

/** Numbers with a tick: of powers of ten as many as have room, evenly. */
function yTicks(y: ChartPlace['y'], most: number, log: boolean): number[] {
  if (!log) {
    return y.ticks(most);
  }
  const [low, high] = y.domain().map(Math.log10) as [number, number];
  const apart = Math.ceil((high - low) / most);
  return Array.from(
    { length: Math.floor((high - low) / apart) + 1 },
    (_, i) => 10 ** Math.round(low + i * apart)
  );
}

function drawSeries(layer: Layer, series: Series, style: LineStyle, { x, y }: ChartPlace): void {
  const indices = [...series.x.keys()];
  const at = (i: number): number => x(series.x[i]!);
  const known = (...numbers: (number | undefined)[]): boolean => numbers.every(Number.isFinite);
  const band = area<number>(
    at,
    i => y(series.low[i]!),
    i => y(series.high[i]!)
  );
  band.defined(i => known(series.x[i], series.low[i], series.high[i]) && series.low[i]! <= series.high[i]!);
  const mean = line<number>(at, i => y(series.mean[i]!)).defined(i => known(series.x[i], series.mean[i]));
  const flat = indices.every(i => series.low[i] === series.high[i]);
  layer.shape('path', 'band', {
    d: flat ? '' : (band(indices) ?? ''),
    fill: 'currentColor',
    'fill-opacity': 0.25
  });
  const stroke = { stroke: 'currentColor', 'stroke-width': style.width, 'stroke-dasharray': style.dashes };
  const joins = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
  layer.shape('path', 'mean', { d: mean(indices) ?? '', ...stroke, ...joins });
  if (series.marker && indices.length <= MOST_MARKERS) {
    for (const i of indices.filter(i => known(series.x[i], series.mean[i]))) {
      layer.shape('circle', `dot-${i}`, { cx: at(i), cy: y(series.mean[i]!), r: 3.5, fill: 'currentColor' });
    }
  }
}

/** The last value of each series of the run itself beside its end, moved apart where two would overlap. */
function drawEnds(layer: Layer, chart: Chart, { plot, y }: ChartPlace, font: number): void {
  const ends = chart.series
    .map((series, index) => ({ series, index, last: lastKnown(series) }))
    .filter(({ series, last }) => last >= 0 && !series.ghost)
    .map(({ series, index, last }) => ({
      series,
      index,
      value: series.mean[last]!,
      at: y(series.mean[last]!)
    }));
  const places = apart(
    ends.map(end => end.at),
    font + 2,
    plot.top,
    plot.top + plot.height
  );
  ends.forEach(({ series, index, value }, i) => {
    const { colour } = lineStyle(series, index);
    const look = {
      class: 'hcnn-chart-value',
      'font-size': font,
      'font-weight': 600,
      style: `color: ${colour}`
    };
    const x = plot.left + plot.width + 7;
    layer.text(`end-${series.label}`, valueText(value), { ...look, x, y: places[i]! + font * 0.35 });
  });
}

/** Moves places at least `gap` apart, each as little as may be, within `from` to `to`. */
export function apart(places: readonly number[], gap: number, from: number, to: number): number[] {
  const order = [...places.keys()].sort((a, b) => places[a]! - places[b]!);
  const moved = places.map(place => Math.min(to, Math.max(from, place)));
  order.forEach((at, i) => {
    const before = order[i - 1];
    moved[at] = before === undefined ? moved[at]! : Math.max(moved[at]!, moved[before]! + gap);
  });
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const after = order[i + 1];
    moved[order[i]!] = Math.min(moved[order[i]!]!, after === undefined ? to : moved[after]! - gap);
  }
  return moved;
}

/** Marks a step in all charts: a line, and a dot on each curve's nearest point. `null` takes it off. */
export function drawCrosshair(
  layer: Layer,
  frame: CurvesFrame,
  layout: CurvesLayout,
  step: number | null
): void {
  layer.draw(marks => {
    if (step === null) {
      return;
    }
    frame.charts.forEach((chart, index) => {
      const { plot, x, y } = layout.places[index]!;
      const at = x(step);
      const rule = { class: 'hcnn-chart-cross', x1: at, x2: at, y1: plot.top, y2: plot.top + plot.height };
      marks.shape('line', `rule-${index}`, rule);
      chart.series.forEach((series, i) => {
        const nearest = nearestKnown(series, step);
        if (nearest >= 0) {
          const place = { cx: x(series.x[nearest]!), cy: y(series.mean[nearest]!), r: 5 };
          marks.shape('circle', `dot-${index}-${i}`, { class: 'hcnn-chart-cross-dot', ...place });
        }
      });
    });
  });
}
