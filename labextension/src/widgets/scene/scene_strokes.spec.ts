import { beforeEach, expect, it } from 'vitest';

import { mounted, standIns } from '../../testing/page';
import { sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

let frame: () => void;
beforeEach(() => {
  const page = standIns();
  frame = () => page.frame();
});

function scene(keys: string[]) {
  const marks = [0, 1].map(place => ({
    kind: 'rect',
    key: `cell-${place}`,
    x: 20 * place,
    y: 0,
    width: 20,
    height: 20,
    place
  }));
  const places = [0, 1].map(place => ({ sentence: `${place}`, marks: [], title: '', rows: [] }));
  const cells = places.map(place => ({ ...place, badge: '', note: '', beside: [0, 0, 0] }));
  const panel = mounted(SceneView, SceneModel, sceneState({ marks, places: cells, keys }), 480);
  frame();
  const svg = panel.view.el.querySelector<SVGSVGElement>('.hcnn-chart-svg')!;
  const point = (type: string, place: number, buttons: number) => {
    const event = new MouseEvent(type, { bubbles: true, buttons });
    svg.querySelector(`[data-place="${place}"]`)!.dispatchEvent(event);
  };
  const pressed = () => panel.sent.filter(({ kind }) => kind === 'press');
  return { svg, point, pressed };
}

it('a pointer that is held down draws, from where it went down on, each place once', () => {
  const { svg, point, pressed } = scene(['Draw', 'Drag']);
  expect(svg.classList).toContain('hcnn-mod-drawn');
  point('pointermove', 0, 0);
  point('pointerdown', 0, 1);
  point('pointermove', 0, 1);
  point('pointermove', 1, 1);
  point('pointermove', 1, 1);
  point('pointermove', 0, 0);
  expect(pressed()).toEqual([
    { kind: 'press', place: 0, key: 'Draw' },
    { kind: 'press', place: 1, key: 'Drag' }
  ]);
});

it('another button draws nothing, nor any on a scene that takes no strokes', () => {
  const drawn = scene(['Draw', 'Drag']);
  drawn.point('pointerdown', 0, 2);
  const still = scene(['Enter']);
  still.point('pointerdown', 0, 1);
  still.point('pointermove', 1, 1);
  expect([...drawn.pressed(), ...still.pressed()]).toEqual([]);
  expect(still.svg.classList).not.toContain('hcnn-mod-drawn');
});
