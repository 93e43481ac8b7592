"""What a person does in JupyterLab, for the journeys."""

import re
from contextlib import suppress

from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, Response, TimeoutError, expect

IN_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
OPEN = """
async ([path, alone]) => {
  const { commands, shell } = window.jupyterapp;
  const leave = but => [...shell.widgets('main')].forEach(each => each !== but && each.dispose());
  if (alone) leave(null);
  const opened = await commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await opened.context.ready;
  shell.activateById(opened.id);
  if (alone) leave(opened);
}
"""
"""Open a notebook in the JupyterLab that a page shows, as a click in its list of files does."""
RESTS = 6
"""Looks, 50 ms apart, at which what rests stands where it stood: a drawing is drawn anew when it knows its width."""
LIBRARIES_MS = 180_000
"""The first cell of a kernel waits for TensorFlow, on a machine that others use too."""


def open_notebook(
    page: Page, lab: JupyterLab, name: str, *cells: str, alone: bool = True, with_keras: bool = False
) -> None:
    """Write a notebook of these cells and open it: alone, or beside what is open; in a new kernel, or the kept one."""
    path = lab.write_notebook(name, *cells)
    if with_keras:
        lab.kernel.connect(path)
    show_notebook(page, lab, path, alone)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)


def show_notebook(page: Page, lab: JupyterLab, path: str, alone: bool = True) -> None:
    """Open a notebook that is there, in the JupyterLab that the page shows or in a new one."""
    if page.url.startswith(lab.url("/lab")):
        page.evaluate(OPEN, [path, alone])
    else:
        page.goto(lab.url(f"/lab/tree/{path}?reset"))
    expect(page.locator(f"{IN_FRONT} .jp-CodeCell").first).to_be_visible(timeout=60_000)


def run_cell(page: Page, index: int) -> None:
    """Run one cell, without waiting for its end."""
    page.locator(f"{IN_FRONT} .jp-CodeCell").nth(index).locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")


def save(page: Page) -> None:
    """Save the notebook with the keys of JupyterLab, wherever the focus is, and wait until the server has it.

    JupyterLab passes over keys that are pressed before it is done with the save before: they are pressed again.
    """
    for timeout in (5_000, 10_000, 30_000):
        with suppress(TimeoutError):
            with page.expect_response(is_saved, timeout=timeout) as put:
                page.keyboard.press("Control+s")
            assert put.value.ok
            return
    raise AssertionError("JupyterLab has not saved the notebook.")


def is_saved(answer: Response) -> bool:
    """Tell the server's answer to a notebook that is sent to it."""
    return answer.request.method == "PUT" and "/api/contents/" in answer.url


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


def middle(mark: Locator) -> tuple[float, float]:
    """Give where the middle of a mark stands on the page, whatever lies over it, once it has come to rest there."""
    boxes = [mark.bounding_box()]
    while len(boxes) < RESTS or any(box != boxes[-1] for box in boxes[-RESTS:]):
        mark.page.wait_for_timeout(50)
        boxes.append(mark.bounding_box())
        assert len(boxes) < 400, f"{mark} does not come to rest: {boxes[-3:]}"
    box = boxes[-1]
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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
    expect(state_line(page).first).not_to_contain_text(re.compile(f"step {before:,} of"), timeout=60_000)
    assert steps_done(page) > before


def printed_on_stderr(page: Page) -> list[str]:
    """Give what cells have printed that is not a result."""
    return page.locator(".jp-RenderedText[data-mime-type*=stderr]").all_inner_texts()


def end_all_kernels(lab: JupyterLab, but: str = "") -> None:
    """End the kernels, and with them their trainings: the next journey needs the machine."""
    for kernel in lab.ask("/api/kernels"):
        if kernel["id"] != but:
            lab.ask(f"/api/kernels/{kernel['id']}", "DELETE")
