import { describe, expect, it } from 'vitest';

import { depthColour } from './chart_colours';

/** Red, green and blue, 0 to 1, of "rgb(47, 132, 151)". */
function parts(colour: string): [number, number, number] {
  return colour.match(/\d+/g)!.map(part => Number(part) / 255) as [number, number, number];
}

/** Relative luminance, 0 black to 1 white (WCAG 2). */
function luminance(colour: string): number {
  const [r, g, b] = parts(colour).map(part =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Hue in degrees; these colours have more blue than anything else. */
function hue(colour: string): number {
  const [r, g, b] = parts(colour);
  expect(b).toBeGreaterThanOrEqual(Math.max(r, g));
  return 240 + (60 * (r - g)) / (b - Math.min(r, g));
}

describe.each([1, 2, 3, 4, 5, 8])('each of %d model areas', count => {
  const areas = Array.from({ length: count }, (_, index) => index);
  const colours = (dark: boolean): string[] => areas.map(index => depthColour(index, count, dark));

  it('keeps its hue from one theme to the other', () => {
    const hues = (dark: boolean): number[] => colours(dark).map(hue);
    const [light, dark] = [hues(false), hues(true)];
    light.forEach((one, index) => expect(Math.abs(one - dark[index]!)).toBeLessThan(10));
  });

  it('is told from the one before by its lightness, too', () => {
    for (const [dark, way] of [
      [false, -1],
      [true, 1]
    ] as const) {
      const levels = colours(dark).map(luminance);
      levels.slice(1).forEach((level, index) => expect(way * (level - levels[index]!)).toBeGreaterThan(0));
    }
  });

  it('is seen on the dark theme’s ground', () => {
    const ground = luminance('rgb(33, 33, 33)') + 0.05;
    colours(true).forEach(colour => expect((luminance(colour) + 0.05) / ground).toBeGreaterThan(3));
  });
});
