/** A brain area's sites, one dot each, beside their noise ceilings. */
import { clipped, countText, scoreText, shortened } from '../charts/chart_words';
import { type Sites, median } from './predictivity_explorer_frame';
import { drawAxis } from './predictivity_drawing';
import { type BrainScores, brainName } from '../scores/score_frame';
import type { Column, DistributionLayout } from './site_distribution_layout';
import type { Dots } from './site_swarm';
import type { Attributes, Layer } from '../charts/svg_layer';

/** What a drawing of sites needs to know besides the sites. */
export interface SitesLook {
  brain: BrainScores;
  modelArea: string;
  /** The score of the bar, where it is not the median of the sites. */
  score: number | null;
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
  const shown = clipped(heading, box.width - 8, font + 1, true);
  layer.group('heading', {}, group => {
    group.tooltip(heading, shown);
    group.text('words', shown, { ...title, x: box.left + 4, y: box.top + font + 1 });
  });
  layer.group('axis', {}, axis => drawAxis(axis, layout, 'Pearson r on held-out images'));
  drawColumn(layer, 'r', sites.r, layout, layout.r, look.colour);
  if (layout.ceiling) {
    drawColumn(layer, 'ceiling', sites.ceiling, layout, layout.ceiling, undefined);
  }
  if (look.score !== null) {
    nameScore(layer, layout, look.score);
  }
  layer.group('chosen', {}, mark => nameSiteMark(mark, layout, look.chosen, 'hcnn-site-chosen'));
  layer.group('mark', {}, () => undefined);
}

/** Says how the bar comes to another value than the median that is shown. */
function nameScore(layer: Layer, { box, plot, font }: DistributionLayout, score: number): void {
  const words = `score ${scoreText(score)}: medians per fold, averaged`;
  const place = { x: box.left + 4, y: plot.top + plot.height + 3.4 * font + 10 };
  layer.text('score', shortened(words, box.width - 8, font), {
    class: 'hcnn-chart-quiet',
    'font-size': font,
    ...place
  });
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
  place: Column,
  fill: string | undefined
): void {
  const { middle, dots } = place;
  const centre = median(values);
  layer.group(name, {}, column => {
    // Behind the dots; a crowd of them would hide it.
    const draws = [
      () => nameMedian(column, place, y(centre)),
      () => nameDots(column, place, { class: dotLook(name, dots), fill })
    ];
    (dots.crowded ? draws.reverse() : draws).forEach(draw => draw());
    const floor = plot.top + plot.height;
    const what = name === 'r' ? 'r of each site' : 'noise ceiling';
    const words = { x: middle, 'text-anchor': 'middle' };
    const strong = { class: 'hcnn-chart-strong', 'font-size': font + 1, 'font-weight': 600 };
    column.text('name', what, { ...strong, ...words, y: floor + font + 8 });
    const quiet = { class: 'hcnn-chart-quiet', 'font-size': font };
    column.text('centre', `median ${scoreText(centre)}`, { ...quiet, ...words, y: floor + 2.2 * font + 9 });
  });
}

function dotLook(name: string, { radius, crowded }: Dots): string {
  return `hcnn-site-${name}${radius < 3 ? ' hcnn-mod-small' : ''}${crowded ? ' hcnn-mod-crowded' : ''}`;
}

function nameMedian(layer: Layer, { middle, reach }: Column, at: number): void {
  if (Number.isFinite(at)) {
    const line = { x1: middle - reach, x2: middle + reach, y1: at, y2: at };
    layer.shape('line', 'median', { class: 'hcnn-site-median', ...line });
  }
}

/** A shape for each dot; one for a crowd: thousands of shapes would hold up the page. */
function nameDots(layer: Layer, { middle, dots: { x, y, radius, crowded } }: Column, look: Attributes): void {
  const known = [...x.keys()].filter(site => Number.isFinite(x[site]));
  if (!crowded) {
    for (const site of known) {
      layer.shape('circle', `site-${site}`, { ...look, cx: middle + x[site]!, cy: y[site]!, r: radius });
    }
    return;
  }
  const half = `a${radius},${radius} 0 1,1 `;
  const round = `${half}${2 * radius},0${half}${-2 * radius},0`;
  const d = known.map(site => `M${(middle + x[site]! - radius).toFixed(1)},${y[site]!.toFixed(1)}${round}`);
  layer.shape('path', 'sites', { ...look, d: d.join('') });
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
