"""The convolution lab in a real JupyterLab: by keyboard alone, by mouse, on a photograph, to be predicted first."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

CODE = "import hcnn_widgets as hw\nlab = hw.widgets.ConvolutionLab()\nlab"


def drawing_of(page: Page) -> Locator:
    drawing = page.locator(".hcnn-mod-convolution svg.hcnn-chart-svg")
    expect(drawing).to_be_visible(timeout=LIBRARIES_MS)
    return drawing


def menu(page: Page, name: str) -> Locator:
    return page.locator(".widget-dropdown", has=page.locator(f"label:text-is('{name}')")).locator("select")


def test_a_convolution_is_walked_typed_over_and_predicted(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "convolution.ipynb", CODE, "lab.state['image'][1], lab.state['padding']")
    run_cell(page, 0)
    drawing, heard = drawing_of(page), page.locator(".hcnn-mod-convolution [aria-live]")
    sum_in_front = drawing.locator(".hcnn-scene-mark")
    expect(sum_in_front).to_contain_text("= 19")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    expect(heard).to_have_text("Output, row 1, column 2: 1\u00d70 + 2\u00d71 + 4\u00d72 + 5\u00d73 = 25")
    page.keyboard.press("Space")
    expect(heard).to_have_text("Output, row 2, column 1: 3\u00d70 + 4\u00d71 + 6\u00d72 + 7\u00d73 = 37")
    page.screenshot(path=pictures / "convolution_light.png")
    drawing.locator("text[data-place='8']").click()
    page.mouse.move(5, 5)  # keys go on to what was clicked
    page.keyboard.type("12.5")
    expect(heard).to_have_text("Image, row 2, column 2: 12.5. 4 windows see it.")
    button(page, "Undo").click()
    menu(page, "Padding").select_option("same")
    expect(drawing).to_contain_text(re.compile("output 3\u00d73"))
    button(page, "Predict first").click()
    expect(drawing).to_contain_text("0 right, 0 wrong, 9 to go.")
    drawing.locator("text[data-place='5']").click()
    page.keyboard.type("19")
    expect(drawing).to_contain_text("1 right, 0 wrong, 8 to go.")
    go_dark(page)
    page.screenshot(path=pictures / "convolution_predict_dark.png")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text(
        "([3.0, 4.0, 5.0], 'same')"
    )


def test_a_famous_kernel_on_a_photograph_and_the_window_walks_by_itself(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    open_notebook(page, lab, "photograph.ipynb", CODE)
    run_cell(page, 0)
    drawing = drawing_of(page)
    page.locator(".hcnn-slider-play").first.click()
    for total in ("= 25", "= 37"):
        expect(drawing.locator(".hcnn-scene-mark")).to_contain_text(total)
    page.locator(".hcnn-slider-play").first.click()
    menu(page, "Kernel").select_option("Sobel, left to right")
    menu(page, "Image").select_option("photograph")
    expect(drawing).to_contain_text("china.jpg of scikit-learn", timeout=LIBRARIES_MS)
    expect(drawing.locator("image")).to_have_count(2)
    page.screenshot(path=pictures / "convolution_photograph.png")
    page.locator(".hcnn-to-stage").first.click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "convolution_stage.png")
