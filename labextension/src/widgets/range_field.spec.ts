import { beforeEach, expect, it } from 'vitest';

import { RangeField } from './range_field';

let field: RangeField;
let heard: number[];
let life: AbortController;
beforeEach(() => {
  heard = [];
  life = new AbortController();
  field = new RangeField('Training', 'Training step', value => heard.push(value), life.signal);
  field.update({ max: 64, value: 20, text: 'step 340', disabled: false });
});

const input = (): HTMLInputElement => field.element.querySelector('input')!;
function go(value: number): void {
  input().value = String(value);
  input().dispatchEvent(new Event('input'));
}

it('has a name, a value and what that means', () => {
  expect([input().getAttribute('aria-label'), input().value, input().max]).toEqual(['Training', '20', '64']);
  expect(input().getAttribute('aria-valuetext')).toBe('step 340');
  expect(field.element.textContent).toBe('Trainingstep 340');
});

it('says every value that a person goes to', () => {
  go(3);
  go(4);
  expect(heard).toEqual([3, 4]);
});

it('follows the kernel, but not while a person holds it', () => {
  input().dispatchEvent(new Event('pointerdown'));
  go(50);
  field.update({ max: 64, value: 21, text: 'step 350', disabled: false });
  expect(input().value).toBe('50');
  input().dispatchEvent(new Event('pointerup'));
  field.update({ max: 64, value: 22, text: 'step 360', disabled: true });
  expect([input().value, input().disabled]).toEqual(['22', true]);
  input().dispatchEvent(new Event('pointerdown'));
  input().dispatchEvent(new Event('change'));
  field.update({ max: 64, value: 23, text: '', disabled: false });
  expect(input().value).toBe('23');
});

it('listens no more when its panel is gone', () => {
  life.abort();
  go(3);
  expect(heard).toEqual([]);
});
