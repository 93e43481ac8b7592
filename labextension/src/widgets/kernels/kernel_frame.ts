/** A frame of kernels: what it holds, what it says, what is saved of it. */
import { COLORMAPS, type Colormap } from '../../pixels';
import { type Fields, FrameError, bytes } from '../../wire';
import type { Cell } from '../panel/export';

/** Weights of one area's first filter layer as bytes: (byte - 128) / 127 x scale. */
export interface KernelFrame {
  area: string;
  /** What stands side by side: "before training", "now", or both in this order. */
  sides: string[];
  count: number;
  height: number;
  width: number;
  channels: 1 | 3;
  colormap: Colormap;
  /** The weight at full colour. */
  scale: number;
  title: string;
  step: number;
  /** (sides, count, height, width, channels), 128 = zero. */
  bytes: Uint8Array;
}

/** The side of what the network is at this moment; the other one is that before training. */
export const NOW = 'now';

/** Reads a frame; throws FrameError where header and bytes do not fit. */
export function readKernels(header: Fields, values: DataView): KernelFrame {
  const count = header.integer('n_kernels', 1, 65536);
  const height = header.integer('height', 1, 4096);
  const width = header.integer('width', 1, 4096);
  const channels = header.integer('n_channels', 1, 3);
  if (channels !== 1 && channels !== 3) {
    throw new FrameError('Kernels are shown with 1 or 3 channels; this frame has 2.');
  }
  const sides = header.has('sides') ? header.texts('sides') : [NOW];
  return {
    area: header.text('area'),
    sides,
    count,
    height,
    width,
    channels,
    colormap: header.choice('colormap', COLORMAPS),
    scale: header.number('scale'),
    title: header.text('title', ''),
    step: header.integer('step'),
    bytes: bytes(values, sides.length * count * height * width * channels)
  };
}

/** The bytes of one kernel of a side. */
export function kernelBytes(frame: KernelFrame, index: number, side = 0): Uint8Array {
  const size = frame.height * frame.width * frame.channels;
  const place = side * frame.count + index;
  return frame.bytes.subarray(place * size, (place + 1) * size);
}

/** The weight that a byte stands for. */
export function weight(frame: KernelFrame, byte: number): number {
  return ((byte - 128) / 127) * frame.scale;
}

/** A weight in as few digits as tell it: 2 decimals from 0.01 on, 2 significant digits below. */
export function written(value: number): string {
  if (value === 0 || Math.abs(value) >= 0.01) {
    return value.toFixed(2);
  }
  return value.toPrecision(2);
}

/**
 * A kernel in words, e.g. "V1 kernel 5 of 32, 7 by 7, weights from -0.12 to 0.31"; where another side than that of now
 * is shown, each is named.
 */
export function describe(frame: KernelFrame, index: number): string {
  const where = `${frame.area} kernel ${index + 1} of ${frame.count}, ${frame.height} by ${frame.width}`;
  const ranges = frame.sides.map((name, side) => {
    const range = `weights from ${weightRange(frame, kernelBytes(frame, index, side))}`;
    return frame.sides.length === 1 && name === NOW ? range : `${name} ${range}`;
  });
  return [where, ...ranges].join(', ');
}

function weightRange(frame: KernelFrame, kernel: Uint8Array): string {
  let [low, high] = [255, 0];
  for (const byte of kernel) {
    low = Math.min(low, byte);
    high = Math.max(high, byte);
  }
  return `${written(weight(frame, low))} to ${written(weight(frame, high))}`;
}

/** Every weight with its place, to the resolution of a byte; weights before training have no step. */
export function kernelTable(frame: KernelFrame): Cell[][] {
  const rows: Cell[][] = [['step', 'side', 'area', 'kernel', 'row', 'column', 'channel', 'weight']];
  frame.bytes.forEach((byte, place) => {
    const channel = place % frame.channels;
    const column = Math.floor(place / frame.channels) % frame.width;
    const row = Math.floor(place / (frame.channels * frame.width)) % frame.height;
    const shown = Math.floor(place / (frame.channels * frame.width * frame.height));
    const side = frame.sides[Math.floor(shown / frame.count)]!;
    const value = Number(weight(frame, byte).toPrecision(4));
    const step = side === NOW ? frame.step : '';
    rows.push([step, side, frame.area, (shown % frame.count) + 1, row, column, channel, value]);
  });
  return rows;
}
