/** What the explorer says of a site and of an image: aloud, and on its card. */
import { countText, scoreText } from '../charts/chart_words';
import type { Cell } from '../panel/export';
import {
  type ExplorerFrame,
  type Responses,
  type Sites,
  median,
  ranked
} from './predictivity_explorer_frame';
import type { ImageSheet } from '../panel/image_sheet';
import { brainName, moment, scoreTable, scoresSentence } from '../scores/score_frame';

/** The level that is open, as a heading of the whole drawing, and which keys lead where. */
export function levelSentence(frame: ExplorerFrame): string {
  const { sites, responses } = frame;
  if (!sites) {
    return `${scoresSentence(frame)} Arrow keys walk the bars, Enter opens the sites of one. ${frame.convention}`;
  }
  const bar = `${brainName(frame.brains[sites.brain]!)} predicted from model area ${frame.modelAreas[sites.model]}`;
  if (!responses) {
    const spread = `${countText(sites.ids.length)} sites, median r ${scoreText(median(sites.r))}`;
    return `${bar}${moment(frame)}: ${spread}. Arrow keys walk the sites, Enter opens one, Escape leads back.`;
  }
  const site = `site ${sites.ids[responses.site]}, r ${scoreText(sites.r[responses.site]!)}`;
  return `${bar}${moment(frame)}: ${site}. Arrow keys walk ${countText(responses.images.length)} images, Enter pins one, Escape leads back.`;
}

/** The numbers of a site that is pointed at; else how one is. */
export function siteLine(sites: Sites, site: number): string {
  if (site < 0) {
    return 'Point at a site, or use the arrow keys';
  }
  const limit = sites.ceiling[site]!;
  const ceiling = Number.isFinite(limit) ? `, noise ceiling ${scoreText(limit)}` : '';
  return `Site ${sites.ids[site]}: r ${scoreText(sites.r[site]!)}${ceiling}`;
}

/** A site in words to be heard. */
export function siteSentence(sites: Sites, site: number): string {
  const order = ranked(sites);
  const place = `${order.length - order.indexOf(site)} of ${order.length} from the best`;
  return `${siteLine(sites, site)}, ${place}`;
}

/** An image and the two responses to it, in words to be heard. */
export function imageSentence(responses: Responses, sheet: ImageSheet, index: number): string {
  const predicted = responses.predicted[index]!;
  const known = Number.isFinite(predicted) ? `predicted ${scoreText(predicted)}` : 'never held out';
  return `${sheet.name(responses.images[index]!)}: recorded ${scoreText(responses.recorded[index]!)}, ${known}`;
}

/** The numbers behind the deepest level that is open, the first row being the names of the columns. */
export function explorerTable(frame: ExplorerFrame, sheet: ImageSheet): Cell[][] {
  const { sites, responses } = frame;
  if (!sites) {
    return scoreTable(frame);
  }
  const brain = frame.brains[sites.brain]!;
  const bar = [brain.area, brain.simulated ? 'yes' : 'no', frame.modelAreas[sites.model]!, frame.step];
  const names = ['brain area', 'simulated', 'model area', 'step', 'site'];
  const said = [frame.convention, frame.source];
  if (!responses) {
    const rows = sites.ids.map((id, i) => [...bar, id, sites.r[i]!, sites.ceiling[i]!, ...said]);
    return [[...names, 'r', 'ceiling', 'convention', 'source'], ...rows];
  }
  const rows = Array.from(responses.images, (image, i) => [
    ...bar,
    sites.ids[responses.site]!,
    sheet.id(image),
    sheet.label(image),
    responses.recorded[i]!,
    responses.predicted[i]!,
    ...said
  ]);
  return [
    [...names, 'image', 'category', 'recorded (SD)', 'predicted (SD)', 'convention', 'source'],
    ...rows
  ];
}
