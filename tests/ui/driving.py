"""What a person does in JupyterLab, for the journeys."""

import re
import urllib.request

from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Locator, Page, expect

IN_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
LIBRARIES_MS = 90_000
"""The first cell of a kernel waits for TensorFlow, on a machine that others use too."""


def open_notebook(page: Page, lab: JupyterLab, name: str, *cells: str, alone: bool = True) -> None:
    """Write a notebook of these cells and open it: alone, or beside what is open."""
    if not alone:
        page.wait_for_timeout(1_500)  # JupyterLab writes down after a moment what is open
    page.goto(lab.url(f"/lab/tree/{lab.write_notebook(name, *cells)}{'?reset' if alone else ''}"))
    expect(page.locator(f"{IN_FRONT} .jp-CodeCell").first).to_be_visible(timeout=60_000)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)


def run_cell(page: Page, index: int) -> None:
    """Run one cell, without waiting for its end."""
    page.locator(f"{IN_FRONT} .jp-CodeCell").nth(index).locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")


def choose(page: Page, menu: str, entry: str) -> None:
    """Choose from a menu of the menu bar."""
    page.locator(".lm-MenuBar-item", has_text=menu).click()
    page.locator(".lm-Menu-item", has=page.locator(f".lm-Menu-itemLabel:text-is('{entry}')")).click()


def go_dark(page: Page) -> None:
    """Change from JupyterLab's light theme, in which every page begins, to its dark one, and see it through."""
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")
    choose(page, "Settings", "Theme")
    page.locator(".lm-Menu-itemLabel:text-is('JupyterLab Dark')").click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    expect(page.locator("#jupyterlab-splash")).to_have_count(0)


def button(page: Page, name: str) -> Locator:
    """Give a button of a panel by its words."""
    return page.locator(".jp-OutputArea button").filter(has_text=re.compile(rf"^\s*{name}$"))


def state_line(page: Page) -> Locator:
    """Give the line that says where the run stands."""
    return page.locator(".jp-OutputArea .widget-label").filter(has_text=re.compile(r"step [\d,]+ of"))


def steps_done(page: Page) -> int:
    """Give the step that the monitor shows."""
    found = re.search(r"step ([\d,]+) of", state_line(page).first.inner_text())
    assert found is not None
    return int(found[1].replace(",", ""))


def expect_steps_to_go_on(page: Page) -> None:
    """Wait for a later step than the one that is shown."""
    before = steps_done(page)
    expect(state_line(page).first).not_to_contain_text(re.compile(f"step {before:,} of"), timeout=15_000)
    assert steps_done(page) > before


def printed_on_stderr(page: Page) -> list[str]:
    """Give what cells have printed that is not a result."""
    return page.locator(".jp-RenderedText[data-mime-type*=stderr]").all_inner_texts()


def end_all_kernels(lab: JupyterLab) -> None:
    """End the kernels, and with them their trainings: the next journey needs the machine."""
    for kernel in lab.ask("/api/kernels"):
        address, key = lab.url(f"/api/kernels/{kernel['id']}"), {"Authorization": f"token {TOKEN}"}
        urllib.request.urlopen(urllib.request.Request(address, headers=key, method="DELETE"), timeout=30).close()
