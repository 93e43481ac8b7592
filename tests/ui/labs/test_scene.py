"""A panel described in Python alone, in a real JupyterLab: driven by keyboard, laid out anew, left as a picture."""

import base64
import io
from pathlib import Path

import nbformat
from driving import LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from PIL import Image
from playwright.sync_api import Page, expect
from test_still_picture import save_when_pictures_are_there

GRID = f"""\
import sys
sys.path.insert(0, {str(Path(__file__).parents[2] / "widgets")!r})
from number_grid import NumberGrid
grid = NumberGrid([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
grid
"""


def test_a_grid_is_typed_into_by_keyboard_alone_and_says_its_sums(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "scene.ipynb", GRID, "grid.numbers[1, 1]")
    run_cell(page, 0)
    drawing = page.locator(".hcnn-mod-number-grid svg")
    expect(drawing).to_be_visible(timeout=LIBRARIES_MS)
    heard = page.locator(".hcnn-mod-number-grid [aria-live]")
    drawing.focus()
    page.keyboard.press("Home")
    expect(heard).to_have_text("Row 1, column 1: 0. 0\u00d70 + 1\u00d71 + 3\u00d72 + 4\u00d73 = 19")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("9")
    expect(heard).to_have_text("Row 2, column 2: 9. 9\u00d70 + 5\u00d71 + 7\u00d72 + 8\u00d73 = 43")
    page.screenshot(path=pictures / "scene_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "scene_dark.png")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("9")


def test_a_scene_is_laid_out_for_its_room_and_stays_as_a_picture(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "room.ipynb", GRID)
    run_cell(page, 0)
    drawing = page.locator(".hcnn-mod-number-grid svg")
    expect(drawing).to_be_visible(timeout=LIBRARIES_MS)
    fits = "svg => svg.viewBox.baseVal.width === Math.floor(svg.closest('.hcnn-stage').clientWidth)"
    for width in (1280, 900):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(f"() => ({fits})(document.querySelector('.hcnn-mod-number-grid svg'))")
    save_when_pictures_are_there(page, lab.root / "room.ipynb", 1)
    outputs = nbformat.read(lab.root / "room.ipynb", as_version=4).cells[0].outputs
    (png,) = [output.data["image/png"] for output in outputs if "image/png" in output.data]
    assert Image.open(io.BytesIO(base64.b64decode(png))).width == 640
