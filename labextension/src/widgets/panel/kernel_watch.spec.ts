import { beforeEach, describe, expect, it } from 'vitest';

import { CountedSignal } from '../../testing/kernel';
import { KernelLineModel } from './kernel_line';
import { isCut } from './kernel_watch';

/** A kernel that knows the comms which a test says. */
class Kernel {
  readonly statusChanged = new CountedSignal<Kernel, string>(this);
  readonly connectionStatusChanged = new CountedSignal<Kernel, string>(this);
  readonly disposed = new CountedSignal<Kernel, void>(this);
  known: string[] = ['comm-a', 'comm-b'];
  answers = true;
  requestCommInfo = (): Promise<unknown> =>
    this.answers
      ? Promise.resolve({
          content: { status: 'ok', comms: Object.fromEntries(this.known.map(id => [id, {}])) }
        })
      : Promise.reject(new Error('gone'));
}

function model(kernel: Kernel | null, name = 'a'): KernelLineModel {
  const comm = { comm_id: `comm-${name}`, on_msg: () => undefined, on_close: () => undefined };
  return new KernelLineModel({}, { model_id: name, comm, widget_manager: { kernel } });
}

const answered = (): Promise<void> => new Promise(done => setTimeout(done));

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});

describe('a model', () => {
  it.each(['restarting', 'autorestarting', 'starting', 'terminating', 'dead'])(
    'is not live after a kernel that is %s',
    status => {
      const watched = model(kernel);
      kernel.statusChanged.emit('busy');
      expect(watched.comm_live).toBe(true);
      kernel.statusChanged.emit(status);
      expect([watched.comm_live, isCut(watched)]).toEqual([false, false]);
    }
  );

  it('is not live once another kernel has taken the place of its own', () => {
    const watched = model(kernel);
    kernel.disposed.emit();
    expect(watched.comm_live).toBe(false);
  });

  it('comes back with the line to a kernel that knows it', async () => {
    const watched = model(kernel);
    kernel.connectionStatusChanged.emit('connecting');
    expect([watched.comm_live, isCut(watched)]).toEqual([false, true]);
    kernel.connectionStatusChanged.emit('connected');
    await answered();
    expect([watched.comm_live, isCut(watched)]).toEqual([true, false]);
  });

  it('does not come back with the line to a kernel that was restarted meanwhile', async () => {
    const [known, forgotten] = [model(kernel, 'a'), model(kernel, 'b')];
    kernel.connectionStatusChanged.emit('disconnected');
    kernel.known = ['comm-a'];
    kernel.connectionStatusChanged.emit('connected');
    await answered();
    expect([known.comm_live, forgotten.comm_live, isCut(forgotten)]).toEqual([true, false, false]);
  });

  it('stays cut off where the kernel gives no answer', async () => {
    const watched = model(kernel);
    kernel.connectionStatusChanged.emit('connecting');
    kernel.answers = false;
    kernel.connectionStatusChanged.emit('connected');
    await answered();
    expect([watched.comm_live, isCut(watched)]).toEqual([false, true]);
  });

  it('of a kernel started after its own is not touched by the end of the former', () => {
    const former = model(kernel, 'a');
    kernel.statusChanged.emit('restarting');
    const later = model(kernel, 'b');
    former.trigger('destroy');
    expect([former.comm_live, later.comm_live]).toEqual([false, true]);
  });

  it('that is closed is left alone', () => {
    const watched = model(kernel);
    watched.trigger('comm:close');
    kernel.statusChanged.emit('dead');
    expect(watched.comm_live).toBe(true);
  });

  it('without a kernel is as ipywidgets says', () => {
    expect(model(null).comm_live).toBe(true);
  });
});

it('listens to a kernel once, however many models it has', () => {
  model(kernel, 'a');
  model(kernel, 'b');
  expect(kernel.statusChanged.listeners).toBe(1);
});
