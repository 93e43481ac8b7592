/** How alike every model area is to the brain, as bars: whisker = error, tick = untrained, band = noise ceiling. */
import { depthColour } from '../charts/chart_colours';
import { clipped, scoreText } from '../charts/chart_words';
import type { BrainBars, RdmFrame } from './rdm_frame';
import { type BarsPlace, type MarkKind, NAME_GAP, rowOf } from './rdm_bars_layout';
import type { RdmLayout } from './rdm_layout';
import { type BarName, brainTitle } from './rdm_words';
import type { Layer } from '../charts/svg_layer';

/** Draws the bars of every brain area side by side, or above one another. */
export function drawBars(layer: Layer, frame: RdmFrame, layout: RdmLayout, dark: boolean): void {
  layer.group('legend', {}, legend => drawLegend(legend, layout));
  frame.brains.forEach((brain, b) => {
    layer.group(`brain-${b}`, {}, group => {
      const place = layout.bars[b]!;
      drawCeiling(group, brain, place);
      drawAxis(group, frame, brain, place, layout);
      frame.areas.forEach((area, i) => {
        const row = {
          value: brain.value[i]!,
          error: brain.error[i]!,
          untrained: brain.untrained[i]!,
          name: area,
          missing: !!brain.noScore[i]
        };
        const fill = depthColour(i, frame.areas.length, dark);
        drawRow(group, row, i, place, layout, { fill, strong: area === frame.area, key: 'area' });
      });
      if (frame.references.length > 0 && place.named) {
        const y = place.plot.top + (frame.areas.length + 0.75) * layout.rowHeight;
        const words = { class: 'hcnn-chart-quiet', 'font-size': layout.font - 1, 'text-anchor': 'end' };
        group.text('others', frame.ofModel ? 'other models' : 'models', {
          ...words,
          x: place.plot.left - 8,
          y
        });
      }
      frame.references.forEach((name, i) => {
        const row = {
          value: brain.reference[i]!,
          error: brain.referenceError[i]!,
          untrained: NaN,
          name,
          missing: !!brain.noScore[frame.areas.length + i]
        };
        const at = rowOf(layout, frame.areas.length + i);
        drawRow(group, row, at, place, layout, { fill: '', strong: false, key: 'reference' });
      });
    });
  });
}

/** What the marks mean. */
function drawLegend(layer: Layer, { legend, font }: RdmLayout): void {
  for (const { kind, words, left, top } of legend) {
    drawSwatch(layer, kind, left, top - 0.35 * font);
    const look = { class: 'hcnn-chart-text', 'font-size': font };
    layer.text(`${kind}-words`, words, { ...look, x: left + 26, y: top });
  }
}

function drawSwatch(layer: Layer, kind: MarkKind, left: number, middle: number): void {
  const flat = { x1: left + 2, x2: left + 20, y1: middle, y2: middle };
  const upright = { x1: left + 11, x2: left + 11, y1: middle - 7, y2: middle + 7 };
  if (kind === 'ceiling') {
    const box = { x: left + 2, y: middle - 6, width: 18, height: 12 };
    layer.shape('rect', 'ceiling-swatch', { class: 'hcnn-rdm-ceiling', ...box });
  } else if (kind === 'error') {
    layer.shape('line', 'error-swatch', { class: 'hcnn-bars-error', ...flat });
  } else {
    if (kind === 'untrained') {
      layer.shape('line', 'untrained-rim', { class: 'hcnn-bars-untrained-rim', ...upright });
    }
    layer.shape('line', `${kind}-swatch`, {
      class: kind === 'bound' ? 'hcnn-rdm-bound' : 'hcnn-bars-untrained',
      ...upright
    });
  }
}

function drawCeiling(layer: Layer, brain: BrainBars, { plot, x }: BarsPlace): void {
  const { lower, upper, bound } = brain;
  if (Number.isFinite(lower)) {
    const [from, to] = [x(Math.min(lower, upper)), x(Math.max(lower, upper))];
    const box = { x: from, width: to - from, y: plot.top, height: plot.height };
    layer.shape('rect', 'ceiling', { class: 'hcnn-rdm-ceiling', ...box });
  }
  if (Number.isFinite(bound)) {
    const at = { x1: x(bound), x2: x(bound), y1: plot.top, y2: plot.top + plot.height };
    layer.shape('line', 'bound', { class: 'hcnn-rdm-bound', ...at });
  }
}

function drawAxis(
  layer: Layer,
  frame: RdmFrame,
  brain: BrainBars,
  place: BarsPlace,
  { font }: RdmLayout
): void {
  const { plot, x, title } = place;
  const look = { class: 'hcnn-chart-strong', 'font-size': font + 1, 'font-weight': 600 };
  const ceiling = Number.isFinite(brain.lower)
    ? `, ceiling ${scoreText(brain.lower)} to ${scoreText(brain.upper)}`
    : brain.noCeiling && `, ${brain.noCeiling}: no ceiling`;
  const whole = `${brainTitle(brain)}${ceiling}`;
  const said = clipped(whole, plot.width, font + 1, true);
  layer.group('title', {}, group => {
    group.tooltip(whole, said);
    group.text('words', said, { ...look, x: plot.left, y: title });
  });
  const floor = plot.top + plot.height;
  const small = { class: 'hcnn-chart-quiet', 'font-size': font, 'text-anchor': 'middle' };
  const ticks = x.ticks(Math.max(2, Math.floor(plot.width / 70)));
  const tenths = ticks.every(tick => Math.abs(10 * tick - Math.round(10 * tick)) < 1e-6);
  for (const tick of ticks) {
    const line = tick === 0 ? 'hcnn-chart-axis' : 'hcnn-chart-grid';
    layer.shape('line', `rule-${tick}`, { class: line, x1: x(tick), x2: x(tick), y1: plot.top, y2: floor });
    const text = tenths ? scoreText(tick).slice(0, -1) : scoreText(tick);
    layer.text(`tick-${tick}`, text, { ...small, x: x(tick), y: floor + 1.2 * font });
  }
  const axis = frame.pending ? `${frame.method}: comparing…` : `${frame.method}, mean over subjects`;
  const words = brain.subjects === 1 && !frame.pending ? frame.method : axis;
  layer.text('axis', words, { ...small, x: plot.left + plot.width / 2, y: floor + 2.5 * font });
}

interface Row {
  name: string;
  value: number;
  error: number;
  untrained: number;
  /** Whether it is known that it has no score. */
  missing: boolean;
}

function drawRow(
  layer: Layer,
  row: Row,
  index: number,
  place: BarsPlace,
  layout: RdmLayout,
  look: { fill: string; strong: boolean; key: string }
): void {
  const { plot, x } = place;
  const { rowHeight, font } = layout;
  const top = plot.top + index * rowHeight;
  const middle = top + rowHeight / 2;
  const key = `${look.key}-${index}`;
  if (place.named) {
    const text = look.strong ? 'hcnn-chart-strong' : 'hcnn-chart-text';
    const style = { class: text, 'font-size': font, 'font-weight': look.strong ? 700 : 400 };
    const name = clipped(row.name, layout.names - NAME_GAP, font, look.strong);
    layer.group(`${key}-name`, {}, group => {
      group.tooltip(row.name, name);
      const at = { x: plot.left - 8, y: middle + 0.35 * font, 'text-anchor': 'end' };
      group.text('words', name, { ...style, ...at });
    });
  }
  if (Number.isFinite(row.value)) {
    const [from, to] = [Math.min(x(0), x(row.value)), Math.max(x(0), x(row.value))];
    const kind = look.key === 'area' ? 'hcnn-rdm-bar' : 'hcnn-rdm-reference';
    const style = { class: look.strong ? `${kind} hcnn-mod-shown` : kind, fill: look.fill || undefined };
    layer.shape('rect', key, {
      ...style,
      x: from,
      width: Math.max(0.5, to - from),
      y: top + 2,
      height: rowHeight - 4
    });
    drawWhisker(layer, key, row, x, middle);
  }
  drawTick(layer, key, row.untrained, place, top, rowHeight);
  drawValue(layer, key, row, place, middle, layout, look.strong);
}

function drawWhisker(layer: Layer, key: string, row: Row, x: BarsPlace['x'], middle: number): void {
  if (Number.isFinite(row.error)) {
    const ends = { x1: x(row.value - row.error), x2: x(row.value + row.error), y1: middle, y2: middle };
    layer.shape('line', `${key}-error`, { class: 'hcnn-bars-error', ...ends });
  }
}

function drawTick(
  layer: Layer,
  key: string,
  untrained: number,
  { x }: BarsPlace,
  top: number,
  height: number
): void {
  if (Number.isFinite(untrained)) {
    const tick = { x1: x(untrained), x2: x(untrained), y1: top + 1, y2: top + height - 1 };
    layer.shape('line', `${key}-untrained-rim`, { class: 'hcnn-bars-untrained-rim', ...tick });
    layer.shape('line', `${key}-untrained`, { class: 'hcnn-bars-untrained', ...tick });
  }
}

/** The number, right of all that is drawn on its row; a dash where there is none. */
function drawValue(
  layer: Layer,
  key: string,
  row: Row,
  place: BarsPlace,
  middle: number,
  { font }: RdmLayout,
  strong: boolean
): void {
  if (!Number.isFinite(row.value) && !row.missing) {
    return;
  }
  const reach = Number.isFinite(row.error) ? row.error : 0;
  const ends = [0, row.value + reach, row.untrained].filter(Number.isFinite);
  const text = { class: 'hcnn-chart-text hcnn-chart-rim', 'font-size': font - 1 };
  layer.text(`${key}-value`, scoreText(row.value), {
    ...text,
    'font-weight': strong ? 700 : 400,
    x: place.x(Math.max(...ends)) + 6,
    y: middle + 0.35 * font
  });
}

/** Marks the bar that is pointed at; null takes the mark off. */
export function drawBarMark(layer: Layer, layout: RdmLayout, bar: BarName | null): void {
  layer.draw(mark => {
    if (bar) {
      const { plot, named } = layout.bars[bar.brain]!;
      const left = named ? plot.left - layout.names + 2 : plot.left - 2;
      const place = { x: left, width: plot.left + plot.width - left + 8 };
      mark.shape('rect', 'mark', {
        class: 'hcnn-bars-mark',
        ...place,
        y: plot.top + rowOf(layout, bar.bar) * layout.rowHeight,
        height: layout.rowHeight
      });
    }
  });
}
