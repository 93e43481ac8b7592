/** What the page around a panel looks like: theme and colours. */

/** True in a dark theme of JupyterLab, or where the system asks for dark outside of it. */
export function isDark(): boolean {
  const light = document.body.dataset.jpThemeLight;
  if (light !== undefined) {
    return light === 'false';
  }
  return window.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false;
}

/** The value of a CSS variable as it stands at an element, e.g. `--jp-brand-color1`. */
export function themeColour(element: Element, variable: string, otherwise: string): string {
  return getComputedStyle(element).getPropertyValue(variable).trim() || otherwise;
}

/** Calls back when the theme changes, until the signal aborts. */
export function watchTheme(changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(changed);
  const attributeFilter = ['data-jp-theme-light', 'data-jp-theme-name'];
  observer.observe(document.body, { attributes: true, attributeFilter });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
