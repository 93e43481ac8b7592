/** Which keys every panel takes with an arrow: its own alone, and none that JupyterLab or the browser has. */
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { explorerState, sheetState } from '../testing/explorer';
import { type Page, type State, inMessage, mounted, standIns } from '../testing/page';
import { SHEET, notedPen, rdmState } from '../testing/rdms';
import { header, sceneState } from '../testing/scenes';
import { tauState } from '../testing/tau';
import * as panels from './index';

const MARK = 'data-lm-suppress-shortcuts';

function curvesState(): State {
  const series = [{ label: 'training', offset: 0, length: 3, marker: false }];
  const numbers = [1, 2, 3, 2, 1, 0.5, 2, 1, 0.5, 2, 1, 0.5];
  return {
    header: { sequence: 1, x_label: 'step', charts: [{ label: 'loss', unit: '', series }] },
    values: inMessage(new Uint8Array(new Float32Array(numbers).buffer))
  };
}

function kernelState(): State {
  const sizes = { n_kernels: 4, height: 1, width: 1, n_channels: 1, scale: 1 };
  const header = { sequence: 1, area: 'V1', ...sizes, colormap: 'diverging', title: 'Kernels', step: 1 };
  return { header, values: inMessage([1, 2, 3, 4]) };
}

/** A frame of each panel, and how many places in it are walked with arrow keys. */
const FRAMES: Record<string, [() => State, number]> = {
  Curves: [curvesState, 1],
  KernelGrid: [kernelState, 4],
  PredictivityExplorer: [() => ({ ...explorerState(), ...sheetState() }), 1],
  RdmExplorer: [() => ({ ...rdmState(), ...SHEET }), 4],
  Scene: [() => sceneState({ marks: [], places: Array(4).fill(header.places[0]) }), 1],
  TauCounter: [() => ({ ...tauState(), ...SHEET }), 1]
};

/** Views that are no panels: a line of words, and a control whose keys are those of the page. */
const WORDS = ['KernelLine', 'Slider'];

let page: Page;
beforeEach(() => {
  page = standIns();
  const pen = notedPen();
  pen.strokeRect = vi.fn();
  pen.setLineDash = vi.fn();
});

/** Presses a key at an element: whether the panel took it, and whether JupyterLab was kept from it. */
function press(
  element: Element,
  key: string,
  held: KeyboardEventInit = {}
): { taken: boolean; kept: boolean } {
  let kept = false;
  const hear = (): void => void (kept = element.closest(`[${MARK}]`) !== null);
  document.addEventListener('keydown', hear, { capture: true, once: true });
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held });
  return { taken: !element.dispatchEvent(event), kept };
}

/** The places of a panel that take a plain arrow key. */
function walked(name: string): Element[] {
  const named = panels as unknown as Record<string, never>;
  const { view } = mounted(named[`${name}View`]!, named[`${name}Model`]!, FRAMES[name]![0](), 900);
  page.frame();
  return [...view.el.querySelectorAll('[tabindex], input')].filter(
    element => press(element, 'ArrowRight').taken
  );
}

it('every panel is looked at', () => {
  const views = Object.keys(panels).filter(name => name.endsWith('View'));
  expect(views.map(name => name.slice(0, -'View'.length)).sort()).toEqual(
    [...Object.keys(FRAMES), ...WORDS].sort()
  );
});

describe.each(Object.keys(FRAMES))('%s', name => {
  it('has its arrow keys for itself', () => {
    const places = walked(name);
    expect(places).toHaveLength(FRAMES[name]![1]);
    expect(places.map(place => press(place, 'ArrowLeft'))).toEqual(
      places.map(() => ({ taken: true, kept: true }))
    );
  });

  it.each(['altKey', 'ctrlKey', 'metaKey'])(
    'lets arrows that are pressed with %s go on to JupyterLab',
    held => {
      for (const place of walked(name)) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
          expect(press(place, key, { [held]: true })).toEqual({ taken: false, kept: false });
        }
      }
    }
  );
});
