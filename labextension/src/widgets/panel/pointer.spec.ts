import { expect, it } from 'vitest';

import { magnification, pointerWithin } from './pointer';

/** An element of 200 pixels, shown so wide from 50 pixels on. */
function shown(width: number): Element {
  const element = document.createElement('div');
  Object.defineProperty(element, 'clientWidth', { value: 200 });
  element.getBoundingClientRect = () => new DOMRect(50, 30, width, width);
  return element;
}

it('a pointer is told in the pixels that an element is laid out in, however large it is shown', () => {
  expect(pointerWithin(shown(200), { clientX: 60, clientY: 50 })).toEqual({ x: 10, y: 20 });
  expect(pointerWithin(shown(400), { clientX: 60, clientY: 50 })).toEqual({ x: 5, y: 10 });
});

it('an element that is not laid out is as large as it is', () => {
  expect(magnification(document.createElement('div'))).toBe(1);
});
