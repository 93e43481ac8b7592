"""DeviceLab in a real JupyterLab: points come one by one, Stop ends it, a click chooses a batch."""

from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, middle, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

LAB = """import hcnn_widgets as hw
lab = hw.widgets.DeviceLab(batches=(1, 4, 16), sizes=(8, 16, 32))
lab"""
PRINTED = "lab.state, lab.times.n_done >= 18"


def test_points_come_stop_ends_it_and_a_click_chooses(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "devices.ipynb", LAB, PRINTED, with_keras=True)
    run_cell(page, 0)
    words = page.locator(".jp-OutputArea svg.hcnn-chart-svg").first
    expect(words).to_contain_text("Not measured yet", timeout=LIBRARIES_MS)
    expect(words).to_contain_text("A GPU is not measured: there is none here.")
    button(page, "Measure").click()
    expect(words).to_contain_text("on one core, once its process has loaded Keras", timeout=60_000)
    button(page, "Stop").click()
    expect(words).to_contain_text("measured, then stopped", timeout=60_000)
    point = page.locator(".hcnn-mod-devices rect[data-place='1']").first
    point.scroll_into_view_if_needed()
    page.mouse.click(*middle(point))  # where bfloat16 is as fast, its point lies on top, at the same batch
    page.mouse.move(5, 5)
    expect(words).to_contain_text("GFLOP/s, at a batch of 1")
    page.screenshot(path=pictures / "devices_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "devices_dark.png")
    button(page, "Stage").click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "devices_stage.png")
    page.keyboard.press("Escape")
    run_cell(page, 1)
    output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_contain_text("({'batch': 1, 'pixels': 32}, True)")
