/** A scene as the kernel describes it: drawn to scale, pointed at, walked, said aloud. Twin of scene_panel.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { depthColour } from '../charts/chart_colours';
import { type CardBeside, ChartView, NOWHERE, type Painted } from '../charts/chart_view';
import { walk } from '../charts/grid_layout';
import type { Cell } from '../panel/export';
import { FrameModel } from '../panel/frame_view';
import { drawMarks, drawStripes } from './scene_drawing';
import { type SceneFrame, colourOf, readScene } from './scene_frame';

/** How much room there is; a key or a click ("Enter") at a place. */
type SceneMessage = { kind: 'room'; width: number } | { kind: 'press'; place: number; key: string };

export class SceneModel extends FrameModel {
  static override readonly panel = 'Scene';
}

let drawings = 0;

/** Where the room is not what the scene was laid out for, it is drawn smaller until the kernel has laid it out anew. */
export class SceneView extends ChartView<SceneFrame, SceneMessage> {
  protected override readonly look = 'hcnn-mod-scene';
  private readonly drawing = `hcnn-scene-${(drawings += 1)}`;
  private told = -1;
  private scale = 1;
  private answering = false;

  protected read(header: Fields, values: DataView): SceneFrame {
    return readScene(header, values);
  }

  protected override listen(svg: SVGSVGElement): void {
    super.listen(svg);
    svg.addEventListener('click', event => this.click(event), { signal: this.signal });
  }

  protected paintChart(frame: SceneFrame, width: number): Painted {
    const { root, page, svg } = this.chart;
    if (this.model.comm_live && width !== this.told && width !== Math.round(frame.width)) {
      this.told = width;
      this.tell({ kind: 'room', width });
    }
    root.classList.add(`hcnn-mod-${frame.name}`);
    // Of an image screen readers keep the keys for themselves.
    svg.setAttribute('role', frame.keys.length > 0 ? 'application' : this.role);
    this.marked = Math.min(this.marked, frame.places.length - 1);
    this.scale = Math.min(1, width / frame.width);
    page.draw(all => {
      all.group('defs', {}, layer => drawStripes(layer, this.drawing));
      all.group('scene', {}, layer => drawMarks(layer, frame.marks, this.drawing));
      all.group('mark', { class: 'hcnn-scene-mark' }, () => undefined);
    });
    if (this.answering && this.marked !== NOWHERE) {
      this.chart.say(this.sentence(frame, this.marked));
    }
    this.answering = false;
    const size = { width: frame.width * this.scale, height: frame.height * this.scale };
    return { ...size, label: frame.label, field: frame };
  }

  protected panelTitle(frame: SceneFrame | null): string {
    const header = this.model.get('header') as { title?: unknown } | null;
    const title = frame?.title ?? header?.title;
    return typeof title === 'string' ? title : 'Drawing';
  }

  protected exportNumbers(frame: SceneFrame): Cell[][] {
    return frame.numbers;
  }

  protected override places(frame: SceneFrame): number {
    return frame.places.length;
  }

  protected override placeAt(frame: SceneFrame, _x: number, _y: number, event: MouseEvent): number {
    const mark = event.target instanceof Element ? event.target.closest('[data-place]') : null;
    const place = Number(mark?.getAttribute('data-place') ?? NOWHERE);
    return place < frame.places.length ? place : NOWHERE;
  }

  protected override step(event: KeyboardEvent, count: number): number | null {
    const columns = this.shownFrame?.columns ?? 0;
    if (columns === 0 || this.marked === NOWHERE || count === 0) {
      return super.step(event, count);
    }
    return event.shiftKey ? null : walk(event.key, false, this.marked, count, columns);
  }

  protected override press(event: KeyboardEvent, frame: SceneFrame): boolean {
    return super.press(event, frame) || this.ask(event.key, frame);
  }

  protected override drawMark(frame: SceneFrame, place: number): void {
    const marks = frame.places[place]?.marks ?? [];
    this.chart.page
      .within('mark')
      ?.draw(layer => drawMarks(layer, marks, this.drawing, `${this.drawing}-mark`));
  }

  protected override sentence(frame: SceneFrame, place: number): string {
    return frame.places[place]!.sentence;
  }

  protected override card(frame: SceneFrame, place: number): CardBeside | null {
    const { title, badge, note, rows, beside } = frame.places[place]!;
    if (!title) {
      return null;
    }
    const [left, right, y] = beside.map(edge => edge * this.scale) as [number, number, number];
    const coloured = rows.map(row => ({ ...row, colour: row.colour && swatch(row.colour) }));
    return { content: { title, badge, note, rows: coloured }, x: right, y, before: left };
  }

  private click(event: MouseEvent): void {
    this.point(event);
    if (this.shownFrame) {
      this.ask('Enter', this.shownFrame);
    }
  }

  /** Tells the kernel of a key at the marked place, if it takes it; what it answers is said. */
  private ask(key: string, frame: SceneFrame): boolean {
    const asks = this.marked !== NOWHERE && frame.keys.includes(key);
    if (asks) {
      this.answering = true;
      this.tell({ kind: 'press', place: this.marked, key });
    }
    return asks;
  }
}

/** The colour of a swatch: that of a role, or of the first of four model areas as "depth-0-4". */
function swatch(colour: string): string {
  const depth = /^depth-(\d+)-(\d+)$/.exec(colour);
  return depth ? depthColour(Number(depth[1]), Number(depth[2]), isDark()) : colourOf(colour);
}
