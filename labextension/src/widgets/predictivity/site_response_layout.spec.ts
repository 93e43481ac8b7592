import { describe, expect, it } from 'vitest';

import { RESPONSES, explorerFrame, sheetOf } from '../../testing/explorer';
import { imageAt, imageX, responseLayout, responseRange } from './site_response_layout';

const box = { left: 0, top: 300, width: 800, height: 200 };
const responses = explorerFrame({ level: 'responses' }).responses!;
const layout = (width = 800, sheet = sheetOf()) =>
  responseLayout(responses, sheet, { ...box, width }, [-2, 3], 13);

describe.each([300, 519, 520, 800, 1400])('responses at a width of %d', width => {
  it('leave room for the picture, and all lies within the box', () => {
    const { plot, picture, legend } = layout(width);
    const beside = picture.left >= plot.left + plot.width;
    expect(beside || picture.top >= plot.top + plot.height).toBe(true);
    expect(picture.left + picture.width).toBeLessThanOrEqual(width);
    expect(plot.top + plot.height).toBeLessThan(box.top + box.height);
    expect(legend.top).toBeLessThan(plot.top);
    expect(plot.height).toBeGreaterThan(30);
  });
});

describe('the categories', () => {
  it('are runs of neighbours, with the mean of what is known', () => {
    const { runs } = layout();
    expect(runs.map(({ label, first, count }) => [label, first, count])).toEqual([
      ['car', 0, 1],
      ['cat', 1, 2],
      ['dog', 3, 1]
    ]);
    expect([runs[1]!.recorded, runs[1]!.predicted]).toEqual([-0.25, -0.5]);
    expect(runs[0]!.right).toBeCloseTo(runs[1]!.left);
  });

  it('are named along the axis, across it where they are narrow, and not at all where there are none', () => {
    expect(layout().names).toBe('flat');
    const long = ['a rather long name of a category', 'a', 'cat', 'cat', 'cat', 'dog'];
    expect(layout(520, sheetOf(true, long)).names).toBe('upright');
    expect(layout(800, sheetOf(true, [])).names).toBe('none');
  });

  it('that are narrower than a letter have no names', () => {
    const images = Array.from({ length: 200 }, (_, i) => i);
    const many = { ...responses, images: new Float32Array(images) };
    const labels = images.map(i => `category ${i}`);
    const sheet = { label: (i: number) => labels[i] } as never;
    expect(responseLayout(many, sheet, box, [-1, 1], 13).names).toBe('none');
  });
});

describe('an image', () => {
  it('is found where it stands', () => {
    const places = layout();
    [0, 1, 2, 3].forEach(index => {
      expect(imageAt(places, 4, imageX(places, index, 4), box.top + 20)).toBe(index);
    });
    expect(imageAt(places, 4, places.plot.left - 1, box.top + 20)).toBe(-1);
    expect(imageAt(places, 4, imageX(places, 1, 4), box.top - 5)).toBe(-1);
  });
});

it('dots are five pixels wide at least, however many there are', () => {
  const many = { ...responses, images: new Float32Array(2000) };
  const sheet = { label: () => '' } as never;
  expect(responseLayout(many, sheet, box, [-1, 1], 13).radius).toBeGreaterThanOrEqual(2.5);
});

it('the axis reaches as far as the responses do, and to one deviation at least', () => {
  expect(responseRange(responses)).toEqual([-1, 1]);
  const wide = explorerFrame({ level: 'responses', responses: { ...RESPONSES, recorded: [4, -3, 0, 0] } });
  expect(responseRange(wide.responses!)).toEqual([-3, 4]);
  const many = { ...responses, recorded: new Float32Array(200_000).fill(-2) };
  expect(responseRange(many)).toEqual([-2, 1]);
});
