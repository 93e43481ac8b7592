import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { enlargement, hearStage, partOf, stageAsked, toggleStage, wholeOf } from './stage';

const one = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
const staged = (): string[] => [...document.querySelectorAll('.hcnn-mod-on-stage')].map(({ id }) => id);

/** A dashboard with a panel in a box of its own and another without. */
const DASHBOARD: [string, string, string][] = [
  ['body', 'dashboard', 'hcnn-box'],
  ['#dashboard', 'train', 'hcnn-to-stage'],
  ['#dashboard', 'monitor', 'hcnn-box'],
  ['#monitor', 'curves', 'hcnn-panel'],
  ['#curves', 'up', 'hcnn-to-stage'],
  ['#monitor', 'rate', ''],
  ['#dashboard', 'brain', 'hcnn-panel']
];

/** Lets a browser grant the whole screen, or refuse it. */
function browser(grants: boolean): { popped: string[] } {
  const popped: string[] = [];
  let whole: Element | null = null;
  const show = (element: Element | null): void => {
    whole = element;
    document.dispatchEvent(new Event('fullscreenchange'));
  };
  Object.defineProperty(document, 'fullscreenElement', { configurable: true, get: () => whole });
  Object.defineProperty(document, 'exitFullscreen', {
    configurable: true,
    value: () => Promise.resolve(show(null))
  });
  Object.assign(HTMLElement.prototype, {
    requestFullscreen(this: HTMLElement) {
      return grants ? Promise.resolve(show(this)) : Promise.reject(new TypeError('Permissions check failed'));
    },
    showPopover(this: HTMLElement) {
      popped.push(this.id);
    }
  });
  return { popped };
}

beforeEach(() => {
  document.body.replaceChildren();
  for (const [parent, id, look] of DASHBOARD) {
    const element = document.createElement(id === 'rate' ? 'input' : id === 'up' ? 'button' : 'div');
    Object.assign(element, { id, className: look });
    element.tabIndex = 0;
    one(parent).append(element);
  }
  hearStage();
});

afterEach(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));

function press(from: string, key: string, held: KeyboardEventInit = {}): boolean {
  return one(from).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held })
  );
}

describe('the print', () => {
  it('of 12 pixels is 24 on a projector of 1080 lines, and never smaller than in the page', () => {
    expect(12 * enlargement(1920, 1080)).toBe(24);
    expect(enlargement(3840, 2160)).toBe(4);
    expect(enlargement(700, 400)).toBe(1);
  });

  it('is as large as both sides of the screen allow', () => {
    expect(enlargement(1280, 800)).toBeCloseTo(1280 / 960);
    expect(enlargement(2560, 1080)).toBe(2);
  });
});

describe('what goes on the stage', () => {
  it('is a panel with its controls, or the dashboard that it is in', () => {
    expect(partOf(one('#up'))!.id).toBe('monitor');
    expect(partOf(one('#brain'))!.id).toBe('brain');
    expect(wholeOf(one('#up'))!.id).toBe('dashboard');
    expect(wholeOf(document.body)).toBeNull();
  });

  it('is the panel whose button is pressed, or the whole by the button of the dashboard', () => {
    browser(true);
    one('#up').click();
    expect(staged()).toEqual(['monitor']);
    one('#up').click();
    expect(staged()).toEqual([]);
    one('#train').click();
    expect(staged()).toEqual(['dashboard']);
  });

  it('is the whole by the key F, and goes back by F or Escape', () => {
    browser(true);
    press('#curves', 'f');
    expect(staged()).toEqual(['dashboard']);
    press('#curves', 'F');
    expect(staged()).toEqual([]);
    press('#brain', 'f');
    press('#brain', 'Escape');
    expect(staged()).toEqual([]);
  });

  it('is what the kernel asks for: a panel with its controls, or the whole', () => {
    browser(true);
    stageAsked(one('#curves'), { kind: 'stage', whole: false });
    expect(staged()).toEqual(['monitor']);
    stageAsked(one('#curves'), { kind: 'stage', whole: true });
    expect(staged()).toEqual(['dashboard']);
    stageAsked(one('#curves'), { kind: 'other' });
    stageAsked(one('#curves'), null);
    expect(staged()).toEqual(['dashboard']);
  });

  it('is nothing by a letter that a field takes, or one that is pressed with others', () => {
    browser(true);
    press('#rate', 'f');
    press('#brain', 'f', { ctrlKey: true });
    press('body', 'f');
    expect(staged()).toEqual([]);
  });
});

describe('the screen', () => {
  it('is filled by the browser where it lets us, and left when the browser leaves it', async () => {
    const { popped } = browser(true);
    toggleStage(one('#brain'));
    await Promise.resolve();
    expect(document.fullscreenElement).toBe(one('#brain'));
    expect(popped).toEqual([]);
    await document.exitFullscreen();
    expect(staged()).toEqual([]);
    expect(one('#brain').style.getPropertyValue('--hcnn-stage-zoom')).toBe('');
  });

  it('is at least the window where the browser refuses more', async () => {
    const { popped } = browser(false);
    toggleStage(one('#brain'));
    await vi.waitFor(() => expect(popped).toEqual(['brain']));
    toggleStage(one('#brain'));
    expect(staged()).toEqual([]);
    expect(one('#brain').popover ?? null).toBeNull();
  });

  it('shows one thing at a time, and what had the focus before has it again', () => {
    browser(true);
    one('#rate').focus();
    toggleStage(one('#brain'));
    toggleStage(one('#monitor'));
    expect(staged()).toEqual(['monitor']);
    toggleStage(one('#monitor'));
    expect(document.activeElement).toBe(one('#rate'));
  });
});
