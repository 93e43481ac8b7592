import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, mounted, standIns } from '../../testing/page';
import { header, sceneState } from '../../testing/scenes';
import { SceneModel, SceneView } from './scene_view';

let page: Page;
beforeEach(() => {
  page = standIns();
});

describe('the cell of a scene that fits', () => {
  function inCell(changed: object, height: number) {
    const panel = mounted(
      SceneView,
      SceneModel,
      { ...sceneState({ marks: [], places: [], ...changed }) },
      300
    );
    panel.model.set('fits', true);
    const stage = panel.view.el.querySelector('.hcnn-stage')!;
    vi.spyOn(stage, 'clientHeight', 'get').mockImplementation(() => height);
    page.frame();
    const rooms = () =>
      panel.sent.filter(({ kind }) => kind === 'room').map(told => [told.width, told.height]);
    const size = () => {
      const svg = panel.view.el.querySelector('.hcnn-chart-svg')!;
      return ['width', 'height'].map(name => Number(svg.getAttribute(name)));
    };
    return { ...panel, rooms, size };
  }

  it('is told with its height, and the drawing is shown smaller until it is laid out for it', () => {
    const { view, rooms, size } = inCell({ width: 300, height: 400 }, 200);
    expect(view.el.classList).toContain('hcnn-mod-fits');
    expect(rooms()).toEqual([[300, 200]]);
    expect(size()).toEqual([150, 200]);
  });

  it('has the highest scene of its width that it has room for', () => {
    const others = [150, 190, 260].map(height => ({ ...header, width: 300, height, marks: [], places: [] }));
    expect(inCell({ width: 500, height: 90, others }, 200).size()).toEqual([300, 190]);
    expect(inCell({ width: 500, height: 90, others }, 100).size()).toEqual([200, 100]);
  });

  it('is the stage where the panel alone fills the screen', () => {
    const { view, model, rooms, size } = inCell({ width: 300, height: 400 }, 200);
    model.set('fits', false);
    page.frame();
    view.el.classList.add('hcnn-mod-on-stage');
    view.schedule();
    page.frame();
    expect(rooms().at(-1)).toEqual([300, 200]);
    expect(size()).toEqual([150, 200]);
    view.el.classList.remove('hcnn-mod-on-stage');
    view.schedule();
    page.frame();
    expect(rooms().at(-1)).toEqual([300, 0]);
  });

  it('is not the stage where the panel stands beside planes, and keeps its print', () => {
    const { view, model, rooms } = inCell({ width: 300, height: 400 }, 200);
    model.set('fits', false);
    const row = document.createElement('div');
    row.className = 'hcnn-plane-row';
    view.el.replaceWith(row);
    row.append(view.el);
    view.el.classList.add('hcnn-mod-on-stage');
    view.schedule();
    page.frame();
    expect(rooms().at(-1)).toEqual([300, 0]);
    expect(view.el.classList).not.toContain('hcnn-mod-fits');
  });

  it('that it leaves is told once more, without an end', () => {
    const { model, rooms, view } = inCell({ width: 300, height: 400 }, 200);
    model.set('fits', false);
    page.frame();
    expect(rooms()).toEqual([
      [300, 200],
      [300, 0]
    ]);
    expect(view.el.classList).not.toContain('hcnn-mod-fits');
  });
});
