/** The small print below a drawing: what its numbers are, in as many lines as it takes. */
import { wrapped } from './chart_words';
import type { Layer } from './svg_layer';

/** How wide a line of text may be: over a whole line even a wider font than ours must fit. */
export function captionWidth(width: number): number {
  return 0.93 * width - 8;
}

/** As small as it may be and still be read on a wall. */
function captionSize(font: number): number {
  return Math.max(12, font - 1);
}

/** Breaks a caption into lines; each part begins a line of its own. */
export function captionLines(parts: readonly string[], width: number, font: number): string[] {
  return parts.flatMap(part => wrapped(part, captionWidth(width), captionSize(font)));
}

/** How much room lines take from the foot of the first one on. */
export function captionHeight(lines: readonly string[], font: number): number {
  return Math.ceil(1.35 * captionSize(font) * Math.max(0, lines.length - 1) + 0.6 * font);
}

/** Writes lines one below the other, the first with its foot at `top`. */
export function drawCaption(layer: Layer, lines: readonly string[], top: number, font: number): void {
  const size = captionSize(font);
  lines.forEach((line, i) => {
    const place = { x: 4, y: top + i * 1.35 * size };
    layer.text(`line-${i}`, line, { class: 'hcnn-chart-quiet', 'font-size': size, ...place });
  });
}

/** The lines that one drawing has had: while it keeps its width it keeps their room, so that nothing below it jumps. */
export class CaptionRoom {
  private width = 0;
  private most = 0;

  /** The lines of a caption, with empty ones where there were more before. */
  lines(parts: readonly string[], width: number, font: number): string[] {
    const lines = captionLines(parts, width, font);
    this.most = width === this.width ? Math.max(this.most, lines.length) : lines.length;
    this.width = width;
    return [...lines, ...Array<string>(this.most - lines.length).fill('')];
  }
}
