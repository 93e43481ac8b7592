/** Which place of a scene an element of its drawing is at. */
import { NOWHERE } from '../charts/chart_view';

/** The place that an element is at, of so many; NOWHERE where there is none. */
export function placeOf(target: EventTarget | null, count: number): number {
  const mark = target instanceof Element ? target.closest('[data-place]') : null;
  const place = Number(mark?.getAttribute('data-place') ?? NOWHERE);
  return place < count ? place : NOWHERE;
}

/** The place of the cell that has the focus, within a drawing. */
export function focusedPlace(svg: SVGSVGElement, count: number): number {
  const { activeElement } = document;
  return svg.contains(activeElement) ? placeOf(activeElement, count) : NOWHERE;
}
