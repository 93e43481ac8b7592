"""One page of JupyterLab for one journey after the other: to load it takes five seconds of a core."""

import re

from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Browser, Error, Page

SIZE = {"width": 1280, "height": 800}
TIDY = """
async () => {
  if (document.querySelector('.jp-Dialog')) return false;
  const { commands, shell } = window.jupyterapp;
  for (const opened of [...shell.widgets('main'), ...shell.widgets('down')]) opened.dispose();
  if (document.body.dataset.jpThemeLight !== 'true') {
    await commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' });
  }
  shell.expandLeft();
  shell.activateById('filebrowser');
  return !document.querySelector('.jp-Dialog, .lm-Menu, .hcnn-panel');
}
"""
"""Close what is open, without asking, and leave theme and sidebar as JupyterLab comes; tell whether nothing stays.

A page that asks something, as where a kernel has died, is none to go on with.
"""


NOT_OURS = re.compile("Canceled future for create_subshell_request|^Disposed$")
"""What JupyterLab itself throws where a notebook goes: while its kernel is asked for a subshell; while it is saved."""


class KeptPage:
    """A page that is kept from one journey to the next as long as it is as JupyterLab comes, and what failed in it.

    Parameters
    ----------
    browser : Browser
    lab : JupyterLab
    """

    def __init__(self, browser: Browser, lab: JupyterLab) -> None:
        self._browser, self._lab = browser, lab
        self._page: Page | None = None
        self.errors: list[str] = []
        """What was thrown in the page, and caught by nobody, since it was lent."""

    def lend(self) -> Page:
        """Return the page, a new one where none is kept."""
        page = self._page or self._new()
        self._page = None
        self.errors.clear()
        return page

    def take_back(self, page: Page) -> None:
        """Keep the page, left as JupyterLab comes; close it where that cannot be."""
        for other in page.context.pages:
            if other is not page:
                other.close()
        if self._tidy(page):
            self._page = page
        else:
            page.context.close()

    def _new(self) -> Page:
        self._lab.forget_settings()
        context = self._browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
        context.set_extra_http_headers({"Authorization": f"token {TOKEN}"})
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self._note(str(error)))
        return page

    def _note(self, message: str) -> None:
        if not NOT_OURS.search(message):
            self.errors.append(message)

    def _tidy(self, page: Page) -> bool:
        if not page.url.startswith(self._lab.url("/lab")):
            return False
        try:
            tidied = bool(page.evaluate(TIDY))
        except Error:
            return False
        page.set_viewport_size(SIZE)  # type: ignore[arg-type]
        page.mouse.move(0, 0)
        return tidied
