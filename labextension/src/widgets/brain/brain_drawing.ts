/** The ventral stream seen from the side: each area in the colour of the best model area's score. */
import { type BrainLayout, type ShownArea, colourTop, darkOn, scoreColour } from './brain_layout';
import { CEREBELLUM, CORTEX, FOLIA, REGIONS, STEM, SULCI, closedPath, openPath } from './brain_outline';
import { drawCaption } from '../charts/chart_caption';
import { scoreText, shortened } from '../charts/chart_words';
import type { ScoreFrame } from '../scores/score_frame';
import type { Layer } from '../charts/svg_layer';

/** Draws brain, cards and the scale of the colours; `id` tells this drawing's clips and patterns from others'. */
export function drawBrain(
  page: Layer,
  frame: ScoreFrame | null,
  areas: readonly ShownArea[],
  layout: BrainLayout,
  id: string
): void {
  const top = colourTop(areas);
  page.draw(all => {
    all.group('defs', {}, layer => drawDefinitions(layer, id));
    const place = `translate(${layout.left} 0) scale(${layout.scale})`;
    all.group('brain', { transform: place }, layer => drawSurface(layer, areas, top, layout.scale, id));
    areas.forEach((area, i) => {
      all.group(`card-${area.area}`, { class: 'hcnn-brain-card' }, layer => {
        drawCard(layer, frame, area, layout.cards[i]!, layout.font, top, id);
      });
    });
    all.group('scale', {}, layer => drawScale(layer, areas, layout, top, id));
    if (frame) {
      all.group('caption', {}, layer => drawCaption(layer, layout.captionLines, layout.caption, layout.font));
    }
    all.group('mark', {}, () => undefined);
  });
}

/** Marks the area that is pointed at; `undefined` takes the mark off. */
export function drawBrainMark(
  layer: Layer,
  layout: BrainLayout,
  areas: readonly ShownArea[],
  at: number,
  id: string
): void {
  layer.draw(mark => {
    const card = layout.cards[at];
    const region = REGIONS.find(({ area }) => area === areas[at]?.area);
    if (card && region) {
      const { left: x, top: y, width, height } = card;
      const place = `translate(${layout.left} 0) scale(${layout.scale})`;
      mark.shape('path', 'region', {
        class: 'hcnn-brain-mark',
        d: closedPath(region.outline),
        transform: place,
        'clip-path': `url(#${id}-cortex)`
      });
      mark.shape('rect', 'card', { class: 'hcnn-brain-mark', x, y, width, height, rx: 4 });
    }
  });
}

function drawDefinitions(layer: Layer, id: string): void {
  const clip = layer.shape('clipPath', 'cortex', { id: `${id}-cortex` });
  if (!clip.firstChild) {
    const edge = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    edge.setAttribute('d', closedPath(CORTEX));
    clip.append(edge);
  }
  const tile = { width: 9, height: 9, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
  const pattern = layer.shape('pattern', 'hatch', { id: `${id}-hatch`, ...tile });
  if (!pattern.firstChild) {
    const stroke = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    stroke.setAttribute('width', '3');
    stroke.setAttribute('height', '9');
    stroke.setAttribute('fill', '#ffffff');
    stroke.setAttribute('fill-opacity', '0.38');
    pattern.append(stroke);
  }
}

function drawSurface(
  layer: Layer,
  areas: readonly ShownArea[],
  top: number,
  scale: number,
  id: string
): void {
  layer.shape('path', 'stem', { class: 'hcnn-brain-below', d: closedPath(STEM) });
  layer.shape('path', 'cerebellum', { class: 'hcnn-brain-below', d: closedPath(CEREBELLUM) });
  FOLIA.forEach((fold, i) =>
    layer.shape('path', `fold-${i}`, { class: 'hcnn-brain-sulcus', d: openPath(fold) })
  );
  layer.shape('path', 'cortex', { class: 'hcnn-brain-cortex', d: closedPath(CORTEX) });
  layer.group('regions', { 'clip-path': `url(#${id}-cortex)` }, clipped => {
    for (const region of REGIONS) {
      const { score, brain } = areas.find(({ area }) => area === region.area)!;
      const known = Number.isFinite(score);
      const fill = known ? scoreColour(score, top) : undefined;
      const look = known ? 'hcnn-brain-region' : 'hcnn-brain-region hcnn-mod-unknown';
      const d = closedPath(region.outline);
      clipped.shape('path', region.area, { class: look, fill, d, 'data-area': region.area });
      const hatched = known && brain?.simulated;
      clipped.shape('path', `${region.area}-hatch`, {
        class: 'hcnn-brain-hatch',
        fill: hatched ? `url(#${id}-hatch)` : 'none',
        d
      });
    }
  });
  SULCI.forEach((furrow, i) =>
    layer.shape('path', `sulcus-${i}`, { class: 'hcnn-brain-sulcus', d: openPath(furrow) })
  );
  layer.shape('path', 'edge', { class: 'hcnn-brain-edge', d: closedPath(CORTEX) });
  const size = Math.max(11 / scale, 26);
  for (const { area, name } of REGIONS) {
    const { score } = areas.find(one => one.area === area)!;
    const ink = !Number.isFinite(score)
      ? 'hcnn-chart-strong'
      : darkOn(score, top)
        ? 'hcnn-brain-dark'
        : 'hcnn-brain-light';
    const place = { x: name[0], y: name[1], 'text-anchor': 'middle', 'font-size': size, 'font-weight': 700 };
    layer.text(`name-${area}`, area, { class: `hcnn-brain-name ${ink}`, ...place });
  }
}

function drawCard(
  layer: Layer,
  frame: ScoreFrame | null,
  shown: ShownArea,
  { left, top, width, height }: BrainLayout['cards'][number],
  font: number,
  colours: number,
  id: string
): void {
  const { area, brain, best, score } = shown;
  const known = Number.isFinite(score);
  const box = { x: left + 0.5, y: top + 0.5, width: width - 1, height: height - 1, rx: 4 };
  layer.shape('rect', 'box', { class: 'hcnn-brain-box', ...box });
  const swatch = { x: left + 8, y: top + 9, width: font, height: font, rx: 2 };
  const look = known ? 'hcnn-brain-swatch' : 'hcnn-brain-swatch hcnn-mod-unknown';
  layer.shape('rect', 'swatch', {
    class: look,
    fill: known ? scoreColour(score, colours) : undefined,
    ...swatch
  });
  const hatched = known && brain?.simulated;
  layer.shape('rect', 'hatch', {
    class: 'hcnn-brain-hatch',
    fill: hatched ? `url(#${id}-hatch)` : 'none',
    ...swatch
  });
  const [x, room] = [left + 8, width - 16];
  const strong = { class: 'hcnn-chart-strong', 'font-weight': 700 };
  const baseline = top + 8 + 0.9 * font;
  layer.text('name', brain?.area ?? area, { ...strong, 'font-size': font + 1, x: x + font + 6, y: baseline });
  const right = { x: left + width - 8, y: baseline + 1, 'text-anchor': 'end' };
  layer.text('score', known ? scoreText(score) : '', { ...strong, 'font-size': font + 4, ...right });
  const lines: [string, string][] = known
    ? [
        [`best: model ${frame!.modelAreas[best]}`, 'hcnn-chart-text'],
        [`ceiling ${scoreText(brain!.ceiling)}`, 'hcnn-chart-quiet'],
        brain!.simulated ? ['simulated', 'hcnn-bars-simulated'] : ['recorded', 'hcnn-chart-quiet']
      ]
    : [[brain || !frame ? 'no score yet' : 'no recordings', 'hcnn-chart-quiet']];
  lines.forEach(([text, style], i) => {
    const y = baseline + (i + 1) * 1.45 * font + 3;
    layer.text(`line-${i}`, shortened(text, room, font), { class: style, 'font-size': font, x, y });
  });
}

const STEPS = 40;

function drawScale(
  layer: Layer,
  areas: readonly ShownArea[],
  { legend, font, width }: BrainLayout,
  top: number,
  id: string
): void {
  const { left, top: y, width: long } = legend;
  for (let i = 0; i < STEPS; i += 1) {
    const box = { x: left + (i * long) / STEPS, y, width: long / STEPS + 0.6, height: 10 };
    layer.shape('rect', `step-${i}`, { fill: scoreColour(((i + 0.5) / STEPS) * top, top), ...box });
  }
  const small = { class: 'hcnn-chart-quiet', 'font-size': font - 1, y: y + 12 + font };
  for (const [i, share] of [0, 0.5, 1].entries()) {
    const anchor = ['start', 'middle', 'end'][i];
    layer.text(`tick-${i}`, scoreText(share * top), {
      ...small,
      x: left + share * long,
      'text-anchor': anchor
    });
  }
  const words = { class: 'hcnn-chart-quiet', 'font-size': font - 1, x: left + long + 14 };
  layer.text('title', shortened('best median r', width - left - long - 18, font - 1), { ...words, y: y + 9 });
  const hatched = areas.some(({ brain }) => brain?.simulated);
  const box = { x: left + long + 14, y: y + 3 + font - 9 + 9, width: 14, height: 10 };
  layer.shape('rect', 'simulated', {
    class: 'hcnn-brain-swatch',
    fill: hatched ? '#3b528b' : 'none',
    ...box
  });
  layer.shape('rect', 'hatch', {
    class: 'hcnn-brain-hatch',
    fill: hatched ? `url(#${id}-hatch)` : 'none',
    ...box
  });
  layer.text('simulated-label', hatched ? 'simulated' : '', { ...small, x: left + long + 34 });
}
