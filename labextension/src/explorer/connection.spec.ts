import { afterEach, describe, expect, it, vi } from 'vitest';

import { StandInKernel, StandInSession, rawModel, rawSnapshot, settled } from '../testing/kernel';
import { Connection } from './connection';
import { TARGET } from './tokens';

const kinds = (connection: Connection): string[] => {
  const seen: string[] = [];
  connection.changed.connect((_, situation) => seen.push(situation.kind));
  return seen;
};

/** A connection at which somebody looks, its kernel, and its session. */
async function looked(kernel = new StandInKernel()) {
  const session = new StandInSession(kernel);
  const connection = new Connection(session.asFollowed());
  connection.look(true);
  await settled();
  return { session, kernel, connection };
}

afterEach(() => vi.useRealTimers());

describe('a connection at which nobody looks', () => {
  it('asks the kernel nothing, yet hears it import the package', async () => {
    const kernel = new StandInKernel();
    const connection = new Connection(new StandInSession(kernel).asFollowed());
    kernel.imports();
    await settled();
    expect(kernel.comms).toHaveLength(0);
    expect(connection.situation.kind).toBe('waiting');
  });

  it('asks as soon as somebody does, once', async () => {
    const { kernel, connection } = await looked();
    connection.look(true);
    expect(kernel.comms).toHaveLength(1);
    expect(kernel.last.opened).toEqual({ kind: 'hello', visible: true });
  });
});

describe('a kernel that answers', () => {
  it('has its models listed, and is told when nobody looks any more and when somebody does again', async () => {
    const { kernel, connection } = await looked();
    kernel.last.say(rawSnapshot(3, rawModel()));
    expect(connection.situation).toMatchObject({ kind: 'listed', snapshot: { models: [{ key: 'model' }] } });
    connection.look(false);
    connection.look(true);
    connection.acknowledge(3);
    expect(kernel.last.sent).toEqual([
      { kind: 'visible', visible: false },
      { kind: 'visible', visible: true },
      { kind: 'ack', sequence: 3 }
    ]);
    expect(kernel.comms).toHaveLength(1);
  });

  it('is asked on the main thread where it has no others', async () => {
    const kernel = new StandInKernel();
    kernel.supportsSubshells = false;
    kernel.subshellStarted = new Promise(() => undefined);
    await looked(kernel);
    expect(kernel.last.opened).not.toBeNull();
  });

  it('is asked only when its thread has started, but not waited for for ever', async () => {
    vi.useFakeTimers();
    const kernel = new StandInKernel();
    kernel.subshellStarted = new Promise(() => undefined);
    await looked(kernel);
    expect(kernel.last.opened).toBeNull();
    await vi.advanceTimersByTimeAsync(5000);
    expect(kernel.last.opened).not.toBeNull();
  });

  it('is asked all the same where its thread could not be started', async () => {
    const kernel = new StandInKernel();
    kernel.subshellStarted = Promise.reject(new Error('No thread.'));
    await looked(kernel);
    expect(kernel.last.opened).not.toBeNull();
  });

  it('whose message does not fit is quoted in words', async () => {
    const { kernel, connection } = await looked();
    kernel.last.say({ kind: 'models', sequence: 4, models: 'none' });
    const { situation } = connection;
    expect(situation).toMatchObject({ kind: 'listed', snapshot: { sequence: 4, models: [] } });
    expect(situation.kind === 'listed' && situation.snapshot.problem).toContain('`models` as a list');
  });
});

describe('a kernel that has not imported the package', () => {
  it('closes the comm, and is not asked again before it opens one itself', async () => {
    const { kernel, connection, session } = await looked();
    kernel.last.refuse();
    expect(connection.situation.kind).toBe('not-imported');
    session.statusChanged.emit('busy');
    session.statusChanged.emit('idle');
    connection.acknowledge(1);
    connection.look(false);
    connection.look(true);
    expect(kernel.comms).toHaveLength(1);
    kernel.imports();
    await settled();
    expect(kernel.comms).toHaveLength(2);
    expect(kernel.last.opened).toEqual({ kind: 'hello', visible: true });
  });

  it('but does while our question is on its way is asked again if it has read that before', async () => {
    vi.useFakeTimers();
    const { kernel, connection } = await looked();
    kernel.imports();
    expect(kernel.comms).toHaveLength(1);
    kernel.last.refuse();
    expect([kernel.comms.length, connection.situation.kind]).toEqual([1, 'waiting']);
    await vi.advanceTimersByTimeAsync(1);
    expect([kernel.comms.length, kernel.last.opened]).toEqual([2, { kind: 'hello', visible: true }]);
  });

  it('but does while our question is on its way need not be asked again if it answers', async () => {
    const { kernel, connection } = await looked();
    kernel.imports();
    kernel.last.say(rawSnapshot(1, rawModel()));
    kernel.last.refuse();
    expect([kernel.comms.length, connection.situation.kind]).toEqual([1, 'not-imported']);
  });

  it('but does before our question is sent is asked once', async () => {
    const kernel = new StandInKernel();
    const connection = new Connection(new StandInSession(kernel).asFollowed());
    connection.look(true);
    kernel.imports();
    await settled();
    expect([kernel.comms.length, kernel.last.opened]).toEqual([1, { kind: 'hello', visible: true }]);
  });
});

describe('a comm that was given up', () => {
  it('is closed a moment before the next one is made, and what it says late does not count', async () => {
    vi.useFakeTimers();
    const { kernel, connection } = await looked();
    const first = kernel.last;
    first.say(rawSnapshot(1, rawModel()));
    kernel.imports();
    expect([first.closed, kernel.comms.length]).toEqual([true, 1]);
    await vi.advanceTimersByTimeAsync(1);
    first.say(rawSnapshot(2, rawModel()));
    first.refuse();
    expect(connection.situation.kind).toBe('waiting');
  });

  it('makes way for no other where all is disposed meanwhile', async () => {
    vi.useFakeTimers();
    const { kernel, connection } = await looked();
    kernel.last.say(rawSnapshot(1, rawModel()));
    kernel.imports();
    connection.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a line that was cut', () => {
  it('is asked anew what is at its other end', async () => {
    vi.useFakeTimers();
    const { kernel, connection, session } = await looked();
    kernel.last.say(rawSnapshot(1, rawModel()));
    session.connectionStatusChanged.emit('connected');
    expect(connection.situation.kind).toBe('listed');
    await vi.advanceTimersByTimeAsync(1);
    expect([kernel.comms.length, kernel.comms[0]!.closed]).toEqual([2, true]);
  });
});

describe('a restart', () => {
  it.each(['restarting', 'autorestarting'] as const)(
    '(%s) empties the list, and the line asks anew',
    async news => {
      const { kernel, connection, session } = await looked();
      kernel.last.say(rawSnapshot(1, rawModel()));
      const seen = kinds(connection);
      session.statusChanged.emit(news);
      expect(connection.situation.kind).toBe('waiting');
      session.connectionStatusChanged.emit('connecting');
      session.connectionStatusChanged.emit('connected');
      await settled();
      kernel.last.refuse();
      kernel.imports();
      await settled();
      kernel.last.say(rawSnapshot(1, rawModel()));
      expect(seen).toEqual(['waiting', 'not-imported', 'waiting', 'listed']);
    }
  );

  it('by another page empties the list', async () => {
    const { kernel, connection, session } = await looked();
    session.statusChanged.emit('starting');
    expect(connection.situation.kind).toBe('waiting');
    kernel.last.say(rawSnapshot(1, rawModel()));
    session.statusChanged.emit('starting');
    expect(connection.situation.kind).toBe('not-imported');
  });

  it('while nobody looks is asked about when somebody does', async () => {
    const { kernel, connection, session } = await looked();
    kernel.last.refuse();
    connection.look(false);
    session.connectionStatusChanged.emit('connected');
    expect(kernel.comms).toHaveLength(1);
    connection.look(true);
    expect(kernel.comms).toHaveLength(2);
  });

  it('that took our comm away without a word is noticed when the line is up again', async () => {
    const { kernel, session } = await looked();
    kernel.last.isDisposed = true;
    session.connectionStatusChanged.emit('connected');
    expect(kernel.comms).toHaveLength(2);
  });

  it('that took our comm away without a word is noticed when somebody looks', async () => {
    const { kernel, connection } = await looked();
    connection.look(false);
    kernel.last.isDisposed = true;
    connection.look(true);
    expect(kernel.comms).toHaveLength(2);
  });
});

describe('a line that is down', () => {
  it('is waited for', async () => {
    const kernel = new StandInKernel();
    kernel.connectionStatus = 'connecting';
    const { connection, session } = await looked(kernel);
    expect(kernel.comms).toHaveLength(0);
    expect(connection.situation.kind).toBe('waiting');
    kernel.connectionStatus = 'connected';
    session.connectionStatusChanged.emit('connected');
    expect(kernel.comms).toHaveLength(1);
  });

  it('is not used where the kernel has no comms, or has gone', async () => {
    const kernel = new StandInKernel();
    kernel.handleComms = false;
    await looked(kernel);
    expect(kernel.comms).toHaveLength(0);
  });

  it('does not open a comm that was given up meanwhile', async () => {
    const session = new StandInSession();
    const connection = new Connection(session.asFollowed());
    connection.look(true);
    connection.dispose();
    await settled();
    expect(session.kernel!.last.opened).toBeNull();
  });
});

describe('a change of kernel', () => {
  it('leaves the old one and asks the new one', async () => {
    const { kernel, connection, session } = await looked();
    const next = new StandInKernel();
    session.change(next);
    await settled();
    expect([kernel.last.closed, kernel.targets.size]).toEqual([true, 0]);
    expect([next.last.opened, next.targets.has(TARGET)]).toEqual([{ kind: 'hello', visible: true }, true]);
    expect(connection.situation.kind).toBe('waiting');
  });

  it('to none, or a death, is said', async () => {
    const { connection, session } = await looked();
    session.statusChanged.emit('dead');
    expect(connection.situation.kind).toBe('no-kernel');
    session.change(null);
    session.connectionStatusChanged.emit('connected');
    expect(connection.situation.kind).toBe('no-kernel');
  });
});

describe('a connection that is disposed', () => {
  it('leaves no listener, no target and no comm behind, and is silent', async () => {
    const { kernel, connection, session } = await looked();
    const seen = kinds(connection);
    expect(session.listeners).toBe(3);
    connection.dispose();
    connection.dispose();
    connection.look(false);
    kernel.last.say(rawSnapshot(1, rawModel()));
    expect(connection.isDisposed).toBe(true);
    expect([session.listeners, kernel.targets.size, kernel.last.closed]).toEqual([0, 0, true]);
    expect([kernel.last.sent, seen]).toEqual([[], []]);
  });

  it('sends nothing to a kernel that has gone before it', async () => {
    const { kernel, connection } = await looked();
    kernel.isDisposed = true;
    connection.acknowledge(1);
    connection.dispose();
    expect([kernel.last.closed, kernel.last.sent]).toEqual([false, []]);
  });
});
