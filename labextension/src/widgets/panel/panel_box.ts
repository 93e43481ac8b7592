/** The menus and buttons around a panel, which are ipywidgets', and the code at its foot: twin of panel_box.py. */

/** What has panels and their controls. */
export const BOX = '.hcnn-box';

/** The planes of labs among them: bqplot moves a dot by itself. */
const CONTROLS = 'button, select, input, .widget-slider, .hcnn-plane';
/** How long a kernel may take to show the code that was asked for. */
const PATIENCE_MS = 5000;

/** Has the controls around a panel rest while no kernel hears them: what they say would not be what is shown. */
export function restControls(panel: Element, rest: boolean): void {
  for (let box = panel.closest(BOX); box; box = box.parentElement?.closest(BOX) ?? null) {
    for (const control of box.querySelectorAll(CONTROLS)) {
      control.toggleAttribute('inert', rest && !control.closest('.hcnn-panel'));
    }
  }
}

/** Brings the code at a panel's foot into view when a button around the panel opens it, until the signal aborts. */
export function showOpenedCode(panel: Element, signal: AbortSignal): void {
  const asked = ({ target }: Event): void => {
    const button = target instanceof Element && !panel.contains(target) && target.closest('button');
    const box = panel.closest(BOX);
    const code = box?.querySelector<HTMLElement>(':scope > .widget-textarea');
    if (button && code && box!.contains(button) && code.offsetHeight === 0) {
      scrollOnceOpen(code, signal);
    }
  };
  document.addEventListener('click', asked, { capture: true, signal });
}

function scrollOnceOpen(code: HTMLElement, signal: AbortSignal): void {
  const observer = new ResizeObserver(() => {
    if (code.offsetHeight > 0) {
      observer.disconnect();
      code.scrollIntoView({ block: 'nearest' });
    }
  });
  observer.observe(code);
  const given = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  given.addEventListener('abort', () => observer.disconnect(), { once: true });
}
