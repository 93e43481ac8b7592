/** Two RDMs drawn: pixels on a canvas, and around them in SVG titles, names of categories, separators and marks. */
import { css, sequential } from '../../pixels';
import { shortened, valueText } from '../charts/chart_words';
import type { Box } from '../charts/sizes';
import type { Place } from './rdm_grid';
import type { Matrix, RdmFrame } from './rdm_frame';
import { type GroupLabel, type RdmLayout, labelLine } from './rdm_layout';
import { modelTitle } from './rdm_words';
import type { Layer } from '../charts/svg_layer';

const LEGEND = { width: 180, height: 8, gap: 8 };

let table: Uint8ClampedArray | null = null;

/** The 256 colours from alike (dark) to unlike (bright), as RGB triples. */
function colours(): Uint8ClampedArray {
  if (table === null) {
    table = new Uint8ClampedArray(256 * 3);
    for (let byte = 0; byte < 256; byte += 1) {
      table.set(sequential(byte / 255), byte * 3);
    }
  }
  return table;
}

/** A matrix as RGBA pixels, (count, count); its diagonal is alike. */
export function matrixPixels(pixels: Uint8Array, count: number): Uint8ClampedArray<ArrayBuffer> {
  const image = new Uint8ClampedArray(count * count * 4).fill(255);
  const map = colours();
  const paint = (at: number, byte: number): void => {
    image[4 * at] = map[3 * byte]!;
    image[4 * at + 1] = map[3 * byte + 1]!;
    image[4 * at + 2] = map[3 * byte + 2]!;
  };
  let pair = 0;
  for (let row = 0; row < count; row += 1) {
    paint(row * count + row, 0);
    for (let column = row + 1; column < count; column += 1, pair += 1) {
      paint(row * count + column, pixels[pair]!);
      paint(column * count + row, pixels[pair]!);
    }
  }
  return image;
}

/** Paints both matrices and their colour scales. */
export function paintMatrices(canvas: HTMLCanvasElement, frame: RdmFrame, layout: RdmLayout): void {
  const ratio = window.devicePixelRatio || 1;
  const height = layout.brain.top + layout.brain.height + LEGEND.gap + LEGEND.height;
  canvas.width = Math.round(layout.width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${layout.width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (frame.defined) {
    paintMatrix(context, frame.model.pixels, frame.count, layout.model, ratio);
  }
  paintMatrix(context, frame.brain.pixels, frame.count, layout.brain, ratio);
  for (const box of [layout.model, layout.brain]) {
    const { left, width: room } = legendBox(box);
    for (let x = 0; x < room; x += 1) {
      context.fillStyle = css(sequential(x / (room - 1)));
      context.fillRect(left + x, box.top + box.height + LEGEND.gap, 1, LEGEND.height);
    }
  }
}

/** Where the colour scale of a matrix lies. */
function legendBox(box: Box): { left: number; width: number } {
  const width = Math.min(LEGEND.width, Math.floor(box.width));
  return { left: Math.round(box.left + (box.width - width) / 2), width };
}

function paintMatrix(
  context: CanvasRenderingContext2D,
  pixels: Uint8Array,
  count: number,
  { left, top, width, height }: Box,
  ratio: number
): void {
  const source = document.createElement('canvas');
  source.width = source.height = count;
  source.getContext('2d')!.putImageData(new ImageData(matrixPixels(pixels, count), count, count), 0, 0);
  // Cells keep their edges; only where there are more cells than pixels neighbours are averaged.
  context.imageSmoothingEnabled = width * ratio < count;
  context.drawImage(source, left, top, width, height);
}

/** Draws titles, names, separators and the words of the colour scales. */
export function drawAround(layer: Layer, frame: RdmFrame, layout: RdmLayout): void {
  drawMatrix(layer, 'model', modelTitle(frame), frame, frame.model, layout.model, layout.font);
  drawMatrix(layer, 'brain', frame.brain.name, frame, frame.brain, layout.brain, layout.font);
  layout.labels.forEach((label, i) =>
    drawLabel(layer, label, i, frame.groups[label.group]!.name, layout.font)
  );
  if (!frame.defined) {
    const { left, top, width, height } = layout.model;
    layer.shape('rect', 'nothing', { class: 'hcnn-rdm-nothing', x: left, y: top, width, height });
    const middle = { x: left + width / 2, y: top + height / 2, 'text-anchor': 'middle' };
    layer.text('nothing-words', 'no RDM at this moment', {
      class: 'hcnn-chart-text',
      'font-size': layout.font,
      ...middle
    });
  }
}

function drawMatrix(
  layer: Layer,
  key: string,
  title: string,
  frame: RdmFrame,
  matrix: Matrix,
  box: Box,
  font: number
): void {
  const { left, top, width, height } = box;
  const look = { class: 'hcnn-chart-strong', 'font-size': font + 1, 'font-weight': 600 };
  const said = shortened(title, width, font + 1, true);
  layer.text(`${key}-title`, said, { ...look, x: left, y: top - 0.6 * font });
  layer.shape('rect', `${key}-rim`, {
    class: 'hcnn-rdm-rim',
    x: left - 0.5,
    y: top - 0.5,
    width: width + 1,
    height: height + 1
  });
  const cell = width / frame.count;
  for (const { start } of frame.groups.slice(1)) {
    const [x, y] = [left + start * cell, top + start * cell];
    layer.shape('line', `${key}-across-${start}`, {
      class: 'hcnn-rdm-separator',
      x1: left,
      x2: left + width,
      y1: y,
      y2: y
    });
    layer.shape('line', `${key}-down-${start}`, {
      class: 'hcnn-rdm-separator',
      x1: x,
      x2: x,
      y1: top,
      y2: top + height
    });
  }
  drawLegend(layer, key, frame, matrix, box, font);
}

/** The ends of the colour scale in words, and what it stands for. */
function drawLegend(
  layer: Layer,
  key: string,
  frame: RdmFrame,
  matrix: Matrix,
  box: Box,
  font: number
): void {
  const size = font - 1;
  const { left, width } = legendBox(box);
  const y = box.top + box.height + LEGEND.gap + LEGEND.height + size;
  const [low, high] =
    frame.scale === 'percentiles' ? ['0', '100'] : [valueText(matrix.limits[0]), valueText(matrix.limits[1])];
  const look = { class: 'hcnn-chart-text', 'font-size': size };
  layer.text(`${key}-low`, `${low} alike`, { ...look, x: left, y });
  layer.text(`${key}-high`, `unlike ${high}`, { ...look, x: left + width, y, 'text-anchor': 'end' });
  const meant =
    frame.scale === 'percentiles'
      ? `percentile of ${matrix.distance || 'distance'}`
      : matrix.distance || 'distance';
  const words = shortened(meant, box.width, size);
  layer.text(`${key}-scale`, words, {
    ...look,
    x: left + width / 2,
    y: y + 1.2 * font,
    'text-anchor': 'middle'
  });
}

function drawLabel(layer: Layer, label: GroupLabel, index: number, name: string, font: number): void {
  label.lines.forEach((line, i) => {
    layer.text(`label-${index}-${i}`, line, {
      class: 'hcnn-rdm-label',
      'font-size': font - 1,
      x: label.x,
      y: label.top + i * labelLine(font),
      'text-anchor': label.anchor,
      'data-group': name
    });
  });
}

/** Marks a cell, and the one across the diagonal, in both matrices; null takes the marks off. */
export function drawMarks(layer: Layer, layout: RdmLayout, count: number, cell: Place | null): void {
  layer.draw(marks => {
    if (cell === null) {
      return;
    }
    for (const [key, box] of [
      ['model', layout.model],
      ['brain', layout.brain]
    ] as const) {
      const side = box.width / count;
      const size = Math.max(side, 5) + 4;
      const middle = (at: number): number => (at + 0.5) * side;
      const lines = { class: 'hcnn-rdm-cross' };
      const [x, y] = [box.left + middle(cell[1]), box.top + middle(cell[0])];
      marks.shape('line', `${key}-row`, { ...lines, x1: box.left, x2: x - size / 2, y1: y, y2: y });
      marks.shape('line', `${key}-column`, { ...lines, x1: x, x2: x, y1: box.top, y2: y - size / 2 });
      for (const [name, row, column] of [
        ['mirror', cell[1], cell[0]],
        ['cell', cell[0], cell[1]]
      ] as const) {
        const place = { x: box.left + middle(column) - size / 2, y: box.top + middle(row) - size / 2 };
        const square = { ...place, width: size, height: size };
        marks.shape('rect', `${key}-${name}-rim`, { class: 'hcnn-rdm-mark-rim', ...square });
        marks.shape('rect', `${key}-${name}`, { class: `hcnn-rdm-mark hcnn-mod-${name}`, ...square });
      }
    }
  });
}
