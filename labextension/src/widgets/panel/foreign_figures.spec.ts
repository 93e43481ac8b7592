import { afterEach, expect, it, vi } from 'vitest';

import { measureAsLaidOut } from './foreign_figures';

function figure(className: string, shown: number, laidOut: number): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  Object.defineProperty(element, 'offsetWidth', { value: laidOut });
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(
    () => new DOMRect(20, 30, shown, shown)
  );
  document.body.append(element);
  return element;
}

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

it.each([
  [400, 300, 300],
  [300, 300, 300],
  [0, 0, 0]
])('a figure shown at %d pixels and laid out for %d has a size of %d', (shown, laidOut, size) => {
  const one = figure('lm-Widget bqplot figure', shown, laidOut);
  measureAsLaidOut(document.body);
  measureAsLaidOut(document.body);
  const { x, y, width, height } = one.getBoundingClientRect();
  expect([x, y, width, height]).toEqual([20, 30, size, size]);
});

it('anything else is measured as it is shown', () => {
  const one = figure('hcnn-panel', 400, 300);
  measureAsLaidOut(document.body);
  expect(one.getBoundingClientRect().width).toBe(400);
});
