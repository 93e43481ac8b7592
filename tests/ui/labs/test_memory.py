"""The panel of memory in a real JupyterLab: histories and points are walked, units changed, both themes, the stage."""

from pathlib import Path

from accessibility import violations
from driving import LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CODE = f"""\
import sys
sys.path.insert(0, {str(Path(__file__).parents[2] / "widgets")!r})
import hcnn_widgets as hw
from memory_by_hand import histories_by_hand, scores_by_hand
panel = hw.widgets.MemoryTrace(histories_by_hand(), scores_by_hand())
panel
"""


def test_histories_are_walked_and_units_changed_by_keyboard(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "memory.ipynb", CODE, "panel.panel.rank, panel.panel.area", with_keras=True)
    run_cell(page, 0)
    drawing, heard = page.locator(".hcnn-mod-memory svg"), page.locator(".hcnn-mod-memory [aria-live]")
    expect(drawing).to_be_visible(timeout=LIBRARIES_MS)
    drawing.locator("rect[data-place='4']").hover()
    expect(page.locator(".hcnn-mod-memory")).to_contain_text("95 % interval")
    page.screenshot(path=pictures / "memory_light.png")
    assert violations(page, ".hcnn-mod-memory") == []
    drawing.focus()
    page.keyboard.press("Home")
    expect(heard).to_contain_text("Sample 3, a match of the test image, 3.")
    page.keyboard.press("End")
    expect(heard).to_contain_text("none, 6 frames of delay: 0.500 right")
    page.keyboard.press("n")
    page.locator(".widget-dropdown select").first.select_option("V1")
    expect(drawing).to_contain_text("a unit of V1")
    go_dark(page)
    page.screenshot(path=pictures / "memory_dark.png")
    assert violations(page, ".hcnn-mod-memory") == []
    page.locator(".hcnn-to-stage").first.click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "memory_stage.png")
    page.keyboard.press("Escape")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("(1, 'V1')")
