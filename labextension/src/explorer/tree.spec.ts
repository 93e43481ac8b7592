import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Page, standIns } from '../testing/page';
import { rawModel, rawNode, rawSnapshot, rawTraining } from '../testing/kernel';
import { Expansions } from './expansions';
import { readSnapshot } from './snapshot';
import { Tree } from './tree';

let page: Page;
let tree: Tree;
let stopped: string[];
beforeEach(() => {
  page = standIns();
  stopped = [];
  tree = new Tree(new Expansions(null), key => stopped.push(key));
  document.body.append(tree.element);
});
afterEach(() => tree.dispose());

const show = (...models: object[]): void =>
  tree.show(readSnapshot(rawSnapshot(1, ...models)).models, 'one.ipynb');
const rows = (): HTMLElement[] => [...tree.element.querySelectorAll<HTMLElement>('[role=treeitem]')];
const names = (): string[] => rows().map(row => row.querySelector('.hcnn-tree-name')!.textContent);
const row = (name: string): HTMLElement => rows()[names().indexOf(name)]!;
const press = (key: string, modifiers: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers });
  document.activeElement!.dispatchEvent(event);
  return event;
};
const focused = (): string => document.activeElement!.querySelector('.hcnn-tree-name')?.textContent ?? '';

describe('models', () => {
  it('are a tree that is open, with its areas closed', () => {
    show(rawModel());
    expect(tree.element.getAttribute('role')).toBe('tree');
    expect(names()).toEqual(['model', 'image', 'V1', 'IT']);
    expect(rows().map(one => one.getAttribute('aria-expanded'))).toEqual(['true', null, 'false', null]);
    expect(rows().map(one => one.getAttribute('aria-level'))).toEqual(['1', '2', '2', '2']);
    expect([row('V1').getAttribute('aria-posinset'), row('V1').getAttribute('aria-setsize')]).toEqual([
      '2',
      '3'
    ]);
  });

  it('are shown with shape and parameters, and the whole line as a title', () => {
    show(rawModel());
    row('V1').click();
    expect(row('IT').textContent.replaceAll('\u2009', ' ')).toBe('ITany × 812.3 k');
    expect(row('filter').getAttribute('aria-label')).toMatch(/^Layer V1.filter \(Conv2D\), output 32/);
    expect(row('filter').querySelector<HTMLElement>('.hcnn-tree-line')!.title).toContain('416 parameters');
    expect(row('image').querySelector('.hcnn-tree-count')!.textContent).toBe('');
  });

  it('that are not built say so where their shape would be', () => {
    show(rawModel({ shapes: [], n_parameters: null, note: 'Not built yet: it has seen no data.' }));
    expect(row('model').querySelector('.hcnn-tree-shape')!.textContent).toBe('Not built yet');
  });

  it('whose names are markup are shown as text', () => {
    show(rawModel({ variable: '<img src=x>' }));
    expect(names()[0]).toBe('<img src=x>');
    expect(tree.element.querySelector('img')).toBeNull();
  });

  it('with two parts of one name keep both', () => {
    show(rawModel({ children: [rawNode({ name: 'a' }), rawNode({ name: 'a' })] }));
    expect(names()).toEqual(['model', 'a', 'a']);
  });
});

describe('a training', () => {
  it('is shown with a bar, and goes with its run', () => {
    show(rawModel({ training: rawTraining() }));
    const bar = tree.element.querySelector('[role=progressbar]')!;
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['1200', '4800']);
    expect(bar.querySelector<HTMLElement>('.hcnn-training-done')!.style.width).toBe('25%');
    const lines = [...tree.element.querySelectorAll('.hcnn-training-line')].map(line => line.textContent);
    expect(lines).toEqual(['training, 2 min 5 s left', 'step 1,200 of 4,800', 'held-out accuracy 61.3 %']);
    expect(row('model').getAttribute('aria-label')).toContain('held-out accuracy 61.3 %');
    show(rawModel());
    expect(tree.element.querySelector('[role=progressbar]')).toBeNull();
  });

  it('is stopped with its button, or with S on its row, once', () => {
    const running = rawModel({ training: rawTraining() });
    show(running);
    const button = row('model').querySelector<HTMLButtonElement>('.hcnn-training-stop')!;
    expect([button.hidden, button.disabled, button.tabIndex]).toEqual([false, false, -1]);
    expect(row('model').getAttribute('aria-keyshortcuts')).toBe('S');
    button.click();
    expect(row('model').getAttribute('aria-expanded')).toBe('true');
    row('model').focus();
    expect(press('s').defaultPrevented).toBe(true);
    press('s', { ctrlKey: true });
    expect(stopped).toEqual(['model', 'model']);
    show(rawModel({ training: rawTraining({ state: 'stopping' }) }));
    expect([button.hidden, button.disabled]).toEqual([false, true]);
    press('s');
    show(rawModel({ training: rawTraining({ state: 'stopped', alive: false }) }));
    expect(button.hidden).toBe(true);
    expect(row('model').getAttribute('aria-keyshortcuts')).toBeNull();
    row('V1').focus();
    press('s');
    expect(stopped).toHaveLength(2);
  });

  it('that failed says why', () => {
    const values = { state: 'failed', message: 'The loss is NaN.', alive: false, n_steps: 0, steps_done: 0 };
    show(rawModel({ training: rawTraining(values) }));
    expect(row('model').textContent).toContain('The loss is NaN.');
  });
});

describe('a new snapshot', () => {
  it('keeps the elements, the focus and the open branches of what stays', () => {
    show(rawModel());
    row('V1').click();
    const before = rows();
    row('filter').focus();
    show(rawModel({ key: 'model', training: rawTraining() }));
    expect(rows()).toEqual(before);
    expect(focused()).toBe('filter');
  });

  it('puts what is new in its place', () => {
    show(rawModel());
    const before = row('model');
    show(rawModel({ key: 'a', variable: 'a' }), rawModel());
    expect(names()).toEqual(['a', 'image', 'V1', 'IT', 'model', 'image', 'V1', 'IT']);
    expect(row('model')).toBe(before);
  });

  it('moves the focus to a neighbour where its row has gone', () => {
    show(rawModel(), rawModel({ key: 'b', variable: 'b', children: [] }));
    row('b').focus();
    show(rawModel());
    expect(focused()).toBe('IT');
    show();
    expect(rows()).toEqual([]);
    press('ArrowDown');
    show(rawModel());
    expect(rows()[0]!.tabIndex).toBe(0);
  });

  it('of another notebook has branches of its own', () => {
    show(rawModel());
    row('V1').click();
    tree.show(readSnapshot(rawSnapshot(1, rawModel())).models, 'two.ipynb');
    expect(names()).not.toContain('filter');
    show(rawModel());
    expect(names()).toContain('filter');
  });
});

describe('the keyboard', () => {
  beforeEach(() => {
    show(rawModel());
    rows()[0]!.focus();
  });

  it('has one stop in the tree, and it is where the reader was', () => {
    press('ArrowDown');
    press('ArrowDown');
    expect(rows().map(one => one.tabIndex)).toEqual([-1, -1, 0, -1]);
  });

  it('walks up and down, and stays at the ends', () => {
    const walk = ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp'].map(key => {
      press(key);
      return focused();
    });
    expect(walk).toEqual(['image', 'IT', 'IT', 'V1', 'model', 'model']);
  });

  it('opens a branch to the right, then goes in, and the other way to the left', () => {
    row('V1').focus();
    press('ArrowRight');
    expect([row('V1').getAttribute('aria-expanded'), focused()]).toEqual(['true', 'V1']);
    press('ArrowRight');
    expect(focused()).toBe('filter');
    press('ArrowRight');
    expect(focused()).toBe('filter');
    press('ArrowLeft');
    expect(focused()).toBe('V1');
    press('ArrowLeft');
    expect(row('V1').getAttribute('aria-expanded')).toBe('false');
    press('ArrowLeft');
    press('ArrowLeft');
    press('ArrowLeft');
    expect([names(), focused()]).toEqual([['model'], 'model']);
  });

  it.each(['Enter', ' '])('opens and closes with "%s"', key => {
    press(key);
    expect(names()).toEqual(['model']);
    press(key);
    expect(names()).toHaveLength(4);
    press('ArrowDown');
    press(key);
    expect(names()).toHaveLength(4);
  });

  it('leaves all other keys to the page', () => {
    expect(press('ArrowDown').defaultPrevented).toBe(true);
    expect(press('x').defaultPrevented).toBe(false);
    expect(press('ArrowDown', { ctrlKey: true }).defaultPrevented).toBe(false);
  });
});

describe('the mouse', () => {
  it('opens and closes a branch, and passes over a leaf and the space between', () => {
    show(rawModel());
    row('V1').click();
    row('filter').click();
    expect(focused()).toBe('filter');
    row('V1').click();
    tree.element.click();
    expect(names()).toEqual(['model', 'image', 'V1', 'IT']);
  });
});

describe('a tree that is disposed', () => {
  it('has no listener left', () => {
    show(rawModel());
    const element = row('V1');
    tree.dispose();
    element.click();
    expect(element.getAttribute('aria-expanded')).toBe('false');
    expect(page.listeners(tree.element)).toBe(0);
  });
});
