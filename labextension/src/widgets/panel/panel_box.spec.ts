import { beforeEach, expect, it, vi } from 'vitest';

import { type Page, standIns } from '../../testing/page';
import { restControls, showOpenedCode } from './panel_box';

let page: Page;
let panel: Element;
const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
const one = (selector: string): HTMLElement => all(selector)[0]!;

/** An element such as `div.hcnn-box` or `button#code`. */
function node(what: string, children: Element[] = []): Element {
  const [tag, name] = what.split(/[.#]/);
  const element = document.createElement(tag!);
  element.setAttribute(what.includes('#') ? 'id' : 'class', name ?? '');
  element.append(...children);
  return element;
}

/** A panel in its box, within another box, as in the dashboard; beside them a control of somebody else. */
beforeEach(() => {
  page = standIns();
  const inner = node('div.hcnn-box', [
    node('div', [node('select'), node('button#code'), node('div.widget-slider')]),
    node('div.hcnn-plane'),
    node('div.hcnn-panel', [node('button#csv')]),
    node('div.widget-textarea')
  ]);
  document.body.replaceChildren(node('div.hcnn-box', [node('button#train'), inner]), node('button#other'));
  panel = one('.hcnn-panel');
});

it('while no kernel is connected the controls around a panel can be neither clicked nor reached by key', () => {
  restControls(panel, true);
  expect(all('[inert]').map(({ id, className, tagName }) => id || className || tagName)).toEqual([
    'train',
    'SELECT',
    'code',
    'widget-slider',
    'hcnn-plane'
  ]);
  restControls(panel, false);
  expect(all('[inert]')).toEqual([]);
});

/** Presses a button, and has the kernel show the code; says whether the page went there. */
function goesThere(button: string, height = 0): boolean {
  const went = vi.fn();
  const code = one('.widget-textarea');
  code.scrollIntoView = went;
  Object.defineProperty(code, 'offsetHeight', { configurable: true, get: () => height });
  one(button).click();
  page.widen(500);
  expect(went).not.toHaveBeenCalled();
  height = 80;
  page.widen(500);
  page.widen(500);
  return went.mock.calls.length === 1;
}

it('the page goes to the code once a button has opened it', () => {
  showOpenedCode(panel, new AbortController().signal);
  expect(goesThere('#code')).toBe(true);
  expect(page.observers()).toBe(0);
});

it.each([
  ['was open before', '#code', 80],
  ['is not asked for by a button of the panel itself', '#csv', 0],
  ['is another box’s', '#other', 0]
])('the page stays where it is where the code %s', (_, button, height) => {
  showOpenedCode(panel, new AbortController().signal);
  expect(goesThere(button, height)).toBe(false);
});

it('a panel that is removed waits for no code', () => {
  const life = new AbortController();
  showOpenedCode(panel, life.signal);
  one('#code').click();
  expect(page.observers()).toBe(1);
  life.abort();
  expect(page.observers()).toBe(0);
  expect(goesThere('#code')).toBe(false);
});
