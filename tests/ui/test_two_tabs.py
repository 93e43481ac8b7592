"""One training in two pages: what one page does must not stop the other."""

from driving import IN_FRONT, LIBRARIES_MS, open_notebook, run_cell, save
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect
from test_live_panels import TRAIN

CANVAS = f"{IN_FRONT} .hcnn-kernel-canvas"
PIXELS = "canvas => canvas.toDataURL()"
CHANGED = "([place, before]) => document.querySelector(place).toDataURL() !== before"


def expect_kernels_to_change(page: Page) -> None:
    """Wait for three new pictures: one more may have been on its way when the other page went."""
    for _ in range(3):
        before = page.locator(CANVAS).evaluate(PIXELS)
        page.wait_for_function(CHANGED, arg=[CANVAS, before], timeout=15_000)


def test_hiding_and_closing_a_second_tab_leaves_the_first_live(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "two_tabs.ipynb", TRAIN + 'hw.widgets.KernelGrid(run, area="V1")', with_keras=True)
    run_cell(page, 0)
    expect(page.locator(CANVAS)).to_be_visible(timeout=LIBRARIES_MS)
    save(page)
    second = page.context.new_page()
    second.goto(lab.url("/lab/workspaces/second/tree/two_tabs.ipynb"))
    expect(second.locator(CANVAS)).to_be_visible(timeout=60_000)
    expect_kernels_to_change(second)
    second.locator(".jp-SideBar, #jp-main-dock-panel").first.wait_for()
    second.keyboard.press("Control+Shift+l")  # a launcher in front hides the notebook
    expect(second.locator(".hcnn-kernel-canvas")).to_be_hidden()
    expect_kernels_to_change(page)
    second.close()
    expect_kernels_to_change(page)
