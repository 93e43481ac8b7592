/** The small print below a drawing: what its numbers are. */
import { shortened, wrapped } from './chart_words';
import type { Layer } from './svg_layer';

/** Lines that are kept; the card has all of it. */
export const CAPTION_LINES = 2;

/** How wide a line of text may be: over a whole line even a wider font than ours must fit. */
export function captionWidth(width: number): number {
  return 0.93 * width - 8;
}

/** Writes a text in at most two lines, the first at `top`. */
export function drawCaption(layer: Layer, text: string, width: number, top: number, font: number): void {
  const size = font - 1;
  const room = captionWidth(width);
  const lines = wrapped(text, room, size);
  const kept = lines.slice(0, CAPTION_LINES);
  if (lines.length > CAPTION_LINES) {
    kept[CAPTION_LINES - 1] = shortened(`${kept.at(-1)} ${lines[CAPTION_LINES]}`, room, size);
  }
  kept.forEach((line, i) => {
    const place = { x: 4, y: top + i * 1.35 * size };
    layer.text(`line-${i}`, line, { class: 'hcnn-chart-quiet', 'font-size': size, ...place });
  });
}
