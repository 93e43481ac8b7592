/**
 * The stage: one panel, or a whole dashboard, fills the screen, with print for the last row of a lecture hall.
 *
 * Everything on it is laid out for a small screen and shown larger, so that the smallest print of 12 pixels is 24 on a
 * projector of 1080 lines. Where the browser lets us we take the whole screen, else the window: a popover stands above
 * everything in the page as well, and needs no press of a person.
 */
import { measureAsLaidOut } from './foreign_figures';
import { BOX } from './panel_box';

const PANEL = '.hcnn-panel';
/** Class of what fills the screen. */
export const STAGED = 'hcnn-mod-on-stage';
/** Whoever bears this class puts what it stands in on the stage. */
const BUTTON = '.hcnn-to-stage';
/** A field takes letters for itself. */
const TAKES_LETTERS =
  'input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true]';

/** What everything on the stage is laid out for, in pixels. */
export const LAID_OUT = { width: 960, height: 540 };

/** The button of a panel. */
export const TO_STAGE = {
  label: 'Stage',
  description: 'Fill the screen with this panel, for a wall (F); Escape comes back',
  look: 'hcnn-to-stage',
  // The press is heard by all the page, as that of the dashboard's own button, which is the kernel's.
  run: (): void => undefined
};

let listening: Document | null = null;
let leave: (() => void) | null = null;

/** How much larger than it is laid out a screen of this size shows everything; never smaller. */
export function enlargement(width: number, height: number): number {
  return Math.max(1, Math.min(width / LAID_OUT.width, height / LAID_OUT.height));
}

/** Has buttons and the key F bring things onto the stage, from the first panel on. */
export function hearStage(): void {
  if (listening !== document) {
    listening = document;
    document.addEventListener('click', pressed);
    document.addEventListener('keydown', typed);
  }
}

/** The whole that an element is part of: the outermost box with panels, or a panel without one. */
export function wholeOf(element: Element): HTMLElement | null {
  let whole = element.closest<HTMLElement>(BOX) ?? element.closest<HTMLElement>(PANEL);
  for (let box = whole; box; box = box.parentElement?.closest<HTMLElement>(BOX) ?? null) {
    whole = box;
  }
  return whole;
}

/** A panel with its own controls, without the dashboard that both may be in. */
export function partOf(element: Element): HTMLElement | null {
  const panel = element.closest<HTMLElement>(PANEL);
  const box = panel?.closest<HTMLElement>(BOX) ?? null;
  return box && box.querySelectorAll(PANEL).length === 1 ? box : panel;
}

/** Whether something fills the screen. */
export function isOnStage(element: Element): boolean {
  return element.closest(`.${STAGED}`) !== null;
}

/** Brings an element onto the stage, or back into its page where it is there already. */
export function toggleStage(element: HTMLElement): void {
  const back = element.classList.contains(STAGED);
  leave?.();
  if (!back && element.isConnected) {
    enter(element);
  }
}

/** Acts on a message from the kernel: whoever runs `panel.stage()` wants it, or the dashboard around it, on the wall. */
export function stageAsked(panel: Element, content: unknown): void {
  const { kind, whole } = (content ?? {}) as { kind?: unknown; whole?: unknown };
  const wanted = whole === true ? wholeOf(panel) : partOf(panel);
  if (kind === 'stage' && wanted) {
    toggleStage(wanted);
  }
}

function enter(element: HTMLElement): void {
  const life = new AbortController();
  const { signal } = life;
  const before = document.activeElement;
  const enlarge = (): void =>
    element.style.setProperty(
      '--hcnn-stage-zoom',
      String(enlargement(window.innerWidth, window.innerHeight))
    );
  leave = (): void => {
    leave = null;
    life.abort();
    withdraw(element);
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  };
  measureAsLaidOut(element);
  element.classList.add(STAGED);
  enlarge();
  window.addEventListener('resize', enlarge, { signal });
  document.addEventListener('fullscreenchange', () => document.fullscreenElement !== element && leave?.(), {
    signal
  });
  element.addEventListener('toggle', event => closed(event) && leave?.(), { signal });
  void fill(element, signal);
  if (!element.contains(before)) {
    element.querySelector<HTMLElement | SVGElement>('[tabindex="0"], button')?.focus({ preventScroll: true });
  }
}

/** The whole screen after a press, which browsers ask for; the window where they refuse. */
async function fill(element: HTMLElement, signal: AbortSignal): Promise<void> {
  try {
    await element.requestFullscreen();
  } catch {
    if (!signal.aborted) {
      element.popover = 'manual';
      // A browser without popovers shows it over the window as far as what it stands in lets it.
      (element as Partial<Pick<HTMLElement, 'showPopover'>>).showPopover?.();
    }
  }
}

function withdraw(element: HTMLElement): void {
  element.classList.remove(STAGED);
  element.style.removeProperty('--hcnn-stage-zoom');
  if (document.fullscreenElement === element) {
    void document.exitFullscreen();
  }
  if (element.popover !== null) {
    element.popover = null;
  }
}

function closed(event: Event): boolean {
  return event.target === event.currentTarget && (event as ToggleEvent).newState === 'closed';
}

function pressed({ target }: Event): void {
  const button = target instanceof Element ? target.closest(BUTTON) : null;
  const staged = button && (button.closest(PANEL) ? partOf(button) : wholeOf(button));
  if (staged) {
    toggleStage(staged);
  }
}

function typed(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
  if (defaultPrevented || ctrlKey || metaKey || altKey || !(target instanceof Element)) {
    return;
  }
  const whole = target.closest<HTMLElement>(`.${STAGED}`) ?? wholeOf(target);
  if (key === 'Escape') {
    leave?.();
  } else if (key.toLowerCase() === 'f' && !shiftKey && whole && !target.matches(TAKES_LETTERS)) {
    event.preventDefault();
    toggleStage(whole);
  }
}
