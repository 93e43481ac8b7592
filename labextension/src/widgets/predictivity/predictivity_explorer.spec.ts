import { describe, expect, it } from 'vitest';

import { IT, V4, explorerState } from '../../testing/explorer';
import { explorerOnAPage, middleOf } from '../../testing/explorer_panel';
import { arrive, mounted } from '../../testing/page';
import { PredictivityExplorerModel, PredictivityExplorerView } from './predictivity_explorer';

const { page, explorer } = explorerOnAPage();

describe('the bars', () => {
  it('come with the way to what lies beneath, and places for it', () => {
    const shown = explorer();
    expect(shown.all('.hcnn-bars-bar')).toHaveLength(6);
    expect(shown.all('.hcnn-explorer-empty')).toHaveLength(2);
    expect(shown.texts().join(' ')).toContain('Click a bar,');
    expect(shown.way().map(step => step.textContent)).toEqual(['All scores']);
    expect(shown.svg.getAttribute('role')).toBe('application');
  });

  it('are walked with the keys, each announced, and opened with Enter', () => {
    const shown = explorer();
    expect(shown.key('ArrowRight')).toBe(false);
    expect(shown.voice()).toContain('V4: model area V1 0.30');
    shown.key('ArrowRight');
    expect(shown.card().textContent).toContain('noise ceiling');
    shown.key('Enter');
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: 0, model: 1, site: -1 }]);
  });

  it('are opened with a click', () => {
    const shown = explorer();
    shown.click(...middleOf(shown.all('.hcnn-bars-bar')[5]!));
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: 1, model: 2, site: -1 }]);
  });

  it('show a card under the pointer, which goes with it', () => {
    const shown = explorer();
    shown.point(...middleOf(shown.all('.hcnn-bars-bar')[2]!));
    expect(shown.card().hidden).toBe(false);
    shown.svg.dispatchEvent(new Event('pointerleave'));
    expect(shown.card().hidden).toBe(true);
    expect(shown.all('.hcnn-bars-mark')).toHaveLength(0);
  });

  it('take no key from the notebook that they do not use', () => {
    const shown = explorer();
    for (const [key, init] of [
      ['b', {}],
      ['Escape', {}],
      ['ArrowRight', { shiftKey: true }]
    ] as const) {
      expect(shown.key(key, init)).toBe(true);
    }
    shown.key('Enter');
    shown.click(1, 1);
    expect(shown.chosen()).toEqual([]);
  });

  it('stand on an axis that begins anew with another measure', () => {
    const shown = explorer({ rows: [{ ...V4, value: [-0.9, 0.1, 0.2] }, IT] });
    const lowest = () => Math.max(...shown.all('.hcnn-chart-grid').map(line => shown.number(line, 'y1')));
    const zero = () => shown.number(shown.svg.querySelector('.hcnn-chart-axis'), 'y1');
    expect(lowest()).toBeGreaterThan(zero());
    const { header, values } = explorerState({ step: 341 });
    arrive(shown.model, {
      header: { ...header, measure: 'explained variance (%)', percent: true },
      values
    });
    page().frame();
    expect(shown.texts()).toContain('explained variance (%)');
    expect(shown.texts()).toContain('50 %');
    expect(shown.texts()).toContain('100');
  });
});

describe('the panel', () => {
  it('hands out its drawing and the numbers of the level that is open', () => {
    const { view } = explorer({ level: 'sites' });
    const out = view as unknown as {
      exportPicture(frame: unknown): unknown;
      exportNumbers(frame: unknown): unknown[][];
    };
    expect(out.exportNumbers(view.shownFrame)).toHaveLength(1 + 4);
    expect(out.exportPicture(view.shownFrame)).toBeInstanceOf(SVGSVGElement);
  });

  it('before its first frame takes no pointer and no key', () => {
    const panel = mounted(PredictivityExplorerView, PredictivityExplorerModel, {}, 900);
    page().frame();
    const svg = panel.view.el.querySelector('svg.hcnn-chart-svg')!;
    svg.dispatchEvent(new MouseEvent('pointermove', { bubbles: true }));
    svg.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    svg.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect(panel.sent.filter(message => message.kind === 'choose')).toEqual([]);
  });

  it.each([
    [{ chosen_brain: 9 }, '`chosen_brain`'],
    [{ site_ids: [1] }, '`site_ids` as a list of texts']
  ])('says in words what is wrong with a frame of %j', (change, words) => {
    const { header, values } = explorerState({ level: 'sites' });
    const panel = mounted(PredictivityExplorerView, PredictivityExplorerModel, {
      header: { ...header, ...change },
      values
    });
    page().frame();
    expect(panel.view.el.querySelector('[role=alert]')!.textContent).toContain(words);
  });

  it('leaves no observer and no listener when it is removed', () => {
    const { view } = explorer({ level: 'responses' });
    view.remove();
    expect(page().observers()).toBe(0);
    expect(page().listeners(view.el)).toBe(0);
  });
});
