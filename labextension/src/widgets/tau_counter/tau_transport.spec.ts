import { beforeEach, describe, expect, it, vi } from 'vitest';

import { notedPen } from '../../testing/rdms';
import { Transport, paintStrip } from './tau_transport';

let position: number;
let heard: [number, boolean][];
let life: AbortController;
let transport: Transport;
const STEPS = 45;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  document.body.replaceChildren();
  [position, heard, life] = [0, [], new AbortController()];
  const go = (to: number, aloud: boolean): void => {
    position = Math.min(STEPS, Math.max(0, to));
    heard.push([to, aloud]);
    transport.update('words');
  };
  transport = new Transport({ position: () => position, steps: () => STEPS, go }, life.signal);
  document.body.append(transport.element);
  transport.update('words');
});

const button = (name: string): HTMLButtonElement =>
  transport.element.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)!;
const press = (key: string, init = {}): boolean =>
  transport.strip.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...init }));

describe('the buttons', () => {
  it('step, go back, and go to both ends', () => {
    for (const name of [
      'Take one step',
      'Take one step',
      'Take one step back',
      'Go to the end',
      'Go back to the start'
    ]) {
      button(name).click();
    }
    expect(heard.map(([to]) => to)).toEqual([1, 2, 1, 45, 0]);
    expect(heard.every(([, aloud]) => aloud)).toBe(true);
  });

  it('say that they lead nowhere, and keep the focus', () => {
    expect(button('Take one step back').getAttribute('aria-disabled')).toBe('true');
    button('Go to the end').focus();
    button('Go to the end').click();
    expect(button('Go to the end').getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(button('Go to the end'));
  });

  it('play step by step, pause, and stop at the end', () => {
    button('Play').click();
    expect(position).toBe(1);
    vi.advanceTimersByTime(2000);
    expect(position).toBe(3);
    button('Pause').click();
    vi.advanceTimersByTime(5000);
    expect([position, transport.playing]).toEqual([3, false]);
    button('Play').click();
    vi.advanceTimersByTime(60_000);
    expect([position, transport.playing]).toEqual([STEPS, false]);
    button('Play').click();
    expect(transport.playing).toBe(false);
  });

  it('stop the play when a person steps', () => {
    button('Play').click();
    button('Take one step back').click();
    expect(transport.playing).toBe(false);
  });
});

describe('the strip', () => {
  it('is a slider that says where the count stands', () => {
    button('Take one step').click();
    const { strip } = transport;
    expect(
      ['role', 'aria-valuenow', 'aria-valuemax', 'aria-valuetext'].map(name => strip.getAttribute(name))
    ).toEqual(['slider', '1', '45', 'words']);
  });

  it.each([
    ['ArrowRight', 11],
    ['ArrowUp', 11],
    ['ArrowLeft', 9],
    ['ArrowDown', 9],
    ['PageUp', 15],
    ['PageDown', 5],
    ['Home', 0],
    ['End', 45]
  ])('goes with %s', (key, to) => {
    position = 10;
    expect(press(key)).toBe(false);
    expect(position).toBe(to);
  });

  it('plays with space, and leaves other keys alone', () => {
    press(' ');
    expect(transport.playing).toBe(true);
    press('Enter');
    expect(transport.playing).toBe(false);
    expect(press('b')).toBe(true);
    expect(press('ArrowRight', { ctrlKey: true })).toBe(true);
  });

  it('goes where it is pointed at, also while the pointer is drawn along', () => {
    vi.spyOn(transport.strip, 'getBoundingClientRect').mockReturnValue({ left: 100, width: 450 } as DOMRect);
    transport.strip.dispatchEvent(new MouseEvent('pointerdown', { clientX: 195 }));
    expect(position).toBe(10);
    transport.strip.dispatchEvent(new MouseEvent('pointermove', { clientX: 300 }));
    expect(position).toBe(10);
    transport.strip.dispatchEvent(new MouseEvent('pointermove', { clientX: 300, buttons: 1 }));
    expect(position).toBe(20);
    vi.spyOn(transport.strip, 'getBoundingClientRect').mockReturnValue({ left: 0, width: 0 } as DOMRect);
    transport.strip.dispatchEvent(new MouseEvent('pointerdown', { clientX: 195 }));
    expect(position).toBe(20);
  });

  it('is painted a bar per step: up, down, level, and what is to come', () => {
    const pen = notedPen();
    const styles: unknown[] = [];
    pen.fillRect!.mockImplementation(() => styles.push((pen as unknown as { fillStyle: string }).fillStyle));
    const colours = { concordant: 'c', discordant: 'd', tied: 't', ahead: 'a' };
    paintStrip(document.createElement('canvas'), 100, new Int8Array([1, -1, 0, 1]), 3, colours);
    expect(styles).toEqual(['c', 'd', 't', 'a']);
    const [up, down] = pen.fillRect!.mock.calls as number[][];
    expect(up![1]).toBeLessThan(down![1]!);
    paintStrip(document.createElement('canvas'), 8, new Int8Array([1, 1, 1, 1]), 0, colours);
    expect(pen.fillRect!.mock.lastCall![2]).toBe(2);
  });
});

it('plays no more when its panel is gone', () => {
  button('Play').click();
  life.abort();
  vi.advanceTimersByTime(5000);
  expect(position).toBe(1);
});
