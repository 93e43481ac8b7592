import { beforeEach, describe, expect, it } from 'vitest';

import { SHEET, notedPen } from '../../testing/rdms';
import { NO_IMAGES, imageSheet } from '../panel/image_sheet';
import { PairPane, imageSide } from './pair_pane';

const BOX = { left: 300, top: 20, width: 150, height: 330 };
const PAIR = {
  images: [2, 0] as const,
  values: [
    { name: 'model', value: '0.94 · 46th' },
    { name: 'brain', value: '0.12 · 3rd' }
  ],
  pinned: false
};
const sheet = (): ReturnType<typeof imageSheet> =>
  imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });

beforeEach(() => {
  notedPen();
});

describe('the pane', () => {
  it('lies in its place and invites to point', () => {
    const pane = new PairPane();
    pane.place(BOX, true);
    pane.show(null, sheet(), BOX, true);
    expect([pane.element.style.left, pane.element.style.height]).toEqual(['300px', '330px']);
    expect(pane.element.textContent).toContain('Point at a cell, or walk with the arrow keys');
    expect(pane.element.classList.contains('hcnn-mod-upright')).toBe(true);
  });

  it('shows both images with names, and the numbers', () => {
    const pane = new PairPane();
    pane.show(PAIR, sheet(), BOX, true);
    const captions = [...pane.element.querySelectorAll('figcaption')].map(one => one.textContent);
    expect(captions).toEqual(['human faceface-1', 'carcar-1']);
    expect(pane.element.querySelectorAll('canvas')).toHaveLength(2);
    expect(pane.element.querySelector('.hcnn-pair-values')!.textContent).toBe(
      'model0.94 · 46thbrain0.12 · 3rd'
    );
  });

  it('is left alone while nothing changes, and says that a pair is pinned', () => {
    const pane = new PairPane();
    pane.show(PAIR, sheet(), BOX, true);
    const before = pane.element.firstChild;
    pane.show({ ...PAIR }, sheet(), BOX, true);
    expect(pane.element.firstChild).toBe(before);
    pane.show({ ...PAIR, pinned: true }, sheet(), BOX, true);
    expect(pane.element.firstChild).not.toBe(before);
    expect(pane.element.classList.contains('hcnn-mod-pinned')).toBe(true);
  });
});

describe('the images', () => {
  it('are as large as the pane allows, with room for names and numbers', () => {
    const side = imageSide(BOX, true, sheet());
    expect(2 * (side + 34) + 44).toBeLessThanOrEqual(BOX.height);
    expect(imageSide({ ...BOX, height: 2000, width: 900 }, true, sheet())).toBe(128);
    expect(imageSide({ ...BOX, height: 132, width: 500 }, false, sheet())).toBe(94);
  });

  it('take little room where there are none', () => {
    expect(imageSide(BOX, true, NO_IMAGES)).toBe(16);
  });
});
