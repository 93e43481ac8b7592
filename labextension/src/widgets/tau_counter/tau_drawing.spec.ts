import { beforeEach, describe, expect, it, vi } from 'vitest';

import { SHEET, notedPen } from '../../testing/rdms';
import { tauFrame } from '../../testing/tau';
import { NO_IMAGES, imageSheet } from '../panel/image_sheet';
import { paintTau, shades } from './tau_drawing';
import { stepAt } from './tau_frame';
import { tauLayout } from './tau_layout';

const LOOKS = { ink: '#000', quiet: '#666', paper: '#fff', font: 'serif' };
const layout = tauLayout(3, 800);
let pen: ReturnType<typeof notedPen>;
beforeEach(() => {
  pen = notedPen();
  for (const name of ['strokeRect', 'setLineDash']) {
    pen[name] = vi.fn();
  }
});

const context = (): CanvasRenderingContext2D => document.createElement('canvas').getContext('2d')!;
const texts = (): string[] => pen.fillText!.mock.calls.map(call => call[0] as string);

describe('two small RDMs', () => {
  it('are painted with images along the diagonal and every number above it', () => {
    const sheet = imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });
    paintTau(context(), tauFrame(), layout, sheet, null, LOOKS);
    expect(pen.drawImage).toHaveBeenCalledTimes(6);
    expect(texts()).toEqual(['model IT', '1.00', '2.00', '3.00', 'human IT', '1.00', '3.00', '2.00']);
    expect(pen.strokeRect).not.toHaveBeenCalled();
  });

  it('name the images where there are no pictures', () => {
    paintTau(context(), tauFrame(), layout, NO_IMAGES, null, LOOKS);
    expect(texts().filter(text => text.startsWith('image'))).toHaveLength(6);
  });

  it('mark both pairs of a step with their letters, the second one dashed', () => {
    const frame = tauFrame();
    paintTau(context(), frame, layout, NO_IMAGES, stepAt(frame, 1), LOOKS);
    expect(texts().filter(text => text === 'A')).toHaveLength(2);
    expect(texts().filter(text => text === 'B')).toHaveLength(2);
    // Per pair and RDM: a cell, twice for its rim, and its two images.
    expect(pen.strokeRect).toHaveBeenCalledTimes(2 * 2 * 4);
    expect(pen.setLineDash!.mock.calls.map(call => (call[0] as number[]).length)).toEqual([
      0, 0, 2, 0, 0, 0, 2, 0
    ]);
    const [left, top] = pen.strokeRect!.mock.calls[0] as number[];
    expect([left, top]).toEqual([layout.boxes[0].left + layout.cell + 2, layout.boxes[0].top + 2]);
  });
});

it('colours follow the ranks, and equal numbers are alike', () => {
  expect(shades(new Float32Array([5, 1, 9, 1]))).toEqual([0.5, 0, 1, 0]);
  expect(shades(new Float32Array([2, 2]))).toEqual([0.5, 0.5]);
});
