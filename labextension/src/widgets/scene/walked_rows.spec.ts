import { expect, it } from 'vitest';

import { mounted, standIns } from '../../testing/page';
import { header, sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

const places = Array.from({ length: 6 }, (_, i) => ({ ...header.places[0], sentence: `Card ${i + 1}.` }));

function walked(rows: unknown, ...keys: string[]): SceneView {
  const page = standIns();
  const { view } = mounted(
    SceneView,
    SceneModel,
    sceneState({ marks: [], places, columns: 3, walked: rows }),
    480
  );
  page.frame();
  const svg = view.el.querySelector('.hcnn-chart-svg')!;
  keys.forEach(key =>
    svg.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  );
  return view;
}

it('a scene that is seen in other rows than those of its grid is walked as it is seen', () => {
  const rows = [[0, 3], [1, 4], [2]];
  const heard = (...keys: string[]): string | null =>
    walked(rows, ...keys).el.querySelector('[aria-live]')!.textContent;
  expect(heard('ArrowRight', 'ArrowDown')).toBe('Card 2.');
  expect(heard('ArrowRight', 'ArrowDown', 'ArrowRight')).toBe('Card 5.');
  expect(heard('ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowRight')).toBe('Card 2.');
});

it('rows that hold anything but places end in a sentence', () => {
  const alert = walked([[0, 'x']]).el.querySelector('[role=alert]')!;
  expect(alert.textContent).toContain('`walked` as rows of whole numbers');
});
