/** Where a pointer is within an element that may be drawn larger than it is laid out, as on the stage. */

/** How much larger an element is on the screen than in its own layout. */
export function magnification(element: Element): number {
  const shown = element.getBoundingClientRect().width;
  return element.clientWidth > 0 && shown > 0 ? shown / element.clientWidth : 1;
}

/** Where an event is, in pixels of the element's own layout. */
export function pointerWithin(
  element: Element,
  { clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>
): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const larger = magnification(element);
  return { x: (clientX - left) / larger, y: (clientY - top) / larger };
}
