/** Rectangles, and the size of print that fits a width. */

/** A rectangle in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Size of the small print in pixels: 12 in a narrow panel, larger where a panel fills a wall. */
export function fontSize(width: number): number {
  return Math.min(15, Math.max(12, Math.round(10 + width / 260)));
}
