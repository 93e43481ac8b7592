/** Making the elements of a card or a pane. */

/** An element with a class and a text, which is never read as HTML. */
export function element(className: string, text = '', tag: 'div' | 'span' | 'strong' = 'div'): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
