import { beforeEach, describe, expect, it } from 'vitest';

import { type Page, inMessage, mounted, standIns } from '../../testing/page';
import { CurvesModel, CurvesView } from './curves';
import { apart } from './curves_drawing';

const STEPS = [10, 20, 30];
const LOSS = [2, 1, 0.5];

/** One chart of loss: training with a band, held-out with one dot that is not known yet. */
function state(): { header: object; values: DataView } {
  const numbers = [
    ...STEPS,
    ...LOSS,
    ...LOSS.map(v => v - 0.1),
    ...LOSS.map(v => v + 0.1),
    20,
    NaN,
    NaN,
    NaN
  ];
  const series = [
    { label: 'training', offset: 0, length: 3, marker: false },
    { label: 'held-out', offset: 12, length: 1, marker: true }
  ];
  const header = { sequence: 1, x_label: 'step', charts: [{ label: 'loss', unit: '', series }] };
  return { header, values: inMessage(new Uint8Array(new Float32Array(numbers).buffer)) };
}

let page: Page;
beforeEach(() => {
  page = standIns();
});

function curves() {
  const panel = mounted(CurvesView, CurvesModel, state(), 640);
  page.frame();
  const svg = panel.view.el.querySelector('svg')!;
  return { ...panel, svg, key: (key: string) => svg.dispatchEvent(new KeyboardEvent('keydown', { key })) };
}

describe('the curves', () => {
  it('say the last value that is known of each', () => {
    expect(curves().svg.getAttribute('aria-label')).toBe(
      'Training curves up to step 30: training loss 0.500.'
    );
  });

  it('are drawn from the left to the right, falling where the loss falls', () => {
    const path = curves().svg.querySelector('path[fill=none]')!.getAttribute('d')!;
    const points = [...path.matchAll(/([\d.]+),([\d.]+)/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const
    );
    expect(points).toHaveLength(3);
    expect(points[1]![0] - points[0]![0]).toBeCloseTo(points[2]![0] - points[1]![0], 1);
    expect(points[1]![1] - points[0]![1]).toBeCloseTo(2 * (points[2]![1] - points[1]![1]), 1);
  });

  it('are read off with the arrow keys, heard as well as seen', () => {
    const { view, key } = curves();
    const voice = view.el.querySelector('[aria-live=polite]')!;
    key('Home');
    expect(voice.textContent).toBe('step 10, training loss 2.00 (1.90 to 2.10)');
    key('ArrowRight');
    expect(voice.textContent).toContain('step 20, training loss 1.00');
    expect(view.el.querySelector('.hcnn-card')!.textContent).toContain('1.00');
    key('Escape');
    expect(view.el.querySelector<HTMLElement>('.hcnn-card')!.hidden).toBe(true);
  });
});

describe('a run beside another', () => {
  it('is a thin pale line under its name, and not among the values at the end', () => {
    const { header, values } = state();
    const [chart] = (header as { charts: { series: object[] }[] }).charts;
    chart!.series.push({ label: 'last run, held-out', offset: 0, length: 3, marker: false, ghost: true });
    const panel = mounted(CurvesView, CurvesModel, { header, values }, 640);
    page.frame();
    const svg = panel.view.el.querySelector('svg')!;
    const texts = [...svg.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts).toContain('last run, held-out');
    expect(texts.filter(text => text === '0.500')).toHaveLength(1);
    const widths = [...svg.querySelectorAll('path[fill=none]')].map(path =>
      path.getAttribute('stroke-width')
    );
    expect(widths).toEqual(['2.5', '2.5', '1.25']);
    expect(svg.getAttribute('aria-label')).toContain('last run, held-out loss 0.500');
  });
});

it.each([
  [
    [5, 5],
    [0, 10]
  ],
  [
    [1, 2, 3],
    [0, 100]
  ],
  [
    [99, 99, 99],
    [0, 100]
  ]
])('labels at %j are moved apart within %j', (places, [from, to]) => {
  const moved = apart(places, 4, from!, to!);
  const order = [...moved].sort((a, b) => a - b);
  order.slice(1).forEach((place, i) => expect(place - order[i]!).toBeGreaterThanOrEqual(4));
  expect(order[0]).toBeGreaterThanOrEqual(from!);
  expect(order.at(-1)).toBeLessThanOrEqual(to!);
});

it('a removed panel leaves no observer and no listener', () => {
  const { view } = curves();
  view.remove();
  expect(page.observers()).toBe(0);
  expect(page.listeners(view.el)).toBe(0);
});
