import { describe, expect, it } from 'vitest';

import { Expansions } from './expansions';

/** A tab's storage that begins with something in it, or can hold nothing. */
function storage(stored: string | null = null, full = false) {
  return {
    stored,
    getItem(): string | null {
      return this.stored;
    },
    setItem(_: string, value: string): void {
      if (full) {
        throw new Error('The storage is full.');
      }
      this.stored = value;
    }
  };
}

describe('a branch', () => {
  it('is as it comes until the reader has chosen', () => {
    const expansions = new Expansions(storage());
    expect([expansions.isOpen('a', true), expansions.isOpen('a', false)]).toEqual([true, false]);
    expansions.set('a', false);
    expect(expansions.isOpen('a', true)).toBe(false);
  });

  it('is after a reload as the reader left it', () => {
    const tab = storage();
    new Expansions(tab).set('a', true);
    expect(new Expansions(tab).isOpen('a', false)).toBe(true);
  });

  it.each(['{', '3', '[["a"], "a", [1, true], ["a", 2]]'])('is as it comes where %s is stored', stored => {
    expect(new Expansions(storage(stored)).isOpen('a', false)).toBe(false);
  });

  it('is remembered until the reload where nothing can be stored', () => {
    const expansions = new Expansions(storage(null, true));
    expansions.set('a', true);
    expect(expansions.isOpen('a', false)).toBe(true);
    const none = new Expansions(null);
    none.set('a', true);
    expect(none.isOpen('a', false)).toBe(true);
  });

  it('is forgotten when five hundred others have been chosen since', () => {
    const expansions = new Expansions(storage());
    expansions.set('first', true);
    for (let n = 0; n < 499; n++) {
      expansions.set(String(n), true);
    }
    expect(expansions.isOpen('first', false)).toBe(true);
    expansions.set('one more', true);
    expect(expansions.isOpen('first', false)).toBe(false);
  });
});
