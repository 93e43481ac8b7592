import { beforeEach, expect, it } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { cell, header, sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

let page: Page;
beforeEach(() => {
  page = standIns();
});

const CELLS = {
  marks: [{ kind: 'group', key: 'row', part: 'row', marks: [0, 1, 2, 3].map(cell) }],
  places: [0, 1, 2, 3].map(i => ({ ...header.places[0], sentence: `Cell ${i}.` })),
  columns: 2,
  keys: ['n'],
  width: 480
};

function grid() {
  const { model, sent, view } = mounted(SceneView, SceneModel, sceneState(CELLS), 480);
  page.frame();
  const svg = view.el.querySelector<SVGSVGElement>('.hcnn-chart-svg')!;
  const cells = [...svg.querySelectorAll<SVGElement>('[role=gridcell]')];
  const press = (key: string): unknown =>
    document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    );
  const presses = (): object[] => sent.filter(({ kind }) => kind === 'press');
  return { model, svg, cells, press, presses, card: view.el.querySelector<HTMLElement>('.hcnn-card')! };
}

it('a cell that has the focus has the keys, also after a pointer has passed over it and gone', () => {
  const { svg, cells, press, presses, card } = grid();
  cells[3]!.focus();
  svg.dispatchEvent(new Event('pointerleave'));
  expect(card.hidden).toBe(true);
  press('n');
  expect(presses()).toEqual([{ kind: 'press', place: 3, key: 'n' }]);
  expect(card.hidden).toBe(false);
});

it('a cell that has the focus has the keys, also after the grid has got other columns', () => {
  const { model, cells, press, presses } = grid();
  cells[1]!.focus();
  arrive(model, { header: { ...header, ...CELLS, columns: 4, sequence: 2 } });
  page.frame();
  press('n');
  expect(presses()).toEqual([{ kind: 'press', place: 1, key: 'n' }]);
});

it('without the focus no cell has the keys', () => {
  const { svg, cells, press, presses } = grid();
  cells[1]!.focus();
  cells[1]!.blur();
  press('n');
  svg.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
  expect(presses()).toEqual([]);
});
