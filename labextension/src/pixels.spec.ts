import { describe, expect, it } from 'vitest';

import { type Rgb, colourTable, css, diverging, inkOn, rgba, sequential } from './pixels';

/** CIE lightness of an sRGB colour, worked out on its own here. */
function lightness(colour: Rgb): number {
  const linear = colour.map(code => {
    const part = code / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const y = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

/** What an eye without green cones sees (Viénot, Brettel & Mollon 1999, on linear light). */
function deuteranope(colour: Rgb): Rgb {
  const [r, g, b] = colour.map(code => (code / 255) ** 2.2) as [number, number, number];
  const both = 0.29275 * r + 0.70725 * g;
  const blue = -0.02234 * r + 0.02234 * g + b;
  return [both, both, blue].map(light => 255 * Math.max(light, 0) ** (1 / 2.2)) as unknown as Rgb;
}

const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe('the map of scores', () => {
  it('grows lighter at every step', () => {
    const steps = Array.from({ length: 33 }, (_, step) => lightness(sequential(step / 32)));
    expect(steps.every((step, index) => index === 0 || step > steps[index - 1]!)).toBe(true);
  });

  it('keeps to its ends', () => {
    expect(sequential(-1)).toEqual(sequential(0));
    expect(sequential(2)).toEqual([253, 231, 37]);
  });
});

describe.each([true, false])('the map of signs (dark theme: %s)', dark => {
  it('is neutral at 128', () => {
    const [red, green, blue] = diverging(128, dark);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(4);
    expect(lightness([red, green, blue])).toSatisfy((l: number) => (dark ? l < 15 : l > 95));
  });

  it('moves away from the neutral with the size of a weight, as much for minus as for plus', () => {
    const away = (byte: number): number =>
      Math.abs(lightness(diverging(byte, dark)) - lightness(diverging(128, dark)));
    for (let step = 8; step < 127; step += 8) {
      expect(away(128 + step)).toBeGreaterThan(away(128 + step - 8));
      expect(away(128 - step)).toBeGreaterThan(away(128 - step + 8));
      expect(Math.abs(away(128 + step) - away(128 - step))).toBeLessThan(18);
    }
  });

  it('tells minus from plus to an eye without green cones', () => {
    for (const step of [40, 80, 120]) {
      const [minus, plus] = [diverging(128 - step, dark), diverging(128 + step, dark)];
      expect(distance(deuteranope(minus), deuteranope(plus))).toBeGreaterThan(50);
    }
  });
});

describe('pixels', () => {
  it('take one channel through the map', () => {
    const table = colourTable('diverging', false);
    expect([...rgba(new Uint8Array([0, 200]), 1, 'diverging', false)]).toEqual([
      ...table.slice(0, 3),
      255,
      ...table.slice(600, 603),
      255
    ]);
  });

  it('take three channels as they are', () => {
    expect([...rgba(new Uint8Array([1, 2, 3, 4, 5, 6]), 3, 'rgb', true)]).toEqual([
      1, 2, 3, 255, 4, 5, 6, 255
    ]);
  });

  it('are grey in both themes alike', () => {
    expect([...rgba(new Uint8Array([77]), 1, 'grey', true)]).toEqual([77, 77, 77, 255]);
    expect([...colourTable('grey', true)]).toEqual([...colourTable('grey', false)]);
  });
});

it('writes ink that is read on any colour', () => {
  for (let step = 0; step <= 20; step += 1) {
    const colour = sequential(step / 20);
    const [paper, ink] = [lightness(colour), inkOn(colour) === '#000000' ? 0 : 100];
    expect(Math.abs(paper - ink)).toBeGreaterThan(42);
  }
  expect(css([1, 2, 3])).toBe('rgb(1, 2, 3)');
});
