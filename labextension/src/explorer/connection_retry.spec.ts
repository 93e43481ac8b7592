import { afterEach, expect, it, vi } from 'vitest';

import { StandInKernel, StandInSession, rawModel, rawSnapshot } from '../testing/kernel';
import { Connection } from './connection';

afterEach(() => vi.useRealTimers());

it('a kernel that swallows a question is asked again at ever longer intervals, until it answers', async () => {
  vi.useFakeTimers();
  const kernel = new StandInKernel();
  const connection = new Connection(new StandInSession(kernel).asFollowed());
  connection.look(true);
  await vi.advanceTimersByTimeAsync(1490);
  expect(kernel.comms).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20);
  expect([kernel.comms.length, kernel.comms[0]!.closed]).toEqual([2, true]);
  await vi.advanceTimersByTimeAsync(2900);
  expect(kernel.comms).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(kernel.comms).toHaveLength(3);
  kernel.last.say(rawSnapshot(1, rawModel()));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(kernel.comms).toHaveLength(3);
  connection.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

it('a kernel that never answers is asked twice a minute at most', async () => {
  vi.useFakeTimers();
  const kernel = new StandInKernel();
  const connection = new Connection(new StandInSession(kernel).asFollowed());
  connection.look(true);
  await vi.advanceTimersByTimeAsync(120_000);
  const before = kernel.comms.length;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(kernel.comms.length - before).toBeLessThanOrEqual(20);
  connection.dispose();
});
