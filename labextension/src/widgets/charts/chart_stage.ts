/** What our drawn panels stand on: an SVG that is as wide as the panel, a card, and a voice. */
import { CaptionRoom } from './chart_caption';
import { HoverCard } from '../panel/hover_card';
import { keepOwnKeys } from '../panel/own_keys';
import { pointerWithin } from '../panel/pointer';
import { Layer, svgElement } from './svg_layer';

/** Width that is drawn for where the page has never said one. */
const USUAL_WIDTH = 640;

/** The drawing and what goes with it. */
export class ChartStage {
  readonly root = document.createElement('div');
  readonly svg = svgElement('svg');
  readonly page = new Layer(this.svg);
  readonly card: HoverCard;
  readonly caption = new CaptionRoom();
  private readonly voice = document.createElement('div');
  private known = USUAL_WIDTH;

  /** Until the signal aborts, the keys that a chart is walked with are kept from JupyterLab. */
  constructor(
    private readonly stage: HTMLElement,
    signal: AbortSignal
  ) {
    this.root.className = 'hcnn-chart';
    keepOwnKeys(this.root, signal);
    this.svg.classList.add('hcnn-chart-svg');
    this.voice.className = 'hcnn-visually-hidden';
    this.voice.setAttribute('aria-live', 'polite');
    this.root.append(this.svg, this.voice);
    this.card = new HoverCard(this.root);
    stage.append(this.root);
  }

  /** Width to draw for, in pixels; the last known one while the panel is not laid out. */
  get width(): number {
    this.known = Math.floor(this.stage.clientWidth) || this.known;
    return Math.max(280, this.known);
  }

  /** Height of what the drawing stands in, in pixels; 0 while the panel is not laid out. */
  get height(): number {
    return Math.floor(this.stage.clientHeight);
  }

  /** Makes the drawing so large; what is drawn in another `field` is drawn to its scale. */
  resize(width: number, height: number, field = { width, height }): void {
    const viewBox = `0 0 ${field.width} ${field.height}`;
    const size = { width: String(width), height: String(height), viewBox };
    for (const [name, value] of Object.entries(size)) {
      if (this.svg.getAttribute(name) !== value) {
        this.svg.setAttribute(name, value);
      }
    }
  }

  /** Where a pointer is, in pixels of the drawing. */
  pointer(event: MouseEvent): { x: number; y: number } {
    return pointerWithin(this.svg, event);
  }

  /** Says something to those who listen instead of looking. */
  say(text: string): void {
    if (this.voice.textContent !== text) {
      this.voice.textContent = text;
    }
  }
}
