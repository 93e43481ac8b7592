/** Kendall's tau_A counted step by step: twin of tau_canvas.py. */
import { isDark, themeColour } from '../../theme';
import type { Fields } from '../../wire';
import { type Cell } from '../panel/export';
import { FrameModel, FrameView } from '../panel/frame_view';
import { ImagePicker } from '../panel/image_picker';
import { type ImageSheet, imageSheet } from '../panel/image_sheet';
import { keepOwnKeys } from '../panel/own_keys';
import { type TauLooks, paintTau } from './tau_drawing';
import {
  type Step,
  type TauFrame,
  countWords,
  formula,
  readTau,
  stepAt,
  stepSentence,
  stepTable,
  tauTitle
} from './tau_frame';
import { type TauLayout, tauLayout } from './tau_layout';
import { StepView } from './tau_step';
import { Transport, paintStrip } from './tau_transport';

const LEAST = 3;
const MOST = 8;

/** Images were picked, by their places in the sheet. */
type TauMessage = { kind: 'subset'; images: number[] };

export class TauCounterModel extends FrameModel {
  static override readonly panel = 'TauCounter';

  override defaults(): ReturnType<FrameModel['defaults']> {
    const sheet = { sheet_header: {}, sheet: new DataView(new ArrayBuffer(0)) };
    return { ...super.defaults(), ...sheet, position: 0 };
  }
}

/** Two matrices, the step that is looked at, and buttons to go through the steps. */
export class TauCounterView extends FrameView<TauFrame, TauMessage> {
  protected override readonly pictureKind = 'PNG';
  private readonly root = document.createElement('div');
  private readonly canvas = document.createElement('canvas');
  private readonly step = new StepView();
  private readonly voice = document.createElement('div');
  private readonly caption = document.createElement('div');
  private transport!: Transport;
  private picker!: ImagePicker;
  private layout!: TauLayout;

  protected read(header: Fields, values: DataView): TauFrame {
    return readTau(header, values);
  }

  protected mount(stage: HTMLElement): void {
    const { root, canvas, voice, caption, signal } = this;
    root.className = 'hcnn-tau';
    keepOwnKeys(root, signal);
    canvas.className = 'hcnn-tau-canvas';
    canvas.setAttribute('role', 'img');
    voice.className = 'hcnn-visually-hidden';
    voice.setAttribute('aria-live', 'polite');
    caption.className = 'hcnn-tau-caption';
    const go = (position: number, aloud: boolean): void => this.go(position, aloud);
    this.transport = new Transport(
      { position: () => this.position, steps: () => this.shownFrame?.steps ?? 0, go },
      signal
    );
    this.picker = new ImagePicker(
      { least: LEAST, most: MOST, picked: images => this.tell({ kind: 'subset', images }) },
      signal
    );
    const parts = [this.transport.element, this.step.element, this.choose(), this.picker.element];
    root.append(canvas, ...parts, voice, caption);
    stage.append(root);
    this.listenTo(this.model, 'change:position change:sheet change:sheet_header', () => this.schedule());
  }

  protected draw(frame: TauFrame): void {
    const width = Math.max(160, Math.floor(this.root.parentElement?.clientWidth ?? 0) || 640);
    this.root.classList.toggle('hcnn-mod-narrow', width < 560);
    this.layout = tauLayout(frame.count, width);
    const { position } = this;
    const step = position > 0 ? stepAt(frame, position - 1) : null;
    this.paintMatrices(frame, step);
    this.step.show(frame, step, position, this.sheet);
    this.transport.update(countWords(frame, position));
    paintStrip(this.transport.strip, width - 2, frame.signs, position, this.stripColours());
    const simulated = frame.simulated ? 'simulated recordings; ' : '';
    this.caption.textContent = `${simulated}colour and number: dissimilarity; dark is alike, bright unlike${
      frame.source ? `; ${frame.source}` : ''
    }`;
    this.canvas.setAttribute(
      'aria-label',
      `${tauTitle(frame)}: ${frame.count} images. ${formula(frame, position)}.`
    );
  }

  protected panelTitle(frame: TauFrame | null): string {
    return tauTitle(frame);
  }

  protected exportPicture(frame: TauFrame): HTMLCanvasElement {
    const { canvas, layout, position } = this;
    const copy = document.createElement('canvas');
    const [ratio, margin, room] = [canvas.width / layout.width, 12, 5.5 * layout.font];
    copy.width = Math.round((layout.width + 2 * margin) * ratio);
    copy.height = Math.round((layout.height + 2 * margin + room) * ratio);
    const context = copy.getContext('2d')!;
    const { paper, ink, font } = this.looks();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = paper;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, margin, margin, layout.width, layout.height);
    context.fillStyle = ink;
    context.font = `${layout.font}px ${font}`;
    [countWords(frame, position), formula(frame, position), frame.source].forEach((line, i) => {
      context.fillText(line, margin, layout.height + margin + (i + 1) * 1.5 * layout.font);
    });
    return copy;
  }

  protected exportNumbers(frame: TauFrame): Cell[][] {
    return stepTable(frame, this.sheet);
  }

  private get sheet(): ImageSheet {
    return imageSheet(this.model);
  }

  /** How many steps have been taken, within those that there are. */
  private get position(): number {
    const position: unknown = this.model.get('position');
    return Math.min(this.shownFrame?.steps ?? 0, typeof position === 'number' ? Math.max(0, position) : 0);
  }

  private go(position: number, aloud: boolean): void {
    const frame = this.shownFrame;
    if (!frame) {
      return;
    }
    const to = Math.min(frame.steps, Math.max(0, position));
    this.model.set('position', to);
    if (this.model.comm_live) {
      this.touch();
    }
    if (aloud || to === frame.steps) {
      this.voice.textContent = stepSentence(frame, this.sheet, to);
    }
    this.schedule();
  }

  private choose(): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'hcnn-transport-button hcnn-tau-choose';
    button.textContent = 'Choose images…';
    const toggle = (): void => {
      if (this.picker.isOpen) {
        this.picker.close();
      } else if (this.shownFrame) {
        this.picker.open(this.sheet, this.shownFrame.rows);
      }
    };
    button.addEventListener('click', toggle, { signal: this.signal });
    return button;
  }

  private paintMatrices(frame: TauFrame, step: Step | null): void {
    const { canvas, layout } = this;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(layout.width * ratio);
    canvas.height = Math.round(layout.height * ratio);
    canvas.style.width = `${layout.width}px`;
    canvas.style.height = `${layout.height}px`;
    const context = canvas.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintTau(context, frame, layout, this.sheet, step, this.looks());
  }

  private looks(): TauLooks {
    const colour = (name: string, light: string, dark: string): string =>
      themeColour(this.el, name, isDark() ? dark : light);
    return {
      ink: colour('--jp-ui-font-color0', '#000000', '#ffffff'),
      quiet: colour('--jp-ui-font-color2', '#666666', '#aaaaaa'),
      paper: colour('--jp-layout-color1', '#ffffff', '#111111'),
      font: themeColour(this.el, '--jp-ui-font-family', 'sans-serif')
    };
  }

  private stripColours(): Parameters<typeof paintStrip>[4] {
    const series = (index: number, otherwise: string): string =>
      themeColour(this.el, `--hcnn-series-${index}`, otherwise);
    return {
      concordant: series(0, '#0072b2'),
      discordant: series(1, '#c65200'),
      tied: series(5, '#5a5a5a'),
      ahead: themeColour(this.el, '--jp-border-color2', '#cccccc')
    };
  }
}
