/** The title of a panel: all of it where it has room, else the fewer words that its frame has for it. */
const written = new WeakMap<HTMLElement, string>();

/**
 * Writes a title, unless it stands there already; whether it did.
 *
 * Where the header of the frame has a title in fewer words, as `brief`, a narrow panel shows that one; its tooltip and
 * its name for those who listen stay the whole one.
 */
export function writeTitle(heading: HTMLElement, title: string, header: unknown): boolean {
  const { brief } = (header ?? {}) as { brief?: unknown };
  const now = JSON.stringify([title, brief, heading.parentElement?.clientWidth]);
  if (written.get(heading) === now) {
    return false;
  }
  written.set(heading, now);
  heading.textContent = title;
  heading.title = title;
  if (typeof brief === 'string' && heading.scrollWidth > heading.clientWidth) {
    heading.textContent = brief;
  }
  return true;
}
