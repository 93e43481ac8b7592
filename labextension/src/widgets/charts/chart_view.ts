/** The base of our charts: a drawing in SVG whose places are pointed at or walked, each with a card, each said aloud. */
import { FrameView } from '../panel/frame_view';
import type { CardContent } from '../panel/hover_card';
import { isOwnKey } from '../panel/own_keys';
import { stepThrough } from '../panel/stepping';
import { ChartStage } from './chart_stage';

/** No place. */
export const NOWHERE = -1;

/** Size of a drawing in pixels, and what it says to those who do not see it. */
export interface Painted {
  width: number;
  height: number;
  label: string;
  /** What it was laid out for, where that is another size. */
  field?: { width: number; height: number };
}

/** A card, and beside what it stands: right of `x` or left of `before`. */
export interface CardBeside {
  content: CardContent;
  x: number;
  y: number;
  before?: number | undefined;
}

/**
 * A chart of frames of the form F, which tells the kernel messages of the form M.
 *
 * A chart paints, and says of its places how many there are, which one lies at a point, how one is marked, what its card
 * says and how it sounds. A chart with other ways to point or to press overrides `point`, `unmark` and `press`.
 */
export abstract class ChartView<F, M extends { kind: string } = never> extends FrameView<F, M> {
  protected chart!: ChartStage;
  /** The place that is marked, from 0 on; NOWHERE for none. */
  protected marked = NOWHERE;
  /** Class of the drawing, by which style sheets know it. */
  protected readonly look: string = 'hcnn-mod-chart';
  protected readonly role: string = 'img';

  /** Draws a frame for a width; where the marked place has moved, sets `marked` to where it is now. */
  protected abstract paintChart(frame: F, width: number): Painted;
  protected places?(frame: F): number;
  /** The place at a point of the drawing, in pixels; NOWHERE where there is none. */
  protected placeAt?(frame: F, x: number, y: number, event: MouseEvent): number;
  /** Marks a place in the drawing; NOWHERE takes the mark off. */
  protected drawMark?(frame: F, place: number): void;
  /** The card of a place; `at` is where the pointer is. */
  protected card?(frame: F, place: number, at?: { x: number; y: number }): CardBeside | null;
  /** A place in words to be heard. */
  protected sentence?(frame: F, place: number): string;

  /** Where a key leads; null for a key that does not walk. */
  protected step(event: KeyboardEvent, count: number): number | null {
    return stepThrough(event.key, this.marked, count);
  }

  protected mount(stage: HTMLElement): void {
    this.chart = new ChartStage(stage, this.signal);
    const { svg, root } = this.chart;
    root.classList.add(this.look);
    svg.setAttribute('role', this.role);
    this.listen(svg);
  }

  /** Has the drawing hear pointer and keys; called once. */
  protected listen(svg: SVGSVGElement): void {
    const { signal } = this;
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', event => this.point(event), { signal });
    svg.addEventListener('pointerleave', () => this.unmark(), { signal });
    svg.addEventListener('blur', () => this.unmark(), { signal });
    svg.addEventListener('keydown', event => this.hear(event), { signal });
  }

  protected draw(frame: F): void {
    const { width, height, label, field } = this.paintChart(frame, this.chart.width);
    this.chart.resize(width, height, field);
    this.chart.svg.setAttribute('aria-label', label);
    this.mark(this.marked);
  }

  protected exportPicture(): SVGSVGElement {
    return this.chart.svg;
  }

  protected point(event: MouseEvent): void {
    const frame = this.shownFrame;
    if (frame) {
      const at = this.chart.pointer(event);
      this.mark(this.placeAt?.(frame, at.x, at.y, event) ?? NOWHERE, at);
    }
  }

  protected unmark(): void {
    this.mark(NOWHERE);
  }

  /** Acts on a key; returns whether it was one of ours. */
  protected press(event: KeyboardEvent, frame: F): boolean {
    const to = this.step(event, this.places?.(frame) ?? 0);
    if (to !== null) {
      this.arriveAt(to, frame);
      return true;
    }
    const leaves = event.key === 'Escape' && this.marked !== NOWHERE;
    if (leaves) {
      this.unmark();
    }
    return leaves;
  }

  /** Marks the place that a key leads to, and says it. */
  protected arriveAt(place: number, frame: F): void {
    this.mark(place);
    this.chart.say(this.sentence?.(frame, place) ?? '');
  }

  /** Marks a place, with its card; NOWHERE takes both off. */
  protected mark(place: number, at?: { x: number; y: number }): void {
    const frame = this.shownFrame;
    this.marked = place;
    if (!frame) {
      return;
    }
    this.drawMark?.(frame, place);
    const card = place === NOWHERE ? null : this.card?.(frame, place, at);
    if (card) {
      this.chart.card.show(card.content, card.x, card.y, card.before);
    } else {
      this.chart.card.hide();
    }
  }

  /** Takes a key, unless it is JupyterLab's (own_keys.ts). */
  protected hear(event: KeyboardEvent, ours = isOwnKey(event)): void {
    const frame = this.shownFrame;
    if (frame && ours && this.press(event, frame)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }
}
