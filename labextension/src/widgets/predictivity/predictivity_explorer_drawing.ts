/** The explorer's three levels in one drawing: bars, the sites of one, the responses of one of those. */
import { depthColour } from '../charts/chart_colours';
import { drawCaption } from '../charts/chart_caption';
import { textWidth } from '../charts/chart_words';
import type { Box } from '../charts/sizes';
import { type ExplorerFrame, choiceOf } from './predictivity_explorer_frame';
import type { ExplorerLayout } from './predictivity_explorer_layout';
import { nameBars } from './predictivity_drawing';
import { drawSites } from './site_distribution_drawing';
import type { DistributionLayout } from './site_distribution_layout';
import { drawResponses } from './site_response_drawing';
import type { ResponseLayout } from './site_response_layout';
import type { Layer } from '../charts/svg_layer';

/** Where the levels that are open stand; null where one is closed. */
export interface OpenLevels {
  sites: DistributionLayout | null;
  responses: ResponseLayout | null;
}

/** Draws a frame; marks of what is pointed at are drawn by themselves. */
export function drawExplorer(
  page: Layer,
  frame: ExplorerFrame,
  layout: ExplorerLayout,
  open: OpenLevels,
  dark: boolean
): void {
  page.draw(top => {
    top.group('chosen', {}, layer => drawChosen(layer, frame, layout));
    top.group('bars', {}, layer => nameBars(layer, frame, layout.bars, dark));
    top.group('sites', {}, layer => drawSitesLevel(layer, frame, layout, open.sites, dark));
    top.group('responses', {}, layer => {
      if (open.responses) {
        drawResponses(layer, frame.sites!, frame.responses!, open.responses);
      } else {
        drawHint(
          layer,
          layout.responses,
          'Its response to every image appears here, once a site is chosen.',
          layout
        );
      }
    });
    top.group('image', {}, () => undefined);
    top.group('caption', {}, layer => {
      drawCaption(layer, layout.captionLines, layout.caption, layout.font);
    });
  });
}

/** Tints the column of the bar whose sites are open. */
function drawChosen(layer: Layer, { sites }: ExplorerFrame, { bars }: ExplorerLayout): void {
  const bar = sites && bars.bars.find(({ brain, model }) => brain === sites.brain && model === sites.model);
  if (bar) {
    const place = { x: bar.left - 2, width: bar.width + 4, y: bars.plot.top, height: bars.plot.height };
    layer.shape('rect', 'column', { class: 'hcnn-explorer-chosen', rx: 2, ...place });
  }
}

function drawSitesLevel(
  layer: Layer,
  frame: ExplorerFrame,
  layout: ExplorerLayout,
  open: DistributionLayout | null,
  dark: boolean
): void {
  const { sites } = frame;
  if (!sites || !open) {
    drawHint(
      layer,
      layout.sites,
      'Click a bar, or press Enter on it: its sites appear here, one dot each.',
      layout
    );
    return;
  }
  const brain = frame.brains[sites.brain]!;
  drawSites(layer, sites, open, {
    brain,
    score: frame.perFold ? brain.value[sites.model]! : null,
    modelArea: frame.modelAreas[sites.model]!,
    colour: depthColour(sites.model, frame.modelAreas.length, dark),
    chosen: choiceOf(frame).site
  });
}

/** An empty level says how it is opened. */
function drawHint(layer: Layer, box: Box, words: string, { font }: ExplorerLayout): void {
  const frame = { x: box.left + 4, y: box.top + 4, width: box.width - 8, height: box.height - 8, rx: 6 };
  layer.shape('rect', 'frame', { class: 'hcnn-explorer-empty', ...frame });
  const lines = textWidth(words, font) < box.width - 24 ? [words] : words.split(/(?<=[,:]) /);
  lines.forEach((line, i) => {
    const y = box.top + box.height / 2 + (i - (lines.length - 1) / 2) * 1.4 * font;
    const place = { x: box.left + box.width / 2, y, 'text-anchor': 'middle' };
    layer.text(`words-${i}`, line, { class: 'hcnn-chart-quiet', 'font-size': font, ...place });
  });
}
