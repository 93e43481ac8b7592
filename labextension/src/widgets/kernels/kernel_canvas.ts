/**
 * The kernels of an area, as they form: an even grid of crisp cells on a canvas.
 *
 * Over the canvas lies a grid of cells without looks of their own: it is walked with the
 * arrow keys, and each cell says in words what it shows. Kernels before training and now
 * are two such blocks side by side, of which the last has the cells; the other has marks
 * that show which kernel is which.
 */
import { css, colourTable, rgba } from '../../pixels';
import { isDark, themeColour } from '../../theme';
import type { Fields } from '../../wire';
import type { Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { magnification } from '../panel/pointer';
import { isOwnKey, keepOwnKeys } from '../panel/own_keys';
import { type GridLayout, cornerOf, gridLayout, walk } from '../charts/grid_layout';
import {
  type KernelFrame,
  NOW,
  describe,
  kernelBytes,
  kernelTable,
  readKernels,
  written
} from './kernel_frame';

const LEGEND = { top: 14, height: 8, width: 120, text: 18, least: 320 };
const FOOT = LEGEND.top + LEGEND.height + LEGEND.text;
/** Between two blocks, and the room for their names. */
const BETWEEN = 24;
const CAPTION = 20;

/** Whether the blocks bear names: a single one of now needs none. */
const isCaptioned = ({ sides }: KernelFrame): boolean => sides.length > 1 || sides[0] !== NOW;
const captionHeight = (frame: KernelFrame): number => (isCaptioned(frame) ? CAPTION : 0);

/** A kernel was chosen. */
type KernelMessage = { kind: 'select'; index: number };

export class KernelGridModel extends FrameModel {
  static override readonly panel = 'KernelGrid';
}

export class KernelGridView extends FrameView<KernelFrame, KernelMessage> {
  protected override readonly pictureKind = 'PNG';
  protected override readonly knowsHeight = true;
  private canvas!: HTMLCanvasElement;
  private grid!: HTMLElement;
  private tip!: HTMLElement;
  private cells: HTMLElement[] = [];
  private twins: HTMLElement[] = [];
  private layout: GridLayout | null = null;
  private arranged = '';
  private current = 0;
  private hovered = -1;

  protected read(header: Fields, values: DataView): KernelFrame {
    return readKernels(header, values);
  }

  protected panelTitle(frame: KernelFrame | null): string {
    return frame?.title || (frame ? `Kernels of ${frame.area}` : 'Kernels');
  }

  protected mount(stage: HTMLElement): void {
    this.canvas = document.createElement('canvas');
    this.grid = document.createElement('div');
    this.tip = document.createElement('div');
    this.canvas.className = 'hcnn-kernel-canvas';
    this.canvas.setAttribute('aria-hidden', 'true');
    this.grid.className = 'hcnn-kernel-cells';
    this.grid.setAttribute('role', 'grid');
    this.tip.className = 'hcnn-tooltip';
    this.tip.setAttribute('aria-hidden', 'true');
    this.tip.hidden = true;
    stage.classList.add('hcnn-kernel-stage');
    stage.append(this.canvas, this.grid, this.tip);
    this.listen();
  }

  protected draw(frame: KernelFrame): void {
    const room = this.canvas.parentElement?.clientWidth ?? 0;
    if (room === 0) {
      return;
    }
    const most = this.fits ? Math.max(1, (this.canvas.parentElement?.clientHeight ?? 0) - FOOT) : 0;
    this.arrange(frame, room, most);
    this.paintKernels(frame, this.layout!);
    this.paintLegend(frame, this.layout!);
    this.hint(this.hovered);
  }

  protected exportPicture(): HTMLCanvasElement {
    const margin = 12;
    const copy = document.createElement('canvas');
    copy.width = this.canvas.width + 2 * margin;
    copy.height = this.canvas.height + 2 * margin;
    const context = copy.getContext('2d')!;
    context.fillStyle = themeColour(this.el, '--jp-layout-color0', isDark() ? '#111111' : '#ffffff');
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(this.canvas, margin, margin);
    return copy;
  }

  protected exportNumbers(frame: KernelFrame): Cell[][] {
    return kernelTable(frame);
  }

  private listen(): void {
    const { signal } = this;
    keepOwnKeys(this.grid, signal);
    this.grid.addEventListener('keydown', event => this.pressed(event), { signal });
    this.grid.addEventListener('focusin', event => this.entered(this.indexOf(event)), { signal });
    this.grid.addEventListener('focusout', () => this.hint(-1), { signal });
    this.grid.addEventListener('click', event => this.select(this.indexOf(event)), { signal });
    this.grid.addEventListener('pointerover', event => this.hint(this.indexOf(event)), { signal });
    this.grid.addEventListener('pointerleave', () => this.hint(-1), { signal });
  }

  private indexOf(event: Event): number {
    const cell = (event.target as Element | null)?.closest<HTMLElement>('.hcnn-kernel-cell');
    return cell ? Math.max(this.cells.indexOf(cell), this.twins.indexOf(cell)) : -1;
  }

  /** Makes rows and cells anew, but only where their number or places have changed. */
  private arrange(frame: KernelFrame, room: number, most: number): void {
    const { sides, count, height, width } = frame;
    const across = (room - BETWEEN * (sides.length - 1)) / sides.length;
    const layout = gridLayout(count, height, width, across, most && Math.max(1, most - captionHeight(frame)));
    const arranged = JSON.stringify([layout, sides, count]);
    if (arranged === this.arranged) {
      return;
    }
    const focused = this.grid.contains(document.activeElement);
    this.layout = layout;
    this.arranged = arranged;
    this.current = Math.min(this.current, count - 1);
    const numbers = Array.from({ length: count }, (_, index) => index);
    this.cells = numbers.map(index => this.makeCell(frame, index));
    this.twins = sides.length > 1 ? numbers.map(index => this.place(frame, index, 0)) : [];
    this.twins.forEach(twin => twin.setAttribute('aria-hidden', 'true'));
    const rows = Array.from({ length: layout.rows }, (_, row) => {
      const element = document.createElement('div');
      element.setAttribute('role', 'row');
      element.append(...this.cells.slice(row * layout.columns, (row + 1) * layout.columns));
      return element;
    });
    const compared = sides.length > 1 ? `, ${sides.join(' and ')}` : '';
    this.grid.setAttribute(
      'aria-label',
      `${count} kernels of ${frame.area}${compared}; walk them with the arrow keys`
    );
    this.grid.replaceChildren(...rows, ...this.twins);
    if (focused) {
      this.cells[this.current]?.focus({ preventScroll: true });
    }
  }

  private makeCell(frame: KernelFrame, index: number): HTMLElement {
    const cell = this.place(frame, index, frame.sides.length - 1);
    cell.setAttribute('role', 'gridcell');
    cell.setAttribute('aria-label', describe(frame, index));
    cell.tabIndex = index === this.current ? 0 : -1;
    return cell;
  }

  private place(frame: KernelFrame, index: number, side: number): HTMLElement {
    const cell = document.createElement('div');
    const { left, top } = this.corner(frame, index, side);
    cell.className = 'hcnn-kernel-cell';
    Object.assign(cell.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${this.layout!.cellWidth}px`,
      height: `${this.layout!.cellHeight}px`
    });
    return cell;
  }

  /** The left upper corner of a kernel of a side. */
  private corner(frame: KernelFrame, index: number, side: number): { left: number; top: number } {
    const layout = this.layout!;
    const { left, top } = cornerOf(layout, index);
    return { left: left + side * (layout.width + BETWEEN), top: top + captionHeight(frame) };
  }

  private paintKernels(frame: KernelFrame, layout: GridLayout): void {
    const ratio = (window.devicePixelRatio || 1) * magnification(this.grid.parentElement!);
    const height = captionHeight(frame) + layout.height + FOOT;
    this.canvas.width = Math.round(this.width(frame, layout) * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${this.canvas.width / ratio}px`;
    this.canvas.style.height = `${this.canvas.height / ratio}px`;
    const context = this.canvas.getContext('2d')!;
    const source = document.createElement('canvas');
    source.width = frame.width;
    source.height = frame.height;
    const pen = source.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = false;
    for (let place = 0; place < frame.sides.length * frame.count; place += 1) {
      const [side, index] = [Math.floor(place / frame.count), place % frame.count];
      const pixels = rgba(kernelBytes(frame, index, side), frame.channels, frame.colormap, isDark());
      pen.putImageData(new ImageData(pixels, frame.width, frame.height), 0, 0);
      const { left, top } = this.corner(frame, index, side);
      context.drawImage(source, left, top, layout.cellWidth, layout.cellHeight);
    }
  }

  private width(frame: KernelFrame, layout: GridLayout): number {
    const sides = frame.sides.length;
    return Math.max(sides * (layout.width + BETWEEN) - BETWEEN, LEGEND.least);
  }

  private paintLegend(frame: KernelFrame, layout: GridLayout): void {
    const context = this.canvas.getContext('2d')!;
    const top = captionHeight(frame) + layout.height + LEGEND.top;
    const ink = themeColour(this.el, '--jp-ui-font-color1', isDark() ? '#ffffff' : '#000000');
    const font = themeColour(this.el, '--jp-ui-font-family', 'sans-serif');
    context.font = `12px ${font}`;
    context.textBaseline = 'top';
    const label = (text: string, x: number, align: CanvasTextAlign, y = top + LEGEND.height + 4): void => {
      context.fillStyle = ink;
      context.textAlign = align;
      context.fillText(text, x, y);
    };
    const step = `step ${frame.step.toLocaleString('en')}`;
    const captions = isCaptioned(frame) ? frame.sides : [];
    captions.forEach((name, side) => {
      label(name === NOW ? step : name, side * (layout.width + BETWEEN), 'left', 2);
    });
    if (frame.colormap !== 'rgb') {
      const table = colourTable(frame.colormap, isDark());
      for (let x = 0; x < LEGEND.width; x += 1) {
        const byte = 1 + Math.round((254 * x) / (LEGEND.width - 1));
        context.fillStyle = css([table[byte * 3]!, table[byte * 3 + 1]!, table[byte * 3 + 2]!]);
        context.fillRect(x, top, 1, LEGEND.height);
      }
      label(written(-frame.scale), 0, 'left');
      label('0', LEGEND.width / 2, 'center');
      label(written(frame.scale), LEGEND.width, 'right');
    }
    const scale = 'one scale for all';
    label(isCaptioned(frame) ? scale : `${scale}; ${step}`, this.width(frame, layout), 'right');
  }

  private pressed(event: KeyboardEvent): void {
    const frame = this.shownFrame;
    if (!frame || !this.layout || !isOwnKey(event) || event.shiftKey) {
      return;
    }
    const control = event.ctrlKey || event.metaKey;
    const target = walk(event.key, control, this.current, frame.count, this.layout.columns);
    if (target !== null) {
      this.cells[target]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.select(this.current);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** The cell that has the focus says what it shows at this moment, and is where Tab comes back to. */
  private entered(index: number): void {
    if (index >= 0 && this.shownFrame) {
      this.cells[this.current]?.setAttribute('tabindex', '-1');
      this.current = index;
      this.cells[index]!.tabIndex = 0;
      this.cells[index]!.setAttribute('aria-label', describe(this.shownFrame, index));
      this.hint(index);
    }
  }

  private select(index: number): void {
    if (index >= 0) {
      this.cells.forEach((cell, at) => cell.setAttribute('aria-selected', String(at === index)));
      this.tell({ kind: 'select', index });
    }
  }

  /** Shows the words under a cell; -1 hides them. */
  private hint(index: number): void {
    this.hovered = index;
    this.twins.forEach((twin, at) => twin.classList.toggle('hcnn-kernel-twin', at === index));
    this.tip.hidden = index < 0 || !this.shownFrame || !this.layout;
    if (!this.tip.hidden && index < this.shownFrame!.count) {
      const { left, top } = this.corner(this.shownFrame!, index, this.shownFrame!.sides.length - 1);
      const text = describe(this.shownFrame!, index);
      this.tip.textContent = text;
      const most = Math.max(0, (this.canvas.parentElement?.clientWidth ?? 0) - this.tip.offsetWidth);
      this.tip.style.left = `${Math.min(left, most)}px`;
      this.tip.style.top = `${top + this.layout!.cellHeight + 6}px`;
    }
  }
}
