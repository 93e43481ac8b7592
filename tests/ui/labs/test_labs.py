"""Labs with a plane, in a real JupyterLab: a perceptron by keyboard alone, a gate's line by mouse, both as pictures."""

import base64
import io
import re
from pathlib import Path

import nbformat
from driving import LIBRARIES_MS, button, go_dark, middle, open_notebook, run_cell
from jupyter_lab import JupyterLab
from PIL import Image
from playwright.sync_api import Page, expect
from test_still_picture import save_when_pictures_are_there

PERCEPTRON = "import hcnn_widgets as hw\nlab = hw.widgets.PerceptronLab()\nlab"
GATE = "import hcnn_widgets as hw\nlab = hw.widgets.GateLab('XOR')\nlab"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_perceptron_learns_by_keyboard_alone(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "perceptron.ipynb", PERCEPTRON, "lab.state['points'][0], lab.state['order']")
    run_cell(page, 0)
    expect(page.locator(".hcnn-plane .dot").first).to_be_visible(timeout=LIBRARIES_MS)
    heard = page.locator(".hcnn-mod-perceptron [aria-live]")
    words = page.locator(".hcnn-mod-perceptron svg")
    cell = page.locator("[role=gridcell]:focus")
    button(page, "Code").focus()
    for _ in range(6):
        if not cell.count():
            page.keyboard.press("Tab")
    expect(cell).to_have_attribute("aria-label", "w1 is 0.5.")
    press(page, "ArrowDown")
    expect(cell).to_have_attribute("aria-label", "Point A: x1 is 0.")
    press(page, "Shift+ArrowRight", "Shift+ArrowUp")
    expect(heard).to_contain_text("Point A: x1 is 0.125.")
    press(page, "End")
    summed = re.compile(re.escape("Point A: 0.5×0.125 + 1×0.125 − 0.25 = −0.0625 → 0, right."))
    expect(cell).to_have_attribute("aria-label", summed)
    press(page, "ArrowDown", "Enter")
    expect(heard).to_contain_text("Mistake on B: B is taken from w, and 1 from b.")
    expect(words).to_contain_text("1 presentation, 1 mistake")
    page.screenshot(path=pictures / "perceptron_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "perceptron_dark.png")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text(
        "([0.125, 0.125], [1])"
    )


def test_a_gate_has_its_line_dragged_and_stays_as_a_picture(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "gates.ipynb", GATE)
    run_cell(page, 0)
    grip = page.locator(".hcnn-plane .dot").last
    expect(grip).to_be_visible(timeout=LIBRARIES_MS)
    words = page.locator(".hcnn-mod-gate svg")
    expect(words).to_contain_text("XOR: the line gets 2 of 4 right.")
    x, y = middle(grip)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 30, steps=4)
    page.mouse.move(x - 110, y + 20, steps=4)
    page.mouse.up()
    expect(words).to_contain_text("XOR: the line gets 3 of 4 right.")
    button(page, "Second line").click()
    button(page, "Best line").click()
    expect(words).to_contain_text("XOR: two lines, combined by AND, get 4 of 4 right.")
    page.screenshot(path=pictures / "gates_light.png")
    save_when_pictures_are_there(page, lab.root / "gates.ipynb", 1)
    outputs = nbformat.read(lab.root / "gates.ipynb", as_version=4).cells[0].outputs
    (png,) = [output.data["image/png"] for output in outputs if "image/png" in output.data]
    assert Image.open(io.BytesIO(base64.b64decode(png))).width == 904
