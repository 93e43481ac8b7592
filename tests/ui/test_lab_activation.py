"""ActivationLab in a real JupyterLab: pointed at, clicked, walked by keyboard, its controls moved."""

from pathlib import Path

from driving import LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CELL = "import hcnn_widgets as hw\nlab = hw.widgets.ActivationLab()\nlab"


def test_a_function_is_pointed_at_walked_along_and_changed(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "activation.ipynb", CELL, "lab.state")
    run_cell(page, 0)
    drawing = page.locator(".hcnn-mod-activation svg")
    expect(drawing).to_contain_text("ReLU: f(1) = 1, f′(1) = 1.", timeout=LIBRARIES_MS)
    drawing.locator("[data-place='48']").hover()
    card = page.locator(".hcnn-mod-activation")
    expect(card).to_contain_text("z = 2")
    drawing.locator("[data-place='16']").click()
    expect(drawing).to_contain_text("ReLU: f(−2) = 0, f′(−2) = 0.")
    page.locator(".jp-OutputArea select").first.select_option(label="sigmoid")
    expect(drawing).to_contain_text("Sigmoid: f(−2) = 0.1192, f′(−2) = 0.105.")
    expect(drawing).to_contain_text("at best 0.25⁵ = 0.00098")
    page.screenshot(path=pictures / "activation_light.png")
    drawing.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(drawing).to_contain_text("at best 0.25⁶ = 0.00024")
    go_dark(page)
    page.screenshot(path=pictures / "activation_dark.png")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("'layers': 6")
