import { beforeEach, expect, it } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { header, sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

let page: Page;
beforeEach(() => {
  page = standIns();
});

const CELLS = {
  width: 480,
  marks: [],
  places: [{ ...header.places[0], sentence: 'Cell 1.' }],
  columns: 1,
  keys: ['1', 'ArrowRight']
};

function scene(changed: object = {}) {
  const panel = mounted(SceneView, SceneModel, sceneState({ ...CELLS, ...changed }), 480);
  page.frame();
  const svg = panel.view.el.querySelector<SVGSVGElement>('.hcnn-chart-svg')!;
  const key = (pressed: string, held = {}): boolean =>
    svg.dispatchEvent(
      new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true, ...held })
    );
  const again = (sequence: number, said: string, more: object = {}): void => {
    arrive(panel.model, { header: { ...header, ...CELLS, sequence, said, ...more } });
    page.frame();
  };
  const heard = () => panel.view.el.querySelector('[aria-live]')!.textContent;
  return { key, again, heard, presses: () => panel.sent.filter(({ kind }) => kind === 'press') };
}

it('what is seen is said when it changes, after what a key is answered', () => {
  const shown = scene({ said: 'Two are wrong.' });
  expect(shown.heard()).toBe('');
  shown.again(2, 'One is wrong.');
  expect(shown.heard()).toBe('One is wrong.');
  shown.key('Home');
  shown.again(3, 'One is wrong.');
  expect(shown.heard()).toBe('Cell 1.');
  shown.key('1');
  shown.again(4, 'None is wrong.');
  expect(shown.heard()).toBe('Cell 1. None is wrong.');
});

it('arrow keys go to the kernel with Shift, where alone they walk', () => {
  const shown = scene();
  shown.key('Home');
  shown.key('ArrowRight');
  expect(shown.presses()).toEqual([]);
  expect(shown.key('ArrowRight', { shiftKey: true })).toBe(false);
  expect(shown.presses()).toEqual([{ kind: 'press', place: 0, key: 'ArrowRight' }]);
});

it('what a key has moved stays marked where it is now, and only then', () => {
  const two = { places: [CELLS.places[0], { ...header.places[0], sentence: 'Cell 2.' }], columns: 2 };
  const shown = scene(two);
  shown.key('Home');
  shown.key('ArrowRight', { shiftKey: true });
  shown.again(2, '', { ...two, moved: 1 });
  expect(shown.heard()).toBe('Cell 2.');
  shown.key('1');
  expect(shown.presses().at(-1)).toEqual({ kind: 'press', place: 1, key: '1' });
  shown.again(3, '', { ...two, moved: 7 });
  expect(shown.heard()).toBe('Cell 2.');
  shown.key('Home');
  shown.again(4, '', { ...two, moved: 1 });
  shown.key('1');
  expect(shown.presses().at(-1)).toEqual({ kind: 'press', place: 0, key: '1' });
});

it('in a scene of cells the focus goes to where the marked one is now', () => {
  const cell = (place: number): object => ({
    kind: 'group',
    key: `cell-${place}`,
    part: 'gridcell',
    place,
    marks: []
  });
  const two = {
    marks: [{ kind: 'group', key: 'row', part: 'row', marks: [cell(0), cell(1)] }],
    places: [CELLS.places[0], { ...header.places[0], sentence: 'Cell 2.' }],
    columns: 2
  };
  const shown = scene(two);
  const cells = document.querySelectorAll<SVGElement>('[role=gridcell]');
  const [first, second] = [...cells].slice(-2) as [SVGElement, SVGElement];
  first.focus();
  first.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true }));
  shown.again(2, '', { ...two, moved: 1 });
  expect(document.activeElement).toBe(second);
  expect(shown.heard()).toBe('Cell 2.');
});
