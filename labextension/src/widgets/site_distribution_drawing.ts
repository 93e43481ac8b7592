/** A brain area's sites, one dot each, beside their noise ceilings. */
import { countText, scoreText, shortened } from './chart_words';
import { type Sites, median } from './explorer_frame';
import { drawAxis } from './predictivity_drawing';
import { type BrainScores, brainName } from './score_frame';
import type { Column, DistributionLayout } from './site_distribution_layout';
import type { Layer } from './svg_layer';

/** What a drawing of sites needs to know besides the sites. */
export interface SitesLook {
  brain: BrainScores;
  modelArea: string;
  /** The colour of the model area, as of its bar. */
  colour: string;
  /** The site whose responses are shown; -1 for none. */
  chosen: number;
}

/** Draws the dots with axis and names. */
export function drawSites(layer: Layer, sites: Sites, layout: DistributionLayout, look: SitesLook): void {
  const { box, font } = layout;
  const heading = `${countText(sites.ids.length)} sites of ${brainName(look.brain)} by model ${look.modelArea}`;
  const title = { class: 'hcnn-chart-strong', 'font-size': font + 1, 'font-weight': 600 };
  layer.text('heading', shortened(heading, box.width - 8, font + 1, true), {
    ...title,
    x: box.left + 4,
    y: box.top + font + 1
  });
  layer.group('axis', {}, axis => drawAxis(axis, layout, 'Pearson r on held-out images'));
  drawColumn(layer, 'r', sites.r, layout, layout.r, look.colour);
  if (layout.ceiling) {
    drawColumn(layer, 'ceiling', sites.ceiling, layout, layout.ceiling, undefined);
  }
  layer.group('chosen', {}, mark => nameSiteMark(mark, layout, look.chosen, 'hcnn-site-chosen'));
  layer.group('mark', {}, () => undefined);
}

/** Marks the site that is pointed at, with its numbers beneath the heading; -1 takes the mark off. */
export function drawSiteMark(layer: Layer, layout: DistributionLayout, site: number, words: string): void {
  layer.draw(mark => {
    nameSiteMark(mark, layout, site, 'hcnn-site-marked');
    const { box, font } = layout;
    const place = { x: box.left + 4, y: box.top + 2.5 * font + 1 };
    mark.text('words', shortened(words, box.width - 8, font), {
      class: 'hcnn-chart-text',
      'font-size': font,
      ...place
    });
  });
}

function drawColumn(
  layer: Layer,
  name: 'r' | 'ceiling',
  values: Float32Array,
  { plot, y, font }: DistributionLayout,
  { middle, reach, dots }: Column,
  fill: string | undefined
): void {
  const centre = median(values);
  const look = `hcnn-site-${name}${dots.radius < 3 ? ' hcnn-mod-small' : ''}`;
  layer.group(name, {}, column => {
    if (Number.isFinite(centre)) {
      const line = { x1: middle - reach, x2: middle + reach, y1: y(centre), y2: y(centre) };
      column.shape('line', 'median', { class: 'hcnn-site-median', ...line });
    }
    dots.x.forEach((offset, site) => {
      if (Number.isFinite(offset)) {
        const place = { cx: middle + offset, cy: dots.y[site]!, r: dots.radius };
        column.shape('circle', `site-${site}`, { class: look, fill, ...place });
      }
    });
    const floor = plot.top + plot.height;
    const what = name === 'r' ? 'r of each site' : 'noise ceiling';
    const words = { x: middle, 'text-anchor': 'middle' };
    const strong = { class: 'hcnn-chart-strong', 'font-size': font + 1, 'font-weight': 600 };
    column.text('name', what, { ...strong, ...words, y: floor + font + 8 });
    const quiet = { class: 'hcnn-chart-quiet', 'font-size': font };
    column.text('centre', `median ${scoreText(centre)}`, { ...quiet, ...words, y: floor + 2.2 * font + 9 });
  });
}

/** Rings a site's dot and that of its ceiling, and joins the two. */
function nameSiteMark(layer: Layer, { r, ceiling }: DistributionLayout, site: number, look: string): void {
  const dot = (column: Column): { cx: number; cy: number } => ({
    cx: column.middle + column.dots.x[site]!,
    cy: column.dots.y[site]!
  });
  if (!Number.isFinite(r.dots.x[site] ?? NaN)) {
    return;
  }
  const own = dot(r);
  if (ceiling && Number.isFinite(ceiling.dots.x[site])) {
    const limit = dot(ceiling);
    layer.shape('line', 'link', {
      class: `${look}-link`,
      x1: own.cx,
      y1: own.cy,
      x2: limit.cx,
      y2: limit.cy
    });
    layer.shape('circle', 'ceiling', { class: look, ...limit, r: ceiling.dots.radius + 2.5 });
  }
  layer.shape('circle', 'ring', { class: look, ...own, r: r.dots.radius + 3 });
}
