/** What a panel says while no kernel hears it: on a page with cells, and on a saved page, which has none. */

/** Says of the page's body that it was saved: set by page/saved_page.ts, before anything is drawn. */
export const SAVED_PAGE = 'hcnnSavedPage';

/** Whether this page holds what panels showed last, and nothing that could be run. */
export function isSavedPage(): boolean {
  return document.body.dataset[SAVED_PAGE] !== undefined;
}

/**
 * What to say of a panel that shows something, or nothing yet: on a page without cells there is nothing to run, and
 * behind a line that is cut the kernel may well go on.
 */
export function unheard(shows: boolean, isCut: boolean): string {
  if (isSavedPage()) {
    return shows ? '' : 'Nothing was shown here yet when the page was saved.';
  }
  if (isCut) {
    return shows ? 'No kernel is connected: this is the last state it sent.' : 'No kernel is connected.';
  }
  return 'No kernel is connected: run the cell again.';
}
