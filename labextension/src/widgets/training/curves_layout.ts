/** Where each chart of training curves stands, and its scales: arithmetic only. */
import { type ScaleContinuousNumeric, type ScaleLinear, scaleLinear, scaleLog } from 'd3-scale';

import { textWidth, tickText, valueText } from '../charts/chart_words';
import { type Box, fontSize } from '../charts/sizes';
import { type Chart, type CurvesFrame, lastKnown, lastStep } from './curves_frame';

/** A chart's place: its cell, the frame of its axes, and its scales from data to pixels. */
export interface ChartPlace {
  cell: Box;
  plot: Box;
  x: ScaleLinear<number, number>;
  y: ScaleContinuousNumeric<number, number>;
  /** Where the legend begins and ends; null where another chart has it. */
  legend: { left: number; top: number; right: number } | null;
}

/** All places, and the size of the whole drawing. */
export interface CurvesLayout {
  width: number;
  height: number;
  font: number;
  /** Room beneath an axis: in a low cell the axis is named beside its last number. */
  foot: number;
  places: ChartPlace[];
}

const LEAST_WIDTH = 245;
const LEAST_WIDTH_IN_CELL = 165;
const GAP = 20;
/** The line of an entry of the legend. */
export const SWATCH = 22;
/** Between two entries of a legend: behind the last one there need be none. */
export const BETWEEN = 12;

/** How wide an entry of the legend is. */
export function legendWidth(label: string, font: number): number {
  return SWATCH + 8 + textWidth(label, font) + BETWEEN;
}

/** Room for the numbers of the y axes. */
function ticksWidth({ charts }: CurvesFrame, font: number): number {
  const ticks = charts.flatMap(chart =>
    chart.log ? decades(chart) : scaleLinear(yDomain(chart), [0, 1]).ticks(5)
  );
  return Math.max(3.6 * font, ...ticks.map(tick => textWidth(tickText(tick), font) + 9));
}

/** Room for the last values beside the ends of the curves: more where one is small or below 0. */
function endsWidth({ charts }: CurvesFrame, font: number): number {
  const own = charts.flatMap(({ series }) => series.filter(line => !line.ghost && lastKnown(line) >= 0));
  const widths = own.map(line => textWidth(valueText(line.mean[lastKnown(line)]!), font, true));
  return Math.max(3.8 * font, font * Math.ceil((Math.max(0, ...widths) + 7) / font));
}

/** How much room the title and unit of a chart take. */
export function titleWidth(chart: Chart, font: number): number {
  const unit = chart.unit ? textWidth(chart.unit, font) + 12 : 0;
  return textWidth(chart.label, font + 1, true) + unit + 24;
}

/**
 * Lays charts out side by side where there is room for it, else below each other.
 *
 * Where a height is given all charts end within it, down to a plot that is too low to be read.
 */
export function curvesLayout(frame: CurvesFrame, width: number, height = 0): CurvesLayout {
  const font = fontSize(width);
  const least = height > 0 ? LEAST_WIDTH_IN_CELL : LEAST_WIDTH;
  const columns = Math.max(1, Math.min(frame.charts.length, Math.floor((width + GAP) / (least + GAP))));
  const cellWidth = (width - GAP * (columns - 1)) / columns;
  const own = Math.max(0, ...frame.charts.map(chart => legendRows(chart, cellWidth, font)));
  // In a low cell the charts share a line for their legend, right of the name of the panel's first chart.
  const shared = height > 0 && own > 0;
  const rows = shared ? rowsWithin(everyLabel(frame), width, font) : own;
  const foot = (height > 0 ? 1.7 : 3.1) * font;
  const head = 1.9 * font + rows * (font + 8) + 10;
  const inCell = height / Math.ceil(frame.charts.length / columns) - 10 - head - foot;
  const free = Math.min(300, Math.max(175, cellWidth * 0.5));
  const plotHeight = Math.round(height > 0 ? Math.max(40, inCell) : free);
  const cellHeight = head + plotHeight + foot;
  const places = frame.charts.map((chart, index) => {
    const left = (index % columns) * (cellWidth + GAP);
    const top = Math.floor(index / columns) * (cellHeight + 10);
    const place = chartPlace(
      chart,
      { left, top, width: cellWidth, height: cellHeight },
      plotHeight,
      lastStep(frame),
      font,
      rows,
      foot,
      { ticks: ticksWidth(frame, font), ends: endsWidth(frame, font) }
    );
    const legend = { left: 0, top: place.legend!.top, right: width };
    return { ...place, legend: !shared ? place.legend : index === 0 ? legend : null };
  });
  const last = places.at(-1);
  return { width, height: last ? Math.ceil(last.cell.top + last.cell.height) : 0, font, foot, places };
}

/**
 * How far from the right end of the drawing the buttons of its panel stand, in the title line of a chart: of those that
 * have so much room behind their words the last one, so that the buttons cover nothing that is read.
 */
export function toolbarEnd(frame: CurvesFrame, layout: CurvesLayout, room: number): number {
  const free = layout.places
    .filter(({ cell, legend }, index) => {
      const chart = frame.charts[index]!;
      const lines = legend !== null && legend.left > cell.left ? chart.series : [];
      const words = lines.reduce(
        (sum, { label }) => sum + legendWidth(label, layout.font),
        titleWidth(chart, layout.font)
      );
      return cell.top === 0 && words + room <= cell.width;
    })
    .at(-1);
  return free ? layout.width - free.cell.left - free.cell.width : 0;
}

function chartPlace(
  chart: Chart,
  cell: Box,
  height: number,
  last: number,
  font: number,
  rows: number,
  foot: number,
  beyond: { ticks: number; ends: number }
): ChartPlace {
  const left = cell.left + beyond.ticks;
  const top = cell.top + cell.height - foot - height;
  const plot = { left, top, width: cell.width - beyond.ticks - beyond.ends, height };
  const right = cell.left + cell.width;
  const beside = { left: cell.left + titleWidth(chart, font), top: cell.top + font - 2, right };
  const below = { left: cell.left, top: cell.top + 2.4 * font + 2, right };
  return {
    cell,
    plot,
    x: scaleLinear([0, Math.max(last, 1)], [left, left + plot.width]),
    y: chart.log
      ? scaleLog(decades(chart), [top + height, top]).clamp(true)
      : scaleLinear(yDomain(chart), [top + height, top]),
    legend: rows === 0 ? beside : below
  };
}

/** Rows that a legend needs of its own: none where it fits beside the title. */
function legendRows(chart: Chart, width: number, font: number): number {
  const labels = chart.series.map(({ label }) => label);
  const whole = labels.reduce((sum, label) => sum + legendWidth(label, font), titleWidth(chart, font));
  return whole <= width ? 0 : rowsWithin(labels, width, font);
}

function everyLabel(frame: CurvesFrame): string[] {
  return [...new Set(frame.charts.flatMap(({ series }) => series.map(({ label }) => label)))];
}

function rowsWithin(labels: string[], width: number, font: number): number {
  let rows = 1;
  let used = 0;
  for (const one of labels.map(label => legendWidth(label, font))) {
    const full = used > 0 && used + one - BETWEEN > width;
    rows += full ? 1 : 0;
    used = full ? one : used + one;
  }
  return rows;
}

/** Of a range that begins higher, the part between 0 and its foot would be empty. */
const FROM_ZERO = 0.4;

/**
 * The range of the y axis: what the chart asks for, else to a round number above all bands, from 0 or, where all is far
 * above that, from a round number below all bands.
 */
export function yDomain(chart: Chart): [number, number] {
  let [low, high] = reach(chart);
  low = low > 0 && low < FROM_ZERO * high ? 0 : low;
  if (!(high > low)) {
    low = Math.min(0, low);
    high = low + Math.max(1, high - low);
  }
  const [from, to] = scaleLinear([low, high], [0, 1]).nice(4).domain() as [number, number];
  return [chart.yMin ?? from, chart.yMax ?? to];
}

/** The powers of ten around all means of a chart. */
export function decades(chart: Chart): [number, number] {
  const means = chart.series
    .flatMap(({ mean }) => [...mean])
    .filter(number => number > 0 && number < Infinity);
  const low = Math.floor(Math.log10(Math.min(...means)));
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(Math.max(...means))))];
}

/** The smallest and the largest number of all bands; 0 and 1 where there is none. */
function reach(chart: Chart): [number, number] {
  const bands = chart.series.flatMap(series => [series.mean, series.low, series.high]);
  let low = Infinity;
  let high = -Infinity;
  for (const number of bands.flatMap(numbers => [...numbers]).filter(Number.isFinite)) {
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return high >= low ? [low, high] : [0, 1];
}
