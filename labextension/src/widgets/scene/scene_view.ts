/** A scene as the kernel describes it: drawn to scale, pointed at, walked, said aloud. Twin of scene_panel.py. */
import { type Fields, PAGE } from '../../wire';
import { type CardBeside, ChartView, NOWHERE, type Painted } from '../charts/chart_view';
import { walk } from '../charts/grid_layout';
import type { Cell } from '../panel/export';
import { FrameModel } from '../panel/frame_view';
import { STAGED, partOf } from '../panel/stage';
import { type Room, fitting } from './fitting';
import { focusedPlace, placeOf } from './place_of';
import { type Drawing, drawMarks, drawStripes } from './scene_drawing';
import { type SceneFrame, colourOf, readScenes } from './scene_frame';

/** How much room a view has, none when it goes, its height 0 where it has no end; a key or a click ("Enter") at a place. */
type SceneMessage =
  | { kind: 'room'; view: string; width: number; height: number }
  | { kind: 'press'; place: number; key: string };

export class SceneModel extends FrameModel {
  static override readonly panel = 'Scene';

  override defaults(): ReturnType<FrameModel['defaults']> {
    return { ...super.defaults(), title: 'Drawing' };
  }
}

/** A row of planes, which are bqplot's, with the panel beside or below them. */
const PLANES = '.hcnn-plane-row';

let drawings = 0;

/**
 * A frame holds the scene for the room of each view. Where none is for this one's, it is drawn smaller until the kernel
 * has laid it out anew.
 */
export class SceneView extends ChartView<SceneFrame[], SceneMessage> {
  protected override readonly look = 'hcnn-mod-scene';
  protected override readonly knowsHeight = true;
  private readonly drawing = `hcnn-scene-${(drawings += 1)}`;
  private readonly viewId = `${PAGE}-${this.drawing}`;
  private scene: SceneFrame | null = null;
  /** The place that was walked to last: in a grid the focus comes back to it. */
  private current = NOWHERE;
  private told: Room = { width: -1, height: 0 };
  private scale = 1;
  private late = false;
  private answering = false;
  /** The place that a stroke was at last. */
  private drawn = NOWHERE;

  protected read(header: Fields, values: DataView): SceneFrame[] {
    return readScenes(header, values);
  }

  override remove(): this {
    if (!this.signal.aborted) {
      this.tell({ kind: 'room', view: this.viewId, width: 0, height: 0 });
    }
    return super.remove();
  }

  protected override listen(svg: SVGSVGElement): void {
    super.listen(svg);
    const { signal } = this;
    svg.addEventListener('pointerdown', event => this.draws(event, 'Draw'), { signal });
    svg.addEventListener('pointermove', event => this.draws(event, 'Drag'), { signal });
    svg.addEventListener('click', event => this.click(event), { signal });
    svg.addEventListener('focusin', event => this.enter(event), { signal });
    svg.addEventListener('focusout', () => this.unmark(), { signal });
  }

  protected paintChart(frames: SceneFrame[], width: number): Painted {
    const room = { ...this.room, width };
    const [before, scene] = [this.scene, fitting(frames, room)];
    this.scene = scene;
    this.tellRoom(room, scene);
    this.chart.root.classList.add(`hcnn-mod-${scene.name}`);
    if (this.marked >= scene.places.length || scene.columns !== before?.columns) {
      this.marked = NOWHERE;
    }
    this.comeToRest(scene, before);
    const isKnown = scene.moved !== NOWHERE && scene.moved < scene.places.length;
    const moved = isKnown && this.answering && this.marked !== NOWHERE;
    if (moved) {
      this.current = this.marked = scene.moved;
    }
    this.current = Math.min(this.current, scene.places.length - 1);
    this.scale = Math.min(1, width / scene.width, room.height > 0 ? room.height / scene.height : 1);
    this.drawScene(scene);
    if (moved && scene.hasCells) {
      this.focusCell(this.current);
    }
    const answer = this.answers(scene, before) ? this.sentence(frames, this.held) : '';
    const news = before && scene.said !== before.said ? scene.said : '';
    if (answer || news) {
      this.chart.say([answer, news].filter(Boolean).join(' '));
    }
    // A frame that was on its way when the key was pressed is no answer yet: what a later one changes is said, too.
    this.late = (this.answering || this.late) && !this.sentenceChanged(scene, before);
    this.answering = false;
    const size = { width: scene.width * this.scale, height: scene.height * this.scale };
    return { ...size, label: scene.label, field: scene };
  }

  protected panelTitle(frames: SceneFrame[] | null): string {
    const header = this.model.get('header') as { title?: unknown } | null;
    const title: unknown =
      (frames && fitting(frames, this.room).title) ?? header?.title ?? this.model.get('title');
    return typeof title === 'string' ? title : '';
  }

  protected exportNumbers(frames: SceneFrame[]): Cell[][] {
    return frames[0]!.numbers;
  }

  protected override places(): number {
    return this.scene?.places.length ?? 0;
  }

  protected override placeAt(_frames: SceneFrame[], _x: number, _y: number, event: MouseEvent): number {
    return placeOf(event.target, this.places());
  }

  protected override step(event: KeyboardEvent, count: number): number | null {
    const { columns = 0, walked: rows = [] } = this.scene ?? {};
    const at = this.held === NOWHERE ? this.current : this.held;
    if (columns === 0 || at === NOWHERE || count === 0) {
      return super.step(event, count);
    }
    return event.shiftKey ? null : walk(event.key, event.ctrlKey || event.metaKey, at, count, columns, rows);
  }

  /** The focus walks over cells, and what has it says itself. */
  protected override arriveAt(place: number, frames: SceneFrame[]): void {
    this.current = place;
    if (this.scene?.hasCells) {
      this.focusCell(place);
    } else {
      super.arriveAt(place, frames);
    }
  }

  private focusCell(place: number): void {
    const cell = this.chart.svg.querySelector<SVGElement>(`[tabindex][data-place="${place}"]`);
    cell?.focus({ preventScroll: true });
  }

  protected override press(event: KeyboardEvent, frames: SceneFrame[]): boolean {
    return super.press(event, frames) || this.ask(event.key);
  }

  protected override drawMark(_frames: SceneFrame[], place: number): void {
    const marks = this.scene?.places[place === NOWHERE ? this.scene.rest : place]?.marks ?? [];
    this.chart.page
      .within('mark')
      ?.draw(layer => drawMarks(layer, marks, { ...this.into, id: `${this.drawing}-mark` }));
  }

  protected override sentence(_frames: SceneFrame[], place: number): string {
    return this.scene!.places[place]!.sentence;
  }

  protected override card(_frames: SceneFrame[], place: number): CardBeside | null {
    const { title, badge, note, rows, beside } = this.scene!.places[place]!;
    if (!title) {
      return null;
    }
    const [left, right, y] = beside.map(edge => edge * this.scale) as [number, number, number];
    const coloured = rows.map(row => ({ ...row, colour: row.colour && colourOf(row.colour) }));
    return { content: { title, badge, note, rows: coloured }, x: right, y, before: left };
  }

  /** Tells the kernel of a room that it has not laid the scene out for, once. */
  private tellRoom(room: Room, scene: SceneFrame): void {
    const { width, height } = this.told;
    const asks = room.height !== height || (room.width !== width && room.width !== Math.round(scene.width));
    if (this.model.comm_live && asks) {
      this.told = room;
      this.tell({ kind: 'room', view: this.viewId, ...room });
    }
  }

  /** On the stage, which a panel fills, as in a cell; one that stands beside planes keeps its print. */
  protected override get fits(): boolean {
    if (this.el.closest(PLANES) !== null) {
      return this.model.get('fits') === true;
    }
    return super.fits || partOf(this.el)?.classList.contains(STAGED) === true;
  }

  private get room(): Room {
    return { width: this.chart.width, height: this.fits ? this.chart.height : 0 };
  }

  private get into(): Drawing {
    const { drawing, scene, current } = this;
    return {
      name: drawing,
      id: drawing,
      cell: place => ({
        'aria-label': scene?.places[place]?.sentence,
        tabindex: place === Math.max(0, current) ? 0 : -1
      })
    };
  }

  private drawScene(scene: SceneFrame): void {
    const { page, svg } = this.chart;
    // Of an image screen readers keep the keys for themselves.
    svg.setAttribute('role', scene.hasCells ? 'grid' : scene.keys.length > 0 ? 'application' : this.role);
    svg.setAttribute('tabindex', scene.hasCells ? '-1' : '0');
    svg.classList.toggle('hcnn-mod-drawn', scene.keys.includes('Drag'));
    page.draw(all => {
      all.group('defs', {}, layer => drawStripes(layer, this.drawing));
      all.group('scene', {}, layer => drawMarks(layer, scene.marks, this.into));
      all.kept('mark', { class: 'hcnn-scene-mark' });
    });
  }

  /** The cell that has the focus is marked, and where Tab comes back to. */
  private enter(event: Event): void {
    const place = placeOf(event.target, this.places());
    if (place !== NOWHERE) {
      this.current = place;
      this.schedule();
      this.mark(place);
    }
  }

  private click(event: MouseEvent): void {
    this.point(event);
    if (this.marked !== NOWHERE) {
      this.current = this.marked;
      this.ask('Enter');
    }
  }

  /** Whether the held place is to be said: a key was pressed there, or several, of which each has a frame of its own. */
  private answers(scene: SceneFrame, before: SceneFrame | null): boolean {
    const { held } = this;
    const typedOn = scene.rest !== NOWHERE && scene.rest === before?.rest;
    const isNew = (typedOn || this.late) && this.sentenceChanged(scene, before);
    return held !== NOWHERE && (this.answering || isNew);
  }

  private sentenceChanged(scene: SceneFrame, before: SceneFrame | null): boolean {
    const [then, now] = [before, scene].map(each => each?.places[this.held]?.sentence);
    return before !== null && (before.rest !== scene.rest || then !== now);
  }

  /** What keys act on: in a scene at rest the place that was walked to or clicked, wherever the pointer is. */
  private get held(): number {
    const { marked, scene } = this;
    if (scene && scene.rest !== NOWHERE) {
      return this.current;
    }
    // A pointer that went, or a grid that changed, may have taken the mark of a cell that has the focus still.
    return marked === NOWHERE && scene?.hasCells ? focusedPlace(this.chart.svg, this.places()) : marked;
  }

  /** Where the kernel moves the place of rest, what is marked goes there with it. */
  private comeToRest(scene: SceneFrame, before: SceneFrame | null): void {
    const moved = scene.rest !== before?.rest || scene.columns !== before.columns;
    if (scene.rest !== NOWHERE && moved) {
      this.current = scene.rest;
      this.marked = this.marked === NOWHERE ? NOWHERE : scene.rest;
    }
  }

  /** A pointer that is held down draws on a scene that takes strokes: "Draw" where it goes down, "Drag" on from there. */
  private draws(event: PointerEvent, key: 'Draw' | 'Drag'): void {
    if ((event.buttons & 1) === 0 || !this.scene?.keys.includes(key)) {
      return;
    }
    // A finger keeps the events of a stroke for the mark that it began on, unless that lets go of them.
    if (event.target instanceof Element && event.target.hasPointerCapture?.(event.pointerId)) {
      event.target.releasePointerCapture(event.pointerId);
    }
    const place = placeOf(event.target, this.places());
    if (place !== NOWHERE && (key === 'Draw' || place !== this.drawn)) {
      this.drawn = place;
      this.mark(place);
      this.tell({ kind: 'press', place, key });
    }
  }

  /** Tells the kernel of a key at the held place, if it takes it; what it answers is said. */
  private ask(key: string): boolean {
    const place = this.held;
    const asks = place !== NOWHERE && (this.scene?.keys.includes(key) ?? false);
    if (asks) {
      if (this.scene?.rest === NOWHERE && this.marked === NOWHERE) {
        this.current = place;
        this.mark(place);
      }
      this.answering = true;
      this.tell({ kind: 'press', place, key });
    }
    return asks;
  }
}
