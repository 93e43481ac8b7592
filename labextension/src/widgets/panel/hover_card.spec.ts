import { beforeEach, describe, expect, it, vi } from 'vitest';

import { HoverCard } from './hover_card';

const SIZE = { offsetWidth: 100, offsetHeight: 60 };

function card(room = 400, height = 300): HoverCard {
  const around = document.createElement('div');
  Object.defineProperties(around, { clientWidth: { value: room }, clientHeight: { value: height } });
  const made = new HoverCard(around);
  for (const [name, value] of Object.entries(SIZE)) {
    Object.defineProperty(made.element, name, { value });
  }
  return made;
}

const CONTENT = { title: 'V4', rows: [{ name: 'model <b>V4</b>', value: '0.56' }] };
const placed = (shown: HoverCard): number[] =>
  [...shown.element.style.transform.matchAll(/(-?\d+)px/g)].map(([, pixels]) => Number(pixels));

beforeEach(() => vi.restoreAllMocks());

describe('the card', () => {
  it('is hidden until it is shown, and hidden again', () => {
    const shown = card();
    expect(shown.element.hidden).toBe(true);
    shown.show(CONTENT, 10, 10);
    expect(shown.element.hidden).toBe(false);
    shown.hide();
    expect(shown.element.hidden).toBe(true);
  });

  it('stands right of a place, or left of where what is pointed at begins', () => {
    const shown = card();
    shown.show(CONTENT, 120, 150, 80);
    expect(placed(shown)).toEqual([136, 120]);
    shown.show(CONTENT, 350, 150, 320);
    expect(placed(shown)).toEqual([320 - 16 - 100, 120]);
  });

  it.each([
    [0, 0],
    [399, 299],
    [60, 299],
    [399, 0]
  ])('stays within its panel at %d, %d', (x, y) => {
    const shown = card();
    shown.show(CONTENT, x, y);
    const [left, top] = placed(shown) as [number, number];
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + SIZE.offsetWidth).toBeLessThanOrEqual(400);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top + SIZE.offsetHeight).toBeLessThanOrEqual(300);
  });

  it('stands below what takes all the width, or above it', () => {
    const shown = card();
    shown.show(CONTENT, 390, 100, 20);
    expect(placed(shown)).toEqual([300, 116]);
    shown.show(CONTENT, 390, 280, 20);
    expect(placed(shown)).toEqual([300, 280 - 16 - 60]);
  });

  it('begins at the left edge of a panel that is narrower than itself', () => {
    const shown = card(90);
    shown.show(CONTENT, 40, 150);
    expect(placed(shown)[0]).toBe(0);
  });

  it('says title, badge, rows and note as text, never as HTML', () => {
    const shown = card();
    const rows = [{ name: 'model <b>V4</b>', value: '0.56', colour: '#112233', strong: true }];
    shown.show({ title: 'V4', badge: 'simulated', rows, note: 'made up' }, 0, 0);
    expect(shown.element.textContent).toBe('V4simulatedmodel <b>V4</b>0.56made up');
    expect(shown.element.querySelector('b')).toBeNull();
    expect(shown.element.querySelectorAll('.hcnn-mod-strong')).toHaveLength(2);
    expect(shown.element.querySelector<HTMLElement>('.hcnn-card-swatch')!.style.background).not.toBe('');
    shown.show(CONTENT, 0, 0);
    expect(shown.element.querySelector('.hcnn-badge, .hcnn-card-note, .hcnn-card-swatch')).toBeNull();
  });

  it('shows pictures between the title and the numbers', () => {
    const shown = card();
    const figure = document.createElement('figure');
    shown.show({ ...CONTENT, pictures: [figure] }, 0, 0);
    const kinds = [...shown.element.children].map(child => child.className);
    expect(kinds).toEqual(['hcnn-card-title', 'hcnn-card-pictures', 'hcnn-card-name', 'hcnn-card-value']);
    expect(figure.parentElement).toBe(shown.element.children[1]);
    shown.show({ ...CONTENT, pictures: [] }, 0, 0);
    expect(shown.element.querySelector('.hcnn-card-pictures')).toBeNull();
  });
});
