import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, arrive, mounted, standIns } from '../../testing/page';
import { header, sceneState } from '../../testing/scenes';
import { colourOf } from './scene_frame';
import { SceneModel, SceneView } from './scene_view';

let page: Page;
beforeEach(() => {
  page = standIns();
  const pen = { putImageData: vi.fn() };
  vi.stubGlobal(
    'ImageData',
    class {
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(4 * width * height);
      }
    }
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/png;base64,AA');
});

function scene(changed: object = {}, width = 480) {
  const panel = mounted(SceneView, SceneModel, sceneState(changed), width);
  page.frame();
  const { el } = panel.view;
  const svg = el.querySelector<SVGSVGElement>('.hcnn-chart-svg')!;
  return {
    ...panel,
    svg,
    mark: (selector: string) => svg.querySelector(selector)!,
    card: () => el.querySelector<HTMLElement>('.hcnn-card')!,
    heard: () => el.querySelector('[aria-live]')!.textContent,
    told: () => panel.sent.filter(({ kind }) => kind === 'press' || kind === 'room'),
    key: (key: string) =>
      svg.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  };
}

describe('the marks of a scene', () => {
  it('are drawn in the colours of the theme, or in their own', () => {
    const { mark } = scene();
    const cell = mark('rect[data-place="0"]');
    expect(cell.getAttribute('fill')).toBe('var(--jp-layout-color1)');
    expect(['x', 'y', 'width', 'height', 'rx'].map(name => cell.getAttribute(name))).toEqual([
      '0',
      '0',
      '20',
      '20',
      '4'
    ]);
    expect(mark('line').getAttribute('opacity')).toBe('0.5');
    const text = mark('text');
    const look = ['text-anchor', 'font-weight', 'font-style'].map(name => text.getAttribute(name));
    expect([text.textContent, ...look]).toEqual(['19', 'middle', '700', 'italic']);
    expect(mark('path[fill="#21918c"]').getAttribute('d')).toBe('M0.0,0.0C9.0,0.0 9.0,9.0 0.0,9.0Z');
    expect(mark('image').getAttribute('href')).toBe('data:image/png;base64,AA');
  });

  it('are cut by their clips, and hatched, by names that no other view has', () => {
    const urls = [scene(), scene()].map(({ svg }) =>
      [...svg.querySelectorAll('[clip-path], [fill^="url"]')].map(
        element => element.getAttribute('clip-path') ?? element.getAttribute('fill')!
      )
    );
    expect(urls[0]).toHaveLength(2);
    expect(new Set(urls.flat()).size).toBe(4);
    for (const url of urls.flat()) {
      expect(document.querySelector(url.slice(4, -1))).not.toBeNull();
    }
  });

  it('with a colour that is neither a role nor a number have none', () => {
    expect(['url(http://x)', 'red', '#21918c', 'ink'].map(colourOf)).toEqual([
      'none',
      'none',
      '#21918c',
      'var(--jp-ui-font-color0)'
    ]);
  });

  it.each([
    [{ marks: [{ kind: 'script', key: 'a' }] }, 'one of rect, line, path, text, pixels, group'],
    [
      { marks: [{ kind: 'pixels', key: 'a', x: 0, y: 0, width: 1, height: 1, image: [9, 9, 3] }] },
      '9 x 9 x 3 bytes'
    ],
    [{ numbers: [[{}]] }, '`numbers` as rows of words and numbers']
  ])('that do not fit end in a sentence', (changed, words) => {
    expect(scene(changed).view.el.querySelector('[role=alert]')!.textContent).toContain(words);
  });
});

describe('the room of a scene', () => {
  it('is told where it is another than the scene was laid out for, and once', () => {
    const shown = scene({}, 300);
    expect(shown.told()).toEqual([{ kind: 'room', width: 300 }]);
    arrive(shown.model, { header: { ...header, sequence: 2, label: 'again' } });
    page.frame();
    expect(shown.told()).toHaveLength(1);
    expect(scene({ width: 300 }, 300).told()).toEqual([]);
  });

  it('that is too small shows it smaller, and one that is large enough in its own size', () => {
    const small = scene({ width: 600, height: 400 }, 300).svg;
    expect(['width', 'height', 'viewBox'].map(name => small.getAttribute(name))).toEqual([
      '300',
      '200',
      '0 0 600 400'
    ]);
    expect(scene({ width: 60 }, 300).svg.getAttribute('width')).toBe('60');
  });
});

describe('the places of a scene', () => {
  it('are walked, each with its marks, its card and its sentence', () => {
    const shown = scene();
    shown.key('ArrowRight');
    expect(shown.heard()).toBe('Cell 1: 19.');
    expect(shown.mark('.hcnn-scene-mark rect').getAttribute('stroke')).toBe('var(--hcnn-focus)');
    expect(shown.card().textContent).toBe('Cell 1simulatedsum19model V10.3as said');
    shown.key('ArrowRight');
    expect([shown.heard(), shown.card().hidden]).toEqual(['Cell 2.', true]);
    expect(shown.svg.querySelector('.hcnn-scene-mark rect')).toBeNull();
  });

  it('of a grid are walked up and down as well', () => {
    const places = Array.from({ length: 6 }, (_, i) => ({ ...header.places[1], sentence: `Cell ${i + 1}.` }));
    const shown = scene({ places, columns: 3 });
    ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowUp'].forEach(shown.key);
    expect(shown.heard()).toBe('Cell 3.');
  });

  it('are pointed at where a mark belongs to one', () => {
    const shown = scene();
    const move = (element: Element): boolean =>
      element.dispatchEvent(new MouseEvent('pointermove', { bubbles: true }));
    move(shown.mark('rect[data-place="0"]'));
    expect(shown.card().hidden).toBe(false);
    move(shown.mark('line'));
    expect(shown.card().hidden).toBe(true);
  });

  it('tell the kernel the keys that it takes and clicks, and say what it answers', () => {
    const shown = scene({ width: 480 });
    expect(shown.key('1')).toBe(true);
    shown.key('Home');
    expect([shown.key('1'), shown.key('2')]).toEqual([false, true]);
    shown.mark('rect[data-place="0"]').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(shown.told()).toEqual([
      { kind: 'press', place: 0, key: '1' },
      { kind: 'press', place: 0, key: 'Enter' }
    ]);
    const places = [{ ...header.places[0], sentence: 'Cell 1: 1.' }];
    arrive(shown.model, { header: { ...header, width: 480, sequence: 2, places } });
    page.frame();
    expect(shown.heard()).toBe('Cell 1: 1.');
  });
});

it('a scene that takes keys is an application, and one that is only looked at an image', () => {
  expect(scene().svg.getAttribute('role')).toBe('application');
  expect(scene({ keys: [] }).svg.getAttribute('role')).toBe('img');
});

it('a scene names its panel and its drawing', () => {
  const { view, svg } = scene();
  expect(view.el.getAttribute('aria-label')).toBe('Every kind');
  expect(svg.getAttribute('aria-label')).toBe('One of each.');
  expect(view.el.querySelector('.hcnn-mod-example')).not.toBeNull();
});

it('a removed scene leaves no observer and no listener', () => {
  const { view } = scene();
  view.remove();
  expect([page.observers(), page.listeners(view.el)]).toEqual([0, 0]);
});
