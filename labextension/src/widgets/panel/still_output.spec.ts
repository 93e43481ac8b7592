import { describe, expect, it } from 'vitest';

import { FrameModel } from './frame_model';
import { STILL } from './still_output';

const VIEW = 'application/vnd.jupyter.widget-view+json';
const DOT = `dot ${STILL}dG8gY29tZQ==`;
const DRAWN = `drawn ${STILL}b2YgYSBwYW5l`;

type Data = Record<string, unknown>;

/** The outputs of a cell. */
class Outputs {
  sets = 0;
  constructor(readonly list: { data: Data }[]) {}
  get length(): number {
    return this.list.length;
  }
  get = (index: number): { data: Data } => this.list[index]!;
  set = (index: number, output: { data: Data }): void => {
    this.sets += 1;
    this.list[index] = output;
  };
}

const view = (id: string): { data: Data } => ({ data: { [VIEW]: { model_id: id } } });
const picture = (png: string): { data: Data } => ({ data: { 'image/png': png } });
const still = (png: string): object => ({
  data: { 'image/png': png, 'text/plain': 'Still picture.' },
  metadata: {}
});

async function panel(cells: unknown[], stills: object = {}): Promise<FrameModel> {
  const context = { ready: Promise.resolve(), model: { cells } };
  const model = new FrameModel({ stills }, { model_id: 'panel', widget_manager: { context } });
  await context.ready;
  return model;
}

const pngs = (outputs: Outputs): unknown[] => outputs.list.map(({ data }) => data['image/png']);

describe('a still picture', () => {
  it('that comes after a reload takes the place beneath its own panel', async () => {
    const outputs = new Outputs([view('a'), picture(DOT), view('b'), picture('own'), picture(DOT)]);
    const model = await panel([{}, { outputs }]);
    model.set('stills', { b: still(DRAWN) });
    expect(pngs(outputs)).toEqual([undefined, DOT, undefined, 'own', DRAWN]);
    expect(outputs.list[4]).toEqual({ output_type: 'display_data', ...still(DRAWN) });
  });

  it('that was left while no page was there is put when one comes', async () => {
    const outputs = new Outputs([view('a'), picture(DOT)]);
    await panel([{ outputs }], { a: still(DRAWN) });
    expect(pngs(outputs)).toEqual([undefined, DRAWN]);
  });

  it('is put wherever its panel is shown', async () => {
    const cells = [1, 2].map(() => ({ outputs: new Outputs([view('a'), picture(DOT)]) }));
    await panel(cells, { a: still(DRAWN) });
    expect(cells.map(({ outputs }) => pngs(outputs)[1])).toEqual([DRAWN, DRAWN]);
  });

  it('that is there already changes nothing in the notebook', async () => {
    const outputs = new Outputs([view('a'), picture(DRAWN)]);
    await panel([{ outputs }], { a: still(DRAWN) });
    expect(outputs.sets).toBe(0);
  });

  it('takes the place of no other output', async () => {
    const outputs = new Outputs([view('a'), picture('own'), view('b'), picture(DOT)]);
    await panel([{ outputs }], { a: still(DRAWN), c: still(DRAWN) });
    expect(outputs.sets).toBe(0);
  });

  it.each([{ a: {} }, { a: null }, { a: still('of something else') }, null])(
    'that is none (%j) is passed over',
    async stills => {
      const outputs = new Outputs([view('a'), picture(DOT)]);
      await panel([{ outputs }], stills as object);
      expect(outputs.sets).toBe(0);
    }
  );

  it('needs a notebook', () => {
    const model = new FrameModel({}, { model_id: 'panel', widget_manager: {} });
    expect(() => void model.set('stills', { panel: still(DRAWN) })).not.toThrow();
  });
});
