import { describe, expect, it } from 'vitest';

import { writeTitle } from './title';

/** A heading that has room for so many letters. */
function heading(letters: number): HTMLElement {
  const element = document.createElement('div');
  Object.defineProperty(element, 'clientWidth', { value: letters });
  Object.defineProperty(element, 'scrollWidth', { get: () => element.textContent.length });
  return element;
}

const WHOLE = 'V1: 32 kernels of 9 x 9, layer V1_conv';
const HEADER = { brief: 'V1: 32 kernels of 9 x 9' };

describe('the title of a panel', () => {
  it('is the whole one where it has room', () => {
    const roomy = heading(60);
    expect(writeTitle(roomy, WHOLE, HEADER)).toBe(true);
    expect(roomy.textContent).toBe(WHOLE);
  });

  it('has fewer words where it has none, and its tooltip has all of them', () => {
    const narrow = heading(30);
    writeTitle(narrow, WHOLE, HEADER);
    expect(narrow.textContent).toBe(HEADER.brief);
    expect(narrow.title).toBe(WHOLE);
  });

  it('stays whole in a panel that has no other words, to be cut by the page', () => {
    const narrow = heading(30);
    writeTitle(narrow, WHOLE, null);
    expect(narrow.textContent).toBe(WHOLE);
  });

  it('is written once', () => {
    const roomy = heading(60);
    writeTitle(roomy, WHOLE, HEADER);
    expect(writeTitle(roomy, WHOLE, HEADER)).toBe(false);
    expect(writeTitle(roomy, 'Kernels', {})).toBe(true);
    expect(roomy.textContent).toBe('Kernels');
  });
});
