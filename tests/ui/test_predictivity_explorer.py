"""From a bar to its sites to single responses, and the match of areas: while a network trains, by pointer and keys."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, go_dark, middle, open_notebook, printed_on_stderr, run_cell, save
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

LIVE = """\
import hcnn_widgets as hw
images = hw.stimuli.objects(n=300, size=32)
spec = hw.architecture.hcnn(areas=("V1", "V4", "IT"), n_kernels=(8, 16, 16), kernel_size=3, input_shape=(32, 32, 1))
run = hw.GoalDrivenModel(spec).train(images, epochs=20_000)
shown = hw.stimuli.objects(n=120, size=32, seed=1)
cortex = hw.mapping.simulated_cortex(shown, areas=("V1", "IT"), n_sites=12)
hw.widgets.PredictivityExplorer(run, cortex)
"""
MATRIX = "hw.widgets.LayerAreaMatrix(run, cortex)"
ARRAYS = """\
import numpy as np
units = {"early": hw.mapping.pixels(shown)["pixels"], "noise": np.random.default_rng(0).random((120, 20))}
hw.widgets.PredictivityExplorer(units, cortex, stimulus_ids=shown.stimulus_ids)
"""


def in_view(page: Page, cell: int) -> None:
    page.evaluate(f"document.querySelectorAll('.jp-OutputArea')[{cell}].scrollIntoView()")


def title_moves(panel: Locator) -> None:
    """Wait for a later score than the one that is shown."""
    title = panel.locator(".hcnn-title")
    expect(title).not_to_have_text(title.inner_text(), timeout=60_000)


def test_a_bar_opens_its_sites_a_site_its_responses_and_escape_leads_back_while_the_network_trains(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    open_notebook(page, lab, "explorer.ipynb", LIVE, MATRIX, ARRAYS, "run.stop()", with_keras=True)
    run_cell(page, 0)
    panel = page.locator(".hcnn-panel").first
    svg = panel.locator(".hcnn-mod-explorer svg")
    expect(panel.locator(".hcnn-bars-bar")).to_have_count(2 * 3, timeout=LIBRARIES_MS)
    in_view(page, 0)
    height = svg.bounding_box()["height"]  # type: ignore[index]

    page.mouse.click(*middle(panel.locator(".hcnn-bars-bar").nth(5)))
    expect(panel.locator(".hcnn-site-r")).to_have_count(12)
    expect(panel.locator(".hcnn-site-ceiling")).to_have_count(12)
    expect(svg).to_contain_text("12 sites of IT (simulated) by model IT")
    title_moves(panel)

    page.mouse.click(*middle(panel.locator(".hcnn-site-r").nth(3)))
    expect(svg).to_contain_text("predicted, held out")
    expect(svg).to_contain_text("faces")
    svg.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(svg.locator("image")).to_have_attribute("href", re.compile("^data:image/png"))
    expect(panel.locator("[aria-live]")).to_have_text(re.compile(r"\(animals\): recorded −?\d\.\d\d, predicted"))
    dots = "svg => svg.querySelector('.hcnn-response-predicted[d*=h0]:not([stroke-width=\"7\"])').getAttribute('d')"
    before = svg.evaluate(dots)
    title_moves(panel)
    assert svg.evaluate(dots) != before
    expect(svg.locator("image")).to_have_count(1)
    assert svg.bounding_box()["height"] == height  # type: ignore[index]
    page.screenshot(path=pictures / "explorer_light.png")
    panel.screenshot(path=pictures / "explorer_whole_light.png")

    assert svg.evaluate("svg => svg === document.activeElement")
    ring = svg.evaluate(
        "svg => (({outlineStyle, outlineOffset}) => [outlineStyle, outlineOffset])(getComputedStyle(svg.parentNode))"
    )
    assert ring == ["solid", "3px"]  # off the legend, around what clips the drawing
    save(page)
    expect(panel.locator(".hcnn-breadcrumb-step")).to_have_count(3)

    page.keyboard.press("Escape")
    expect(panel.locator(".hcnn-site-marked").first).to_be_visible()
    expect(panel.locator(".hcnn-breadcrumb-step")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(panel.locator(".hcnn-site-r")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(panel.locator(".hcnn-site-r")).to_have_count(12)

    run_cell(page, 1)
    matrix = page.locator(".hcnn-panel").nth(1)
    expect(matrix.locator("[role=gridcell]")).to_have_count(3 * 2, timeout=60_000)
    in_view(page, 1)
    matrix.locator("[role=gridcell]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.match(r"IT \(simulated\) from model area V4: r −?\d\.\d\d, error", said)
    expect(matrix.locator(".hcnn-card")).to_contain_text("on the choosing half")
    expect(matrix.locator("[role=gridcell]").filter(has_text="\u25c6")).to_have_count(2)
    title_moves(matrix)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    page.screenshot(path=pictures / "matrix_light.png")
    matrix.screenshot(path=pictures / "matrix_whole_light.png")
    save(page)
    run_cell(page, 3)
    go_dark(page)
    page.screenshot(path=pictures / "matrix_dark.png")

    run_cell(page, 2)
    arrays = page.locator(".hcnn-panel").nth(2)
    expect(arrays.locator(".hcnn-bars-bar")).to_have_count(2 * 2, timeout=60_000)
    page.get_by_label("Correction").last.select_option("explained variance")
    expect(arrays.locator("svg").first).to_contain_text("explained variance (%)")
    menu = page.get_by_label("Map").last
    menu.focus()
    page.keyboard.press("ArrowUp")  # the notebook would go to another cell
    expect(arrays.locator("svg").first).to_contain_text("ridge (alpha 1)", timeout=30_000)
    expect(menu).to_be_focused()
    in_view(page, 2)
    page.screenshot(path=pictures / "explorer_arrays_dark.png")
    assert printed_on_stderr(page) == []
