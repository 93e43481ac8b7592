"""The lab of LeNet-5 in a real JupyterLab: a digit drawn with the mouse, a map's inputs lit, weights that learn."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, middle, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

LAB = "import hcnn_widgets as hw\nlab = hw.widgets.LeNet5Lab()\nlab"
PRINTED = "lab.response.order[0], lab.model.network.count_params(), len(lab._passed)"
TRAINING_MS = 120_000


def test_a_digit_is_drawn_and_told_by_weights_that_learn(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "lenet5.ipynb", LAB, PRINTED)
    run_cell(page, 0)
    words = page.locator(".hcnn-mod-lenet5 svg.hcnn-chart-svg")
    expect(words).to_contain_text("Untrained.", timeout=LIBRARIES_MS)
    expect(words).to_contain_text("= 60,000 weights, 340,908 connections")
    page.screenshot(path=pictures / "lenet5_untrained.png")

    button(page, "Empty board").click()
    expect(words).to_contain_text("The board is empty")
    drawn = page.locator(".hcnn-mod-lenet5")
    cells = [middle(drawn.locator(f"rect[data-place='{16 * row + 7}']").first) for row in (1, 14)]
    page.mouse.move(*cells[0])
    page.mouse.down()
    page.mouse.move(*cells[1], steps=8)
    page.mouse.up()
    expect(words).to_contain_text("Nearest bitmap")

    button(page, "Train").click()
    expect(words).to_contain_text(re.compile(r"Trained\. \d+% of 359 other digits right"), timeout=TRAINING_MS)
    expect(words).to_contain_text("Nearest bitmap: 1,")
    page.mouse.move(*middle(drawn.locator(f"image[data-place='{16 * 17 + 4}']").first))
    expect(page.locator(".hcnn-card")).to_contain_text("1, 5, 6")
    page.screenshot(path=pictures / "lenet5_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "lenet5_dark.png")
    button(page, "Stage").click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "lenet5_stage.png")
    page.keyboard.press("Escape")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("(1, 60000, 3)")
