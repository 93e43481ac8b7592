/** Whether anyone can see a model: on screen, in a tab that is in front. */

/** The views on screen of each model: one model may be shown in several places. */
const onScreen = new WeakMap<object, Set<object>>();

/**
 * Notes that a view of a model is (not) on screen.
 * Returns whether any view of this model is.
 */
export function note(model: object, view: object, visible: boolean): boolean {
  const views = onScreen.get(model) ?? new Set<object>();
  onScreen.set(model, views);
  if (visible) {
    views.add(view);
  } else {
    views.delete(view);
  }
  return views.size > 0;
}

/** Calls back with whether an element can be seen, at first and at each change, until the signal aborts. */
export function watchVisibility(
  element: Element,
  changed: (visible: boolean) => void,
  signal: AbortSignal
): void {
  let intersects: boolean | null = null;
  let last: boolean | null = null;
  let gone = false;
  const check = (): void => {
    if (intersects === null) {
      return;
    }
    const visible = intersects && !gone && document.visibilityState !== 'hidden';
    if (visible !== last) {
      last = visible;
      changed(visible);
    }
  };
  const observer = new IntersectionObserver(entries => {
    intersects = entries[entries.length - 1]?.isIntersecting ?? false;
    check();
  });
  observer.observe(element);
  const leave = (left: boolean): void => {
    gone = left;
    check();
  };
  document.addEventListener('visibilitychange', check, { signal });
  // A page that is closed or reloaded goes without a change of its visibility in some browsers.
  window.addEventListener('pagehide', () => leave(true), { signal });
  window.addEventListener('pageshow', () => leave(false), { signal });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
