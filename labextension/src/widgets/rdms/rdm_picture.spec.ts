import { beforeEach, expect, it } from 'vitest';

import { SHEET, notedPen, rdmFrame } from '../../testing/rdms';
import { NO_IMAGES, imageSheet } from '../panel/image_sheet';
import { rdmLayout } from './rdm_layout';
import { picturePng } from './rdm_picture';

let pen: ReturnType<typeof notedPen>;
beforeEach(() => {
  pen = notedPen();
});

const layout = rdmLayout(rdmFrame(), 1000, 0, 0.5);
const looks = { background: '#fff', ink: '#000', font: 'serif', sheet: NO_IMAGES, pair: null };

function matrices(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = 2000;
  canvas.height = 900;
  return canvas;
}

it('paints the matrices, and what stands around them over these', async () => {
  const drawing = document.createElement('canvas');
  const canvas = matrices();
  const picture = await picturePng(canvas, Promise.resolve(drawing), layout, looks);
  expect([picture.width, picture.height]).toEqual([(1000 + 24) * 2, (layout.height + 24) * 2]);
  expect(pen.drawImage!.mock.calls.map(call => call[0] as unknown)).toEqual([canvas, drawing]);
  expect(pen.drawImage!.mock.calls[0]!.slice(1)).toEqual([0, 0, 1000, 450]);
});

it('paints the pair that is looked at with its names, beside or above one another', async () => {
  const sheet = imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });
  const drawing = document.createElement('canvas');
  await picturePng(matrices(), Promise.resolve(drawing), layout, { ...looks, sheet, pair: [2, 0] });
  expect(pen.fillText!.mock.calls.map(call => call[0] as string)).toEqual([
    'human face',
    'face-1',
    'car',
    'car-1'
  ]);
  const tops = pen.drawImage!.mock.calls.slice(-2).map(call => call[2] as number);
  expect(tops[1]).toBeGreaterThan(tops[0]!);
  const narrow = rdmLayout(rdmFrame(), 480, 0, 0.5);
  await picturePng(matrices(), Promise.resolve(drawing), narrow, { ...looks, sheet, pair: [2, 0] });
  const beside = pen.drawImage!.mock.calls.slice(-2);
  expect(beside[0]![2]).toBe(beside[1]![2]);
});

it('names images without pictures', async () => {
  const sheet = imageSheet({
    get: name =>
      name === 'sheet_header'
        ? { ...SHEET.sheet_header, height: 0, width: 0, n_channels: 0, labels: [] }
        : new DataView(new ArrayBuffer(0))
  });
  const drawing = document.createElement('canvas');
  await picturePng(matrices(), Promise.resolve(drawing), layout, { ...looks, sheet, pair: [2, 0] });
  expect(pen.fillText!.mock.calls.map(call => call[0] as string)).toEqual(['face-1', 'car-1']);
  expect(pen.drawImage).toHaveBeenCalledTimes(2);
});
