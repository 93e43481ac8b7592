/** The ventral stream seen from the side, coloured by score: twin of brain_map.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { drawBrain, drawBrainMark } from './brain_drawing';
import { type BrainLayout, type ShownArea, brainLayout, regionSpan, shownAreas } from './brain_layout';
import { FEW_LINES } from '../charts/chart_caption';
import { depthColour } from '../charts/chart_colours';
import { ChartStage } from '../charts/chart_stage';
import { scoreText } from '../charts/chart_words';
import { fontSize } from '../charts/sizes';
import type { Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { isOwnKey } from '../panel/own_keys';
import { scoreCard } from '../scores/score_card';
import {
  type ScoreFrame,
  moment,
  readScores,
  scoreCaption,
  scoreSentence,
  scoreTable,
  scoresSentence
} from '../scores/score_frame';

export class BrainMapModel extends FrameModel {
  static override readonly panel = 'BrainMap';
}

/** As long as the caption of a live score: room for it, so that nothing jumps when it comes. */
const AWAITED = 'caption '.repeat(56);

let drawings = 0;

/** The brain; pointer or arrow keys read an area's scores off. */
export class BrainMapView extends FrameView<ScoreFrame> {
  private chart!: ChartStage;
  private layout!: BrainLayout;
  private areas: ShownArea[] = shownAreas(null);
  private marked = -1;
  private drawing = '';

  protected read(header: Fields, values: DataView): ScoreFrame {
    return readScores(header, values);
  }

  protected mount(stage: HTMLElement): void {
    this.chart = new ChartStage(stage, this.signal);
    this.drawing = `hcnn-brain-${(drawings += 1)}`;
    const { svg, root } = this.chart;
    const { signal } = this;
    root.classList.add('hcnn-mod-brain');
    svg.setAttribute('role', 'img');
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', event => this.point(event), { signal });
    svg.addEventListener('pointerleave', () => this.mark(-1), { signal });
    svg.addEventListener('blur', () => this.mark(-1), { signal });
    svg.addEventListener('keydown', event => this.walk(event), { signal });
    this.paintBrain(null);
  }

  protected draw(frame: ScoreFrame): void {
    this.paintBrain(frame);
    this.mark(this.marked);
  }

  protected panelTitle(frame: ScoreFrame | null): string {
    return `Ventral stream${frame ? moment(frame) : ''}`;
  }

  protected exportPicture(): SVGSVGElement {
    return this.chart.svg;
  }

  protected exportNumbers(frame: ScoreFrame): Cell[][] {
    return scoreTable(frame);
  }

  /** Draws the brain, in grey where there are no scores yet. */
  private paintBrain(frame: ScoreFrame | null): void {
    const { chart } = this;
    this.areas = shownAreas(frame);
    const { width } = chart;
    const caption = chart.caption.lines(
      [frame ? scoreCaption(frame) : AWAITED],
      width,
      fontSize(width),
      FEW_LINES
    );
    this.layout = brainLayout(width, caption);
    chart.resize(this.layout.width, this.layout.height);
    const said = frame ? `${scoresSentence(frame)} ${frame.convention}` : 'The ventral stream; no score yet.';
    chart.svg.setAttribute('aria-label', said);
    drawBrain(chart.page, frame, this.areas, this.layout, this.drawing);
  }

  private point(event: PointerEvent): void {
    const region = event.target instanceof Element ? event.target.getAttribute('data-area') : null;
    const { x, y } = this.chart.pointer(event);
    const card = this.layout.cards.findIndex(
      ({ left, top, width, height }) => x >= left && x <= left + width && y >= top && y <= top + height
    );
    this.mark(region === null ? card : this.areas.findIndex(({ area }) => area === region));
  }

  private walk(event: KeyboardEvent): void {
    if (!isOwnKey(event)) {
      return;
    }
    const last = this.areas.length - 1;
    const ways: Record<string, number> = {
      ArrowLeft: this.marked - 1,
      ArrowRight: this.marked + 1,
      Home: 0,
      End: last
    };
    const to = ways[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.mark(Math.min(last, Math.max(0, to)));
      this.chart.say(this.heard());
    } else if (event.key === 'Escape') {
      this.mark(-1);
    }
  }

  private heard(): string {
    const shown = this.areas[this.marked];
    const frame = this.shownFrame;
    if (!shown?.brain || !frame || shown.best < 0) {
      return `${shown?.area}: ${shown?.brain || !frame ? 'no score yet' : 'no recordings'}`;
    }
    return scoreSentence(frame, shown.brain, shown.best);
  }

  /** Marks an area, with a card of all its numbers; -1 takes the mark off. */
  private mark(index: number): void {
    this.marked = index;
    const layer = this.chart.page.within('mark');
    if (layer) {
      drawBrainMark(layer, this.layout, this.areas, index, this.drawing);
    }
    const brain = this.areas[index]?.brain;
    const frame = this.shownFrame;
    if (!brain || !frame) {
      this.chart.card.hide();
      return;
    }
    const best = this.areas[index]!.best;
    const rows = frame.modelAreas.map((area, m) => {
      const untrained = Number.isFinite(brain.untrained[m])
        ? ` (untrained ${scoreText(brain.untrained[m]!)})`
        : '';
      const colour = depthColour(m, frame.modelAreas.length, isDark());
      return {
        colour,
        name: `model ${area}`,
        value: scoreText(brain.value[m]!) + untrained,
        strong: m === best
      };
    });
    const { left, right } = regionSpan(this.areas[index]!.area, this.layout);
    this.chart.card.show(scoreCard(frame, brain, rows), right, 0, left);
  }
}
