import { describe, expect, it } from 'vitest';

import { type StandInNotebook, StandInNotebooks, rawModel, rawSnapshot, settled } from '../testing/kernel';
import { ExplorerModel } from './model';

const kernelOf = (notebook: StandInNotebook) => notebook.sessionContext.kernel!;

/** Two open notebooks, the first in front, and somebody who looks. */
async function twoNotebooks() {
  const notebooks = new StandInNotebooks();
  const first = notebooks.add('course/first.ipynb');
  const model = new ExplorerModel(notebooks.asNotebooks());
  const second = notebooks.add('second.ipynb');
  notebooks.bring(first);
  model.look(true);
  await settled();
  return { notebooks, first, second, model };
}

describe('the notebook in front', () => {
  it('is followed, those behind it are asked nothing', async () => {
    const { notebooks, first, second, model } = await twoNotebooks();
    expect([kernelOf(first).comms.length, kernelOf(second).comms.length, model.path]).toEqual([
      1,
      0,
      'course/first.ipynb'
    ]);
    kernelOf(first).last.say(rawSnapshot(1, rawModel()));
    notebooks.bring(second);
    await settled();
    expect(kernelOf(first).last.sent).toEqual([{ kind: 'visible', visible: false }]);
    expect(kernelOf(second).last.opened).toEqual({ kind: 'hello', visible: true });
    expect([model.situation.kind, model.path]).toEqual(['waiting', 'second.ipynb']);
  });

  it('shows at once what it told before, when it comes back', async () => {
    const { notebooks, first, second, model } = await twoNotebooks();
    kernelOf(first).last.say(rawSnapshot(1, rawModel()));
    notebooks.bring(second);
    notebooks.bring(first);
    expect(model.situation.kind).toBe('listed');
    expect(kernelOf(first).last.sent.at(-1)).toEqual({ kind: 'visible', visible: true });
  });

  it('may be none', () => {
    const model = new ExplorerModel(new StandInNotebooks().asNotebooks());
    model.look(true);
    model.drawn();
    expect([model.situation.kind, model.path]).toEqual(['no-notebook', '']);
  });

  it('is acknowledged what has been drawn, once there is something', async () => {
    const { first, model } = await twoNotebooks();
    model.drawn();
    expect(kernelOf(first).last.sent).toEqual([]);
    kernelOf(first).last.say(rawSnapshot(9, rawModel()));
    model.drawn();
    expect(kernelOf(first).last.sent).toEqual([{ kind: 'ack', sequence: 9 }]);
  });

  it('alone brings news', async () => {
    const { notebooks, first, second, model } = await twoNotebooks();
    notebooks.bring(second);
    await settled();
    let news = 0;
    model.changed.connect(() => (news += 1));
    kernelOf(first).imports();
    expect(news).toBe(0);
    kernelOf(second).last.say(rawSnapshot(1));
    expect(news).toBe(1);
  });
});

describe('a sidebar that is hidden', () => {
  it('tells the kernel in front', async () => {
    const { first, model } = await twoNotebooks();
    model.look(false);
    expect(kernelOf(first).last.sent).toEqual([{ kind: 'visible', visible: false }]);
  });
});

describe('what goes', () => {
  it('is let go of: a notebook that is closed', async () => {
    const { first } = await twoNotebooks();
    expect(first.sessionContext.listeners).toBe(3);
    first.disposed.emit();
    expect([first.sessionContext.listeners, first.disposed.listeners]).toEqual([0, 0]);
    expect(kernelOf(first).last.closed).toBe(true);
  });

  it('is let go of: everything, when the sidebar is disposed', async () => {
    const { notebooks, first, second, model } = await twoNotebooks();
    notebooks.widgetAdded.emit(first);
    expect(first.sessionContext.listeners).toBe(3);
    model.dispose();
    model.dispose();
    const all = [first, second].flatMap(({ sessionContext, disposed }) => [
      sessionContext.listeners,
      disposed.listeners
    ]);
    expect([...all, notebooks.widgetAdded.listeners, notebooks.currentChanged.listeners]).toEqual([
      0, 0, 0, 0, 0, 0
    ]);
    expect([model.isDisposed, model.situation.kind]).toEqual([true, 'no-notebook']);
  });
});
