import { expect, it } from 'vitest';

import { rdmFrame } from '../../testing/rdms';
import { barRowAt, rowOf, scoreEnds } from './rdm_bars_layout';
import { rdmLayout } from './rdm_layout';

const layout = (width: number): ReturnType<typeof rdmLayout> => rdmLayout(rdmFrame(), width, 0, 0.55);

it('the axis of the scores reaches over all that is drawn', () => {
  expect(scoreEnds(rdmFrame())).toEqual([0, 0.55]);
  const frame = rdmFrame();
  frame.brains[0]!.value[0] = -0.12;
  expect(scoreEnds(frame)[0]).toBeCloseTo(-0.15);
  frame.brains[0]!.value[0] = -0.004;
  frame.brains[0]!.error[0] = NaN;
  expect(scoreEnds(frame)[0]).toBeCloseTo(-0.05);
  frame.brains = [];
  expect(scoreEnds(frame)).toEqual([0, 0.1]);
});

it('bars stand in rows, with one between areas and other models', () => {
  const places = layout(1000);
  expect([0, 1, 2].map(bar => rowOf(places, bar))).toEqual([0, 1, 3]);
  const { plot } = places.bars[1]!;
  const at = (row: number): ReturnType<typeof barRowAt> =>
    barRowAt(places, plot.left + 5, plot.top + (row + 0.5) * places.rowHeight);
  expect([0, 1, 2, 3].map(at)).toEqual([
    { brain: 1, bar: 0 },
    { brain: 1, bar: 1 },
    null,
    { brain: 1, bar: 2 }
  ]);
  expect(barRowAt(places, 2, places.bars[0]!.plot.top + 2)).toEqual({ brain: 0, bar: 0 });
  expect(barRowAt(places, 2, 0)).toBeNull();
});

it('without other models, ceilings or subjects there is nothing of them', () => {
  const frame = rdmFrame();
  frame.references = [];
  frame.brains = [{ ...frame.brains[1]!, untrained: new Float32Array([NaN, NaN]) }];
  const places = rdmLayout(frame, 1000, 0, 0.5);
  expect(places.legend).toEqual([]);
  expect(places.bars[0]!.plot.height).toBe(2 * places.rowHeight);
});
