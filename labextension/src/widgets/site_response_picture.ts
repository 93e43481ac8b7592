/** The image that is pointed at among a site's responses: its dots, its picture, and its numbers. */
import { capitalised, scoreText, shortened } from './chart_words';
import type { Responses } from './explorer_frame';
import type { ImageSheet } from './image_sheet';
import { type ResponseLayout, imageX } from './site_response_layout';
import type { Layer } from './svg_layer';

const LARGEST = 112;

/** Marks one image: its two dots, and its picture with all that is known of it; -1 says how to come by one. */
export function drawImageMark(
  layer: Layer,
  responses: Responses,
  layout: ResponseLayout,
  sheet: ImageSheet,
  index: number
): void {
  layer.draw(mark => {
    if (index >= 0) {
      drawCross(mark, responses, layout, index);
    }
    drawPicture(mark, responses, layout, sheet, index);
  });
}

function drawCross(layer: Layer, responses: Responses, layout: ResponseLayout, index: number): void {
  const { plot, y } = layout;
  const x = imageX(layout, index, responses.images.length);
  const line = { x1: x, x2: x, y1: plot.top, y2: plot.top + plot.height };
  layer.shape('line', 'cross', { class: 'hcnn-chart-cross', ...line });
  for (const kind of ['recorded', 'predicted'] as const) {
    const value = responses[kind][index]!;
    if (Number.isFinite(value)) {
      const place = { cx: x, cy: y(value), r: layout.radius + 3 };
      layer.shape('circle', kind, { class: `hcnn-response-ring-${kind}`, ...place });
    }
  }
}

function drawPicture(
  layer: Layer,
  responses: Responses,
  layout: ResponseLayout,
  sheet: ImageSheet,
  index: number
): void {
  const { picture, plot, font } = layout;
  const beside = picture.left > plot.left;
  if (index < 0) {
    drawWay(layer, layout, beside);
    return;
  }
  const image = responses.images[index]!;
  const shown = sheet.picture(image);
  const side = shown ? Math.min(beside ? picture.height - 5.4 * font - 8 : picture.height - 6, LARGEST) : 0;
  if (shown) {
    const at = { x: picture.left, y: picture.top + 2, width: side, height: side };
    layer.shape('image', 'picture', { href: shown.toDataURL(), preserveAspectRatio: 'xMinYMin meet', ...at });
  }
  const left = beside || !shown ? picture.left : picture.left + side + 12;
  const top = beside && shown ? picture.top + side + 6 : picture.top;
  const lines = [
    ['label', capitalised(sheet.label(image)), 'hcnn-chart-strong'],
    ['id', sheet.id(image), 'hcnn-chart-quiet'],
    ['recorded', `recorded ${scoreText(responses.recorded[index]!)}`, 'hcnn-chart-text'],
    ['predicted', `predicted ${scoreText(responses.predicted[index]!)}`, 'hcnn-response-words']
  ] as const;
  lines
    .filter(([, words]) => words !== '')
    .forEach(([key, words, look], i) => {
      const place = { x: left, y: top + font + i * 1.35 * font };
      const cut = shortened(words, picture.left + picture.width - left, font);
      layer.text(key, cut, { class: look, 'font-size': font, ...place });
    });
}

/** Says how an image is come by. */
function drawWay(layer: Layer, { picture, font }: ResponseLayout, beside: boolean): void {
  const words = beside
    ? ['Point at an image,', 'or use the arrow keys']
    : ['Point at an image, or use the arrow keys'];
  words.forEach((line, i) => {
    const place = { x: picture.left, y: picture.top + font + 4 + i * 1.35 * font };
    layer.text(`way-${i}`, line, { class: 'hcnn-chart-quiet', 'font-size': font, ...place });
  });
}
