/** Which model area goes with which brain area: twin of layer_area_matrix.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { depthColour } from '../charts/chart_colours';
import { type CardBeside, ChartView, NOWHERE, type Painted } from '../charts/chart_view';
import { scoreText } from '../charts/chart_words';
import { fontSize } from '../charts/sizes';
import type { Cell } from '../panel/export';
import { FrameModel } from '../panel/frame_view';
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
export class LayerAreaMatrixView extends ChartView<MatrixFrame> {
  protected override readonly look = 'hcnn-mod-matrix';
  protected override readonly role = 'grid';
  private layout!: MatrixLayout;
  /** The cell where Tab comes back to. */
  private current: Place = [0, 0];
  /** The colours never rescale downwards while frames come. */
  private top = 0;
  private columns = 0;

  protected read(header: Fields, values: DataView): MatrixFrame {
    return readMatrix(header, values);
  }

  protected override listen(svg: SVGSVGElement): void {
    const { signal } = this;
    svg.addEventListener('pointerover', event => this.show(placeOf(event)), { signal });
    svg.addEventListener('pointerleave', () => this.unmark(), { signal });
    svg.addEventListener('focusin', event => this.enter(placeOf(event)), { signal });
    svg.addEventListener('focusout', () => this.unmark(), { signal });
    svg.addEventListener('keydown', event => this.hear(event, isOwnKey(event) && !event.shiftKey), {
      signal
    });
  }

  protected paintChart(frame: MatrixFrame, width: number): Painted {
    if (frame.columns.length !== this.columns || this.marked >= frame.modelAreas.length * this.columns) {
      this.marked = NOWHERE;
    }
    this.columns = frame.columns.length;
    this.top = Math.max(this.top, highestCell(frame));
    const caption = this.chart.caption.lines([frame.convention, frame.source], width, fontSize(width));
    this.layout = matrixLayout(frame, width, caption);
    const last = [frame.modelAreas.length - 1, frame.columns.length - 1] as const;
    this.current = [Math.min(this.current[0], last[0]), Math.min(this.current[1], last[1])];
    drawMatrix(this.chart.page, frame, this.layout, this.top, this.current, isDark());
    return { ...this.layout, label: matrixLabel(frame) };
  }

  protected panelTitle(frame: MatrixFrame | null): string {
    return `Model areas against brain areas${frame ? moment(frame) : ''}`;
  }

  protected exportNumbers(frame: MatrixFrame): Cell[][] {
    return matrixTable(frame);
  }

  /** Marks a cell, with its card; one that is not there, and null, mark none. */
  private show(place: Place | null): void {
    const [row, column] = place ?? [NOWHERE, NOWHERE];
    const frame = this.shownFrame;
    const known = frame?.columns[column] !== undefined && row < frame.modelAreas.length;
    this.mark(known ? row * frame.columns.length + column : NOWHERE);
  }

  protected override card(frame: MatrixFrame, place: number): CardBeside {
    const cell = placeIn(frame, place);
    const { left, top, width, height } = matrixCell(this.layout, ...cell);
    return { content: cellCard(frame, cell), x: left + width, y: top + height / 2, before: left };
  }

  /** The focus walks; the cell that gets it shows its card. */
  protected override press(event: KeyboardEvent, frame: MatrixFrame): boolean {
    const [columns, control] = [frame.columns.length, event.ctrlKey || event.metaKey];
    const index = this.current[0] * columns + this.current[1];
    const target = walk(event.key, control, index, frame.modelAreas.length * columns, columns);
    if (target !== null) {
      const [row, column] = placeIn(frame, target);
      this.chart.page.within(`row-${row}`)?.find(`cell-${column}`)?.focus({ preventScroll: true });
    } else if (event.key === 'Escape') {
      this.unmark();
    }
    return target !== null || event.key === 'Escape';
  }

  /** The cell that has the focus is where Tab comes back to. */
  private enter(place: Place | null): void {
    if (place) {
      this.current = place;
      this.schedule();
      this.show(place);
    }
  }
}

/** The row and column of the `place`-th cell, row by row. */
function placeIn({ columns }: MatrixFrame, place: number): Place {
  return [Math.floor(place / columns.length), place % columns.length];
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
