import { beforeEach, describe, expect, it } from 'vitest';

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

describe('where not every value is one to rest at', () => {
  const ways: string[] = [];
  const press = (key: string, held: KeyboardEventInit = {}): boolean =>
    !input().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...held }));

  beforeEach(() => {
    ways.length = 0;
    field = new RangeField(
      'Training',
      'Training step',
      () => undefined,
      life.signal,
      way => ways.push(way)
    );
  });

  it('keys say which way they lead, and move nothing themselves', () => {
    const keys = 'ArrowLeft ArrowDown PageDown ArrowRight ArrowUp PageUp Home End'.split(' ');
    expect(keys.map(key => press(key))).toEqual(keys.map(() => true));
    expect(ways.join(' ')).toBe('previous previous previous next next next first last');
  });

  it('other keys, and those held with Ctrl, Cmd or Alt, are none of its', () => {
    expect([press('Tab'), press('ArrowLeft', { ctrlKey: true }), press('Home', { altKey: true })]).toEqual([
      false,
      false,
      false
    ]);
    expect(ways).toEqual([]);
  });
});

it('listens no more when its panel is gone', () => {
  life.abort();
  go(3);
  expect(heard).toEqual([]);
});
