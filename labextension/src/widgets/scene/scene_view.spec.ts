import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, arrive, inMessage, mounted, standIns } from '../../testing/page';
import { cell, header, sceneState } from '../../testing/scenes';
import { Fields } from '../../wire';
import { colourOf, readScenes } from './scene_frame';
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
    const box = mark('rect[data-place="0"]');
    expect(box.getAttribute('fill')).toBe('var(--jp-layout-color1)');
    expect(['x', 'y', 'width', 'height', 'rx'].map(name => box.getAttribute(name))).toEqual([
      '0',
      '0',
      '20',
      '20',
      '4'
    ]);
    expect(box.classList).toContain('hcnn-mod-glides');
    expect(['opacity', 'stroke-dasharray'].map(name => mark('line').getAttribute(name))).toEqual([
      '0.5',
      '8 4'
    ]);
    const cut = mark('.hcnn-mod-cut');
    expect([...cut.children].map(part => part.textContent)).toEqual(['score', 'sc…']);
    const turned = cut.querySelector('text')!;
    expect(turned.getAttribute('transform')).toBe('rotate(-90 5 20)');
    expect(turned.classList).toContain('hcnn-chart-rim');
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
    expect(shown.told()).toEqual([
      { kind: 'room', view: expect.any(String) as string, width: 300, height: 0 }
    ]);
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

describe('of two views of a scene', () => {
  const other = (width: number): object => ({ ...header, width, label: `for ${width}`, marks: [] });

  it('each draws the one for its own room, and tells it under its own name', () => {
    const changed = { ...header, width: 300, others: [other(500), other(700)] };
    expect(scene(changed, 500).svg.getAttribute('aria-label')).toBe('for 500');
    const [left, right] = [scene(changed, 400), scene(changed, 900)];
    expect(left.svg.getAttribute('aria-label')).toBe('for 500');
    expect(right.svg.getAttribute('aria-label')).toBe('for 700');
    expect(left.told()[0]!.view).not.toBe(right.told()[0]!.view);
  });

  it('one that goes says so', () => {
    const shown = scene({}, 300);
    shown.view.remove();
    expect(shown.told().map(({ width }) => width)).toEqual([300, 0]);
    expect(shown.told()[1]!.view).toBe(shown.told()[0]!.view);
  });

  it('each has the images that are its own', () => {
    const wide = { ...header, width: 500, places: [] };
    const scenes = readScenes(new Fields({ ...header, others: [wide] }), inMessage([0, 255, 9, 8]));
    const images = scenes.map(({ marks }) => marks.find(({ tag }) => tag === 'image')!.image!);
    expect(images.map(({ data }) => [...data])).toEqual([
      [0, 255],
      [9, 8]
    ]);
  });
});

describe('a scene of cells', () => {
  const rows = [0, 1, 2].map(row => ({
    kind: 'group',
    key: `row-${row}`,
    part: 'row',
    marks: [cell(2 * row), cell(2 * row + 1)]
  }));
  const places = Array.from({ length: 6 }, (_, i) => ({ ...header.places[0], sentence: `Cell ${i}.` }));

  function grid() {
    const shown = scene({ marks: rows, places, columns: 2, keys: [], width: 480 });
    const cells = (): SVGElement[] => [...shown.svg.querySelectorAll<SVGElement>('[role=gridcell]')];
    const press = (key: string, held = {}): boolean =>
      document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held })
      );
    return { ...shown, cells, press, reached: () => cells().map(one => one.getAttribute('tabindex')) };
  }

  it('is a grid with a sentence a cell, which Tab enters at one of them', () => {
    const { svg, cells, reached } = grid();
    expect([svg.getAttribute('role'), svg.getAttribute('tabindex')]).toEqual(['grid', '-1']);
    expect(svg.querySelectorAll('[role=row] > [role=gridcell]')).toHaveLength(6);
    expect(cells().map(one => one.getAttribute('aria-label'))).toEqual(
      [0, 1, 2, 3, 4, 5].map(i => `Cell ${i}.`)
    );
    expect(reached()).toEqual(['0', '-1', '-1', '-1', '-1', '-1']);
  });

  it('has a focus that walks, to the corners too, each cell with its card', () => {
    const shown = grid();
    shown.cells()[0]!.focus();
    expect(shown.card().hidden).toBe(false);
    expect(shown.press('ArrowDown')).toBe(false);
    shown.press('ArrowRight');
    expect(document.activeElement).toBe(shown.cells()[3]);
    shown.press('End', { ctrlKey: true });
    page.frame();
    expect(document.activeElement).toBe(shown.cells()[5]);
    expect(shown.reached().at(-1)).toBe('0');
    shown.press('Escape');
    expect(shown.card().hidden).toBe(true);
    shown.press('ArrowLeft');
    expect(document.activeElement).toBe(shown.cells()[4]);
    expect(shown.press('ArrowRight', { shiftKey: true })).toBe(true);
    shown.cells()[4]!.blur();
    expect(shown.card().hidden).toBe(true);
  });

  it('that has become smaller goes on within it, with no card', () => {
    const shown = grid();
    shown.cells()[5]!.focus();
    const smaller = { ...header, marks: rows.slice(0, 1), places: places.slice(0, 2), columns: 2 };
    arrive(shown.model, { header: { ...smaller, sequence: 2 } });
    page.frame();
    expect([shown.cells().length, shown.card().hidden, shown.reached()]).toEqual([2, true, ['-1', '0']]);
  });

  it('has the colours of model areas in either theme', async () => {
    const { cells } = grid();
    const fill = (): string => cells()[0]!.firstElementChild!.getAttribute('fill')!;
    expect(fill()).toBe('rgb(95, 179, 196)');
    document.body.dataset.jpThemeLight = 'false';
    await Promise.resolve();
    page.frame();
    expect(fill()).toBe('rgb(47, 132, 151)');
    delete document.body.dataset.jpThemeLight;
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
