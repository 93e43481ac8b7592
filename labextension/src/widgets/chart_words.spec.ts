import { describe, expect, it } from 'vitest';

import { scoreText, shortened, textWidth, tickText, valueText, wrapped } from './chart_words';

describe('numbers in words', () => {
  it.each([
    [0.474, '0.47'],
    [-0.006, '\u22120.01'],
    [-0.001, '0.00'],
    [NaN, '–']
  ])('the score %d is written %s', (value, text) => expect(scoreText(value)).toBe(text));

  it.each([
    [0.01234, '0.0123'],
    [321.4, '321'],
    [1e-7, '1.0e\u22127'],
    [-2.5, '\u22122.50'],
    [Infinity, '–']
  ])('the value %d is written %s', (value, text) => expect(valueText(value)).toBe(text));

  it.each([
    [1200, '1.2k'],
    [3e6, '3M'],
    [-0.5, '\u22120.5']
  ])('the tick %d is written %s', (value, text) => expect(tickText(value)).toBe(text));
});

describe('text that must fit', () => {
  const words = 'each model area is scored against each brain area';

  it('is broken between words into lines that fit, losing none', () => {
    const lines = wrapped(words, 120, 12);
    expect(lines.join(' ')).toBe(words);
    expect(lines.length).toBeGreaterThan(1);
    lines.forEach(line => expect(textWidth(line, 12)).toBeLessThanOrEqual(120));
  });

  it('is cut with an ellipsis only where it does not fit', () => {
    expect(shortened('V4', 100, 12)).toBe('V4');
    const cut = shortened(words, 100, 12);
    expect(cut.endsWith('…')).toBe(true);
    expect(words.startsWith(cut.slice(0, -1))).toBe(true);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(100);
  });
});
