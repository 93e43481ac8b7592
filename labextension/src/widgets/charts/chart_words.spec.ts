import { describe, expect, it } from 'vitest';

import {
  broken,
  capitalised,
  clipped,
  countText,
  scoreText,
  shortened,
  textWidth,
  tickText,
  valueText,
  wrapped
} from './chart_words';

/** What a reader of the text would take it for. */
const asNumber = (text: string): number => Number(text.replace('\u2212', '-'));

describe('numbers in words', () => {
  it.each([
    [0.474, '0.47'],
    [-0.006, '\u22120.01'],
    [-0.001, '0.00'],
    [-0, '0.00'],
    [1, '1.00'],
    [NaN, '–'],
    [-Infinity, '–']
  ])('the score %d is written %s', (value, text) => expect(scoreText(value)).toBe(text));

  it.each([
    [0, '0.00'],
    [0.01234, '0.0123'],
    [1.239, '1.24'],
    [321.4, '321'],
    [999.4, '999'],
    [999.6, '1000'],
    [-999.6, '\u22121000'],
    [4321.4, '4321'],
    [1e-7, '1.0e\u22127'],
    [-2.5, '\u22122.50'],
    [Infinity, '–'],
    [NaN, '–']
  ])('the value %d is written %s', (value, text) => expect(valueText(value)).toBe(text));

  it('a value of any size is written within half of its third digit, and without an exponent in between', () => {
    for (let exponent = -3; exponent < 4; exponent += 0.01) {
      const value = 10 ** exponent;
      expect(valueText(value)).toMatch(/^[\d.]+$/);
      expect(Math.abs(asNumber(valueText(value)) / value - 1)).toBeLessThanOrEqual(0.00501);
      expect(asNumber(valueText(-value))).toBe(-asNumber(valueText(value)));
    }
  });

  it.each([
    [0, '0'],
    [0.1 + 0.2, '0.3'],
    [800, '800'],
    [1000, '1k'],
    [1200, '1.2k'],
    [-1200, '\u22121.2k'],
    [3e6, '3M'],
    [-0.5, '\u22120.5']
  ])('the tick %d is written %s', (value, text) => expect(tickText(value)).toBe(text));

  it('a count has commas and no fraction', () => expect(countText(12399.6)).toBe('12,400'));
});

it('a sentence begins with a capital, the rest as it is', () => {
  expect(['loss of V1', 'IT', ''].map(capitalised)).toEqual(['Loss of V1', 'IT', '']);
});

describe('text that must fit', () => {
  const words = 'each model area is scored against each brain area';

  it('takes room by its letters, in proportion to their size', () => {
    expect(textWidth('', 12)).toBe(0);
    expect(textWidth('mmmm', 12)).toBeGreaterThan(textWidth('nnnn', 12));
    expect(textWidth('nnnn', 12)).toBeGreaterThan(textWidth('iiii', 12));
    expect(textWidth('V4', 24)).toBeCloseTo(2 * textWidth('V4', 12));
    expect(textWidth('model V4', 12)).toBeCloseTo(textWidth('model ', 12) + textWidth('V4', 12));
    expect(textWidth('V4', 12, true)).toBeGreaterThan(textWidth('V4', 12));
  });

  // Advance widths of Arial, in 2,048ths of an em, as its `hmtx` table has them.
  it.each([
    ['noise ceiling', [1139, 1139, 455, 1024, 1139, 569, 1024, 1139, 455, 455, 455, 1139, 1139]],
    ['Pearson r', [1366, 1139, 1139, 682, 1024, 1139, 1139, 569, 682]],
    ['0.87', [1139, 569, 1139, 1139]]
  ])('%j is taken for a little wider than it is, never narrower', (text, advances) => {
    const width = (advances.reduce((sum, one) => sum + one, 0) / 2048) * 12;
    expect(textWidth(text, 12)).toBeGreaterThanOrEqual(width);
    expect(textWidth(text, 12)).toBeLessThan(1.2 * width);
  });

  it('is broken between words into lines that fit, losing none, none shorter than it must be', () => {
    for (let width = 60; width < 400; width += 7) {
      const lines = wrapped(words, width, 12);
      expect(lines.join(' ')).toBe(words);
      lines.forEach(line => expect(textWidth(line, 12)).toBeLessThanOrEqual(width));
      lines.slice(1).forEach((line, i) => {
        expect(textWidth(`${lines[i]} ${line.split(' ')[0]}`, 12)).toBeGreaterThan(width);
      });
    }
  });

  it('keeps a word whole that is wider than a line, and has no line where there is no word', () => {
    expect(wrapped('a RidgeCV b', 20, 12)).toEqual(['a', 'RidgeCV', 'b']);
    expect(wrapped(' \n ', 100, 12)).toEqual([]);
  });

  it('is cut with an ellipsis only where it does not fit, and no more than it must be', () => {
    expect(shortened('V4', 100, 12)).toBe('V4');
    expect(shortened(words, textWidth(words, 12), 12)).toBe(words);
    for (let width = 40; width < textWidth(words, 12); width += 7) {
      const cut = shortened(words, width, 12);
      const kept = cut.slice(0, -1);
      expect(cut).toBe(`${kept}…`);
      expect(words.startsWith(kept)).toBe(true);
      expect(textWidth(cut, 12)).toBeLessThanOrEqual(width);
      const more = words.slice(0, kept.length + 1).endsWith(' ') ? kept.length + 2 : kept.length + 1;
      expect(textWidth(`${words.slice(0, more)}…`, 12)).toBeGreaterThan(width);
    }
  });

  it('has a letter left however little room there is', () => {
    expect(shortened('simulated', 0, 12)).toBe('s…');
    expect(shortened('', 0, 12)).toBe('');
  });

  it('is cut sooner where it is bold', () => {
    expect(shortened(words, 100, 12, true).length).toBeLessThan(shortened(words, 100, 12).length);
  });

  it('without spaces is broken anywhere, losing no letter', () => {
    const name = 'objects-medium-1-00012';
    for (let width = 20; width < 200; width += 13) {
      const pieces = broken(name, width, 12);
      expect(pieces.join('')).toBe(name);
      pieces.forEach(piece => expect(textWidth(piece, 12)).toBeLessThanOrEqual(width));
    }
    expect(broken(name, 1000, 12)).toEqual([name]);
    expect(broken('', 100, 12)).toEqual([]);
  });
});

describe('a name that is cut in its middle', () => {
  const names = [1, 2].map(n => `features.denseblock4.denselayer16.conv${n}`);

  it('still differs from others that begin alike, and fits', () => {
    const shown = names.map(name => clipped(name, 130, 13));
    expect(shown[0]).toMatch(/^features.*….*\.conv1$/);
    expect(shown[1]).toMatch(/….*\.conv2$/);
    shown.forEach(name => expect(textWidth(name, 13)).toBeLessThanOrEqual(130));
  });

  it('stays whole where there is room, and keeps an end each where there is none', () => {
    expect(clipped(names[0]!, 500, 13)).toBe(names[0]);
    expect(clipped(names[0]!, 1, 13)).toBe('f…1');
    expect(clipped('V4', 1, 13)).toBe('V4');
  });
});
