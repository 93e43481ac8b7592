import { describe, expect, it } from 'vitest';

import { rdmFrame } from '../../testing/rdms';
import type { Box } from '../charts/sizes';
import { cellAt, rdmLayout, walkCell } from './rdm_layout';

const WIDTHS = [280, 320, 400, 480, 560, 620, 700, 820, 1000, 1280, 1900];
const layout = (width: number, header = {}): ReturnType<typeof rdmLayout> =>
  rdmLayout(rdmFrame(header), width, 0, 0.55);
const right = ({ left, width }: Box): number => left + width;
const bottom = ({ top, height }: Box): number => top + height;
const apart = (one: Box, other: Box): boolean =>
  right(one) <= other.left ||
  right(other) <= one.left ||
  bottom(one) <= other.top ||
  bottom(other) <= one.top;

describe.each(WIDTHS)('at a width of %i', width => {
  const places = layout(width);

  it('everything stands within the drawing', () => {
    for (const box of [places.model, places.brain, places.pane, ...places.bars.map(({ plot }) => plot)]) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(right(box)).toBeLessThanOrEqual(width + 0.5);
      expect(bottom(box)).toBeLessThanOrEqual(places.height);
    }
  });

  it('nothing covers anything else', () => {
    const boxes = [places.model, places.brain, places.pane, ...places.bars.map(({ plot }) => plot)];
    boxes.forEach((one, i) => boxes.slice(i + 1).forEach(other => expect(apart(one, other)).toBe(true)));
  });

  it('matrices are square, of one size, and no smaller than can be seen', () => {
    for (const { width: side, height } of [places.model, places.brain]) {
      expect([side, height]).toEqual([places.model.width, places.model.width]);
      expect(side).toBeGreaterThanOrEqual(120);
    }
  });

  it('the marks are explained within the drawing, above the bars', () => {
    expect(places.legend.map(({ kind }) => kind)).toEqual(['error', 'untrained', 'ceiling', 'bound']);
    places.legend.forEach(({ left, top }) => {
      expect(left).toBeLessThan(width - 60);
      expect(top).toBeLessThan(places.bars[0]!.title);
    });
  });
});

describe('categories', () => {
  it('are named left of the model and right of the brain where there is room', () => {
    const { labels, model, brain } = layout(1000);
    expect(labels).toHaveLength(4);
    expect(labels[0]!.x).toBeLessThan(model.left);
    expect(labels[1]!.x).toBeGreaterThan(right(brain));
    expect(labels[0]!.lines).toEqual(['human', 'face']);
  });

  it('are named once in a narrower panel, and at both matrices where these stand above one another', () => {
    expect(layout(560).labels).toHaveLength(2);
    expect(
      layout(300).labels.map(({ top }) => top > layout(300).model.top + layout(300).model.height)
    ).toEqual([false, true, false, true]);
  });

  it('without room for their name stay unnamed, and long names are shortened', () => {
    const thin = { groups: [{ name: 'a very long name of a category', start: 0, stop: 4 }] };
    expect(layout(1000, thin).labels[0]!.lines.length).toBeGreaterThan(1);
    const many = rdmFrame();
    many.count = 400;
    many.groups = [{ name: 'face', start: 0, stop: 4 }];
    expect(rdmLayout(many, 1000, 0, 0.5).labels).toEqual([]);
    many.groups = [{ name: 'a very long name of a category', start: 0, stop: 20 }];
    const [label] = rdmLayout(many, 1000, 0, 0.5).labels;
    expect(label!.lines).toHaveLength(1);
    expect(label!.lines[0]).toMatch(/…$/);
  });

  it('take no room where there are none', () => {
    expect(layout(1000, { groups: [] }).labels).toEqual([]);
    expect(layout(560, { groups: [] }).model.left).toBe(0);
  });
});

it('a place of a matrix is a cell, and one outside is none', () => {
  const box = { left: 10, top: 20, width: 100, height: 100 };
  expect(cellAt(box, 4, 10, 20)).toEqual([0, 0]);
  expect(cellAt(box, 4, 109, 70)).toEqual([2, 3]);
  expect(cellAt(box, 4, 9, 50)).toBeNull();
  expect(cellAt(box, 4, 50, 120)).toBeNull();
});

it.each([
  ['ArrowLeft', false, [3, 4]],
  ['ArrowRight', false, [3, 6]],
  ['ArrowUp', false, [2, 5]],
  ['ArrowDown', true, [4, 5]],
  ['ArrowRight', true, [3, 6]],
  ['Home', false, [3, 0]],
  ['End', false, [3, 9]],
  ['Home', true, [0, 0]],
  ['End', true, [9, 9]]
] as const)('%s (control: %s) leads to a cell', (key, control, target) => {
  expect(walkCell(key, control, [3, 5], 10)).toEqual(target);
});

it('a walk ends at the ends, goes by a tenth with PageUp and PageDown, and other keys do not walk', () => {
  expect(walkCell('ArrowUp', false, [0, 5], 10)).toEqual([0, 5]);
  expect(walkCell('PageDown', false, [0, 5], 90)).toEqual([9, 5]);
  expect(walkCell('PageUp', false, [11, 5], 90)).toEqual([2, 5]);
  expect(walkCell('Tab', false, [0, 5], 10)).toBeNull();
});
