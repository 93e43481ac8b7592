/**
 * The kernels of an area, as they form: an even grid of crisp cells on a canvas.
 *
 * Over the canvas lies a grid of cells without looks of their own: it is walked with the
 * arrow keys, and each cell says in words what it shows. Kernels before training and now
 * are two such blocks side by side, of which the last has the cells; the other has marks
 * that show which kernel is which.
 */
import { rgba } from '../../pixels';
import { isDark, themeColour } from '../../theme';
import type { Fields } from '../../wire';
import type { Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { isOwnKey, keepOwnKeys } from '../panel/own_keys';
import { type GridLayout, cornerOf, gridLayout, walk } from '../charts/grid_layout';
import { type KernelFrame, describe, kernelBytes, kernelTable, readKernels } from './kernel_frame';
import { LEGEND_HEIGHT, NARROWEST_LEGEND, captionHeight, paintLegend } from './kernel_legend';

/** Between two blocks. */
const BETWEEN = 24;

/** A kernel was chosen. */
type KernelMessage = { kind: 'select'; index: number };

export class KernelGridModel extends FrameModel {
  static override readonly panel = 'KernelGrid';

  override defaults(): ReturnType<FrameModel['defaults']> {
    return { ...super.defaults(), fits: false };
  }
}

export class KernelGridView extends FrameView<KernelFrame, KernelMessage> {
  protected override readonly pictureKind = 'PNG';
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
    this.arrange(frame, room);
    this.paintKernels(frame, this.layout!);
    paintLegend(this.canvas, frame, this.corners(frame), this.layout!.height, this.el);
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
  private arrange(frame: KernelFrame, room: number): void {
    const { sides, count, height, width } = frame;
    const across = (room - BETWEEN * (sides.length - 1)) / sides.length;
    const layout = gridLayout(count, height, width, across, this.heightFor(frame));
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

  /** What a cell of a given height leaves for the kernels; 0 where the height has no end. */
  private heightFor(frame: KernelFrame): number {
    const room = this.canvas.parentElement!.clientHeight - captionHeight(frame) - LEGEND_HEIGHT;
    return this.fits ? Math.max(1, room) : 0;
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
    const ratio = window.devicePixelRatio || 1;
    const height = captionHeight(frame) + layout.height + LEGEND_HEIGHT;
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
    return Math.max(sides * (layout.width + BETWEEN) - BETWEEN, NARROWEST_LEGEND);
  }

  /** The left edges of the blocks. */
  private corners(frame: KernelFrame): number[] {
    return frame.sides.map((_, side) => this.corner(frame, 0, side).left);
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
