/** Which model area goes with which brain area: twin of layer_area_matrix.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { depthColour } from '../charts/chart_colours';
import { ChartStage } from '../charts/chart_stage';
import { scoreText } from '../charts/chart_words';
import { fontSize } from '../charts/sizes';
import type { Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { walk } from '../charts/grid_layout';
import type { CardContent } from '../panel/hover_card';
import { isOwnKey } from '../panel/own_keys';
import { drawMatrix, matrixLabel } from './layer_area_drawing';
import { type MatrixFrame, matrixTable, readMatrix } from './layer_area_frame';
import { type MatrixLayout, highestCell, matrixCell, matrixLayout } from './layer_area_layout';
import { moment } from '../scores/score_frame';

type Place = readonly [row: number, column: number];

export class LayerAreaMatrixModel extends FrameModel {
  static override readonly panel = 'LayerAreaMatrix';
}

/** Coloured cells, walked with the arrow keys; each says its numbers. */
export class LayerAreaMatrixView extends FrameView<MatrixFrame> {
  private chart!: ChartStage;
  private layout!: MatrixLayout;
  private current: Place = [0, 0];
  private shown: Place | null = null;
  /** The colours never rescale downwards while frames come. */
  private top = 0;

  protected read(header: Fields, values: DataView): MatrixFrame {
    return readMatrix(header, values);
  }

  protected mount(stage: HTMLElement): void {
    this.chart = new ChartStage(stage, this.signal);
    const { svg, root } = this.chart;
    const { signal } = this;
    root.classList.add('hcnn-mod-matrix');
    svg.setAttribute('role', 'grid');
    svg.addEventListener('pointerover', event => this.show(placeOf(event)), { signal });
    svg.addEventListener('pointerleave', () => this.show(null), { signal });
    svg.addEventListener('focusin', event => this.enter(placeOf(event)), { signal });
    svg.addEventListener('focusout', () => this.show(null), { signal });
    svg.addEventListener('keydown', event => this.press(event), { signal });
  }

  protected draw(frame: MatrixFrame): void {
    const { chart } = this;
    this.top = Math.max(this.top, highestCell(frame));
    const { width } = chart;
    const caption = chart.caption.lines([frame.convention, frame.source], width, fontSize(width));
    this.layout = matrixLayout(frame, width, caption);
    const last = [frame.modelAreas.length - 1, frame.columns.length - 1] as const;
    this.current = [Math.min(this.current[0], last[0]), Math.min(this.current[1], last[1])];
    chart.resize(this.layout.width, this.layout.height);
    chart.svg.setAttribute('aria-label', matrixLabel(frame));
    drawMatrix(chart.page, frame, this.layout, this.top, this.current, isDark());
    this.show(this.shown);
  }

  protected panelTitle(frame: MatrixFrame | null): string {
    return `Model areas against brain areas${frame ? moment(frame) : ''}`;
  }

  protected exportPicture(): SVGSVGElement {
    return this.chart.svg;
  }

  protected exportNumbers(frame: MatrixFrame): Cell[][] {
    return matrixTable(frame);
  }

  private press(event: KeyboardEvent): void {
    const frame = this.shownFrame;
    if (!frame || !isOwnKey(event) || event.shiftKey) {
      return;
    }
    const columns = frame.columns.length;
    const index = this.current[0] * columns + this.current[1];
    const count = frame.modelAreas.length * columns;
    const target = walk(event.key, event.ctrlKey || event.metaKey, index, count, columns);
    if (target !== null) {
      this.cell([Math.floor(target / columns), target % columns])?.focus({ preventScroll: true });
    } else if (event.key === 'Escape') {
      this.show(null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private cell([row, column]: Place): SVGElement | undefined {
    return this.chart.page.within(`row-${row}`)?.find(`cell-${column}`);
  }

  /** The cell that has the focus is where Tab comes back to. */
  private enter(place: Place | null): void {
    if (place) {
      this.current = place;
      this.schedule();
      this.show(place);
    }
  }

  /** Shows the card of a cell; null hides it. */
  private show(place: Place | null): void {
    const frame = this.shownFrame;
    const column = place && frame?.columns[place[1]];
    this.shown = column && place[0] < frame.modelAreas.length ? place : null;
    if (!this.shown || !column || !frame) {
      this.chart.card.hide();
      return;
    }
    const { left, top, width, height } = matrixCell(this.layout, this.shown[0], this.shown[1]);
    this.chart.card.show(cellCard(frame, this.shown), left + width, top + height / 2, left);
  }
}

/** The row and column of the cell that an event is in. */
function placeOf(event: Event): Place | null {
  const cell = (event.target as Element | null)?.closest<SVGElement>('[role=gridcell]');
  return cell ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
}

function cellCard(frame: MatrixFrame, [row, index]: Place): CardContent {
  const column = frame.columns[index]!;
  const colour = depthColour(row, frame.modelAreas.length, isDark());
  const corrected = [...column.corrected].map(([name, values]) => ({ name, value: scoreText(values[row]!) }));
  return {
    title: column.area,
    badge: column.simulated ? 'simulated' : undefined,
    rows: [
      { colour, name: `model ${frame.modelAreas[row]}`, value: scoreText(column.value[row]!), strong: true },
      { name: 'error', value: scoreText(column.error[row]!) },
      ...corrected,
      { name: 'noise ceiling', value: scoreText(column.ceiling) },
      { name: 'on the choosing half', value: scoreText(column.choosing[row]!) }
    ],
    note: row === column.chosen ? '\u25c6 chosen on the other half of the images' : undefined
  };
}
