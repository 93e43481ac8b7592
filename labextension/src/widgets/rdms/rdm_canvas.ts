/** A model's RDM beside the brain's, walked cell by cell, and how alike all areas are: twin of rdm_canvas.py. */
import { isDark, themeColour } from '../../theme';
import type { Fields } from '../../wire';
import { drawCaption } from '../charts/chart_caption';
import { ChartStage } from '../charts/chart_stage';
import { fontSize } from '../charts/sizes';
import { type Cell, svgImage } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { type ImageSheet, imageSheet } from '../panel/image_sheet';
import { MatrixGrid, type Place } from './rdm_grid';
import { keepOwnKeys } from '../panel/own_keys';
import { PairPane } from './pair_pane';
import { BarsArea } from './rdm_bars_area';
import { drawBars } from './rdm_bars_drawing';
import { RangeField } from '../panel/range_field';
import { drawAround, drawMarks, paintMatrices } from './rdm_drawing';
import { type RdmFrame, readRdms } from './rdm_frame';
import { scoreEnds } from './rdm_bars_layout';
import { type RdmLayout, captionParts, rdmLayout } from './rdm_layout';
import { picturePng } from './rdm_picture';
import { cellSentence, distanceShort, imagesShown, modelTitle, pairTable, scoreRows } from './rdm_words';

/** What a person does: pins a pair of images, shows a category alone, goes to an area or along what was measured. */
type RdmMessage =
  | { kind: 'pin'; pair: number[] }
  | { kind: 'zoom'; group: string }
  | { kind: 'area'; area: string }
  | { kind: 'stop'; stop: number }
  | { kind: 'walk'; way: string };

export class RdmExplorerModel extends FrameModel {
  static override readonly panel = 'RdmExplorer';

  override defaults(): ReturnType<FrameModel['defaults']> {
    return { ...super.defaults(), sheet_header: {}, sheet: new DataView(new ArrayBuffer(0)) };
  }
}

/** Two matrices, the pair that is looked at, and bars. */
export class RdmExplorerView extends FrameView<RdmFrame, RdmMessage> {
  protected override readonly pictureKind = 'PNG';
  private chart!: ChartStage;
  private readonly canvas = document.createElement('canvas');
  private readonly pane = new PairPane();
  private bars!: BarsArea;
  private layer!: RangeField;
  private training!: RangeField;
  private grids: { model: MatrixGrid; brain: MatrixGrid } | null = null;
  private layout!: RdmLayout;
  /** The cell under the pointer or the keyboard, and the one that is shown: that, or the pinned pair's. */
  private hovered: Place | null = null;
  private cell: Place | null = null;
  /** Places in the sheet, so that a pin outlives another order. */
  private pinned: Place | null = null;
  /** The axis never shrinks while frames come: nothing jumps. */
  private low = 0;
  private high = 0;
  private method = '';

  protected read(header: Fields, values: DataView): RdmFrame {
    return readRdms(header, values);
  }

  protected mount(stage: HTMLElement): void {
    stage.append(this.sliders());
    this.chart = new ChartStage(stage, this.signal);
    const { root, svg } = this.chart;
    root.classList.add('hcnn-mod-rdms');
    svg.setAttribute('aria-hidden', 'true');
    this.canvas.className = 'hcnn-rdm-canvas';
    this.canvas.setAttribute('aria-hidden', 'true');
    root.prepend(this.canvas);
    this.grids = { model: this.grid('model'), brain: this.grid('brain') };
    this.bars = new BarsArea(this.chart, area => this.tell({ kind: 'area', area }), this.signal);
    const parts = [this.grids.model, this.grids.brain, this.pane, this.bars];
    root.append(...parts.map(part => part.element));
    svg.addEventListener('click', event => this.zoom(event), { signal: this.signal });
    this.listenTo(this.model, 'change:sheet change:sheet_header', () => this.schedule());
  }

  protected draw(frame: RdmFrame): void {
    const { chart } = this;
    const [low, high] = scoreEnds(frame);
    const same = this.method === frame.method;
    [this.low, this.high] = same ? [Math.min(this.low, low), Math.max(this.high, high)] : [low, high];
    this.method = frame.method;
    const { width } = chart;
    const caption = chart.caption.lines(captionParts(frame), width, fontSize(width));
    this.layout = rdmLayout(frame, width, this.low, this.high, caption);
    chart.resize(this.layout.width, this.layout.height);
    paintMatrices(this.canvas, frame, this.layout);
    chart.page.draw(top => {
      top.group('around', {}, layer => drawAround(layer, frame, this.layout));
      // Without a kernel nothing is being compared any more.
      const pending = frame.pending && this.model.comm_live;
      top.group('bars', {}, layer => drawBars(layer, { ...frame, pending }, this.layout, isDark()));
      top.group('caption', {}, layer =>
        drawCaption(layer, this.layout.captionLines, this.layout.caption, this.layout.font)
      );
      top.group('marks', {}, () => undefined);
      top.group('bar', {}, () => undefined);
    });
    this.placeGrids(frame);
    this.pane.place(this.layout.pane, this.layout.upright);
    const inside = this.hovered !== null && Math.max(...this.hovered) < frame.count;
    this.look(inside ? this.hovered : this.pinnedCell(frame));
    this.bars.place(frame, this.layout);
    this.updateSliders(frame);
  }

  protected panelTitle(frame: RdmFrame | null): string {
    return frame
      ? `Dissimilarities of ${imagesShown(frame)}: ${modelTitle(frame)} and ${frame.brain.name}`
      : 'Dissimilarities of images in model and brain';
  }

  protected exportPicture(frame: RdmFrame): Promise<HTMLCanvasElement> {
    return picturePng(this.canvas, svgImage(this.chart.svg), this.layout, {
      background: themeColour(this.el, '--jp-layout-color1', isDark() ? '#111111' : '#ffffff'),
      ink: themeColour(this.el, '--jp-ui-font-color1', isDark() ? '#ffffff' : '#000000'),
      font: themeColour(this.el, '--jp-ui-font-family', 'sans-serif'),
      sheet: this.sheet,
      pair: this.cell && [frame.rows[this.cell[0]]!, frame.rows[this.cell[1]]!]
    });
  }

  protected exportNumbers(frame: RdmFrame): Cell[][] {
    return pairTable(frame, this.sheet);
  }

  protected override moreNumbers(): ReturnType<FrameView<RdmFrame>['moreNumbers']> {
    return [{ label: 'CSV of scores', description: 'Save the scores of the bars as CSV', rows: scoreRows }];
  }

  private get sheet(): ImageSheet {
    return imageSheet(this.model);
  }

  // --- sliders ----------------------------------------------------------------------------------
  private sliders(): HTMLElement {
    const { signal } = this;
    const row = document.createElement('div');
    row.className = 'hcnn-rdm-sliders';
    keepOwnKeys(row, signal);
    const area = (index: number): void => {
      const name = this.shownFrame?.areas[index];
      if (name !== undefined) {
        this.tell({ kind: 'area', area: name });
      }
    };
    const stop = (to: number): void => this.tell({ kind: 'stop', stop: to });
    this.layer = new RangeField('Layer', 'Area of the model, from the input up', area, signal);
    this.training = new RangeField(
      'Training',
      'Moment in training; left is the untrained network',
      stop,
      signal,
      way => this.tell({ kind: 'walk', way })
    );
    this.layer.element.hidden = this.training.element.hidden = true;
    row.append(this.layer.element, this.training.element);
    return row;
  }

  private updateSliders(frame: RdmFrame): void {
    const value = Math.max(0, frame.areas.indexOf(frame.area));
    const gone = !this.model.comm_live;
    const { areas, stops, stop, moment, past } = frame;
    this.layer.update({ max: Math.max(1, areas.length - 1), value, text: frame.area, disabled: gone });
    this.training.update({ max: stops, value: stop, text: moment, disabled: gone });
    // A slider that leads nowhere is none.
    this.layer.element.hidden = areas.length < 2;
    this.training.element.hidden = !past;
  }

  // --- cells ------------------------------------------------------------------------------------
  private grid(which: 'model' | 'brain'): MatrixGrid {
    const events = {
      looked: (cell: Place | null) => this.looked(cell, which),
      chosen: (cell: Place | null) => this.pin(cell),
      words: (cell: Place) => {
        const frame = this.shownFrame;
        return frame ? cellSentence(frame, this.sheet, cell[0], cell[1]) : '';
      }
    };
    return new MatrixGrid(events, this.signal);
  }

  private placeGrids(frame: RdmFrame): void {
    const how = `${frame.count} by ${frame.count} images; walk it with the arrow keys, Enter pins a pair`;
    this.grids?.model.place(this.layout.model, frame.count, `RDM of ${modelTitle(frame)}: ${how}`);
    this.grids?.brain.place(this.layout.brain, frame.count, `RDM of ${frame.brain.name}: ${how}`);
  }

  private looked(cell: Place | null, which: 'model' | 'brain'): void {
    this.hovered = cell;
    if (cell) {
      this.grids?.[which === 'model' ? 'brain' : 'model'].remember(cell);
    }
    this.look(cell ?? (this.shownFrame && this.pinnedCell(this.shownFrame)));
  }

  /** Shows a cell in both matrices, with its images and numbers; null shows none. */
  private look(cell: Place | null): void {
    const frame = this.shownFrame;
    this.cell = cell;
    const marks = this.chart.page.within('marks');
    if (frame && marks) {
      drawMarks(marks, this.layout, frame.count, cell);
      const { pane, upright } = this.layout;
      const values = cell && [
        {
          name: frame.ofModel ? 'model' : frame.model.name,
          value: distanceShort(frame, frame.model, cell[0], cell[1])
        },
        { name: 'brain', value: distanceShort(frame, frame.brain, cell[0], cell[1]) }
      ];
      const images = cell && ([frame.rows[cell[0]]!, frame.rows[cell[1]]!] as const);
      const pair = values && images && { images, values, pinned: this.isPinned(images) };
      this.pane.show(pair, this.sheet, pane, upright);
    }
  }

  private isPinned([one, other]: Place): boolean {
    return this.pinned !== null && this.pinned[0] === one && this.pinned[1] === other;
  }

  private pinnedCell(frame: RdmFrame): Place | null {
    const cell =
      this.pinned && ([frame.rows.indexOf(this.pinned[0]), frame.rows.indexOf(this.pinned[1])] as const);
    return cell && Math.min(...cell) >= 0 ? cell : null;
  }

  /** Keeps a pair in sight; the same again, or null, lets it go. */
  private pin(cell: Place | null): void {
    const frame = this.shownFrame;
    const images = frame && cell && ([frame.rows[cell[0]]!, frame.rows[cell[1]]!] as const);
    this.pinned = images && !this.isPinned(images) ? images : null;
    this.tell({ kind: 'pin', pair: this.pinned ? [...this.pinned] : [] });
    this.look(cell ?? this.cell);
  }

  /** Asks for one category alone, the one whose name was clicked; again, for all. */
  private zoom(event: MouseEvent): void {
    const group = (event.target as Element | null)?.getAttribute('data-group');
    if (group && this.shownFrame) {
      this.tell({ kind: 'zoom', group: this.shownFrame.only === group ? '' : group });
    }
  }
}
