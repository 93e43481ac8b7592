import { CommandRegistry } from '@lumino/commands';
import { beforeEach, describe, expect, it } from 'vitest';

import { isOwnKey, keepKeysOfControls, keepOwnKeys } from './own_keys';

let done: string[];
let life: AbortController;
let panel: HTMLElement;
let chart: HTMLElement;
let beside: HTMLElement;

/** Shortcuts of JupyterLab, as it has them: the document hears a key on its way down. */
function jupyterLab(...shortcuts: string[]): void {
  const commands = new CommandRegistry();
  for (const keys of shortcuts) {
    commands.addCommand(keys, { execute: () => done.push(keys) });
    const selector = keys === 'ArrowRight' ? ':focus' : 'body'; // as the notebook has its arrow keys
    commands.addKeyBinding({ keys: keys.split(', '), selector, command: keys });
  }
  document.addEventListener('keydown', event => commands.processKeydownEvent(event), {
    capture: true,
    signal: life.signal
  });
}

/** Presses a key at an element; says whether the element heard it. */
function press(element: HTMLElement, key: string, keyCode: number, held: KeyboardEventInit = {}): boolean {
  let heard = false;
  element.addEventListener('keydown', () => (heard = true), { once: true });
  element.dispatchEvent(
    new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true, ...held })
  );
  return heard;
}

beforeEach(() => {
  life?.abort();
  life = new AbortController();
  done = [];
  [panel, chart, beside] = ['div', 'div', 'div'].map(tag => document.createElement(tag)) as [
    HTMLElement,
    HTMLElement,
    HTMLElement
  ];
  panel.append(chart);
  document.body.replaceChildren(panel, beside);
  jupyterLab(
    'Ctrl S',
    'Alt Enter',
    'D, D',
    'ArrowDown',
    'ArrowRight',
    'Ctrl ArrowDown',
    'Ctrl End',
    'Ctrl Shift ArrowDown',
    'Escape',
    'Space'
  );
});

describe('while the focus is in a panel', () => {
  beforeEach(() => keepOwnKeys(panel, life.signal));

  it.each([
    ['ArrowDown', 40],
    ['Escape', 27],
    [' ', 32],
    ['d', 68]
  ])('%j is the panel’s alone', (key, code) => {
    expect([press(chart, key, code), press(chart, key, code)]).toEqual([true, true]);
    expect(done).toEqual([]);
  });

  it('so is a key that JupyterLab wants wherever the focus is', () => {
    chart.tabIndex = 0;
    chart.focus();
    expect(document.activeElement).toBe(chart);
    expect(press(chart, 'ArrowRight', 39)).toBe(true);
    expect(done).toEqual([]);
  });

  it('so is a key that leads to the corners of a grid with Ctrl', () => {
    expect(press(chart, 'End', 35, { ctrlKey: true })).toBe(true);
    expect(done).toEqual([]);
  });

  it.each([
    ['Ctrl S', 's', 83, { ctrlKey: true }],
    ['Alt Enter', 'Enter', 13, { altKey: true }],
    ['Ctrl ArrowDown', 'ArrowDown', 40, { ctrlKey: true }],
    ['Ctrl Shift ArrowDown', 'ArrowDown', 40, { ctrlKey: true, shiftKey: true }]
  ])('%s is a shortcut of JupyterLab, before a plain key and after it', async (name, key, code, held) => {
    press(chart, key, code, held);
    press(chart, 'ArrowDown', 40);
    press(chart, key, code, held);
    await Promise.resolve();
    expect(done).toEqual([name, name]);
  });
});

describe('while the focus is in a menu beside a panel, in the same box', () => {
  let menu: HTMLElement;
  beforeEach(() => {
    const box = document.createElement('div');
    box.className = 'hcnn-box';
    menu = document.createElement('select');
    box.append(menu, panel);
    document.body.replaceChildren(box, beside);
    menu.focus();
    expect(document.activeElement).toBe(menu);
    keepKeysOfControls(panel, life.signal);
  });

  it.each([
    ['ArrowRight', 39],
    ['ArrowDown', 40],
    ['d', 68]
  ])('%j is the menu’s alone', (key, code) => {
    expect([press(menu, key, code), press(menu, key, code)]).toEqual([true, true]);
    expect(done).toEqual([]);
  });

  it('what is pressed with Ctrl, or in what is in no such box, is JupyterLab’s', async () => {
    press(menu, 'ArrowDown', 40);
    press(menu, 's', 83, { ctrlKey: true });
    press(beside, 'ArrowDown', 40);
    await Promise.resolve();
    expect(done).toEqual(['Ctrl S', 'ArrowDown']);
  });

  it('so is what is pressed with Shift, which runs cells, and all once the panel is gone', async () => {
    const own = isOwnKey(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true }));
    press(menu, 'Enter', 13, { shiftKey: true });
    expect([own, menu.hasAttribute('data-lm-suppress-shortcuts')]).toEqual([true, false]);
    life.abort();
    press(menu, 'ArrowDown', 40);
    expect(menu.hasAttribute('data-lm-suppress-shortcuts')).toBe(false);
    await Promise.resolve();
  });
});

it('a key that is pressed elsewhere is JupyterLab’s, and changes nothing for the panel', async () => {
  keepOwnKeys(panel, life.signal);
  press(beside, 's', 83, { ctrlKey: true });
  press(beside, 'ArrowDown', 40);
  await Promise.resolve();
  expect(done).toEqual(['Ctrl S', 'ArrowDown']);
  expect(panel.hasAttribute('data-lm-suppress-shortcuts')).toBe(true);
});

it('a panel that is gone decides nothing any more', () => {
  const own = new AbortController();
  keepOwnKeys(panel, own.signal);
  own.abort();
  panel.removeAttribute('data-lm-suppress-shortcuts');
  press(chart, 'ArrowDown', 40);
  expect(panel.hasAttribute('data-lm-suppress-shortcuts')).toBe(false);
});
