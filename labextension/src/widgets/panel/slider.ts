/** A slider with its name, and a button that plays it: twin of slider.py. */
import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';

import { MODULE_NAME, MODULE_VERSION } from '../../version';
import { watchKernel } from './kernel_watch';
import { RangeField } from './range_field';

export class SliderModel extends DOMWidgetModel {
  private timer: number | undefined;

  override defaults(): ReturnType<DOMWidgetModel['defaults']> {
    return {
      ...super.defaults(),
      _model_name: 'SliderModel',
      _model_module: MODULE_NAME,
      _model_module_version: MODULE_VERSION,
      _view_name: 'SliderView',
      _view_module: MODULE_NAME,
      _view_module_version: MODULE_VERSION,
      description: '',
      min: 0,
      max: 100,
      step: 1,
      value: 0,
      text: '',
      disabled: false,
      interval: 0,
      playing: false
    };
  }

  override initialize(...made: Parameters<DOMWidgetModel['initialize']>): void {
    super.initialize(...made);
    watchKernel(this);
    this.on('change:playing change:interval', () => this.keepTime());
    // What it plays is drawn by the kernel: without one it would move on beside a picture that stays.
    this.on('comm_live_update', () => void (this.comm_live || this.set({ playing: false })));
    this.keepTime();
  }

  override close(...how: Parameters<DOMWidgetModel['close']>): ReturnType<DOMWidgetModel['close']> {
    window.clearInterval(this.timer);
    return super.close(...how);
  }

  number(name: string): number {
    return Number(this.get(name));
  }

  /** Steps from the first value to the last. */
  get nSteps(): number {
    return Math.max(0, Math.round((this.number('max') - this.number('min')) / this.number('step')));
  }

  get place(): number {
    return Math.round((this.number('value') - this.number('min')) / this.number('step'));
  }

  /** Goes to a place; steps of .1 would add up to .30000000000000004, which nobody has chosen. */
  goTo(place: number, playing = Boolean(this.get('playing'))): void {
    const value = Number((this.number('min') + place * this.number('step')).toPrecision(12));
    this.set({ value, playing });
    this.save_changes();
  }

  /** Plays on, or from the beginning where the end is reached. */
  press(): void {
    const playing = !this.get('playing');
    this.goTo(playing && this.place >= this.nSteps ? 0 : this.place, playing);
  }

  /** The model keeps the time, not its views: two of them would play twice as fast. */
  private keepTime(): void {
    window.clearInterval(this.timer);
    if (this.get('playing') && this.number('interval') > 0) {
      this.timer = window.setInterval(() => this.goOn(), this.number('interval'));
    }
  }

  private goOn(): void {
    const next = Math.min(this.place + 1, this.nSteps);
    this.goTo(next, next < this.nSteps);
  }
}

export class SliderView extends DOMWidgetView {
  declare model: SliderModel;
  private readonly gone = new AbortController();
  private readonly button = document.createElement('button');
  private field!: RangeField;

  override render(): void {
    super.render();
    const { button, el, gone, model } = this;
    const [name, tip] = [String(model.get('description')), String(model.get('tooltip') ?? '')];
    el.classList.add('jupyter-widgets', 'widget-inline-hbox', 'hcnn-slider');
    this.field = new RangeField(name, tip, place => model.goTo(place), gone.signal);
    button.type = 'button';
    button.className = 'jupyter-button widget-button hcnn-slider-play';
    button.addEventListener('click', () => model.press(), { signal: gone.signal });
    el.append(button, this.field.element);
    this.listenTo(model, 'change', () => this.show());
    this.show();
  }

  override remove(): void {
    this.gone.abort();
    super.remove();
  }

  private show(): void {
    const { button, field, model } = this;
    const disabled = Boolean(model.get('disabled'));
    const playing = Boolean(model.get('playing'));
    const text = String(model.get('text')) || String(model.number('value'));
    field.update({ max: model.nSteps, value: model.place, text, disabled });
    button.hidden = model.number('interval') === 0;
    button.disabled = disabled || model.nSteps === 0;
    button.textContent = playing ? 'Pause' : 'Play';
    button.setAttribute('aria-pressed', String(playing));
  }
}
