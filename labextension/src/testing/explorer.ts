/** Frames of the explorer for its tests: scores of two brain areas, sites of one bar, responses of one site. */
import { vi } from 'vitest';

import { Fields } from '../wire';
import { type ExplorerFrame, readExplorer } from '../widgets/predictivity/predictivity_explorer_frame';
import { ImageSheet } from '../widgets/panel/image_sheet';
import { inMessage } from './page';
import { type Row, scoreState } from './scores';

export const MODELS = ['V1', 'V2', 'V4'];
export const V4: Row = {
  area: 'V4',
  value: [0.3, 0.4, 0.5],
  error: [0.02, 0.02, 0.02],
  untrained: [0.2, 0.3, 0.35],
  ceiling: 0.87,
  pixels: 0.26
};
export const IT: Row = { area: 'IT', simulated: true, value: [-0.1, NaN, 0.2] };

/** Of the bar of V4 by V2: r and ceiling of each site. */
export const SITES = { ids: ['a', 'b', 'c', 'd'], r: [0.5, 0.1, NaN, 0.3], ceiling: [0.9, 0.8, 0.7, NaN] };
/** Of one site: places in the sheet, recorded, predicted. */
export const RESPONSES = {
  images: [0, 2, 3, 5],
  recorded: [1, -1, 0.5, -0.5],
  predicted: [0.5, -0.5, NaN, -0.25]
};
/** Six images of three categories, in the order of the sheet. */
export const SHEET = {
  ids: ['car-1', 'car-2', 'cat-1', 'cat-2', 'cat-3', 'dog-1'],
  labels: ['car', 'car', 'cat', 'cat', 'cat', 'dog']
};

/** What is open in a frame. */
export interface Open {
  level?: 'bars' | 'sites' | 'responses';
  brain?: number;
  model?: number;
  site?: number;
  sites?: typeof SITES;
  responses?: typeof RESPONSES;
  step?: number;
  rows?: Row[];
  perFold?: boolean;
}

/** The state of a model that holds such a frame. */
export function explorerState(open: Open = {}): { header: object; values: DataView } {
  const { level = 'bars', sites = SITES, responses = RESPONSES } = open;
  const scores = scoreState(open.rows ?? [V4, IT], MODELS, open.step);
  const about = [
    {},
    { chosen_brain: open.brain ?? 0, chosen_model: open.model ?? 1, site_ids: sites.ids },
    { chosen_site: open.site ?? 0, n_images: responses.images.length }
  ];
  const numbers = [
    [],
    [...sites.r, ...sites.ceiling],
    [...responses.images, ...responses.recorded, ...responses.predicted]
  ];
  const deep = ['bars', 'sites', 'responses'].indexOf(level) + 1;
  const more = new Float32Array(numbers.slice(0, deep).flat());
  const bytes = [
    ...new Uint8Array(scores.values.buffer, scores.values.byteOffset, scores.values.byteLength),
    ...new Uint8Array(more.buffer)
  ];
  const header = about.slice(0, deep).reduce((all, one) => ({ ...all, ...one }), {
    ...scores.header,
    per_fold: open.perFold ?? false
  });
  return { header, values: inMessage(bytes) };
}

/** The frame itself. */
export function explorerFrame(open: Open = {}): ExplorerFrame {
  const { header, values } = explorerState(open);
  return readExplorer(new Fields(header), values);
}

/** The traits with small pictures of the images. */
export function sheetState(): { sheet_header: object; sheet: DataView } {
  const sizes = { n: 6, height: 1, width: 1, n_channels: 1 };
  return { sheet_header: { ...sizes, ...SHEET }, sheet: inMessage([1, 2, 3, 4, 5, 6]) };
}

/** The sheet itself, with pictures or with names alone. */
export function sheetOf(pictured = true, labels: string[] = SHEET.labels): ImageSheet {
  const pixels = new Uint8Array(pictured ? [1, 2, 3, 4, 5, 6] : []);
  return new ImageSheet(SHEET.ids, labels, pictured ? 1 : 0, pictured ? 1 : 0, 1, pixels);
}

/** Has canvases take what is drawn, which jsdom's do not. */
export function standInCanvas(): void {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ putImageData: vi.fn() } as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/png;base64,AAAA');
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(readonly data: Uint8ClampedArray) {}
    }
  );
}
