/** What the sidebar does at the server's news of restarts, of which nothing comes over the kernel's own line. */
import { expect, it } from 'vitest';

import { restarts } from '../restarts';
import { StandInKernel, StandInSession, rawModel, rawSnapshot, settled } from '../testing/kernel';
import { Connection } from './connection';

const gone = (id: string): unknown => restarts.dispatchEvent(new CustomEvent('kernel-gone', { detail: id }));

async function listed(): Promise<{ kernel: StandInKernel; connection: Connection }> {
  const kernel = new StandInKernel();
  const connection = new Connection(new StandInSession(kernel).asFollowed());
  connection.look(true);
  await settled();
  kernel.last.say(rawSnapshot(1, rawModel()));
  return { kernel, connection };
}

async function askedAgain(): Promise<void> {
  await new Promise(done => setTimeout(done));
  await settled();
}

it('a kernel that another page has restarted is asked anew, and has no models before it tells of some', async () => {
  const { kernel, connection } = await listed();
  gone('mine');
  expect([connection.situation.kind, kernel.comms[0]!.closed]).toEqual(['waiting', true]);
  await askedAgain();
  expect([kernel.comms.length, kernel.last.opened]).toEqual([2, { kind: 'hello', visible: true }]);
  kernel.last.refuse();
  expect(connection.situation.kind).toBe('not-imported');
  connection.dispose();
});

it('of a kernel that is another the models stay listed', async () => {
  const { kernel, connection } = await listed();
  gone('theirs');
  await askedAgain();
  expect([connection.situation.kind, kernel.comms.length]).toEqual(['listed', 1]);
  connection.dispose();
});

it('a kernel that is asked already is not asked twice', async () => {
  const { kernel, connection } = await listed();
  gone('mine');
  await askedAgain();
  gone('mine');
  await askedAgain();
  expect(kernel.comms.length).toBe(2);
  connection.dispose();
});

it('a connection that is closed hears no news', async () => {
  const { kernel, connection } = await listed();
  connection.dispose();
  gone('mine');
  await askedAgain();
  expect(kernel.comms.length).toBe(1);
});
