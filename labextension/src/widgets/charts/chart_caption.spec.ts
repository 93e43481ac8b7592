import { beforeEach, describe, expect, it } from 'vitest';

import { type Page, type State, arrive, mounted, standIns } from '../../testing/page';
import { notedPen, rdmState } from '../../testing/rdms';
import { scoreState } from '../../testing/scores';
import { CaptionRoom, captionHeight, captionLines, captionWidth, drawCaption } from './chart_caption';
import { textWidth } from './chart_words';
import { PredictivityExplorerModel, PredictivityExplorerView } from '../predictivity/predictivity_explorer';
import { RdmExplorerModel, RdmExplorerView } from '../rdms/rdm_canvas';
import { Layer, svgElement } from './svg_layer';

const LONG = 'RidgeCV with one penalty for all sites, chosen by cross-validation within the training images; '
  .repeat(7)
  .trim();

describe('a caption', () => {
  it.each([280, 640, 900, 1400])('is there to its last word at %i pixels, in lines that fit', width => {
    const lines = captionLines([LONG, 'made up'], width, 13);
    expect(lines.join(' ')).toBe(`${LONG} made up`);
    lines.forEach(line => expect(textWidth(line, 12)).toBeLessThanOrEqual(captionWidth(width)));
    expect(lines.at(-1)).toBe('made up');
  });

  it('has room for all of its lines, and has none where it is empty', () => {
    const lines = captionLines([LONG], 640, 13);
    expect(captionHeight(lines, 13)).toBeGreaterThan(lines.length * 12);
    expect(captionLines(['', ''], 640, 13)).toEqual([]);
  });

  it('is written one line below the other, in letters of 12 pixels at least', () => {
    const layer = new Layer(svgElement('g'));
    layer.draw(() => drawCaption(layer, ['one', 'two'], 100, 12));
    const texts = [...layer.element.querySelectorAll('text')];
    expect(texts.map(text => text.textContent)).toEqual(['one', 'two']);
    expect(texts.map(text => text.getAttribute('font-size'))).toEqual(['12', '12']);
    expect(Number(texts[1]!.getAttribute('y'))).toBeGreaterThan(111);
  });
});

describe('the room of a caption', () => {
  it('stays while the width does: a shorter caption moves nothing below it', () => {
    const room = new CaptionRoom();
    const long = room.lines([LONG], 640, 13);
    const short = room.lines(['made up'], 640, 13);
    expect([short.length, short[0], short.at(-1)]).toEqual([long.length, 'made up', '']);
  });

  it('is that of the caption alone at another width', () => {
    const room = new CaptionRoom();
    room.lines([LONG], 640, 13);
    expect(room.lines(['made up'], 641, 13)).toEqual(['made up']);
  });
});

describe('every panel with numbers', () => {
  let page: Page;
  beforeEach(() => {
    page = standIns();
    notedPen();
  });
  const scores = (convention: string): State => {
    const { header, values } = scoreState([{ area: 'IT', value: [0.3, 0.4] }], ['V4', 'IT']);
    return { header: { ...header, convention }, values };
  };
  const rdms = (convention: string): State => rdmState({ convention });

  it.each([
    ['PredictivityExplorer', PredictivityExplorerView, PredictivityExplorerModel, scores],
    ['RdmExplorer', RdmExplorerView, RdmExplorerModel, rdms]
  ] as const)(
    '%s shows its whole convention, within the drawing, and keeps its height',
    (_, View, Model, state) => {
      const { view, model } = mounted(View as never, Model, state(LONG), 800);
      page.frame();
      const svg = view.el.querySelector('.hcnn-chart-svg')!;
      const words = [...svg.querySelectorAll('text')].map(text => text.textContent).join(' ');
      expect(words).toContain(LONG);
      const height = Number(svg.getAttribute('height'));
      const feet = [...svg.querySelectorAll('text')].map(text => Number(text.getAttribute('y')));
      expect(Math.max(...feet)).toBeLessThan(height - 2);
      arrive(model, state('short'));
      page.frame();
      expect(Number(svg.getAttribute('height'))).toBe(height);
    }
  );
});
