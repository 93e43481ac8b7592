/** The bars as something to point at and to walk: a transparent field over them, its card, its voice. */
import { scoreText } from '../charts/chart_words';
import type { ChartStage } from '../charts/chart_stage';
import { isOwnKey } from '../panel/own_keys';
import { drawBarMark } from './rdm_bars_drawing';
import type { RdmFrame } from './rdm_frame';
import { barRowAt, rowOf } from './rdm_bars_layout';
import type { RdmLayout } from './rdm_layout';
import { type BarName, areaTitle, barSentence, brainTitle, noScoreText, scoresSummary } from './rdm_words';

const WALK = 'Walk the bars with the arrow keys';
const SHOW = '; Enter shows the RDM of a model area';

export class BarsArea {
  readonly element = document.createElement('div');
  private frame: RdmFrame | null = null;
  private layout: RdmLayout | null = null;
  private bar: BarName | null = null;

  /** `chosen` hears which model area is to be shown. */
  constructor(
    private readonly chart: ChartStage,
    private readonly chosen: (area: string) => void,
    signal: AbortSignal
  ) {
    const { element } = this;
    element.className = 'hcnn-rdm-bars';
    element.tabIndex = 0;
    element.setAttribute('role', 'img');
    element.addEventListener('pointermove', event => this.mark(this.under(event)), { signal });
    element.addEventListener('pointerleave', () => this.mark(null), { signal });
    element.addEventListener('blur', () => this.mark(null), { signal });
    element.addEventListener('click', event => this.choose(this.under(event)), { signal });
    element.addEventListener('keydown', event => this.walk(event), { signal });
  }

  /** Lies over the bars of a frame; what was marked stays marked where it is still there. */
  place(frame: RdmFrame, layout: RdmLayout): void {
    this.frame = frame;
    this.layout = layout;
    const tops = layout.bars.map(({ plot }) => plot.top);
    const bottoms = layout.bars.map(({ plot }) => plot.top + plot.height);
    const top = Math.min(...tops);
    Object.assign(this.element.style, {
      top: `${top}px`,
      width: `${layout.width}px`,
      height: `${Math.max(...bottoms) - top}px`
    });
    const how = frame.areas.length > 1 ? `${WALK}${SHOW}` : WALK;
    const name = `${scoresSummary(frame)} ${frame.convention}. ${how}.`;
    if (this.element.getAttribute('aria-label') !== name) {
      this.element.setAttribute('aria-label', name);
    }
    const { bar } = this;
    this.mark(bar && bar.brain < frame.brains.length && bar.bar < rowsOf(frame) ? bar : null);
  }

  private under(event: MouseEvent): BarName | null {
    const { x, y } = this.chart.pointer(event);
    return this.layout && barRowAt(this.layout, x, y);
  }

  private walk(event: KeyboardEvent): void {
    const { frame } = this;
    if (!frame || !isOwnKey(event) || event.shiftKey) {
      return;
    }
    const { brain, bar } = this.bar ?? { brain: 0, bar: -1 };
    const ways: Record<string, BarName> = {
      ArrowDown: { brain, bar: Math.min(rowsOf(frame) - 1, bar + 1) },
      ArrowUp: { brain, bar: Math.max(0, bar - 1) },
      ArrowRight: { brain: Math.min(frame.brains.length - 1, brain + 1), bar: Math.max(0, bar) },
      ArrowLeft: { brain: Math.max(0, brain - 1), bar: Math.max(0, bar) }
    };
    const to = ways[event.key];
    if (to) {
      this.mark(to);
      this.chart.say(barSentence(frame, to));
    } else if (event.key === 'Enter') {
      this.choose(this.bar);
    } else if (event.key === 'Escape') {
      this.mark(null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private choose(bar: BarName | null): void {
    const area = bar && this.frame?.areas[bar.bar];
    if (area) {
      this.chosen(area);
    }
  }

  /** Marks a bar, with a card of its numbers. */
  private mark(bar: BarName | null): void {
    this.bar = bar;
    const { frame, layout } = this;
    const layer = this.chart.page.within('bar');
    if (!frame || !layout || !layer) {
      return;
    }
    drawBarMark(layer, layout, bar);
    const place = bar && layout.bars[bar.brain];
    if (!bar || !place) {
      this.chart.card.hide();
      return;
    }
    const y = place.plot.top + (rowOf(layout, bar.bar) + 0.5) * layout.rowHeight;
    this.chart.card.show(barCard(frame, bar), place.plot.left + place.plot.width, y, place.plot.left);
  }
}

function rowsOf(frame: RdmFrame): number {
  return frame.areas.length + frame.references.length;
}

/** What the card of a bar says. */
function barCard(frame: RdmFrame, { brain: b, bar }: BarName): Parameters<ChartStage['card']['show']>[0] {
  const brain = frame.brains[b]!;
  const at = bar - frame.areas.length;
  const own = at < 0;
  const value = own ? brain.value[bar]! : brain.reference[at]!;
  const error = own ? brain.error[bar]! : brain.referenceError[at]!;
  const name = own ? areaTitle(frame, frame.areas[bar]!) : frame.references[at]!;
  const rows = [{ name, value: scoreText(value), strong: true }];
  const more: [string, string, boolean][] = [
    ['standard error', scoreText(error), Number.isFinite(error)],
    ['untrained', own ? scoreText(brain.untrained[bar]!) : '', own],
    ['noise ceiling', `${scoreText(brain.lower)} to ${scoreText(brain.upper)}`, Number.isFinite(brain.lower)],
    ['no model above', scoreText(brain.bound), Number.isFinite(brain.bound)]
  ];
  const shown = more.filter(([, , known]) => known).map(([what, text]) => ({ name: what, value: text }));
  const note = [frame.method, noScoreText(brain, bar), own ? '' : frame.referenceWords[at]];
  return { title: brainTitle(brain), rows: [...rows, ...shown], note: note.filter(Boolean).join('. ') };
}
