/** Neural predictivity from the bars down to single responses: twin of predictivity_explorer.py. */
import { isDark } from '../../theme';
import type { Fields } from '../../wire';
import { Breadcrumb, type Crumb } from '../charts/breadcrumb';
import { ChartView, type Painted } from '../charts/chart_view';
import { fontSize } from '../charts/sizes';
import type { Cell } from '../panel/export';
import { drawExplorer } from './predictivity_explorer_drawing';
import {
  type Choice,
  type ExplorerFrame,
  NOTHING,
  choiceOf,
  levelUp,
  readExplorer
} from './predictivity_explorer_frame';
import { type ExplorerLayout, type LevelName, explorerLayout, levelAt } from './predictivity_explorer_layout';
import { type Level, barsLevel, responsesLevel, sitesLevel } from './predictivity_explorer_levels';
import { explorerTable, levelSentence } from './predictivity_explorer_words';
import { FrameModel } from '../panel/frame_view';
import { imageSheet } from '../panel/image_sheet';
import { highestScore, lowestScore } from './predictivity_layout';
import { brainName, moment, scoreCaption } from '../scores/score_frame';
import { distributionLayout, lowestSite } from './site_distribution_layout';
import { responseLayout, responseRange } from './site_response_layout';
import { stepThrough } from '../panel/stepping';

/** A bar or a site was chosen; -1 for none. */
type ExplorerMessage = { kind: 'choose'; brain: number; model: number; site: number };

export class PredictivityExplorerModel extends FrameModel {
  static override readonly panel = 'PredictivityExplorer';
}

/** Room for the way from the scores down to a site, which is a line above the drawing, in pixels. */
const WAY = 28;

const LEVELS: readonly LevelName[] = ['bars', 'sites', 'responses'];

/** Bars; beneath a bar its sites; beneath a site its responses. The kernel is told what is chosen and sends what lies beneath. */
export class PredictivityExplorerView extends ChartView<ExplorerFrame, ExplorerMessage> {
  protected override readonly look = 'hcnn-mod-explorer';
  protected override readonly role = 'application';
  protected override readonly knowsHeight = true;
  private way!: Breadcrumb;
  private layout!: ExplorerLayout;
  private levels = new Map<LevelName, Level>();
  private items: Record<LevelName, number> = { bars: -1, sites: -1, responses: -1 };
  private shown: Choice | null = null;
  /** The image that stays in view, by its place in the sheet; -1 for none. */
  private pinned = -1;
  /** Axes never shrink while frames of the same choice come: nothing jumps. */
  private measure = '';
  private low = 0;
  private high = 0;
  private lowSite = 0;
  private range: [number, number] = [0, 0];

  protected read(header: Fields, values: DataView): ExplorerFrame {
    return readExplorer(header, values);
  }

  protected override mount(stage: HTMLElement): void {
    this.way = new Breadcrumb('From the scores down to a site', this.signal);
    stage.append(this.way.element);
    super.mount(stage);
    this.chart.svg.addEventListener('click', event => this.click(event), { signal: this.signal });
    this.listenTo(this.model, 'change:sheet change:sheet_header', () => this.schedule());
  }

  protected paintChart(frame: ExplorerFrame, width: number): Painted {
    const { chart } = this;
    this.settle(frame);
    const caption = chart.caption.lines([scoreCaption(frame)], width, fontSize(width));
    const most = this.fits ? Math.max(1, chart.height - WAY) : 0;
    this.layout = explorerLayout(frame, width, this.low, this.high, caption, most);
    const { font, axis } = this.layout;
    const sheet = imageSheet(this.model);
    const open = {
      sites: frame.sites && distributionLayout(frame.sites, this.layout.sites, axis, this.lowSite, font),
      responses:
        frame.responses && responseLayout(frame.responses, sheet, this.layout.responses, this.range, font)
    };
    drawExplorer(chart.page, frame, this.layout, open, isDark());
    this.levels = new Map([['bars', barsLevel(frame, this.layout, chart, isDark())]]);
    if (open.sites) {
      this.levels.set('sites', sitesLevel(frame, open.sites, chart));
    }
    if (open.responses) {
      const pinned = (index: number): boolean => index >= 0 && index === this.pinnedIndex();
      this.levels.set('responses', responsesLevel(frame, open.responses, chart, sheet, pinned));
      this.items.responses = this.pinned < 0 ? this.items.responses : this.pinnedIndex();
    }
    this.way.show(this.crumbs(frame));
    return { ...this.layout, label: levelSentence(frame) };
  }

  protected override draw(frame: ExplorerFrame): void {
    super.draw(frame);
    LEVELS.forEach(name => this.markItem(name, this.items[name]));
  }

  protected panelTitle(frame: ExplorerFrame | null): string {
    return `Neural predictivity${frame ? moment(frame) : ''}`;
  }

  protected exportNumbers(frame: ExplorerFrame): Cell[][] {
    return explorerTable(frame, imageSheet(this.model));
  }

  /** Lets the axes grow; another choice begins with axes of its own, and is said. */
  private settle(frame: ExplorerFrame): void {
    const [choice, before] = [choiceOf(frame), this.shown];
    if (JSON.stringify(choice) !== JSON.stringify(before)) {
      [this.lowSite, this.range, this.pinned] = [0, [0, 0], -1];
      // What was opened is where the keys go on when it is closed again.
      const closed = before !== null && before.brain >= 0 && choice.brain < 0;
      this.items.bars = closed ? before.brain * frame.modelAreas.length + before.model : -1;
      this.items.sites = before !== null && choice.site < 0 ? before.site : -1;
      if (before !== null) {
        this.chart.say(levelSentence(frame));
      }
      this.shown = choice;
    }
    if (frame.measure !== this.measure) {
      [this.low, this.high, this.measure] = [0, 0, frame.measure];
    }
    this.low = Math.min(this.low, lowestScore(frame));
    // As high as the axis of the sites, which it stands beside.
    this.high = Math.max(this.high, highestScore(frame), 1);
    if (frame.sites) {
      this.lowSite = Math.min(this.lowSite, lowestSite(frame.sites));
    }
    if (frame.responses) {
      const [low, high] = responseRange(frame.responses);
      this.range = [Math.min(this.range[0], low), Math.max(this.range[1], high)];
    }
  }

  private crumbs(frame: ExplorerFrame): Crumb[] {
    const { brain, model, site } = choiceOf(frame);
    const way: Crumb[] = [{ label: 'All scores', open: () => this.choose(NOTHING) }];
    if (brain >= 0) {
      const label = `${brainName(frame.brains[brain]!)} by model ${frame.modelAreas[model]}`;
      way.push({ label, open: () => this.choose({ brain, model, site: -1 }) });
    }
    if (site >= 0) {
      way.push({ label: `site ${frame.sites!.ids[site]}`, open: () => undefined });
    }
    return way;
  }

  private choose(choice: Choice): void {
    this.tell({ kind: 'choose', ...choice });
    this.chart.svg.focus({ preventScroll: true });
  }

  protected override point(event: MouseEvent): void {
    if (this.levels.size > 0) {
      const { x, y } = this.chart.pointer(event);
      const here = levelAt(this.layout, x, y);
      const item = this.levels.get(here)?.at(x, y) ?? -1;
      this.unmark(item >= 0 ? here : undefined);
      if (item >= 0 && !(here === 'responses' && this.pinned >= 0)) {
        this.markItem(here, item);
      }
    }
  }

  private click(event: MouseEvent): void {
    if (this.levels.size > 0) {
      this.point(event);
      const { x, y } = this.chart.pointer(event);
      const here = levelAt(this.layout, x, y);
      if (here === 'responses') {
        this.pin(this.levels.get(here)?.at(x, y) ?? -1);
      } else {
        this.enter(here);
      }
    }
  }

  protected override press(event: KeyboardEvent, frame: ExplorerFrame): boolean {
    const name = [...this.levels.keys()].at(-1);
    if (!name || event.shiftKey) {
      return false;
    }
    const level = this.levels.get(name)!;
    const to = stepThrough(event.key, level.order.indexOf(this.items[name]), level.order.length);
    if (to !== null) {
      this.pinned = -1;
      this.markItem(name, level.order[to]!);
      this.chart.say(level.sentence(level.order[to]!));
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.enter(name);
    } else if (event.key === 'Escape' && this.pinned >= 0) {
      this.pin(this.pinnedIndex());
    } else if (event.key === 'Escape' && frame.sites) {
      this.choose(levelUp(choiceOf(frame)));
    } else {
      return false;
    }
    return true;
  }

  /** Keeps an image in view whatever is pointed at; the same again lets it go. */
  private pin(index: number): void {
    const image = this.shownFrame?.responses?.images[index];
    if (image !== undefined) {
      this.pinned = this.pinned === image ? -1 : image;
      this.markItem('responses', index);
      this.chart.say(this.levels.get('responses')!.sentence(index));
    }
  }

  /** Where the pinned image stands among those that are shown; -1 where it does not. */
  private pinnedIndex(): number {
    return this.shownFrame?.responses?.images.indexOf(this.pinned) ?? -1;
  }

  /** Opens what lies beneath the marked item of a level; the deepest has images, which are pinned. */
  private enter(name: LevelName): void {
    const item = this.items[name];
    if (name === 'responses') {
      this.pin(item);
      return;
    }
    const choice = item >= 0 ? this.levels.get(name)?.choice(item) : null;
    if (choice) {
      this.choose(choice);
    }
  }

  /** Takes marks and card away, but for one level's; the image that was pointed at last stays in view. */
  protected override unmark(but?: LevelName): void {
    (['bars', 'sites'] as const).filter(name => name !== but).forEach(name => this.markItem(name, -1));
    if (but === undefined || but === 'responses') {
      this.chart.card.hide();
    }
  }

  private markItem(name: LevelName, item: number): void {
    const level = this.levels.get(name);
    const known = level?.order.includes(item) ? item : -1;
    this.items[name] = known;
    level?.mark(known);
  }
}
