/** The image that is pointed at among a site's responses: its dots, its picture, and its numbers. */
import { scaleLinear } from 'd3-scale';

import { broken, capitalised, scoreText, wrapped } from '../charts/chart_words';
import type { Box } from '../charts/sizes';
import type { Responses } from './predictivity_explorer_frame';
import type { ImageSheet } from '../panel/image_sheet';
import { type ResponseLayout, SMALLEST_DOT, imageX } from './site_response_layout';
import type { Attributes, Layer } from '../charts/svg_layer';

const LARGEST = 112;

/** Marks one image: its two dots, and its picture with all that is known of it; -1 says how to come by one. */
export function drawImageMark(
  layer: Layer,
  responses: Responses,
  layout: ResponseLayout,
  sheet: ImageSheet,
  index: number,
  pinned = false
): void {
  layer.draw(mark => {
    if (index >= 0) {
      drawCross(mark, responses, layout, index, pinned);
    }
    drawPicture(mark, responses, layout, sheet, index, pinned);
  });
}

function drawCross(
  layer: Layer,
  responses: Responses,
  layout: ResponseLayout,
  index: number,
  pinned: boolean
): void {
  const { plot, y } = layout;
  const x = imageX(layout, index, responses.images.length);
  const line = { x1: x, x2: x, y1: plot.top, y2: plot.top + plot.height };
  layer.shape('line', 'cross', { class: pinned ? 'hcnn-response-pin' : 'hcnn-chart-cross', ...line });
  for (const kind of ['recorded', 'predicted'] as const) {
    const value = responses[kind][index]!;
    if (Number.isFinite(value)) {
      const place = { cx: x, cy: y(value), r: layout.radius + 3 };
      layer.shape('circle', `ring-${kind}`, { class: `hcnn-response-ring-${kind}`, ...place });
    }
  }
}

function drawPicture(
  layer: Layer,
  responses: Responses,
  layout: ResponseLayout,
  sheet: ImageSheet,
  index: number,
  pinned: boolean
): void {
  const { picture, plot, font } = layout;
  const beside = picture.left > plot.left;
  if (index < 0) {
    drawAll(layer, responses, layout, beside);
    return;
  }
  const image = responses.images[index]!;
  const shown = sheet.picture(image);
  const taken = beside || !shown ? 0 : picture.height + 6;
  const names = broken(sheet.id(image), 0.95 * (picture.width - taken), font);
  const lines: [key: string, words: string, look: string][] = [
    ['label', capitalised(sheet.label(image)), 'hcnn-chart-strong'],
    ...names.map((name, i): [string, string, string] => [`id-${i}`, name, 'hcnn-chart-quiet']),
    ['recorded', `recorded ${scoreText(responses.recorded[index]!)}`, 'hcnn-chart-text'],
    ['predicted', `predicted ${scoreText(responses.predicted[index]!)}`, 'hcnn-response-words'],
    ['pinned', pinned ? 'Pinned; Escape lets go' : '', 'hcnn-chart-quiet']
  ];
  const told = lines.filter(([, words]) => words !== '');
  const room = beside ? picture.height - (1.35 * told.length + 0.4) * font - 6 : picture.height - 6;
  const side = shown ? Math.min(room, LARGEST) : 0;
  if (shown) {
    const at = { x: picture.left, y: picture.top + 2, width: side, height: side };
    layer.shape('image', 'picture', { href: shown.toDataURL(), preserveAspectRatio: 'xMinYMin meet', ...at });
    if (pinned) {
      layer.shape('rect', 'rim', { class: 'hcnn-response-pin', ...rimOf(at, sheet) });
    }
  }
  const left = beside || !shown ? picture.left : picture.left + side + 12;
  const top = beside && shown ? picture.top + side + 6 : picture.top;
  told.forEach(([key, words, look], i) => {
    const place = { x: left, y: top + font + i * 1.35 * font };
    layer.text(key, words, { class: look, 'font-size': font, ...place });
  });
}

/** What a picture takes of its square: it may be longer than wide. */
function rimOf(
  { x, y, width: side }: { x: number; y: number; width: number },
  sheet: ImageSheet
): Attributes {
  const scale = side / Math.max(sheet.width, sheet.height);
  return { x, y, width: sheet.width * scale, height: sheet.height * scale };
}

/** Until an image is pointed at: recorded against predicted, and how an image is come by. */
function drawAll(
  layer: Layer,
  responses: Responses,
  { picture, font }: ResponseLayout,
  beside: boolean
): void {
  const words = 'Point at an image, or use the arrow keys; a click or Enter pins it';
  const lines = wrapped(words, picture.width, font);
  const foot = beside
    ? picture.top + picture.height - (lines.length - 1) * 1.35 * font - 6
    : picture.top + font + 4;
  lines.forEach((line, i) => {
    const place = { x: picture.left, y: foot + i * 1.35 * font };
    layer.text(`way-${i}`, line, { class: 'hcnn-chart-quiet', 'font-size': font, ...place });
  });
  if (!beside) {
    return;
  }
  const left = picture.left + 1.4 * font;
  const side = Math.min(picture.width - 1.4 * font, foot - picture.top - 3 * font);
  drawScatter(layer, responses, { left, top: picture.top + 2, width: side, height: side }, SMALLEST_DOT);
  const quiet = { class: 'hcnn-chart-quiet', 'font-size': font - 1, 'text-anchor': 'middle' };
  layer.text('x', 'predicted', { ...quiet, x: left + side / 2, y: picture.top + side + font + 4 });
  const [x, middle] = [picture.left + font - 2, picture.top + side / 2];
  layer.text('y', 'recorded', { ...quiet, x, y: middle, transform: `rotate(-90 ${x} ${middle})` });
}

/** A dot per image, each axis as long as its own responses reach: r does not hang on their size. */
function drawScatter(layer: Layer, { recorded, predicted }: Responses, box: Box, radius: number): void {
  const { left, top, width, height } = box;
  layer.shape('rect', 'scatter', { class: 'hcnn-response-frame', x: left, y: top, width, height });
  const known = Array.from(predicted.keys()).filter(i => Number.isFinite(predicted[i]));
  const reach = (values: Float32Array): [number, number] => {
    const of = known.map(i => values[i]!);
    return [Math.min(...of), Math.max(...of)];
  };
  const x = scaleLinear(reach(predicted), [left + 4, left + width - 4]);
  const y = scaleLinear(reach(recorded), [top + height - 4, top + 4]);
  const dots = known.map(i => `M${x(predicted[i]!).toFixed(1)},${y(recorded[i]!).toFixed(1)}h0`);
  layer.shape('path', 'dots', { class: 'hcnn-response-both', 'stroke-width': 2 * radius, d: dots.join('') });
}
