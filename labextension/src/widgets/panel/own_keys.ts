/**
 * Which keys a panel has for itself while the focus is in it, and which it leaves to JupyterLab.
 *
 * JupyterLab hears every key before we do, and leaves alone those that come from within an element with Lumino's
 * `data-lm-suppress-shortcuts`, whatever else is held down with them. So the element has that mark only for the
 * keys that are ours: it is put on and taken off between the window and the document. What has the focus gets it too:
 * Lumino goes up from there, and a shortcut for `:focus`, as the notebook's arrow keys have it, is found there first.
 */
import { BOX } from './panel_box';

const MARK = 'data-lm-suppress-shortcuts';

/** With Ctrl or Cmd they lead to the corners of a grid. */
const ENDS = new Set(['Home', 'End']);

/**
 * Plain keys are ours, and those that lead to the corners of a grid; whatever else is pressed with Ctrl, Cmd or Alt,
 * arrows too, is JupyterLab's or the browser's. What walks asks this first.
 */
export function isOwnKey({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return !(altKey || ctrlKey || metaKey) || (ENDS.has(key) && !altKey && !shiftKey);
}

/** Keeps our keys from JupyterLab while the focus is within an element, until the signal aborts. */
export function keepOwnKeys(element: Element, signal: AbortSignal): void {
  element.setAttribute(MARK, 'true');
  decide(signal, event => {
    if (event.target instanceof Element && element.contains(event.target)) {
      for (const marked of [element, event.target]) {
        marked.toggleAttribute(MARK, isOwnKey(event));
      }
    }
  });
}

/**
 * Keeps plain keys from JupyterLab while the focus is in one of the menus and buttons around a panel, which are
 * ipywidgets': with an arrow key a closed menu would lose the focus to another cell. What the kernel's half marks as a
 * box (panel_box.py) has panels and their controls. Keys with Shift stay JupyterLab's: they run and select cells.
 */
export function keepKeysOfControls(panel: Element, signal: AbortSignal): void {
  decide(signal, event => {
    const control = event.target;
    if (control instanceof Element && !panel.contains(control) && control.closest(BOX)?.contains(panel)) {
      control.toggleAttribute(MARK, isOwnKey(event) && !event.shiftKey);
    }
  });
}

/** Calls back for every key before JupyterLab hears it, until the signal aborts. */
function decide(signal: AbortSignal, heard: (event: KeyboardEvent) => void): void {
  window.addEventListener('keydown', heard, { capture: true, signal });
}
