import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { restarts } from '../../restarts';
import { CountedSignal } from '../../testing/kernel';
import { KernelLineModel } from './kernel_line';
import { SILENT_MS, isCut } from './kernel_watch';

/** A kernel that knows the comms which a test says. */
class Kernel {
  id = 'mine';
  connectionStatus = 'connected';
  readonly statusChanged = new CountedSignal<Kernel, string>(this);
  readonly connectionStatusChanged = new CountedSignal<Kernel, string>(this);
  readonly iopubMessage = new CountedSignal<Kernel, { header: { session: string } }>(this);
  readonly disposed = new CountedSignal<Kernel, void>(this);
  known: string[] = ['comm-a', 'comm-b'];
  answers = true;
  asked = 0;
  requestCommInfo = (): Promise<unknown> => {
    this.asked += 1;
    return this.answers
      ? Promise.resolve({
          content: { status: 'ok', comms: Object.fromEntries(this.known.map(id => [id, {}])) }
        })
      : Promise.reject(new Error('gone'));
  };
  /** Publishes something, as the process does that has this session. */
  publish(session: string): void {
    this.iopubMessage.emit({ header: { session } });
  }
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
afterEach(() => {
  vi.useRealTimers();
  kernel.disposed.emit();
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

  it.each([
    ['its own', 'mine', false],
    ['another', 'theirs', true]
  ])(
    'is told by the server that %s kernel has begun anew, though nothing comes over the line',
    (_, id, live) => {
      const watched = model(kernel);
      restarts.dispatchEvent(new CustomEvent('kernel-gone', { detail: id }));
      expect([watched.comm_live, isCut(watched), kernel.asked]).toEqual([live, false, 0]);
    }
  );

  it('is not brought back by an answer of the process that is gone', async () => {
    const watched = model(kernel);
    window.dispatchEvent(new Event('focus'));
    restarts.dispatchEvent(new CustomEvent('kernel-gone', { detail: 'mine' }));
    await answered();
    expect([watched.comm_live, kernel.asked]).toEqual([false, 1]);
  });

  it('is asked for when another process publishes, and has ended where that one does not know it', async () => {
    const [known, forgotten] = [model(kernel, 'a'), model(kernel, 'b')];
    kernel.publish('first');
    kernel.publish('first');
    expect(kernel.asked).toBe(0);
    kernel.known = ['comm-a'];
    kernel.publish('second');
    await answered();
    expect([known.comm_live, forgotten.comm_live, isCut(forgotten)]).toEqual([true, false, false]);
  });

  it('is asked for when somebody comes back to the page', async () => {
    const watched = model(kernel);
    kernel.known = [];
    window.dispatchEvent(new Event('focus'));
    await answered();
    expect([watched.comm_live, isCut(watched)]).toEqual([false, false]);
  });

  it('is asked for at once, and of all reasons that follow within five seconds once more', () => {
    vi.useFakeTimers();
    const watched = model(kernel);
    const asked = [0, 1000, 3000, 1000, 20_000].map(wait => {
      vi.advanceTimersByTime(wait);
      if (wait < 20_000) {
        document.dispatchEvent(new Event('visibilitychange'));
      }
      return kernel.asked;
    });
    vi.useRealTimers();
    expect(asked).toEqual([1, 1, 1, 2, 3]);
    watched.trigger('comm:close');
  });

  it('whose kernel is gone for good asks nothing more', () => {
    model(kernel);
    kernel.disposed.emit();
    window.dispatchEvent(new Event('focus'));
    expect(kernel.asked).toBe(0);
  });

  describe.each([
    ['a browser that is offline', () => window.dispatchEvent(new Event('offline'))],
    ['a server that does not answer', () => restarts.dispatchEvent(new Event('server-unheard'))]
  ])('at %s', (_, trouble) => {
    let watched: KernelLineModel;
    beforeEach(() => {
      vi.useFakeTimers();
      watched = model(kernel);
      kernel.publish('mine');
    });
    const states = (): boolean[] => [watched.comm_live === true, isCut(watched)];

    it('goes on where its kernel answers, as one on this machine does', async () => {
      trouble();
      await vi.advanceTimersByTimeAsync(2 * SILENT_MS);
      expect(states()).toEqual([true, false]);
    });

    it('goes on where its kernel is busy and says so', async () => {
      kernel.answers = false;
      trouble();
      await vi.advanceTimersByTimeAsync(SILENT_MS / 2);
      kernel.publish('mine');
      await vi.advanceTimersByTimeAsync(2 * SILENT_MS);
      expect(states()).toEqual([true, false]);
    });

    it('is cut off where nothing comes, and is back as soon as the same process is heard', async () => {
      kernel.answers = false;
      trouble();
      await vi.advanceTimersByTimeAsync(SILENT_MS - 1);
      expect(states()).toEqual([true, false]);
      await vi.advanceTimersByTimeAsync(1);
      expect(states()).toEqual([false, true]);
      kernel.publish('mine');
      expect(states()).toEqual([true, false]);
    });

    it('is asked for when the browser is online again', async () => {
      kernel.answers = false;
      trouble();
      await vi.advanceTimersByTimeAsync(SILENT_MS);
      kernel.answers = true;
      window.dispatchEvent(new Event('online'));
      await vi.advanceTimersByTimeAsync(0);
      expect(states()).toEqual([true, false]);
    });
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
