import { beforeEach, expect, it } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { header, sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

let page: Page;
beforeEach(() => {
  page = standIns();
});

const box = (place: number): object => ({
  kind: 'rect',
  key: `cell-${place}`,
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  place
});
const places = [0, 1, 2].map(n => ({
  ...header.places[0],
  sentence: `Cell ${n}.`,
  marks: [{ kind: 'text', key: 'mark', x: 0, y: 0, words: `mark ${n}`, size: 10 }]
}));
const RESTING = { width: 480, marks: [0, 1, 2].map(box), places, columns: 3, keys: ['1', 'Enter'], rest: 1 };

function scene() {
  const panel = mounted(SceneView, SceneModel, sceneState(RESTING), 480);
  page.frame();
  const { el } = panel.view;
  const svg = el.querySelector<SVGSVGElement>('.hcnn-chart-svg')!;
  return {
    key: (key: string) =>
      svg.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
    mouse: (kind: string, place: number) =>
      svg
        .querySelector(`rect[data-place="${place}"]`)!
        .dispatchEvent(new MouseEvent(kind, { bubbles: true })),
    leave: () => svg.dispatchEvent(new MouseEvent('pointerleave')),
    again: (sequence: number, rest: number, sentence = '') => {
      const now = sentence ? places.map(place => ({ ...place, sentence })) : places;
      arrive(panel.model, { header: { ...header, ...RESTING, places: now, sequence, rest } });
      page.frame();
    },
    marks: () => el.querySelector('.hcnn-scene-mark')!.textContent,
    heard: () => el.querySelector('[aria-live]')!.textContent,
    presses: () => panel.sent.filter(({ kind }) => kind === 'press').map(({ place, key }) => [place, key])
  };
}

it('the place of rest is marked while none is pointed at, and again when the pointer has gone', () => {
  const shown = scene();
  expect(shown.marks()).toBe('mark 1');
  shown.mouse('pointermove', 2);
  expect(shown.marks()).toBe('mark 2');
  shown.leave();
  expect(shown.marks()).toBe('mark 1');
});

it('keys act on what was clicked or walked to, wherever the pointer is', () => {
  const shown = scene();
  shown.key('1');
  shown.mouse('pointermove', 0);
  shown.key('1');
  shown.mouse('click', 0);
  shown.mouse('pointermove', 2);
  shown.key('1');
  shown.key('ArrowRight');
  shown.key('1');
  expect(shown.presses()).toEqual([
    [1, '1'],
    [1, '1'],
    [0, 'Enter'],
    [0, '1'],
    [1, '1']
  ]);
});

it('of keys that are pressed fast every answer is said, also the last', () => {
  const shown = scene();
  shown.key('1');
  shown.key('1');
  shown.again(2, 1, 'Cell 1: 1.');
  expect(shown.heard()).toBe('Cell 1: 1.');
  shown.again(3, 1, 'Cell 1: 11.');
  expect(shown.heard()).toBe('Cell 1: 11.');
});

it('where the kernel moves the place of rest, what is marked goes with it and is said', () => {
  const shown = scene();
  shown.key('ArrowRight');
  expect(shown.marks()).toBe('mark 2');
  shown.key('1');
  shown.again(2, 0);
  expect([shown.marks(), shown.heard()]).toEqual(['mark 0', 'Cell 0.']);
  shown.leave();
  shown.again(3, 2);
  expect(shown.marks()).toBe('mark 2');
});

it('an answer that moves the place of rest is said also where a frame that was on its way came before it', () => {
  const shown = scene();
  shown.key('ArrowRight');
  shown.key('1');
  shown.again(2, 1); // no answer yet
  const before = shown.heard();
  shown.again(3, 0);
  expect(before).not.toBe('Cell 0.');
  expect(shown.heard()).toBe('Cell 0.');
});
