/** How well each model area predicts each brain area: twin of predictivity_bars.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { depthColour } from '../charts/chart_colours';
import { FEW_LINES } from '../charts/chart_caption';
import { ChartStage } from '../charts/chart_stage';
import { fontSize } from '../charts/sizes';
import type { Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { isOwnKey } from '../panel/own_keys';
import { drawBars, drawMark } from './predictivity_drawing';
import {
  type BarPlace,
  type BarsLayout,
  barAt,
  barsLayout,
  highestScore,
  lowestScore
} from './predictivity_layout';
import { barCard } from '../scores/score_card';
import {
  type ScoreFrame,
  moment,
  readScores,
  scoreCaption,
  scoreSentence,
  scoreTable,
  scoresSentence
} from '../scores/score_frame';
import { stepThrough } from '../panel/stepping';

export class PredictivityBarsModel extends FrameModel {
  static override readonly panel = 'PredictivityBars';
}

/** Groups of bars; pointer or arrow keys read one off. */
export class PredictivityBarsView extends FrameView<ScoreFrame> {
  private chart!: ChartStage;
  private layout!: BarsLayout;
  private marked: BarPlace | undefined;
  /** The axis never shrinks while frames come: nothing jumps. */
  private low = 0;
  private high = 0;

  protected read(header: Fields, values: DataView): ScoreFrame {
    return readScores(header, values);
  }

  protected mount(stage: HTMLElement): void {
    this.chart = new ChartStage(stage, this.signal);
    const { svg, root } = this.chart;
    const { signal } = this;
    root.classList.add('hcnn-mod-bars');
    svg.setAttribute('role', 'img');
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', event => this.point(event), { signal });
    svg.addEventListener('pointerleave', () => this.mark(undefined), { signal });
    svg.addEventListener('blur', () => this.mark(undefined), { signal });
    svg.addEventListener('keydown', event => this.walk(event), { signal });
  }

  protected draw(frame: ScoreFrame): void {
    const { chart } = this;
    this.low = Math.min(this.low, lowestScore(frame));
    this.high = Math.max(this.high, highestScore(frame));
    const { width } = chart;
    const font = fontSize(width);
    const caption = chart.caption.lines([scoreCaption(frame)], width, font, FEW_LINES);
    this.layout = barsLayout(frame, width, this.low, this.high, font, caption);
    chart.resize(this.layout.width, this.layout.height);
    chart.svg.setAttribute('aria-label', `${scoresSentence(frame)} ${frame.convention}`);
    drawBars(chart.page, frame, this.layout, isDark());
    const { marked } = this;
    this.mark(
      marked && this.layout.bars.find(bar => bar.brain === marked.brain && bar.model === marked.model)
    );
  }

  protected panelTitle(frame: ScoreFrame | null): string {
    return `Neural predictivity${frame ? moment(frame) : ''}`;
  }

  protected exportPicture(): SVGSVGElement {
    return this.chart.svg;
  }

  protected exportNumbers(frame: ScoreFrame): Cell[][] {
    return scoreTable(frame);
  }

  private point(event: PointerEvent): void {
    if (this.shownFrame) {
      const { x, y } = this.chart.pointer(event);
      this.mark(barAt(this.layout, x, y));
    }
  }

  private walk(event: KeyboardEvent): void {
    const frame = this.shownFrame;
    if (!frame || this.layout.bars.length === 0 || !isOwnKey(event)) {
      return;
    }
    const { bars } = this.layout;
    const now = this.marked ? bars.indexOf(this.marked) : -1;
    const to = stepThrough(event.key, now, bars.length);
    if (to !== null) {
      event.preventDefault();
      const bar = bars[to]!;
      this.mark(bar);
      this.chart.say(scoreSentence(frame, frame.brains[bar.brain]!, bar.model));
    } else if (event.key === 'Escape') {
      this.mark(undefined);
    }
  }

  /** Marks a bar, with a card of its numbers. */
  private mark(bar: BarPlace | undefined): void {
    this.marked = bar;
    const frame = this.shownFrame;
    const layer = this.chart.page.within('mark');
    if (!frame || !layer) {
      return;
    }
    drawMark(layer, this.layout, bar);
    const brain = bar && frame.brains[bar.brain];
    if (!brain) {
      this.chart.card.hide();
      return;
    }
    const colour = depthColour(bar.model, frame.modelAreas.length, isDark());
    const { plot } = this.layout;
    const place = { x: bar.left + bar.width, y: plot.top + plot.height / 2 };
    this.chart.card.show(barCard(frame, brain, bar.model, colour), place.x, place.y, bar.left);
  }
}
