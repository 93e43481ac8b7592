/**
 * The base of our panels: frames come in, each is drawn once and acknowledged.
 *
 * A panel says what it is waiting for or what went wrong in words, keeps quiet while
 * nobody sees it, follows theme and size, hands out its picture and its numbers, and
 * leaves nothing behind when it is removed.
 */
import { DOMWidgetView } from '@jupyter-widgets/base';

import { watchTheme } from '../../theme';
import { Fields, FrameError, type FrameSignal, PAGE, dataView } from '../../wire';
import { type Cell, type Picture, csvText, download, pictureBlob, toolbar } from './export';
import { isCut } from './kernel_watch';
import { keepKeysOfControls } from './own_keys';
import { restControls, showOpenedCode } from './panel_box';
import { writeTitle } from './title';
import { TO_STAGE, hearStage, isOnStage, stageAsked } from './stage';
import { unheard } from './unheard';
import { note, watchVisibility } from './visibility';

export { FrameModel } from './frame_model';

/** After that time a new theme has laid the page out. */
const SETTLED_MS = 250;

/** A view of frames of the form F, which tells the kernel messages of the form M. DOM is made in `mount`, never in a constructor (Backbone renders later). */
export abstract class FrameView<F, M extends { kind: string } = never> extends DOMWidgetView {
  private readonly life = new AbortController();
  private stage!: HTMLElement;
  private status!: HTMLElement;
  private alert!: HTMLElement;
  private heading!: HTMLElement;
  private request = 0;
  private frame: F | null = null;
  private problem = '';
  private stale = true;
  private acked = -1;
  private visible: boolean | null = null;

  /** Checks a frame and gives it a form; throws FrameError with a sentence where it does not fit. */
  protected abstract read(header: Fields, values: DataView): F;
  /** Makes what lasts: called once, before the first draw. Listeners take `this.signal`. */
  protected abstract mount(stage: HTMLElement): void;
  /** Draws a frame; again, with the same frame, when theme or width change. */
  protected abstract draw(frame: F): void;
  /** The panel's name, e.g. "Kernels of V1"; before the first frame without what it tells. */
  protected abstract panelTitle(frame: F | null): string;
  /** The drawing to export: SVG or canvas; null where there is none. */
  protected abstract exportPicture(frame: F): Picture | null | Promise<Picture>;
  /** The numbers behind the drawing, the first row being the names of the columns. */
  protected abstract exportNumbers(frame: F): Cell[][];
  /** Further tables, each with a button of its own. */
  protected moreNumbers(): { label: string; description: string; rows(frame: F): Cell[][] }[] {
    return [];
  }
  /** What the picture is saved as: it names the button. */
  protected readonly pictureKind: 'PNG' | 'SVG' = 'SVG';

  /** Whether the panel can lay itself out for a height. */
  protected readonly knowsHeight: boolean = false;

  /** Whether the drawing ends where its cell does, in height as in width; the stage is a cell, too. */
  protected get fits(): boolean {
    return this.knowsHeight && (this.model.get('fits') === true || isOnStage(this.el));
  }

  /** Aborts when the panel is removed: give it to every addEventListener. */
  get signal(): AbortSignal {
    return this.life.signal;
  }

  /** The frame drawn last; null before the first. */
  get shownFrame(): F | null {
    return this.frame;
  }

  override render(): void {
    this.build();
    this.mount(this.stage);
    this.listenTo(this.model, 'change:header change:values', () => this.arrived());
    this.listenTo(this.model, 'change:message change:wrong change:notice', () => this.speak());
    this.listenTo(this.model, 'comm_live_update', () => this.connectionChanged());
    this.listenTo(this.model, 'change:fits', () => this.schedule());
    keepKeysOfControls(this.el, this.signal);
    showOpenedCode(this.el, this.signal);
    hearStage();
    this.listenTo(this.model, 'msg:custom', (content: unknown) => stageAsked(this.el, content));
    watchTheme(() => this.restyle(), this.signal);
    watchVisibility(this.el, visible => this.seen(visible), this.signal);
    this.watchRoom();
    this.arrived();
    this.speak();
    this.tell({ kind: 'snapshot' });
  }

  /** Draws in the next animation frame; any number of calls until then draw once. */
  schedule(): void {
    if (this.request === 0 && !this.signal.aborted) {
      this.request = requestAnimationFrame(() => this.paint());
    }
  }

  /** Draws in the new theme; and once more, since widths are wrong while its style sheets are being exchanged. */
  private restyle(): void {
    this.schedule();
    setTimeout(() => this.schedule(), SETTLED_MS);
  }

  /** Sends a message to the kernel, where there is one. */
  tell(message: FrameSignal | M): void {
    if (this.model.comm_live) {
      this.send(message);
    }
  }

  override remove(): this {
    cancelAnimationFrame(this.request);
    if (!this.signal.aborted) {
      this.seen(false);
      this.life.abort();
    }
    super.remove();
    return this;
  }

  private build(): void {
    const bar = document.createElement('div');
    this.heading = document.createElement('div');
    this.stage = document.createElement('div');
    this.status = document.createElement('div');
    bar.className = 'hcnn-bar';
    this.heading.className = 'hcnn-title';
    this.stage.className = 'hcnn-stage';
    this.status.className = 'hcnn-message';
    this.status.setAttribute('role', 'status');
    this.alert = document.createElement('div');
    this.alert.className = 'hcnn-alert';
    this.alert.setAttribute('role', 'alert');
    const actions = toolbar(this.actions(), this.panelTitle(null), this.signal);
    bar.append(this.heading, this.status, actions);
    this.el.classList.add('hcnn-panel');
    this.el.setAttribute('role', 'group');
    this.el.append(bar, this.alert, this.stage);
    this.name();
  }

  private actions(): Parameters<typeof toolbar>[0] {
    const kind = this.pictureKind;
    return [
      { label: kind, description: `Save the picture as ${kind}`, run: () => void this.savePicture() },
      {
        label: 'CSV',
        description: 'Save the numbers behind it as CSV',
        run: () => this.saveNumbers(frame => this.exportNumbers(frame))
      },
      ...this.moreNumbers().map(table => ({
        label: table.label,
        description: table.description,
        run: () => this.saveNumbers(frame => table.rows(frame))
      })),
      TO_STAGE
    ];
  }

  private name(): void {
    const title = this.panelTitle(this.frame);
    if (writeTitle(this.heading, title, this.model.get('header'))) {
      this.el.setAttribute('aria-label', title);
    }
  }

  private arrived(): void {
    this.stale = true;
    this.schedule();
  }

  private paint(): void {
    this.request = 0;
    try {
      this.problem = '';
      this.el.classList.toggle('hcnn-mod-fits', this.fits);
      this.take();
      this.name();
      if (this.frame !== null) {
        this.draw(this.frame);
      }
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      if (!(error instanceof FrameError)) {
        console.error('hcnn-widgets: a panel could not be drawn.', error);
      }
    }
    this.speak();
    this.acknowledge();
  }

  /** Reads the model's frame, unless it is the one that is shown; an empty one takes what is shown off the page. */
  private take(): void {
    if (this.stale) {
      const header: unknown = this.model.get('header');
      this.frame = this.isEmpty ? null : this.read(new Fields(header), dataView(this.model.get('values')));
      this.stale = false;
    }
  }

  /** Whether the model holds no frame; one that has come may not be drawn yet. */
  private get isEmpty(): boolean {
    return Object.keys((this.model.get('header') as object | null) ?? {}).length === 0;
  }

  /** Says that a frame is done with, drawn or not: the kernel waits for it before the next. */
  private acknowledge(): void {
    const sequence: unknown = (this.model.get('header') as { sequence?: unknown } | null)?.sequence;
    if (typeof sequence === 'number' && sequence !== this.acked) {
      this.acked = sequence;
      this.tell({ kind: 'ack', sequence, page: PAGE });
    }
  }

  /** Says whether a kernel hears. To one that is there again a view is new: it may have been forgotten meanwhile. */
  private connectionChanged(): void {
    this.speak();
    this.schedule();
    this.tell({ kind: 'snapshot' });
    if (this.visible !== null) {
      this.seen(this.visible);
    }
  }

  private seen(visible: boolean): void {
    this.visible = visible;
    this.tell({ kind: 'visible', visible: note(this.model, this, visible), page: PAGE });
  }

  private speak(): void {
    const heard = this.model.comm_live;
    restControls(this.el, !heard);
    const said = String(this.model.get('message') ?? '');
    const wrong = this.model.get('wrong') === true ? said : '';
    const alert = this.problem || wrong || String(this.model.get('notice') ?? '');
    write(this.alert, alert);
    const waits = alert || this.frame !== null || !this.isEmpty ? '' : 'Waiting for the first numbers.';
    const status = heard
      ? (said === alert ? '' : said) || waits
      : unheard(this.frame !== null, isCut(this.model));
    write(this.status, status);
    this.status.title = status;
    this.el.classList.toggle('hcnn-mod-waiting', this.frame === null);
  }

  private watchRoom(): void {
    let room = '';
    const observer = new ResizeObserver(entries => {
      const { width = 0, height = 0 } = entries[entries.length - 1]?.contentRect ?? {};
      // The height is that of what is drawn, unless the cell gives it.
      const now = `${Math.round(width)} ${this.fits ? Math.round(height) : ''}`;
      if (now !== room) {
        room = now;
        this.schedule();
      }
    });
    observer.observe(this.stage);
    this.signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  }

  private fileName(ending: string): string {
    const stem = this.panelTitle(this.frame)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-');
    return `${stem.replace(/^-|-$/g, '')}.${ending}`;
  }

  private async savePicture(): Promise<void> {
    const picture = this.frame && (await this.exportPicture(this.frame));
    if (picture) {
      download(await pictureBlob(picture), this.fileName(this.pictureKind.toLowerCase()));
    }
  }

  private saveNumbers(rows: (frame: F) => Cell[][]): void {
    if (this.frame) {
      const blob = new Blob([csvText(rows(this.frame))], { type: 'text/csv' });
      download(blob, this.fileName('csv'));
    }
  }
}

/** Sets words where they differ: what is said twice is heard twice. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
