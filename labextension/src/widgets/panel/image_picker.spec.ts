import { beforeEach, describe, expect, it } from 'vitest';

import { SHEET, notedPen } from '../../testing/rdms';
import { ImagePicker } from './image_picker';
import { type ImageSheet, imageSheet } from './image_sheet';

let picker: ImagePicker;
let picked: number[][];
let sheet: ImageSheet;
let life: AbortController;
beforeEach(() => {
  notedPen();
  document.body.replaceChildren();
  sheet = imageSheet({ get: name => SHEET[name as keyof typeof SHEET] });
  picked = [];
  life = new AbortController();
  picker = new ImagePicker({ least: 2, most: 3, picked: images => picked.push(images) }, life.signal);
  document.body.append(picker.element);
});

const options = (): HTMLElement[] => [...picker.element.querySelectorAll<HTMLElement>('[role=option]')];
const selected = (): boolean[] => options().map(option => option.getAttribute('aria-selected') === 'true');
const press = (key: string, init = {}): boolean =>
  document.activeElement!.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  );
const done = (): HTMLButtonElement => picker.element.querySelector('button')!;

describe('a picker', () => {
  it('is closed at first, and opens with what is counted with', () => {
    expect(picker.isOpen).toBe(false);
    picker.open(sheet, [2, 0]);
    expect(picker.isOpen).toBe(true);
    expect(selected()).toEqual([true, false, true, false]);
    expect(options().map(option => option.getAttribute('aria-label'))[2]).toBe('face-1 (human face)');
    expect(document.activeElement).toBe(options()[2]);
    expect(picker.element.querySelectorAll('canvas')).toHaveLength(4);
  });

  it('is picked from with clicks, and hands the images over in order', () => {
    picker.open(sheet, [2, 0]);
    options()[3]!.click();
    options()[2]!.click();
    expect(picker.element.textContent).toContain('2 picked; 2 to 3 are counted with.');
    done().click();
    expect(picked).toEqual([[0, 3]]);
    expect(picker.isOpen).toBe(false);
  });

  it('hands nothing over that cannot be counted with', () => {
    picker.open(sheet, [0, 1]);
    options()[1]!.click();
    expect(done().getAttribute('aria-disabled')).toBe('true');
    done().click();
    expect([picked, picker.isOpen]).toEqual([[], true]);
    picker.element.querySelector<HTMLElement>('[role=listbox]')!.click();
    expect(selected().filter(Boolean)).toHaveLength(1);
  });

  it('is walked with the arrow keys, and picked from with space and Enter', () => {
    picker.open(sheet, [0, 1]);
    press('ArrowRight');
    expect(press('ArrowRight')).toBe(false);
    expect(document.activeElement).toBe(options()[2]);
    press(' ');
    press('End');
    press('ArrowRight');
    expect(document.activeElement).toBe(options()[3]);
    press('Home');
    press('ArrowLeft');
    expect(document.activeElement).toBe(options()[0]);
    press('Enter');
    expect(picked).toEqual([[0, 1, 2]]);
    picker.open(sheet, [0, 1]);
    press('Escape');
    expect(picker.isOpen).toBe(false);
    picker.open(sheet, [0]);
    expect(press('b')).toBe(true);
    expect(press('ArrowRight', { ctrlKey: true })).toBe(true);
  });

  it('goes up and down by rows', () => {
    picker.open(sheet, [0]);
    options().forEach((option, i) => Object.defineProperty(option, 'offsetTop', { value: i < 2 ? 0 : 40 }));
    press('ArrowDown');
    expect(document.activeElement).toBe(options()[2]);
    press('ArrowUp');
    expect(document.activeElement).toBe(options()[0]);
  });

  it('names images without pictures', () => {
    const header = { ...SHEET.sheet_header, height: 0, width: 0, n_channels: 0 };
    const names = imageSheet({
      get: name => (name === 'sheet_header' ? header : new DataView(new ArrayBuffer(0)))
    });
    picker.open(names, []);
    expect(options().map(option => option.textContent)).toEqual(['car-1', 'car-2', 'face-1', 'face-2']);
  });
});

it('listens no more when its panel is gone', () => {
  picker.open(sheet, [0, 1]);
  life.abort();
  options()[2]!.click();
  done().click();
  expect([selected()[2], picked]).toEqual([false, []]);
});
