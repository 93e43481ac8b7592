import { beforeEach, describe, expect, it } from 'vitest';

import { type Page, mounted, standIns } from '../../testing/page';
import { type Row, scoreState } from '../../testing/scores';
import { scoreColour } from './brain_layout';
import { BrainMapModel, BrainMapView } from './brain_map';
import { regionOf } from './brain_outline';

const MODELS = ['V1', 'IT'];
const V4: Row = { area: 'V4', value: [0.3, 0.45], ceiling: 0.87, pixels: 0.26 };
const PIT: Row = { area: 'PIT', simulated: true, value: [0.2, 0.6], ceiling: 0.83 };

let page: Page;
beforeEach(() => {
  page = standIns();
});

function brain(rows: Row[] | null, width = 560) {
  const state = rows === null ? {} : scoreState(rows, MODELS);
  const panel = mounted(BrainMapView, BrainMapModel, state, width);
  page.frame();
  const { el } = panel.view;
  return {
    ...panel,
    region: (area: string) => el.querySelector(`[data-area=${area}]`)!,
    cards: () => [...el.querySelectorAll('.hcnn-brain-card')].map(card => card.textContent),
    key: (name: string) =>
      el.querySelector('svg')!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  };
}

describe('the brain', () => {
  it('is drawn in grey before the first score', () => {
    const shown = brain(null);
    expect(shown.region('V1').getAttribute('fill')).toBeNull();
    expect(shown.region('V1').classList.contains('hcnn-mod-unknown')).toBe(true);
    expect(shown.cards().every(card => card.includes('no score yet'))).toBe(true);
  });

  it('has the colour of the best score in each area, up to the highest ceiling', () => {
    const shown = brain([V4, PIT]);
    expect(shown.region('V4').getAttribute('fill')).toBe(scoreColour(Math.fround(0.45), 0.9));
    expect(shown.region('IT').getAttribute('fill')).toBe(scoreColour(Math.fround(0.6), 0.9));
    expect(shown.region('V2').getAttribute('fill')).toBeNull();
  });

  it('names best model area, score and ceiling, from the front of the brain to the back', () => {
    expect(brain([V4, PIT]).cards()).toEqual([
      'PIT0.60best: model ITceiling 0.83simulated',
      'V40.45best: model ITceiling 0.87recorded',
      'V2no recordings',
      'V1no recordings'
    ]);
  });

  it('shows what is recorded before what is simulated, and what has a score before what has none', () => {
    const simulated = { ...V4, simulated: true, value: [0.7, 0.8] };
    expect(brain([simulated, V4]).cards()[1]).toContain('recorded');
    expect(brain([simulated, { ...V4, value: [NaN, NaN] }]).cards()[1]).toContain('simulated');
  });

  it('hatches simulated areas and says so below', () => {
    const svg = brain([V4, PIT]).view.el.querySelector('svg')!;
    const hatched = [...svg.querySelectorAll('path.hcnn-brain-hatch')].map(path => path.getAttribute('fill'));
    expect(hatched.filter(fill => fill!.startsWith('url(#'))).toHaveLength(1);
    expect(svg.textContent).toContain('simulated');
    expect(svg.textContent).toContain('192 images; RidgeCV');
  });

  it('names the best model area in full in a narrow panel', () => {
    expect(brain([V4, PIT], 394).cards()[0]).toContain('best: model IT');
  });

  it('keeps its cards within the drawing at any width', () => {
    for (const width of [300, 420, 1200]) {
      const { view } = brain([V4], width);
      const boxes = [...view.el.querySelectorAll('.hcnn-brain-box')];
      const right = boxes.map(box => Number(box.getAttribute('x')) + Number(box.getAttribute('width')));
      expect(Math.max(...right)).toBeLessThanOrEqual(width);
      view.remove();
    }
  });
});

describe('the keyboard', () => {
  it('walks the areas, each announced, with a card of all model areas', () => {
    const shown = brain([V4, PIT]);
    const voice = shown.view.el.querySelector('[aria-live=polite]')!;
    shown.key('Home');
    expect(voice.textContent).toContain('PIT (simulated): model area IT 0.60');
    shown.key('ArrowRight');
    expect(voice.textContent).toContain('V4: model area IT 0.45');
    expect(shown.view.el.querySelector('.hcnn-card')!.textContent).toContain('model V10.30');
    shown.key('End');
    expect(voice.textContent).toBe('V1: no recordings');
    expect(shown.view.el.querySelector<HTMLElement>('.hcnn-card')!.hidden).toBe(true);
  });
});

it.each([
  ['PIT', 'IT'],
  ['CIT', 'IT'],
  ['AITv', 'IT'],
  ['v4', 'V4'],
  ['A1', undefined]
])('an area %s is shown as %s', (area, region) => expect(regionOf(area)).toBe(region));

it('a removed panel leaves no observer and no listener', () => {
  const { view } = brain([V4]);
  view.remove();
  expect(page.observers()).toBe(0);
  expect(page.listeners(view.el)).toBe(0);
});
