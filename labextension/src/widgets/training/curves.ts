/** Loss and score over the steps of a run, live: twin of curves.py. */
import type { Fields } from '../../wire';
import { type CardBeside, ChartView, NOWHERE, type Painted } from '../charts/chart_view';
import { countText, valueText } from '../charts/chart_words';
import { drawCrosshair, drawCurves, lineStyle } from './curves_drawing';
import { type CurvesFrame, curvesSentence, curvesTable, nearestKnown, readCurves } from './curves_frame';
import { type CurvesLayout, curvesLayout, toolbarEnd } from './curves_layout';
import type { Cell } from '../panel/export';
import { FrameModel } from '../panel/frame_view';
import type { CardRow } from '../panel/hover_card';

export class CurvesModel extends FrameModel {
  static override readonly panel = 'Curves';
}

/** Room for the buttons of the panel, in pixels. */
const TOOLBAR = 120;

/** One chart per quantity; pointer or arrow keys read the values off. */
export class CurvesView extends ChartView<CurvesFrame> {
  protected override readonly knowsHeight = true;
  private layout!: CurvesLayout;
  /** The steps that can be pointed at: those of the most finely sampled series. */
  private steps = new Float32Array() as Float32Array;

  protected read(header: Fields, values: DataView): CurvesFrame {
    return readCurves(header, values);
  }

  protected paintChart(frame: CurvesFrame, width: number): Painted {
    const marked = this.steps[this.marked];
    const all = frame.charts.flatMap(chart => chart.series.map(({ x }) => x));
    this.steps = all.reduce((most, x) => (x.length > most.length ? x : most), new Float32Array());
    this.marked = marked === undefined || this.steps.length === 0 ? NOWHERE : nearest(this.steps, marked);
    this.layout = curvesLayout(frame, width, this.fits ? this.chart.height : 0);
    drawCurves(this.chart.page, frame, this.layout);
    this.el.style.setProperty('--hcnn-toolbar-end', `${toolbarEnd(frame, this.layout, TOOLBAR)}px`);
    return { ...this.layout, label: curvesSentence(frame) };
  }

  protected panelTitle(): string {
    return 'Training curves';
  }

  protected exportNumbers(frame: CurvesFrame): Cell[][] {
    return curvesTable(frame);
  }

  protected override places(): number {
    return this.steps.length;
  }

  protected override placeAt(_frame: CurvesFrame, x: number, y: number): number {
    const place = this.layout.places.find(({ cell, plot }) => {
      const within = x >= plot.left - 4 && x <= plot.left + plot.width + 4;
      return within && y >= cell.top && y <= cell.top + cell.height;
    });
    return place && this.steps.length > 0 ? nearest(this.steps, place.x.invert(x)) : NOWHERE;
  }

  /** From the end back; with Shift, a tenth of the way at once. */
  protected override step({ key, shiftKey }: KeyboardEvent, count: number): number | null {
    const last = count - 1;
    const now = this.marked === NOWHERE ? last : this.marked;
    const stride = shiftKey ? Math.max(1, Math.round(last / 10)) : 1;
    const ways: Record<string, number> = {
      ArrowLeft: now - stride,
      ArrowRight: now + stride,
      Home: 0,
      End: last
    };
    const to = ways[key];
    return to === undefined || count === 0 ? null : Math.min(last, Math.max(0, to));
  }

  protected override drawMark(frame: CurvesFrame, place: number): void {
    const step = place === NOWHERE ? null : this.steps[place]!;
    const layer = this.chart.page.within('crosshair');
    if (layer) {
      drawCrosshair(layer, frame, this.layout, step);
    }
  }

  protected override card(frame: CurvesFrame, place: number, at?: { x: number; y: number }): CardBeside {
    const step = this.steps[place]!;
    const first = this.layout.places[0]!;
    const beside = at ?? { x: first.x(step), y: first.plot.top + first.plot.height / 2 };
    return {
      content: { title: `${frame.xLabel} ${countText(step)}`, rows: this.rows(frame, step) },
      ...beside
    };
  }

  protected override sentence(frame: CurvesFrame, place: number): string {
    const step = this.steps[place]!;
    const values = this.rows(frame, step).map(({ name, value }) => `${name} ${value}`);
    return [`${frame.xLabel} ${countText(step)}`, ...values].join(', ');
  }

  private rows(frame: CurvesFrame, step: number): CardRow[] {
    return frame.charts.flatMap(chart =>
      chart.series.flatMap((series, index) => {
        const i = nearestKnown(series, step);
        if (i < 0) {
          return [];
        }
        const [low, high] = [series.low[i]!, series.high[i]!];
        const spread = low < high ? ` (${valueText(low)} to ${valueText(high)})` : '';
        const { colour } = lineStyle(series, index);
        return [
          { colour, name: `${series.label} ${chart.label}`, value: valueText(series.mean[i]!) + spread }
        ];
      })
    );
  }
}

/** The index of the number nearest to `x`. */
function nearest(numbers: Float32Array, x: number): number {
  let best = 0;
  numbers.forEach((number, index) => {
    if (Math.abs(number - x) < Math.abs(numbers[best]! - x)) {
      best = index;
    }
  });
  return best;
}
