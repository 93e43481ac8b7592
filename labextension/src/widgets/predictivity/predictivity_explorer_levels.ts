/** The explorer's levels as pointer and keyboard meet them: rows of items that are marked, said and chosen. */
import { depthColour } from '../charts/chart_colours';
import type { ChartStage } from '../charts/chart_stage';
import type { Choice, ExplorerFrame } from './predictivity_explorer_frame';
import { ranked } from './predictivity_explorer_frame';
import type { ExplorerLayout } from './predictivity_explorer_layout';
import { imageSentence, siteLine, siteSentence } from './predictivity_explorer_words';
import type { ImageSheet } from '../panel/image_sheet';
import { drawMark } from './predictivity_drawing';
import { barAt } from './predictivity_layout';
import { barCard } from '../scores/score_card';
import { scoreSentence } from '../scores/score_frame';
import { drawSiteMark } from './site_distribution_drawing';
import { type DistributionLayout, siteAt } from './site_distribution_layout';
import { type ResponseLayout, imageAt } from './site_response_layout';
import { drawImageMark } from './site_response_picture';

/** Items of one level, known by their indices; -1 is none. */
export interface Level {
  /** The items in the order in which the keys walk them. */
  order: readonly number[];
  at(x: number, y: number): number;
  /** Marks an item, with its card. */
  mark(item: number): void;
  sentence(item: number): string;
  /** What is chosen with an item; null where nothing lies beneath. */
  choice(item: number): Choice | null;
}

/** The bars. */
export function barsLevel(
  frame: ExplorerFrame,
  { bars: layout }: ExplorerLayout,
  chart: ChartStage,
  dark: boolean
): Level {
  const { bars, plot } = layout;
  const layer = chart.page.within('bars')!.within('mark')!;
  return {
    order: bars.map((_, index) => index),
    at: (x, y) => {
      const bar = barAt(layout, x, y);
      return bar ? bars.indexOf(bar) : -1;
    },
    mark: item => {
      const bar = bars[item];
      drawMark(layer, layout, bar);
      if (bar) {
        const colour = depthColour(bar.model, frame.modelAreas.length, dark);
        const content = barCard(frame, frame.brains[bar.brain]!, bar.model, colour);
        chart.card.show(content, bar.left + bar.width, plot.top + plot.height / 2, bar.left);
      }
    },
    sentence: item => scoreSentence(frame, frame.brains[bars[item]!.brain]!, bars[item]!.model),
    choice: item => ({ brain: bars[item]!.brain, model: bars[item]!.model, site: -1 })
  };
}

/** The sites of the bar that is open. */
export function sitesLevel(frame: ExplorerFrame, layout: DistributionLayout, chart: ChartStage): Level {
  const sites = frame.sites!;
  const layer = chart.page.within('sites')!.within('mark')!;
  return {
    order: ranked(sites),
    at: (x, y) => siteAt(layout, x, y),
    mark: site => {
      const told = site >= 0 ? site : (frame.responses?.site ?? -1);
      drawSiteMark(layer, layout, site, siteLine(sites, told));
    },
    sentence: site => siteSentence(sites, site),
    choice: site => ({ brain: sites.brain, model: sites.model, site })
  };
}

/** The responses of the site that is open. */
export function responsesLevel(
  frame: ExplorerFrame,
  layout: ResponseLayout,
  chart: ChartStage,
  sheet: ImageSheet,
  pinned: (index: number) => boolean
): Level {
  const responses = frame.responses!;
  const layer = chart.page.within('image')!;
  return {
    order: Array.from(responses.images.keys()),
    at: (x, y) => imageAt(layout, responses.images.length, x, y),
    mark: index => drawImageMark(layer, responses, layout, sheet, index, pinned(index)),
    sentence: index => `${imageSentence(responses, sheet, index)}${pinned(index) ? ', pinned' : ''}`,
    choice: () => null
  };
}
