/**
 * Figures of bqplot on the stage.
 *
 * They ask the browser how large they are, and are told in pixels of the window; on the stage, which is shown larger
 * (`stage.ts`), they would draw for more room than they are laid out for, and lose their right and lower edges.
 */
const FIGURES = '.bqplot.figure';

/** Has the figures within an element measure themselves as they are laid out, from now on, on the stage or not. */
export function measureAsLaidOut(element: Element): void {
  element.querySelectorAll<HTMLElement>(FIGURES).forEach(figure => {
    if (!Object.hasOwn(figure, 'getBoundingClientRect')) {
      figure.getBoundingClientRect = () => laidOut(figure);
    }
  });
}

function laidOut(figure: HTMLElement): DOMRect {
  const { x, y, width, height } = Element.prototype.getBoundingClientRect.call(figure);
  const larger = width / figure.offsetWidth || 1;
  return new DOMRect(x, y, width / larger, height / larger);
}
