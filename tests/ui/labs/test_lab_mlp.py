"""Layers of perceptrons in a real JupyterLab: XOR by hand, a weight typed, moons trained, and all on the wall."""

import re
from pathlib import Path

from driving import IN_FRONT, LIBRARIES_MS, button, go_dark, middle, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CELL = "import hcnn_widgets as hw\nlab = hw.widgets.MlpLab()\nlab"
STATE = "print(lab.state['points'][3], lab.state['weights'][0][0], len(lab.shown.history))"


def test_xor_by_hand_becomes_moons_that_are_trained(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "layers.ipynb", CELL, STATE)
    page.keyboard.press("Control+b")
    run_cell(page, 0)
    dots = page.locator(".hcnn-plane").first.locator(".dot")
    expect(dots.first).to_be_visible(timeout=LIBRARIES_MS)
    words = page.locator(".hcnn-mod-mlp svg")
    expect(words).to_contain_text("4 of 4 right.")
    page.screenshot(path=pictures / "layers_light.png")
    # A unit is pointed at, a link is clicked and its weight typed, a point is dragged.
    unit = page.locator(".hcnn-mod-mlp svg rect[data-place='0']").first
    unit.hover()
    expect(page.locator(".hcnn-scene-mark image")).to_have_count(1)
    page.locator(".hcnn-mod-mlp [role=gridcell]").nth(1).click()
    for key in ("2", ".", "5"):
        page.keyboard.press(key)
    weight = page.locator(".hcnn-mod-mlp [role=gridcell]").nth(1)
    expect(weight).to_have_attribute("aria-label", "The weight from x1 to h1 is 2.5.")
    x, y = middle(dots.last)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y + 15, steps=4)
    page.mouse.move(x - 40, y + 30, steps=4)
    page.mouse.up()
    expect(words).to_contain_text("3 of 4 right.")
    run_cell(page, 1)
    output = page.locator(f"{IN_FRONT} .jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_contain_text(re.compile(r"\[0\.\d+, 0\.\d+\] \[2\.5, -1\.0\] 0"))
    # Moons are trained in Keras, which is loaded only now, and gone back in.
    page.locator(".hcnn-controls select").first.select_option("moons")
    expect(words).to_contain_text("of 60 right")
    button(page, "Train").click()
    expect(words).to_contain_text("Keras is loaded for it")
    expect(words).to_contain_text(re.compile(r"Epoch \d\d+: "), timeout=LIBRARIES_MS)
    button(page, "Stop").click()
    page.locator(".hcnn-mod-mlp [role=gridcell]").first.focus()
    page.keyboard.press("b")
    expect(words).to_contain_text("here: epoch")
    go_dark(page)
    page.screenshot(path=pictures / "layers_dark.png")
    page.locator(".hcnn-to-stage").first.click()
    expect(page.locator(".hcnn-mod-on-stage .hcnn-controls")).to_be_visible()
    page.wait_for_timeout(700)  # bqplot measures its figures a while later
    for figure in page.locator(".hcnn-plane .bqplot.figure").all():
        inner, outer = figure.locator(".dot").last.bounding_box(), figure.bounding_box()
        assert inner is not None
        assert outer is not None
        assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
    page.screenshot(path=pictures / "layers_stage.png")
