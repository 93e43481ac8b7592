"""ReceptiveFieldLab in a real JupyterLab: a stride is typed, a unit pointed at and clicked, a layer opened."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CELL = "import hcnn_widgets as hw\nlab = hw.widgets.ReceptiveFieldLab()\nlab"


def test_a_unit_shows_what_it_sees_and_a_stride_moves_it(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "fields.ipynb", CELL, "lab.state")
    run_cell(page, 0)
    drawing = page.locator(".hcnn-mod-field svg")

    def expect_said(words: str, timeout: float = 5_000) -> None:
        expect(drawing).to_have_attribute("aria-label", re.compile(re.escape(words)), timeout=timeout)

    expect_said("7 × 7 become 3 × 3: ⌊(7 − 3) / 2⌋ + 1 = 3.", LIBRARIES_MS)
    drawing.locator("rect[data-place='20']").first.click()
    expect_said("unit (3, 3) of 3 × 3 sees 3 × 3 px, rows 5 to 7 and columns 5 to 7.")
    page.screenshot(path=pictures / "receptive_field_light.png")
    drawing.focus()
    drawing.locator("rect[data-place='29']").first.hover(force=True)
    page.keyboard.press("1")
    expect_said("7 × 7 become 5 × 5: ⌊(7 − 3) / 1⌋ + 1 = 5.")
    page.locator(".jp-OutputArea select:visible").first.select_option(label="LeNet-5")
    expect_said("10 × 10 become 5 × 5: ⌊(10 − 2) / 2⌋ + 1 = 5.")
    expect_said("sees 16 × 16 px")
    go_dark(page)
    page.screenshot(path=pictures / "receptive_field_dark.png")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("'size': 32")
