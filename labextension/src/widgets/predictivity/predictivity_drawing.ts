/** Scores drawn as bars: whisker = error, tick = untrained, dotted = pixels, dashed = noise ceiling. */
import { depthColour } from '../charts/chart_colours';
import { clipped, scoreText, shortened, textWidth } from '../charts/chart_words';
import type { BarPlace, BarsLayout, LegendPlace } from './predictivity_layout';
import { type BrainScores, type ScoreFrame, bestOf, written } from '../scores/score_frame';
import type { Layer } from '../charts/svg_layer';

/** Names the shapes of legend, axis and bars, within a drawing that may hold more. */
export function nameBars(top: Layer, frame: ScoreFrame, layout: BarsLayout, dark: boolean): void {
  top.group('legend', {}, layer => {
    layout.legend.forEach(place => drawLegend(layer, place, frame.modelAreas.length, layout.font, dark));
  });
  top.group('axis', {}, layer => drawAxis(layer, layout, frame.measure));
  frame.brains.forEach((brain, b) => {
    top.group(`brain-${b}`, {}, layer => drawBrainArea(layer, frame, brain, b, layout, dark));
  });
  top.group('mark', {}, () => undefined);
}

/** Marks the bar that is pointed at; `undefined` takes the mark off. */
export function drawMark(layer: Layer, layout: BarsLayout, bar: BarPlace | undefined): void {
  layer.draw(mark => {
    if (bar) {
      const { plot } = layout;
      const place = { x: bar.left - 1.5, width: bar.width + 3, y: plot.top, height: plot.height };
      mark.shape('rect', 'mark', { class: 'hcnn-bars-mark', ...place });
    }
  });
}

function drawLegend(layer: Layer, place: LegendPlace, count: number, font: number, dark: boolean): void {
  const { kind, left, top, label } = place;
  const key = kind === 'model' ? `model-${place.model}` : kind;
  const middle = top - 0.35 * font;
  const line = { x1: left, x2: left + 18, y1: middle, y2: middle };
  if (kind === 'model') {
    const box = { x: left + 3, y: middle - 6, width: 12, height: 12, rx: 2 };
    layer.shape('rect', `${key}-swatch`, { ...box, fill: depthColour(place.model, count, dark) });
  } else if (kind === 'error') {
    const upright = { x1: left + 9, x2: left + 9, y1: middle - 7, y2: middle + 7 };
    layer.shape('line', `${key}-swatch`, { class: 'hcnn-bars-error', ...upright });
  } else if (kind === 'untrained') {
    layer.shape('line', `${key}-rim`, { class: 'hcnn-bars-untrained-rim', ...line });
    layer.shape('line', `${key}-swatch`, { class: 'hcnn-bars-untrained', ...line });
  } else {
    layer.shape('line', `${key}-swatch`, { class: `hcnn-bars-${kind}`, ...line });
  }
  layer.group(`${key}-label`, {}, words => {
    words.tooltip(place.whole, label);
    words.text('label', label, { class: 'hcnn-chart-text', 'font-size': font, x: left + 24, y: top });
  });
}

/** The name of a measure, without what stands after its comma where that has no room: as in widgets/predictivity. */
export function measureWithin(measure: string, room: number, font: number): string {
  return textWidth(measure, font) <= room ? measure : shortened(measure.split(',')[0]!, room, font);
}

/** Draws an axis of scores at the left of a plot, with what a score is beside it. */
export function drawAxis(
  layer: Layer,
  { plot, y, font, percent = false }: Pick<BarsLayout, 'plot' | 'y' | 'font'> & { percent?: boolean },
  measure: string
): void {
  const small = { class: 'hcnn-chart-quiet', 'font-size': font };
  for (const tick of y.ticks(5)) {
    const at = y(tick);
    const rule = tick === 0 ? 'hcnn-chart-axis' : 'hcnn-chart-grid';
    layer.shape('line', `rule-${tick}`, {
      class: rule,
      x1: plot.left,
      x2: plot.left + plot.width,
      y1: at,
      y2: at
    });
    const place = { x: plot.left - 6, y: at + 0.35 * font, 'text-anchor': 'end' };
    layer.text(`tick-${tick}`, tickWords(tick, percent), { ...small, ...place });
  }
  const [x, middle] = [plot.left - 1.6 * font - 20, plot.top + plot.height / 2];
  const turned = { x, y: middle, transform: `rotate(-90 ${x} ${middle})`, 'text-anchor': 'middle' };
  layer.text('title', measureWithin(measure, plot.height + 40, font), { ...small, ...turned });
}

/** A tick as short as it can be: the axis says what it is in. */
function tickWords(tick: number, percent: boolean): string {
  return percent ? written({ percent }, tick).replace(' %', '') : scoreText(tick).replace(/(\.\d)0$/, '$1');
}

function drawBrainArea(
  layer: Layer,
  frame: ScoreFrame,
  brain: BrainScores,
  index: number,
  layout: BarsLayout,
  dark: boolean
): void {
  const bars = layout.bars.filter(bar => bar.brain === index);
  const best = bestOf(brain);
  for (const bar of bars) {
    drawBar(
      layer,
      brain,
      bar,
      layout,
      depthColour(bar.model, frame.modelAreas.length, dark),
      bar.model === best
    );
  }
  drawLevels(layer, brain, bars, layout);
  drawBest(layer, brain, bars, layout);
  drawName(layer, brain, layout.groups[index]!, layout);
}

/** What all bars of a brain area are held against: lines across them. */
function drawLevels(
  layer: Layer,
  brain: BrainScores,
  bars: readonly BarPlace[],
  { y, font, percent }: BarsLayout
): void {
  const last = bars.at(-1)!;
  const span = { x1: bars[0]!.left - 4, x2: last.left + last.width + 4 };
  const levels = [
    ['pixels', brain.pixels],
    ['ceiling', brain.ceiling]
  ] as const;
  const [low, high] = y.domain() as [number, number];
  for (const [name, value] of levels) {
    if (value >= low && value <= high) {
      layer.shape('line', name, { class: `hcnn-bars-${name}`, ...span, y1: y(value), y2: y(value) });
    }
  }
  if (Number.isFinite(brain.ceiling)) {
    const beyond = brain.ceiling > high ? ' \u2191' : brain.ceiling < low ? ' \u2193' : '';
    const words = `${written({ percent }, brain.ceiling)}${beyond}`;
    const edge = Math.max(y(brain.ceiling), y(high));
    const look = { class: 'hcnn-chart-quiet hcnn-chart-rim', 'font-size': font - 1 };
    const at = { y: edge - 4, width: textWidth(words, font - 1) };
    const taken = bestLabel(brain, bars, { y, font, percent });
    const free = (left: number): boolean =>
      taken === null ||
      Math.abs(taken.y - at.y) >= 1.1 * font ||
      left > taken.right ||
      left + at.width < taken.left;
    // At the end of its line, at the beginning, or after it: wherever the best score is not written.
    const places = [
      { left: span.x2 - at.width, y: at.y },
      { left: span.x1, y: at.y },
      { left: span.x2 + 4, y: edge + 0.35 * font }
    ];
    const { left, y: foot } = places.find(place => free(place.left)) ?? places[2]!;
    layer.text('ceiling-value', words, { ...look, x: left, y: foot });
  }
}

/** Where the best score of a brain area is written; null where none is. */
function bestLabel(
  brain: BrainScores,
  bars: readonly BarPlace[],
  { y, font, percent }: Pick<BarsLayout, 'y' | 'font' | 'percent'>
): { left: number; right: number; y: number } | null {
  const bar = bars.find(({ model }) => model === bestOf(brain));
  if (!bar) {
    return null;
  }
  const [value, error] = [brain.value[bar.model]!, brain.error[bar.model]!];
  const foot = y(Math.max(value + (Number.isFinite(error) ? error : 0), 0)) - 5;
  const half = textWidth(written({ percent }, value), font + 1, true) / 2 + 2;
  const middle = bar.left + bar.width / 2;
  return { left: middle - half, right: middle + half, y: foot };
}

function drawName(
  layer: Layer,
  brain: BrainScores,
  group: BarsLayout['groups'][number],
  layout: BarsLayout
): void {
  const { plot, font } = layout;
  const middle = { x: group.left + group.width / 2, 'text-anchor': 'middle' };
  const floor = plot.top + plot.height;
  const look = { class: 'hcnn-chart-strong', 'font-size': font + 2, 'font-weight': 600 };
  const area = clipped(brain.area, group.width - 4, font + 2, true);
  layer.group('name', {}, name => {
    name.tooltip(brain.area, area);
    name.text('area', area, { ...look, ...middle, y: floor + font + 8 });
  });
  const quiet = { class: brain.simulated ? 'hcnn-bars-simulated' : 'hcnn-chart-quiet', 'font-size': font };
  layer.text('kind', brain.simulated ? 'simulated' : 'recorded', {
    ...quiet,
    ...middle,
    y: floor + 2.2 * font + 9
  });
}

function drawBar(
  layer: Layer,
  brain: BrainScores,
  bar: BarPlace,
  { y, font }: BarsLayout,
  fill: string,
  best: boolean
): void {
  const { model, left, width } = bar;
  const [value, error, untrained] = [brain.value[model]!, brain.error[model]!, brain.untrained[model]!];
  const known = Number.isFinite(value);
  const [zero, top] = [y(0), known ? y(value) : y(0)];
  const look = best ? 'hcnn-bars-bar hcnn-mod-best' : 'hcnn-bars-bar';
  const box = {
    x: left,
    width,
    y: Math.min(zero, top),
    height: Math.max(Math.abs(zero - top), known ? 0.5 : 0)
  };
  layer.shape('rect', `bar-${model}`, { class: look, fill, ...box });
  const middle = left + width / 2;
  if (known && Number.isFinite(error)) {
    const whisker = { x1: middle, x2: middle, y1: y(value - error), y2: y(value + error) };
    layer.shape('line', `error-${model}`, { class: 'hcnn-bars-error', ...whisker });
  }
  if (Number.isFinite(untrained)) {
    const tick = { x1: left - 1, x2: left + width + 1, y1: y(untrained), y2: y(untrained) };
    layer.shape('line', `untrained-rim-${model}`, { class: 'hcnn-bars-untrained-rim', ...tick });
    layer.shape('line', `untrained-${model}`, { class: 'hcnn-bars-untrained', ...tick });
  }
  if (!known) {
    const place = { x: middle, y: zero - 4, 'text-anchor': 'middle' };
    layer.text(`unknown-${model}`, '–', { class: 'hcnn-chart-quiet', 'font-size': font, ...place });
  }
}

/** Writes the best score, after all lines: on its rim none crosses it. */
function drawBest(layer: Layer, brain: BrainScores, bars: readonly BarPlace[], layout: BarsLayout): void {
  const place = bestLabel(brain, bars, layout);
  if (place) {
    const look = {
      class: 'hcnn-chart-strong hcnn-chart-rim',
      'font-size': layout.font + 1,
      'font-weight': 700
    };
    const at = { x: (place.left + place.right) / 2, y: place.y, 'text-anchor': 'middle' };
    layer.text('best-value', written(layout, brain.value[bestOf(brain)]!), { ...look, ...at });
  }
}
