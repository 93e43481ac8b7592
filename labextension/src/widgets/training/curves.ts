/** Loss and score over the steps of a run, live: twin of curves.py. */
import type { Fields } from '../../wire';
import { ChartStage } from '../charts/chart_stage';
import { countText, valueText } from '../charts/chart_words';
import { drawCrosshair, drawCurves, lineStyle } from './curves_drawing';
import { type CurvesFrame, curvesSentence, curvesTable, nearestKnown, readCurves } from './curves_frame';
import { type CurvesLayout, curvesLayout } from './curves_layout';
import type { Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import type { CardRow } from '../panel/hover_card';
import { isOwnKey } from '../panel/own_keys';

export class CurvesModel extends FrameModel {
  static override readonly panel = 'Curves';
}

/** One chart per quantity; pointer or arrow keys read the values off. */
export class CurvesView extends FrameView<CurvesFrame> {
  private chart!: ChartStage;
  private layout!: CurvesLayout;
  private step: number | null = null;

  protected read(header: Fields, values: DataView): CurvesFrame {
    return readCurves(header, values);
  }

  protected mount(element: HTMLElement): void {
    this.chart = new ChartStage(element, this.signal);
    const { svg } = this.chart;
    const { signal } = this;
    svg.setAttribute('role', 'img');
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', event => this.point(event), { signal });
    svg.addEventListener('pointerleave', () => this.mark(null), { signal });
    svg.addEventListener('blur', () => this.mark(null), { signal });
    svg.addEventListener('keydown', event => this.walk(event), { signal });
  }

  protected draw(frame: CurvesFrame): void {
    const { chart } = this;
    this.layout = curvesLayout(frame, chart.width);
    chart.resize(this.layout.width, this.layout.height);
    chart.svg.setAttribute('aria-label', curvesSentence(frame));
    drawCurves(chart.page, frame, this.layout);
    this.mark(this.step);
  }

  protected panelTitle(): string {
    return 'Training curves';
  }

  protected exportPicture(): SVGSVGElement {
    return this.chart.svg;
  }

  protected exportNumbers(frame: CurvesFrame): Cell[][] {
    return curvesTable(frame);
  }

  /** The steps that can be pointed at: those of the most finely sampled series. */
  private steps(frame: CurvesFrame): Float32Array {
    const all = frame.charts.flatMap(chart => chart.series.map(({ x }) => x));
    return all.reduce((most, x) => (x.length > most.length ? x : most), new Float32Array() as Float32Array);
  }

  private point(event: PointerEvent): void {
    const frame = this.shownFrame;
    const at = this.chart.pointer(event);
    const place = this.layout?.places.find(({ cell, plot }) => {
      const within = at.x >= plot.left - 4 && at.x <= plot.left + plot.width + 4;
      return within && at.y >= cell.top && at.y <= cell.top + cell.height;
    });
    const steps = frame && this.steps(frame);
    if (!place || !steps || steps.length === 0) {
      this.mark(null);
      return;
    }
    this.mark(steps[nearest(steps, place.x.invert(at.x))]!, at);
  }

  private walk(event: KeyboardEvent): void {
    const frame = this.shownFrame;
    const steps = frame && this.steps(frame);
    if (!frame || !steps || steps.length === 0 || !isOwnKey(event)) {
      return;
    }
    const last = steps.length - 1;
    const now = this.step === null ? last : nearest(steps, this.step);
    const stride = event.shiftKey ? Math.max(1, Math.round(last / 10)) : 1;
    const ways: Record<string, number> = {
      ArrowLeft: now - stride,
      ArrowRight: now + stride,
      Home: 0,
      End: last
    };
    const to = ways[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.mark(steps[Math.min(last, Math.max(0, to))]!);
      this.chart.say(this.reading(frame).join(', '));
    } else if (event.key === 'Escape') {
      this.mark(null);
    }
  }

  /** Marks a step, with a card of its values; `null` takes the mark off. */
  private mark(step: number | null, at?: { x: number; y: number }): void {
    this.step = step;
    const frame = this.shownFrame;
    const marks = this.chart.page.within('crosshair');
    if (!marks || !frame) {
      return;
    }
    drawCrosshair(marks, frame, this.layout, step);
    if (step === null) {
      this.chart.card.hide();
      return;
    }
    const first = this.layout.places[0]!;
    const place = at ?? { x: first.x(step), y: first.plot.top + first.plot.height / 2 };
    const title = `${frame.xLabel} ${countText(step)}`;
    this.chart.card.show({ title, rows: this.rows(frame, step) }, place.x, place.y);
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

  private reading(frame: CurvesFrame): string[] {
    const step = this.step ?? 0;
    const values = this.rows(frame, step).map(({ name, value }) => `${name} ${value}`);
    return [`${frame.xLabel} ${countText(step)}`, ...values];
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
