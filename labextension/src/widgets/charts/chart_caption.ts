/** The small print below a drawing: what its numbers are, in as many lines as it takes or as there is room for. */
import { shortened, wrapped } from './chart_words';
import type { Layer } from './svg_layer';

/** In panels of a dashboard, which has to fit a screen: the label and the files have all of it. */
export const FEW_LINES = 2;

/** How wide a line of text may be: over a whole line even a wider font than ours must fit. */
export function captionWidth(width: number): number {
  return 0.93 * width - 8;
}

/** As small as it may be and still be read on a wall. */
function captionSize(font: number): number {
  return Math.max(12, font - 1);
}

/** Breaks a caption into lines; each part begins a line of its own. Where there are more than `most`, the last ends in … */
export function captionLines(
  parts: readonly string[],
  width: number,
  font: number,
  most = Infinity
): string[] {
  const [room, size] = [captionWidth(width), captionSize(font)];
  const lines = parts.flatMap(part => wrapped(part, room, size));
  const left = lines.splice(most);
  if (left.length > 0) {
    lines.push(shortened(`${lines.pop()!} ${left[0]!}`, room, size));
  }
  return lines;
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
  lines(parts: readonly string[], width: number, font: number, most = Infinity): string[] {
    const lines = captionLines(parts, width, font, most);
    this.most = width === this.width ? Math.max(this.most, lines.length) : lines.length;
    this.width = width;
    return [...lines, ...Array<string>(this.most - lines.length).fill('')];
  }
}
