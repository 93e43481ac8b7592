import { describe, expect, it } from 'vitest';

import { stepThrough } from './stepping';

describe('a key', () => {
  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowUp', 2, 3],
    ['ArrowLeft', 2, 1],
    ['ArrowDown', 2, 1],
    ['Home', 2, 0],
    ['End', 2, 39],
    ['PageUp', 2, 6],
    ['PageDown', 20, 16],
    ['ArrowRight', -1, 0],
    ['ArrowRight', 39, 39],
    ['ArrowLeft', 0, 0],
    ['PageDown', 1, 0]
  ])('%s leads from %d to %d of forty', (key, from, to) => {
    expect(stepThrough(key, from, 40)).toBe(to);
  });

  it('that does not walk leads nowhere, and none leads through nothing', () => {
    expect(stepThrough('b', 2, 40)).toBeNull();
    expect(stepThrough('End', -1, 0)).toBeNull();
  });
});
