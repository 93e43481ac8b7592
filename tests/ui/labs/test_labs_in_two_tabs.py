"""Labs in two tabs of one notebook: each answers in both, both show the same, and both say when the kernel has died."""

from driving import IN_FRONT, LIBRARIES_MS, open_notebook, run_cell, save
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

KEYS = {"Gates": "l", "Receptive field": "n", "Activation functions": "2", "Quiz": "n"}
"""A lab's title, and a key that changes what it shows."""
LABS = """\
import hcnn_widgets as hw
gates, fields = hw.widgets.GateLab("XOR"), hw.widgets.ReceptiveFieldLab()
functions, quiz = hw.widgets.ActivationLab("relu"), hw.widgets.Quiz(3, seed=1)
display(gates, fields, functions, quiz)
"""
KILL = "import os\nos.kill(os.getpid(), 9)"


def panel(page: Page, title: str) -> Locator:
    of_title = page.locator(".hcnn-title").get_by_text(title, exact=True)
    return page.locator(f"{IN_FRONT} .hcnn-panel").filter(has=of_title)


def drawing(page: Page, title: str) -> Locator:
    return panel(page, title).locator("svg.hcnn-chart-svg")


def press(page: Page, title: str, key: str) -> None:
    """Press a key in a lab, whether it is a grid of cells or one drawing."""
    cell = drawing(page, title).locator("[data-place][tabindex='0']")
    if cell.count():
        cell.first.focus()
    else:
        drawing(page, title).focus()
        page.keyboard.press("Home")
    page.keyboard.press(key)


def test_labs_answer_in_both_tabs_and_say_in_both_that_their_kernel_has_died(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "labs_in_two_tabs.ipynb", LABS, KILL)
    run_cell(page, 0)
    expect(drawing(page, "Quiz")).to_be_visible(timeout=LIBRARIES_MS)
    save(page)
    second = page.context.new_page()
    second.goto(lab.url("/lab/workspaces/second/tree/labs_in_two_tabs.ipynb?reset"))
    for title, key in KEYS.items():
        expect(drawing(second, title)).to_be_visible(timeout=60_000)
        before = str(drawing(page, title).get_attribute("aria-label"))
        expect(drawing(second, title)).to_have_attribute("aria-label", before)
        press(second, title, key)
        expect(drawing(second, title)).not_to_have_attribute("aria-label", before)
        after = str(drawing(second, title).get_attribute("aria-label"))
        expect(drawing(page, title)).to_have_attribute("aria-label", after)
    page.bring_to_front()
    run_cell(page, 1)
    for title in KEYS:
        for each in (page, second):
            expect(panel(each, title).get_by_role("status")).to_contain_text("No kernel is connected")
