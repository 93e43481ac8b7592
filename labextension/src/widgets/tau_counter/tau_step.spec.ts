import { beforeEach, describe, expect, it } from 'vitest';

import { SHEET, notedPen } from '../../testing/rdms';
import { tauFrame } from '../../testing/tau';
import { type ImageSheet, NO_IMAGES, imageSheet } from '../panel/image_sheet';
import { stepAt } from './tau_frame';
import { StepView } from './tau_step';

let view: StepView;
let sheet: ImageSheet;
beforeEach(() => {
  notedPen();
  view = new StepView();
  sheet = imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });
});

const part = (kind: string): HTMLElement => view.element.querySelector(`.hcnn-tau-${kind}`)!;

describe('a step', () => {
  it('shows four images with their categories, and whole names to those who ask', () => {
    const frame = tauFrame();
    view.show(frame, stepAt(frame, 2), 3, sheet);
    const figures = [...view.element.querySelectorAll<HTMLElement>('figure')];
    expect(figures.map(figure => figure.textContent)).toEqual(['human face', 'car', 'car', 'car']);
    expect(figures[1]!.title).toBe('car-2 (car)');
    expect(part('verdict').textContent).toContain('Discordant: the RDMs find different pairs more unlike');
    expect(part('formula').classList.contains('hcnn-mod-complete')).toBe(true);
  });

  it('with equal numbers says so, and that it counts nothing', () => {
    const frame = tauFrame({ tau_a: 0 }, [1, 1, 3], [1, 3, 2], [0, 1, -1]);
    view.show(frame, stepAt(frame, 0), 1, sheet);
    expect(part('pairs').textContent).toContain('model IT1.00=1.00equally unlike');
    expect(part('verdict').className).toContain('hcnn-mod-tied');
    expect(part('counts').textContent).toBe('0 concordant0 discordant1 tiedstep 1 of 3');
  });

  it('names images without pictures or categories', () => {
    const frame = tauFrame();
    view.show(frame, stepAt(frame, 0), 1, NO_IMAGES);
    expect(view.element.querySelectorAll('figure')).toHaveLength(4);
    expect(view.element.querySelector('canvas')).toBeNull();
  });
});

it('before the first step says which pairs will be counted, in how many steps, and how to begin', () => {
  view.show(tauFrame(), null, 0, sheet);
  expect(part('beginning').textContent).toContain('3 images make 3 pairs.');
  expect(part('beginning').textContent).toContain('3 steps take every two pairs once.');
  expect(part('verdict').textContent).toContain('press Step');
  view.show(tauFrame(), stepAt(tauFrame(), 0), 1, sheet);
  expect(view.element.querySelector('.hcnn-tau-beginning')).toBeNull();
});

it('before the first step keeps the room that a step will take, to the pixel: the first one is there, unseen', () => {
  for (const images of [sheet, NO_IMAGES]) {
    const frame = tauFrame();
    view.show(frame, null, 0, images);
    const room = [...part('pairs').querySelectorAll<HTMLElement>(':scope > .hcnn-mod-unseen')];
    const text = room.map(node => node.textContent);
    view.show(frame, stepAt(frame, 0), 1, images);
    const shown = [...part('pairs').children];
    expect(shown.map(node => node.textContent)).toEqual(text);
    expect(shown.some(node => node.classList.contains('hcnn-mod-unseen'))).toBe(false);
  }
});
