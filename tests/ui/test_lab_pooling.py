"""The pooling lab in a real JupyterLab: by mouse and by keyboard, in both themes and on the stage."""

from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CODE = "import hcnn_widgets as hw\nlab = hw.widgets.PoolingLab()\nlab"


def test_a_pooling_is_walked_shifted_and_sent_back(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "pooling.ipynb", CODE, "lab.state['image'][0][0], lab.state['view']")
    run_cell(page, 0)
    drawing, heard = page.locator(".hcnn-mod-pooling svg.hcnn-chart-svg"), page.locator(".hcnn-mod-pooling [aria-live]")
    expect(drawing).to_be_visible(timeout=LIBRARIES_MS)
    expect(drawing).to_contain_text("max(1, 1, 5, 6) = 6. The winner: row 2, column 2.")
    drawing.locator("text[data-place='5']").hover()
    expect(drawing).to_contain_text("max(2, 4, 7, 8) = 8.")
    page.screenshot(path=pictures / "pooling_light.png")
    drawing.focus()
    page.keyboard.press("Home")
    page.keyboard.type("90")
    expect(heard).to_contain_text("Image, row 1, column 1: 90. It wins in 1 window.")
    page.keyboard.press("k")
    expect(drawing).to_contain_text("Mean pooling of 4\u00d74 pixels")
    button(page, "gradient back").click()
    expect(drawing).to_contain_text("reaches 16 of 16 pixels.")
    button(page, "unpooling").click()
    expect(drawing).to_contain_text("Every output goes back to the pixel that won, 4 of 16; all others are 0.")
    go_dark(page)
    page.screenshot(path=pictures / "pooling_dark.png")
    button(page, "shift by one pixel").click()
    expect(drawing).to_contain_text("Outputs that stay as they are when the image moves by one pixel")
    page.locator(".hcnn-to-stage").first.click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "pooling_stage.png")
    page.keyboard.press("Escape")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("(90.0, 'shift')")
