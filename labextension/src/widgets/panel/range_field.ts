/** A slider with its name before it and its value, in words, behind: also for those who listen. */
import { isOwnKey } from './own_keys';

/** What a slider shows. */
export interface RangeState {
  max: number;
  value: number;
  /** What the value means: "IT", "step 340". */
  text: string;
  disabled: boolean;
}

/** Which way a key leads along what was measured. */
export type Way = 'previous' | 'next' | 'first' | 'last';

const WAYS: Record<string, Way> = {
  ArrowLeft: 'previous',
  ArrowDown: 'previous',
  PageDown: 'previous',
  ArrowRight: 'next',
  ArrowUp: 'next',
  PageUp: 'next',
  Home: 'first',
  End: 'last'
};

export class RangeField {
  readonly element = document.createElement('label');
  private readonly input = document.createElement('input');
  private readonly told = document.createElement('span');
  private held = false;

  /**
   * `changed` hears every value that a person goes to, also while the handle is being drawn. Where not every value is
   * one to rest at, `walked` hears keys instead, and the value comes with the next update.
   */
  constructor(
    name: string,
    description: string,
    changed: (value: number) => void,
    signal: AbortSignal,
    walked?: (way: Way) => void
  ) {
    const { element, input, told } = this;
    const before = document.createElement('span');
    before.textContent = name;
    element.className = 'hcnn-range';
    element.title = description;
    told.className = 'hcnn-range-value';
    told.setAttribute('aria-hidden', 'true');
    input.type = 'range';
    input.min = '0';
    input.step = '1';
    input.setAttribute('aria-label', name);
    input.addEventListener('input', () => changed(Number(input.value)), { signal });
    input.addEventListener('pointerdown', () => (this.held = true), { signal });
    input.addEventListener('change', () => (this.held = false), { signal });
    input.addEventListener('pointerup', () => (this.held = false), { signal });
    if (walked) {
      input.addEventListener('keydown', event => walk(event, walked), { signal });
    }
    element.append(before, input, told);
  }

  /** Brings the slider up to date; a handle that a person holds stays where it is. */
  update({ max, value, text, disabled }: RangeState): void {
    const { input, told } = this;
    input.max = String(max);
    input.disabled = disabled;
    if (!this.held && input.value !== String(value)) {
      input.value = String(value);
    }
    input.setAttribute('aria-valuetext', text);
    told.textContent = text;
  }
}

function walk(event: KeyboardEvent, walked: (way: Way) => void): void {
  const way = WAYS[event.key];
  if (way && isOwnKey(event)) {
    event.preventDefault();
    walked(way);
  }
}
