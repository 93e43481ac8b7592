import { beforeEach, describe, expect, it, vi } from 'vitest';

import { inMessage } from '../../testing/page';
import { NO_IMAGES, imageSheet } from './image_sheet';

const put = vi.fn();
beforeEach(() => {
  put.mockClear();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ putImageData: put } as never);
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(readonly data: Uint8ClampedArray) {}
    }
  );
});

const header = {
  n: 2,
  height: 1,
  width: 2,
  n_channels: 3,
  ids: ['cat-1', 'car-1'],
  labels: ['animal', 'thing']
};
const pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function traits(state: object = {}, sheet = inMessage(pixels)): { get(name: string): unknown } {
  const all: Record<string, unknown> = { sheet_header: { ...header, ...state }, sheet };
  return { get: name => all[name] };
}

const painted = (call: number): number[] => [...(put.mock.calls[call]![0] as ImageData).data];

describe('a sheet of images', () => {
  it('gives each picture on a canvas, painted once, wherever its bytes begin in the message', () => {
    const sheet = imageSheet(traits());
    const canvas = sheet.picture(1)!;
    expect(painted(0)).toEqual([7, 8, 9, 255, 10, 11, 12, 255]);
    expect([canvas.width, canvas.height]).toEqual([2, 1]);
    expect(sheet.picture(1)).toBe(canvas);
    expect(put).toHaveBeenCalledOnce();
  });

  it('shows one channel as grey', () => {
    imageSheet(traits({ n_channels: 1 }, inMessage([0, 255, 9, 9]))).picture(0);
    expect(painted(0)).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  });

  it('knows ids and labels, and has no picture of what it does not hold', () => {
    const sheet = imageSheet(traits());
    expect([sheet.count, sheet.id(0), sheet.label(0), sheet.name(1)]).toEqual([
      2,
      'cat-1',
      'animal',
      'car-1 (thing)'
    ]);
    expect([sheet.indexOf('car-1'), sheet.indexOf('dog-1')]).toEqual([1, -1]);
    expect([sheet.picture(-1), sheet.picture(2), sheet.id(2), sheet.label(2)]).toEqual([null, null, '', '']);
  });

  it('is read once for all views, and again when another one has come', () => {
    const all: Record<string, unknown> = { sheet_header: header, sheet: inMessage(pixels) };
    const model = { get: (name: string) => all[name] };
    const first = imageSheet(model);
    expect(imageSheet(model)).toBe(first);
    all.sheet_header = { ...header, ids: ['a', 'b'] };
    expect(imageSheet(model).ids).toEqual(['a', 'b']);
  });

  it('without pictures has names alone', () => {
    const sheet = imageSheet(
      traits({ height: 0, width: 0, n_channels: 0, labels: [] }, new DataView(new ArrayBuffer(0)))
    );
    expect([sheet.pictured, sheet.picture(0), sheet.name(0)]).toEqual([false, null, 'cat-1']);
    const figure = sheet.figure(0, 64);
    expect([figure.textContent, figure.querySelector('canvas')]).toEqual(['cat-1', null]);
  });

  it.each([[undefined], [null], [{}]])('of the header %j is empty', nothing => {
    expect(imageSheet({ get: name => (name === 'sheet_header' ? nothing : undefined) })).toBe(NO_IMAGES);
  });
});

describe('a figure', () => {
  it('is the picture with label and id beneath, as large as asked for', () => {
    const figure = imageSheet(traits()).figure(0, 64);
    const canvas = figure.querySelector('canvas')!;
    expect([canvas.style.width, canvas.style.height]).toEqual(['64px', '32px']);
    expect(canvas.classList.contains('hcnn-mod-crisp')).toBe(true);
    expect([...figure.querySelectorAll('figcaption div')].map(line => line.textContent)).toEqual([
      'animal',
      'cat-1'
    ]);
  });

  it('is an element of its own for everyone who asks', () => {
    const sheet = imageSheet(traits());
    expect(sheet.figure(0, 2)).not.toBe(sheet.figure(0, 2));
    expect(sheet.figure(0, 2).querySelector('canvas')!.classList.contains('hcnn-mod-crisp')).toBe(false);
  });
});

it.each([
  [{ ids: ['cat-1'] }, 'The sheet of 2 images should name each of them; it has 1 ids and 2 labels.'],
  [{ labels: ['animal'] }, 'it has 2 ids and 1 labels'],
  [{ n_channels: 2 }, 'Images are shown with 1 or 3 channels; this sheet has 2.'],
  [{ height: 3 }, 'should hold 36 bytes; it has 12'],
  [{ n: -1 }, "The frame's sheet of images needs `n` as a whole number of at least 0"]
])('a sheet with %j is refused in words', (state, message) => {
  expect(() => imageSheet(traits(state))).toThrow(message);
});
