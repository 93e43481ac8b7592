/** What a site did for each image, and what was predicted that it would do. */
import { scoreText, shortened } from '../charts/chart_words';
import type { Responses, Sites } from './predictivity_explorer_frame';
import { LEGEND, type ResponseLayout, type Run, entryWidth, imageX } from './site_response_layout';
import type { Layer } from '../charts/svg_layer';

/** Draws the responses of one site. */
export function drawResponses(
  layer: Layer,
  sites: Sites,
  responses: Responses,
  layout: ResponseLayout
): void {
  drawHeading(layer, sites, responses, layout);
  layer.group('axis', {}, axis => drawResponseAxis(axis, layout));
  layer.group('runs', {}, runs => layout.runs.forEach((run, i) => drawRun(runs, run, i, layout)));
  for (const name of ['recorded', 'predicted'] as const) {
    layer.shape('path', name, {
      class: `hcnn-response-${name}`,
      d: dots(responses[name], layout),
      'stroke-width': 2 * layout.radius
    });
  }
  layer.group('means', {}, means => layout.runs.forEach((run, i) => drawMeans(means, run, i, layout)));
}

function drawHeading(layer: Layer, sites: Sites, responses: Responses, layout: ResponseLayout): void {
  const { box, plot, legend, font } = layout;
  const words = `Site ${sites.ids[responses.site]}: r ${scoreText(sites.r[responses.site]!)}`;
  const beside = legend.top < box.top + 2 * font;
  const room = (beside ? legend.left - 12 : plot.left + plot.width) - box.left;
  const strong = { class: 'hcnn-chart-strong', 'font-size': font + 1, 'font-weight': 600 };
  const heading = shortened(words, room, font + 1, true);
  layer.text('heading', heading, { ...strong, x: box.left + 4, y: box.top + font + 1 });
  let { left } = legend;
  for (const [kind, label] of LEGEND) {
    drawLegendEntry(layer, kind, label, left, legend.top, font);
    left += entryWidth(label, font);
  }
}

function drawLegendEntry(
  layer: Layer,
  kind: (typeof LEGEND)[number][0],
  label: string,
  left: number,
  y: number,
  font: number
): void {
  const middle = y - 0.35 * font;
  if (kind === 'mean') {
    const line = { x1: left, x2: left + 18, y1: middle, y2: middle };
    layer.shape('line', 'key-mean', { class: 'hcnn-response-mean-recorded', ...line });
  } else {
    const dot = { class: `hcnn-response-${kind}`, d: `M${left + 9},${middle}h0`, 'stroke-width': 7 };
    layer.shape('path', `key-${kind}`, dot);
  }
  layer.text(`label-${kind}`, label, { class: 'hcnn-chart-text', 'font-size': font, x: left + 24, y });
}

function drawResponseAxis(layer: Layer, { plot, y, font }: ResponseLayout): void {
  for (const tick of y.ticks(4)) {
    const rule = { x1: plot.left, x2: plot.left + plot.width, y1: y(tick), y2: y(tick) };
    layer.shape('line', `rule-${tick}`, {
      class: tick === 0 ? 'hcnn-chart-axis' : 'hcnn-chart-grid',
      ...rule
    });
    const place = { x: plot.left - 6, y: y(tick) + 0.35 * font, 'text-anchor': 'end' };
    layer.text(`tick-${tick}`, String(tick).replace('-', '\u2212'), {
      class: 'hcnn-chart-quiet',
      'font-size': font,
      ...place
    });
  }
  const [x, middle] = [font, plot.top + plot.height / 2];
  const turned = { x, y: middle, transform: `rotate(-90 ${x} ${middle})`, 'text-anchor': 'middle' };
  layer.text('title', 'response (SD)', { class: 'hcnn-chart-quiet', 'font-size': font, ...turned });
}

/** A category: the line that parts it from the one before, and its name. */
function drawRun(layer: Layer, run: Run, index: number, { plot, names, font }: ResponseLayout): void {
  const floor = plot.top + plot.height;
  if (index > 0) {
    const line = { x1: run.left, x2: run.left, y1: plot.top, y2: floor + 4 };
    layer.shape('line', `edge-${index}`, { class: 'hcnn-response-edge', ...line });
  }
  const middle = (run.left + run.right) / 2;
  const look = { class: 'hcnn-chart-text', 'font-size': font };
  if (names === 'flat') {
    layer.text(`name-${index}`, run.label, {
      ...look,
      x: middle,
      y: floor + font + 5,
      'text-anchor': 'middle'
    });
  } else if (names === 'upright') {
    const [x, y] = [middle + 0.35 * font, floor + 8];
    const turned = { transform: `rotate(-90 ${x} ${y})`, 'text-anchor': 'end' };
    layer.text(`name-${index}`, shortened(run.label, 72, font), { ...look, x, y, ...turned });
  }
}

function drawMeans(layer: Layer, run: Run, index: number, { y }: ResponseLayout): void {
  for (const kind of ['recorded', 'predicted'] as const) {
    if (run.label !== '' && Number.isFinite(run[kind])) {
      const line = { x1: run.left + 1, x2: run.right - 1, y1: y(run[kind]), y2: y(run[kind]) };
      layer.shape('line', `${kind}-${index}`, { class: `hcnn-response-mean-${kind}`, ...line });
    }
  }
}

/** All dots as one path: a line of no length with round ends is a dot. */
function dots(values: Float32Array, layout: ResponseLayout): string {
  const parts: string[] = [];
  values.forEach((value, i) => {
    if (Number.isFinite(value)) {
      parts.push(`M${imageX(layout, i, values.length).toFixed(1)},${layout.y(value).toFixed(1)}h0`);
    }
  });
  return parts.join('');
}
