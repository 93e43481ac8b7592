/** Walking through items in a row with the keyboard. */

/** Where a key leads from the `now`-th of `count` items (-1: from none); null for a key that does not walk. */
export function stepThrough(key: string, now: number, count: number): number | null {
  const leap = Math.max(2, Math.round(count / 10));
  const ways: Record<string, number> = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    PageDown: now - leap,
    PageUp: now + leap,
    Home: 0,
    End: count - 1
  };
  const to = ways[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}
