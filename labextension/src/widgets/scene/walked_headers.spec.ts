import { beforeEach, expect, it } from 'vitest';

import { type Page, mounted, standIns } from '../../testing/page';
import { header, sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

let page: Page;
beforeEach(() => {
  page = standIns();
});

const cell = (part: string, place?: number): object => ({
  kind: 'group',
  key: `cell-${place}`,
  part,
  place,
  marks: [{ kind: 'rect', key: 'box', x: 0, y: 0, width: 1, height: 1, fill: 'soft', place }]
});

const row = (key: string, ...marks: object[]): object => ({ kind: 'group', key, part: 'row', marks });

it('a header is walked to where it has a place, and tells of its keys', () => {
  const marks = [
    row('head', cell('columnheader', 0), cell('columnheader', 1)),
    row('body', cell('rowheader', 2), cell('gridcell', 3)),
    row('foot', cell('rowheader'), cell('gridcell', 4))
  ];
  const places = Array.from({ length: 5 }, (_, i) => ({ ...header.places[0], sentence: `Cell ${i}.` }));
  const { view, sent } = mounted(
    SceneView,
    SceneModel,
    sceneState({ marks, places, columns: 2, keys: ['Enter'] }),
    480
  );
  page.frame();
  const { el } = view;
  const [first] = el.querySelectorAll<SVGElement>('[role=columnheader]');
  expect([first!.getAttribute('tabindex'), first!.getAttribute('aria-label')]).toEqual(['0', 'Cell 0.']);
  expect([...el.querySelectorAll('[role=rowheader]')].map(one => one.hasAttribute('tabindex'))).toEqual([
    true,
    false
  ]);
  const press = (key: string): boolean =>
    document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    );
  first!.focus();
  press('ArrowDown');
  expect(document.activeElement!.getAttribute('aria-label')).toBe('Cell 2.');
  press('ArrowUp');
  press('ArrowRight');
  press('Enter');
  expect(document.activeElement!.getAttribute('aria-label')).toBe('Cell 1.');
  expect(sent.filter(({ kind }) => kind === 'press')).toEqual([{ kind: 'press', place: 1, key: 'Enter' }]);
});
