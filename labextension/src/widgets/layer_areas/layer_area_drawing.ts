/** Scores of model areas against brain areas as coloured cells, each brain area's match marked. */
import { css, inkOn, sequential } from '../../pixels';
import { drawCaption } from '../charts/chart_caption';
import { depthColour } from '../charts/chart_colours';
import { clipped, scoreText, shortened } from '../charts/chart_words';
import { type MatrixColumn, type MatrixFrame, cellSentence, matrixSentence } from './layer_area_frame';
import { type MatrixLayout, matrixCell } from './layer_area_layout';
import type { Layer } from '../charts/svg_layer';

const STEPS = 24;
const MATCH = '\u25c6';

/** Draws a frame; `top` is the score at the upper end of the colours, `current` the cell that Tab leads to. */
export function drawMatrix(
  page: Layer,
  frame: MatrixFrame,
  layout: MatrixLayout,
  top: number,
  current: readonly [number, number],
  dark: boolean
): void {
  page.draw(all => {
    all.group('columns', { role: 'row' }, layer => {
      frame.columns.forEach((column, c) => drawColumnName(layer, column, c, layout));
    });
    frame.modelAreas.forEach((area, row) => {
      all.group(`row-${row}`, { role: 'row' }, layer => {
        drawRowName(layer, area, row, frame.modelAreas.length, layout, dark);
        frame.columns.forEach((column, c) => {
          const tab = current[0] === row && current[1] === c ? 0 : -1;
          drawCell(layer, frame, column, [row, c], layout, top, tab);
        });
      });
    });
    all.group('ceilings', { 'aria-hidden': 'true' }, layer => drawCeilings(layer, frame, layout));
    all.group('scale', { 'aria-hidden': 'true' }, layer => drawScale(layer, layout, top));
    all.group('words', {}, layer => drawWords(layer, layout));
    all.group('caption', {}, layer => {
      drawCaption(layer, layout.captionLines, layout.caption, layout.font);
    });
  });
}

/** The matrix as a whole, for those who hear it. */
export function matrixLabel(frame: MatrixFrame): string {
  return `${matrixSentence(frame)} Arrow keys walk the cells. ${frame.convention}`;
}

function drawColumnName(layer: Layer, column: MatrixColumn, index: number, layout: MatrixLayout): void {
  const { left, width } = matrixCell(layout, 0, index);
  const { font, plot } = layout;
  layer.group(`name-${index}`, { role: 'columnheader' }, name => {
    const area = clipped(column.area, width - 4, font + 2, true);
    name.tooltip(column.area, area);
    const middle = { x: left + width / 2, 'text-anchor': 'middle' };
    const strong = { class: 'hcnn-chart-strong', 'font-size': font + 2, 'font-weight': 600 };
    name.text('area', area, {
      ...strong,
      ...middle,
      y: plot.top - 1.6 * font - 4
    });
    const look = column.simulated ? 'hcnn-bars-simulated' : 'hcnn-chart-quiet';
    const kind = shortened(column.simulated ? 'simulated' : 'recorded', width - 2, font);
    name.text('kind', kind, { class: look, 'font-size': font, ...middle, y: plot.top - 7 });
  });
}

function drawRowName(
  layer: Layer,
  area: string,
  row: number,
  count: number,
  layout: MatrixLayout,
  dark: boolean
): void {
  const { top, height } = matrixCell(layout, row, 0);
  const { font } = layout;
  const middle = top + height / 2;
  layer.group('name', { role: 'rowheader' }, name => {
    name.tooltip(`model ${area}`, layout.names[row]!);
    const swatch = { x: 4, y: middle - 6, width: 12, height: 12, rx: 2, fill: depthColour(row, count, dark) };
    name.shape('rect', 'swatch', swatch);
    const look = { class: 'hcnn-chart-strong', 'font-size': font + 1, x: 22, y: middle + 0.35 * font };
    name.text('area', layout.names[row]!, look);
  });
}

function drawCell(
  layer: Layer,
  frame: MatrixFrame,
  column: MatrixColumn,
  [row, index]: readonly [number, number],
  layout: MatrixLayout,
  top: number,
  tabindex: number
): void {
  const value = column.value[row]!;
  const known = Number.isFinite(value);
  const colour = sequential(known ? value / top : 0);
  const { left, top: upper, width, height } = matrixCell(layout, row, index);
  const chosen = row === column.chosen;
  const about = { role: 'gridcell', tabindex, 'aria-label': cellSentence(frame, row, column) };
  layer.group(
    `cell-${index}`,
    { class: 'hcnn-matrix-score', 'data-column': index, 'data-row': row, ...about },
    cell => {
      const box = { x: left + 1.5, y: upper + 1.5, width: width - 3, height: height - 3, rx: 3 };
      const look = known ? 'hcnn-matrix-box' : 'hcnn-matrix-box hcnn-mod-unknown';
      cell.shape('rect', 'box', { class: look, fill: known ? css(colour) : undefined, ...box });
      const ink = known ? { fill: inkOn(colour) } : { class: 'hcnn-chart-text' };
      const font = layout.font + 2;
      const words = chosen ? `${MATCH} ${scoreText(value)}` : scoreText(value);
      const place = { x: left + width / 2, y: upper + height / 2 + 0.35 * font, 'text-anchor': 'middle' };
      cell.text('value', words, { ...ink, 'font-size': font, 'font-weight': chosen ? 700 : 400, ...place });
      if (chosen) {
        const ring = { x: left + 3, y: upper + 3, width: width - 6, height: height - 6, rx: 2 };
        cell.shape('rect', 'rim', { class: 'hcnn-matrix-rim', ...ring });
        cell.shape('rect', 'ring', { class: 'hcnn-matrix-ring', ...ring });
      }
    }
  );
}

function drawCeilings(layer: Layer, { columns }: MatrixFrame, layout: MatrixLayout): void {
  const { font, plot } = layout;
  const y = plot.top + plot.height + font + 5;
  const look = { class: 'hcnn-chart-quiet', 'font-size': font };
  layer.text('name', shortened('noise ceiling', plot.left - 8, font), { ...look, x: 4, y });
  columns.forEach((column, c) => {
    const { left, width } = matrixCell(layout, 0, c);
    const place = { x: left + width / 2, y, 'text-anchor': 'middle' };
    layer.text(`ceiling-${c}`, scoreText(column.ceiling), { ...look, ...place });
  });
}

function drawScale(layer: Layer, { scale, font }: MatrixLayout, top: number): void {
  const step = scale.width / STEPS;
  for (let i = 0; i < STEPS; i += 1) {
    const box = { x: scale.left + i * step, y: scale.top, width: step + 0.5, height: scale.height };
    layer.shape('rect', `step-${i}`, { fill: css(sequential((i + 0.5) / STEPS)), ...box });
  }
  const look = { class: 'hcnn-chart-quiet', 'font-size': font - 1, y: scale.top + scale.height + font };
  layer.text('low', '0', { ...look, x: scale.left });
  layer.text('high', scoreText(top), { ...look, x: scale.left + scale.width, 'text-anchor': 'end' });
  const name = { class: 'hcnn-chart-quiet', 'font-size': font, x: scale.left + scale.width + 10 };
  layer.text('name', 'Pearson r, median over sites', { ...name, y: scale.top + scale.height });
}

function drawWords(layer: Layer, { words, wordsTop, font }: MatrixLayout): void {
  words.forEach((line, i) => {
    const place = { x: 4, y: wordsTop + i * 1.4 * font };
    layer.text(`line-${i}`, line, { class: 'hcnn-chart-text', 'font-size': font, ...place });
  });
}
