/** The two images of a cell, and how unlike model and brain find them; keeps its size whatever it shows. */
import type { Box } from '../charts/sizes';
import type { ImageSheet } from '../panel/image_sheet';

/** What stands beneath the images: a name and a number. */
export interface PairValue {
  name: string;
  value: string;
}

/** A pair that is shown. */
export interface Pair {
  /** Places in the sheet. */
  images: readonly [number, number];
  values: readonly PairValue[];
  /** Whether it stays when the pointer goes. */
  pinned: boolean;
}

const INVITATION =
  'Point at a cell, or walk with the arrow keys, to see its two images. Click or Enter pins them.';
const CAPTION = 34;
const NUMBERS = 44;

export class PairPane {
  readonly element = document.createElement('div');
  private shown = '';

  constructor() {
    this.element.className = 'hcnn-pair';
    this.element.setAttribute('aria-hidden', 'true');
  }

  /** Puts the pane in its place. */
  place(box: Box, upright: boolean): void {
    const style = { left: box.left, top: box.top, width: box.width, height: box.height };
    Object.entries(style).forEach(([key, value]) => this.element.style.setProperty(key, `${value}px`));
    this.element.classList.toggle('hcnn-mod-upright', upright);
  }

  /** Shows a pair; null invites to point at one. */
  show(pair: Pair | null, sheet: ImageSheet, box: Box, upright: boolean): void {
    const key = JSON.stringify([pair, sheet.count, box, upright]);
    if (key !== this.shown) {
      this.shown = key;
      this.element.classList.toggle('hcnn-mod-pinned', pair?.pinned === true);
      this.element.replaceChildren(...(pair ? nodes(pair, sheet, box, upright) : [words(INVITATION)]));
    }
  }
}

function words(text: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'hcnn-pair-invitation';
  element.textContent = text;
  return element;
}

/** How large the images are, so that both fit with their captions and the numbers. */
export function imageSide(box: Box, upright: boolean, sheet: ImageSheet): number {
  const wanted = upright ? (box.height - NUMBERS) / 2 - CAPTION : box.height - CAPTION - 4;
  const wide = upright ? box.width - 12 : box.width / 4;
  const side = Math.floor(Math.min(wanted, wide, 128));
  // A picture that is wider than high may be as wide as the pane.
  return Math.max(16, sheet.pictured ? side : 16);
}

function nodes(pair: Pair, sheet: ImageSheet, box: Box, upright: boolean): HTMLElement[] {
  const side = imageSide(box, upright, sheet);
  const figures = pair.images.map(image => sheet.figure(image, side, upright ? box.width : box.width / 3));
  const list = document.createElement('div');
  list.className = 'hcnn-pair-values';
  for (const { name, value } of pair.values) {
    const [term, number] = [document.createElement('span'), document.createElement('strong')];
    term.textContent = name;
    number.textContent = value;
    list.append(term, number);
  }
  return [...figures, list];
}
