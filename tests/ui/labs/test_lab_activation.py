"""ActivationLab in a real JupyterLab: pointed at, clicked, walked by keyboard, its controls moved."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, go_dark, middle, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

LABEL = "aria-label"
CELL = "import hcnn_widgets as hw\nlab = hw.widgets.ActivationLab()\nlab"


def point_at(page: Page, place: int) -> None:
    """Bring the pointer to a place along z, at half the height of the plane."""
    page.mouse.move(*middle(page.locator(f".hcnn-mod-activation rect[data-place='{place}']")))


def said(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def test_a_function_is_pointed_at_walked_along_and_changed(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "activation.ipynb", CELL, "lab.state")
    run_cell(page, 0)
    drawing = page.locator(".hcnn-mod-activation svg")
    expect(drawing).to_have_attribute(LABEL, said("ReLU: f(1) = 1, f′(1) = 1."), timeout=LIBRARIES_MS)
    point_at(page, 48)
    expect(page.locator(".hcnn-mod-activation")).to_contain_text("z = 2")
    point_at(page, 16)
    page.mouse.down()
    page.mouse.up()
    expect(drawing).to_have_attribute(LABEL, said("ReLU: f(−2) = 0, f′(−2) = 0."))
    page.locator(".jp-OutputArea select:visible").first.select_option(label="sigmoid")
    expect(drawing).to_have_attribute(LABEL, said("Sigmoid: f(−2) = 0.1192, f′(−2) = 0.105."))
    expect(drawing).to_have_attribute(LABEL, said("at best 0.25⁵ = 0.00098"))
    page.screenshot(path=pictures / "activation_light.png")
    drawing.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(drawing).to_have_attribute(LABEL, said("at best 0.25⁶ = 0.00024"))
    go_dark(page)
    page.screenshot(path=pictures / "activation_dark.png")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("'layers': 6")
