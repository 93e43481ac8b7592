/** The explorer on a page of its own, for its tests. */
import { beforeEach } from 'vitest';

import {
  PredictivityExplorerModel,
  PredictivityExplorerView
} from '../widgets/predictivity/predictivity_explorer';
import { type Open, explorerState, sheetState, standInCanvas } from './explorer';
import { type Page, arrive, mounted, standIns } from './page';

/** Mounts the explorer, with what a test asks of it and does to it. */
function explorer(page: Page, open: Open = {}, width = 900, sheet: object = sheetState()) {
  const state = { ...explorerState(open), ...sheet };
  const panel = mounted(PredictivityExplorerView, PredictivityExplorerModel, state, width);
  page.frame();
  const { el } = panel.view;
  const svg = el.querySelector<SVGSVGElement>('.hcnn-mod-explorer svg')!;
  const number = (element: Element | null | undefined, name: string): number =>
    Number(element?.getAttribute(name));
  const mouse = (kind: string, x: number, y: number): boolean =>
    svg.dispatchEvent(new MouseEvent(kind, { clientX: x, clientY: y, bubbles: true }));
  return {
    ...panel,
    svg,
    number,
    all: (selector: string) => [...svg.querySelectorAll(selector)],
    texts: () => [...svg.querySelectorAll('text')].map(text => text.textContent),
    voice: () => el.querySelector('[aria-live=polite]')!.textContent,
    card: () => el.querySelector<HTMLElement>('.hcnn-card')!,
    way: () => [...el.querySelectorAll<HTMLButtonElement>('.hcnn-breadcrumb-step')],
    chosen: () => panel.sent.filter(message => message.kind === 'choose'),
    key: (name: string, init = {}) =>
      svg.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init })
      ),
    point: (x: number, y: number) => mouse('pointermove', x, y),
    click: (x: number, y: number) => mouse('click', x, y),
    come: (next: Open) => {
      arrive(panel.model, explorerState(next));
      page.frame();
    }
  };
}

/** The middle of a bar or dot. */
export function middleOf(element: Element): [number, number] {
  const at = (name: string): number => Number(element.getAttribute(name));
  return element.tagName === 'circle'
    ? [at('cx'), at('cy')]
    : [at('x') + at('width') / 2, at('y') + at('height') / 2];
}

/** Gives every test a page of its own, and what mounts the explorer on it. */
export function explorerOnAPage(): {
  page: () => Page;
  explorer: (open?: Open, width?: number, sheet?: object) => ReturnType<typeof explorer>;
} {
  let page: Page;
  beforeEach(() => {
    page = standIns();
    standInCanvas();
  });
  return { page: () => page, explorer: (...asked) => explorer(page, ...asked) };
}
