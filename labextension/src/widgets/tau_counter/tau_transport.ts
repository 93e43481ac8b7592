/** Going through steps: a strip with every verdict so far, and buttons to step, go back, play and end. */
import { isOwnKey } from '../panel/own_keys';
import { stepThrough } from '../panel/stepping';

/** What a transport asks of its panel. */
export interface TransportEvents {
  /** Where it is now, and how many steps there are. */
  position(): number;
  steps(): number;
  /** Goes to a position; `aloud` where a person should hear it. */
  go(position: number, aloud: boolean): void;
}

/** A step lasts so long while it plays; a long count goes faster. */
const SLOW_MS = 900;
const QUICK_MS = 60;
const WHOLE_MS = 60_000;

const BUTTONS = [
  ['start', 'Start', 'Go back to the start'],
  ['back', 'Back', 'Take one step back'],
  ['play', 'Play', 'Play'],
  ['step', 'Step', 'Take one step'],
  ['end', 'End', 'Go to the end']
] as const;
type Name = (typeof BUTTONS)[number][0];

export class Transport {
  readonly element = document.createElement('div');
  readonly strip = document.createElement('canvas');
  private readonly buttons = {} as Record<Name, HTMLButtonElement>;
  private timer = 0;

  constructor(
    private readonly events: TransportEvents,
    signal: AbortSignal
  ) {
    const { element, strip } = this;
    element.className = 'hcnn-transport';
    strip.className = 'hcnn-transport-strip';
    strip.tabIndex = 0;
    strip.setAttribute('role', 'slider');
    strip.setAttribute('aria-label', 'Steps of the count');
    strip.setAttribute('aria-valuemin', '0');
    strip.addEventListener('keydown', event => this.pressed(event), { signal });
    strip.addEventListener('pointerdown', event => this.pointed(event), { signal });
    strip.addEventListener('pointermove', event => event.buttons === 1 && this.pointed(event), { signal });
    const bar = document.createElement('div');
    bar.className = 'hcnn-transport-buttons';
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', 'Go through the steps');
    for (const [name, text, description] of BUTTONS) {
      bar.append(this.button(name, text, description, signal));
    }
    element.append(bar, strip);
    signal.addEventListener('abort', () => this.halt(), { once: true });
  }

  /** Whether it plays. */
  get playing(): boolean {
    return this.timer !== 0;
  }

  /** Brings buttons and strip up to date; `words` are how the count stands. */
  update(words: string): void {
    const [position, steps] = [this.events.position(), this.events.steps()];
    const { start, back, play, step, end } = this.buttons;
    if (position >= steps) {
      this.halt();
    }
    // A button that the focus is on stays: a person who steps to the end must not be thrown out of the panel.
    const states: [HTMLButtonElement, boolean][] = [
      [start, position === 0],
      [back, position === 0],
      [play, position >= steps],
      [step, position >= steps],
      [end, position >= steps]
    ];
    states.forEach(([button, off]) => button.setAttribute('aria-disabled', String(off)));
    play.textContent = this.playing ? 'Pause' : 'Play';
    play.setAttribute('aria-label', this.playing ? 'Pause' : 'Play');
    play.setAttribute('aria-pressed', String(this.playing));
    this.strip.setAttribute('aria-valuemax', String(steps));
    this.strip.setAttribute('aria-valuenow', String(position));
    this.strip.setAttribute('aria-valuetext', words);
  }

  /** Stops playing. */
  halt(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
  }

  private button(name: Name, text: string, description: string, signal: AbortSignal): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'hcnn-transport-button';
    button.textContent = text;
    button.title = description;
    button.setAttribute('aria-label', description);
    button.addEventListener('click', () => this.act(name), { signal });
    this.buttons[name] = button;
    return button;
  }

  private act(name: Name): void {
    const [position, steps] = [this.events.position(), this.events.steps()];
    const play = name === 'play' && !this.playing && position < steps;
    this.halt();
    if (play) {
      const pace = Math.max(QUICK_MS, Math.min(SLOW_MS, WHOLE_MS / steps));
      this.timer = window.setInterval(() => this.events.go(this.events.position() + 1, pace > 500), pace);
      this.events.go(position + 1, true);
    } else {
      const to = { start: 0, back: position - 1, play: position, step: position + 1, end: steps }[name];
      this.events.go(to, true);
    }
  }

  private pressed(event: KeyboardEvent): void {
    const target = stepThrough(event.key, this.events.position(), this.events.steps() + 1);
    if (!isOwnKey(event) || event.shiftKey) {
      return;
    }
    if (target !== null) {
      this.halt();
      this.events.go(target, true);
    } else if (event.key === ' ' || event.key === 'Enter') {
      this.act('play');
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private pointed(event: PointerEvent): void {
    const { left, width } = this.strip.getBoundingClientRect();
    if (width > 0) {
      this.halt();
      this.events.go(Math.ceil(((event.clientX - left) / width) * this.events.steps()), true);
    }
  }
}

/** Paints one bar per step: what has been counted in its colour, up for +1, down for -1; what is to come in grey. */
export function paintStrip(
  canvas: HTMLCanvasElement,
  width: number,
  signs: Int8Array,
  position: number,
  colours: Record<'concordant' | 'discordant' | 'tied' | 'ahead', string>
): void {
  const [ratio, height] = [window.devicePixelRatio || 1, 26];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const each = width / signs.length;
  const gap = each > 4 ? 1 : 0;
  signs.forEach((sign, i) => {
    const done = i < position;
    const kind = !done ? 'ahead' : sign > 0 ? 'concordant' : sign < 0 ? 'discordant' : 'tied';
    const [top, high] = !done || sign === 0 ? [height / 2 - 2, 4] : sign > 0 ? [2, 11] : [height / 2, 11];
    context.fillStyle = colours[kind];
    context.fillRect(i * each, top, each - gap, high);
  });
}
