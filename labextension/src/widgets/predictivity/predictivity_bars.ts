/** How well each model area predicts each brain area: twin of predictivity_bars.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { depthColour } from '../charts/chart_colours';
import { FEW_LINES } from '../charts/chart_caption';
import { type CardBeside, ChartView, NOWHERE, type Painted } from '../charts/chart_view';
import { fontSize } from '../charts/sizes';
import type { Cell } from '../panel/export';
import { FrameModel } from '../panel/frame_view';
import { drawBars, drawMark } from './predictivity_drawing';
import { type BarsLayout, barAt, barsLayout, highestScore, lowestScore } from './predictivity_layout';
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

export class PredictivityBarsModel extends FrameModel {
  static override readonly panel = 'PredictivityBars';
}

/** Groups of bars; pointer or arrow keys read one off. */
export class PredictivityBarsView extends ChartView<ScoreFrame> {
  protected override readonly look = 'hcnn-mod-bars';
  private layout!: BarsLayout;
  /** The axis never shrinks while frames come: nothing jumps. */
  private low = 0;
  private high = 0;

  protected read(header: Fields, values: DataView): ScoreFrame {
    return readScores(header, values);
  }

  protected paintChart(frame: ScoreFrame, width: number): Painted {
    this.low = Math.min(this.low, lowestScore(frame));
    this.high = Math.max(this.high, highestScore(frame));
    const font = fontSize(width);
    const caption = this.chart.caption.lines([scoreCaption(frame)], width, font, FEW_LINES);
    const marked = this.layout?.bars[this.marked];
    this.layout = barsLayout(frame, width, this.low, this.high, font, caption);
    const { bars } = this.layout;
    this.marked = bars.findIndex(({ brain, model }) => brain === marked?.brain && model === marked.model);
    drawBars(this.chart.page, frame, this.layout, isDark());
    return { ...this.layout, label: `${scoresSentence(frame)} ${frame.convention}` };
  }

  protected panelTitle(frame: ScoreFrame | null): string {
    return `Neural predictivity${frame ? moment(frame) : ''}`;
  }

  protected exportNumbers(frame: ScoreFrame): Cell[][] {
    return scoreTable(frame);
  }

  protected override places(): number {
    return this.layout.bars.length;
  }

  protected override placeAt(_frame: ScoreFrame, x: number, y: number): number {
    const bar = barAt(this.layout, x, y);
    return bar ? this.layout.bars.indexOf(bar) : NOWHERE;
  }

  protected override sentence(frame: ScoreFrame, place: number): string {
    const { brain, model } = this.layout.bars[place]!;
    return scoreSentence(frame, frame.brains[brain]!, model);
  }

  protected override drawMark(_frame: ScoreFrame, place: number): void {
    const layer = this.chart.page.within('mark');
    if (layer) {
      drawMark(layer, this.layout, this.layout.bars[place]);
    }
  }

  protected override card(frame: ScoreFrame, place: number): CardBeside {
    const { brain, model, left, width } = this.layout.bars[place]!;
    const colour = depthColour(model, frame.modelAreas.length, isDark());
    const { plot } = this.layout;
    const content = barCard(frame, frame.brains[brain]!, model, colour);
    return { content, x: left + width, y: plot.top + plot.height / 2, before: left };
  }
}
