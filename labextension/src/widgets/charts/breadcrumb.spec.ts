import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Page, standIns } from '../../testing/page';
import { Breadcrumb } from './breadcrumb';

let page: Page;
beforeEach(() => {
  page = standIns();
});

function way(signal = new AbortController().signal) {
  const crumbs = new Breadcrumb('A way', signal);
  document.body.append(crumbs.element);
  const steps = () => [...crumbs.element.querySelectorAll('button')];
  return { crumbs, steps };
}

const step = (label: string) => ({ label, open: vi.fn() });

describe('a way', () => {
  it('is a line of buttons of which the last is where one is', () => {
    const { crumbs, steps } = way();
    crumbs.show([step('All'), step('V4'), step('site 3')]);
    expect(steps().map(one => one.textContent)).toEqual(['All', 'V4', 'site 3']);
    expect(steps().map(one => one.disabled)).toEqual([false, false, true]);
    expect(steps().map(one => one.getAttribute('aria-current'))).toEqual([null, null, 'step']);
    expect(crumbs.element.getAttribute('aria-label')).toBe('A way');
  });

  it('leads back by a click, and nowhere between its steps', () => {
    const { crumbs, steps } = way();
    const [all, bar] = [step('All'), step('V4')];
    crumbs.show([all, bar]);
    steps()[0]!.click();
    expect(all.open).toHaveBeenCalledOnce();
    crumbs.element.click();
    expect(bar.open).not.toHaveBeenCalled();
  });

  it('keeps the elements of steps that stay, and their focus, and forgets those that go', () => {
    const { crumbs, steps } = way();
    crumbs.show([step('All'), step('V4')]);
    steps()[0]!.focus();
    const first = steps()[0];
    crumbs.show([step('All'), step('V4'), step('site 3')]);
    expect(steps()[0]).toBe(first);
    expect(document.activeElement).toBe(first);
    crumbs.show([step('All')]);
    expect(steps()).toHaveLength(1);
    expect(steps()[0]!.getAttribute('aria-current')).toBe('step');
  });

  it('listens no more when its panel is gone', () => {
    const life = new AbortController();
    const { crumbs, steps } = way(life.signal);
    const all = step('All');
    crumbs.show([all, step('V4')]);
    life.abort();
    steps()[0]!.click();
    expect(all.open).not.toHaveBeenCalled();
    expect(page.listeners(crumbs.element)).toBe(0);
  });
});
