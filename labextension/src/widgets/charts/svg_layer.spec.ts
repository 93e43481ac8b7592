import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Layer, svgElement } from './svg_layer';

let layer: Layer;
beforeEach(() => {
  document.body.replaceChildren();
  const svg = svgElement('svg');
  document.body.append(svg);
  layer = new Layer(svg);
});

/** Draws a circle for each key. */
const circles = (...keys: string[]): void =>
  layer.draw(page => keys.forEach(key => page.shape('circle', key, { id: key })));
const shown = (): string[] => [...layer.element.children].map(child => child.id);

/** All orders of some letters, none, some or all of them being there. */
function orders(letters: string[]): string[][] {
  const longer = letters.flatMap(letter =>
    orders(letters.filter(other => other !== letter)).map(rest => [letter, ...rest])
  );
  return [[], ...longer];
}

describe('a drawing', () => {
  it('is made of SVG elements, which HTML elements of that name would not be', () => {
    circles('a');
    expect(layer.element.firstElementChild).toBeInstanceOf(SVGElement);
    expect(layer.element.firstElementChild!.namespaceURI).toBe('http://www.w3.org/2000/svg');
  });

  it('shows what is named and nothing else, in the order of naming, whatever was there before', () => {
    const all = orders(['a', 'b', 'c']);
    expect(all).toHaveLength(16);
    for (const before of all) {
      for (const after of all) {
        circles(...before);
        circles(...after);
        expect(shown()).toEqual(after);
      }
    }
  });

  it('keeps the element of a shape, and the focus with it, though others come and go', () => {
    circles('a', 'b');
    const element = layer.find('b')!;
    element.setAttribute('tabindex', '0');
    element.focus();
    circles('new', 'b');
    expect(layer.find('b')).toBe(element);
    expect(document.activeElement).toBe(element);
  });

  it('forgets a shape that has gone: its key makes a new one', () => {
    circles('a');
    const before = layer.find('a');
    circles();
    expect(layer.find('a')).toBeUndefined();
    circles('a');
    expect(layer.find('a')).toBeInstanceOf(SVGElement);
    expect(layer.find('a')).not.toBe(before);
  });

  it('moves no element that stays where it is', () => {
    circles('a', 'b', 'c');
    const insert = vi.spyOn(layer.element, 'insertBefore');
    circles('a', 'b', 'c');
    expect(insert).not.toHaveBeenCalled();
    circles('a', 'c');
    expect(shown()).toEqual(['a', 'c']);
  });
});

describe('attributes', () => {
  it('are written, numbers to a hundredth of a pixel', () => {
    layer.draw(page => page.shape('rect', 'bar', { x: 1 / 3, y: 12, width: -0.006, class: 'bar' }));
    const written = ['x', 'y', 'width', 'class'].map(name => layer.find('bar')!.getAttribute(name));
    expect(written).toEqual(['0.33', '12', '-0.01', 'bar']);
  });

  it('are taken off where they are named no more, or undefined', () => {
    layer.draw(page => page.shape('rect', 'bar', { fill: 'red', stroke: 'blue', x: 1 }));
    layer.draw(page => page.shape('rect', 'bar', { fill: undefined, x: 1 }));
    expect(layer.find('bar')!.getAttributeNames()).toEqual(['x']);
    layer.draw(page => page.shape('rect', 'bar', { fill: 'red', x: 1 }));
    expect(layer.find('bar')!.getAttribute('fill')).toBe('red');
  });

  it('that stay the same are not written again', () => {
    layer.draw(page => page.shape('rect', 'bar', { x: 1, y: 2 }));
    const write = vi.spyOn(layer.find('bar')!, 'setAttribute');
    layer.draw(page => page.shape('rect', 'bar', { x: 1.001, y: 3 }));
    expect(write.mock.calls).toEqual([['y', '3']]);
  });
});

describe('text', () => {
  const say = (text: string): void => layer.draw(page => page.text('name', text, { x: 1 }));

  it('is text, never markup', () => {
    say('<b>V4</b>');
    expect(layer.element.textContent).toBe('<b>V4</b>');
    expect(layer.element.querySelector('b')).toBeNull();
  });

  it('changes where it differs, and keeps its node where it does not', () => {
    say('V4');
    const node = layer.find('name')!.firstChild;
    say('V4');
    expect(layer.find('name')!.firstChild).toBe(node);
    say('IT');
    expect(layer.element.textContent).toBe('IT');
  });
});

describe('a group', () => {
  it('has keys of its own, and is drawn with the rest', () => {
    const draw = (radius: number): void =>
      layer.draw(page => {
        for (const name of ['left', 'right']) {
          page.group(name, { id: name }, within => within.shape('circle', 'dot', { r: radius }));
        }
      });
    draw(1);
    const dots = [...layer.element.querySelectorAll('g > circle')];
    expect(dots).toHaveLength(2);
    draw(2);
    expect([...layer.element.querySelectorAll('circle')]).toEqual(dots);
    expect(dots.map(dot => dot.getAttribute('r'))).toEqual(['2', '2']);
  });

  it('can be drawn by itself between two frames, and leaves the rest as it is', () => {
    layer.draw(page => {
      page.shape('rect', 'bar', {});
      page.group('mark', {}, () => undefined);
    });
    layer.within('mark')!.draw(mark => mark.shape('line', 'rule', {}));
    expect([...layer.element.querySelectorAll('*')].map(element => element.tagName)).toEqual([
      'rect',
      'g',
      'line'
    ]);
    expect(layer.within('bar')).toBeUndefined();
    expect(layer.within('elsewhere')).toBeUndefined();
  });
});

it('a drawing that broke half-way is whole again after the next', () => {
  circles('a', 'b');
  expect(() =>
    layer.draw(page => {
      page.shape('circle', 'b', { id: 'b' });
      throw new Error('no score');
    })
  ).toThrow('no score');
  circles('a', 'c');
  expect(shown()).toEqual(['a', 'c']);
});

it('keeps the shapes of a group that is drawn by itself, so that they glide on from one frame to the next', () => {
  const draw = (): void => layer.draw(all => all.kept('mark', { class: 'mark' }));
  draw();
  layer.within('mark')!.draw(mark => mark.shape('rect', 'window', { x: 0 }));
  const before = layer.within('mark')!.find('window');
  draw();
  expect(layer.element.querySelector('.mark > rect')).toBe(before);
  layer.within('mark')!.draw(mark => mark.shape('rect', 'window', { x: 10 }));
  expect(layer.element.querySelector('.mark > rect')).toBe(before);
  expect(before!.getAttribute('x')).toBe('10');
});
