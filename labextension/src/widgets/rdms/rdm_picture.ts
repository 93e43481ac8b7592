/** The whole panel as one picture: matrices, what stands around them, and the pair that is looked at. */
import type { ImageSheet } from '../panel/image_sheet';
import type { Place } from './rdm_grid';
import { imageSide } from './pair_pane';
import type { RdmLayout } from './rdm_layout';

/** What a picture needs beside the drawings. */
export interface PictureLooks {
  background: string;
  ink: string;
  font: string;
  sheet: ImageSheet;
  /** Places in the sheet of the two images that are looked at, or null. */
  pair: Place | null;
}

/** Pixels of the file per pixel of the page: sharp on a wall. */
const SCALE = 2;
const MARGIN = 12;

/** Paints canvas, SVG and pair into one canvas. */
export async function picturePng(
  matrices: HTMLCanvasElement,
  around: Promise<CanvasImageSource>,
  layout: RdmLayout,
  looks: PictureLooks
): Promise<HTMLCanvasElement> {
  const drawing = await around;
  const copy = document.createElement('canvas');
  copy.width = (layout.width + 2 * MARGIN) * SCALE;
  copy.height = (layout.height + 2 * MARGIN) * SCALE;
  const context = copy.getContext('2d')!;
  context.setTransform(SCALE, 0, 0, SCALE, 0, 0);
  context.fillStyle = looks.background;
  context.fillRect(0, 0, layout.width + 2 * MARGIN, layout.height + 2 * MARGIN);
  context.translate(MARGIN, MARGIN);
  context.imageSmoothingEnabled = false;
  const ratio = matrices.width / layout.width;
  context.drawImage(matrices, 0, 0, layout.width, matrices.height / ratio);
  context.imageSmoothingEnabled = true;
  context.drawImage(drawing, 0, 0, layout.width, layout.height);
  if (looks.pair) {
    paintPair(context, layout, looks, looks.pair);
  }
  return copy;
}

function paintPair(
  context: CanvasRenderingContext2D,
  { pane, upright, font }: RdmLayout,
  { sheet, ink, font: family }: PictureLooks,
  pair: Place
): void {
  const side = imageSide(pane, upright, sheet);
  const scale = side / Math.max(1, sheet.width, sheet.height);
  context.fillStyle = ink;
  context.font = `${font - 1}px ${family}`;
  context.textBaseline = 'top';
  pair.forEach((image, i) => {
    const [left, top] = upright
      ? [pane.left, pane.top + i * (side + 40)]
      : [pane.left + i * (side + 60), pane.top];
    const picture = sheet.picture(image);
    if (picture) {
      context.drawImage(picture, left, top, sheet.width * scale, sheet.height * scale);
    }
    const height = picture ? sheet.height * scale + 3 : 0;
    [sheet.label(image), sheet.id(image)].filter(Boolean).forEach((line, row) => {
      context.fillText(line, left, top + height + row * 1.2 * font);
    });
  });
}
