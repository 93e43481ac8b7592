"""RDMs of a training in a real JupyterLab: two images behind every cell, layers, moments, and tau_A counted by hand."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, open_notebook, printed_on_stderr, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

EXPLORE = """\
import hcnn_widgets as hw
images = hw.stimuli.objects(n=600, size=32)
spec = hw.architecture.hcnn(areas=("V1", "V2", "IT"), n_kernels=(8, 8, 8), kernel_size=3, input_shape=(32, 32, 1))
run = hw.GoalDrivenModel(spec).train(images, epochs=200)
cortex = hw.mapping.simulated_cortex(hw.stimuli.objects(n=48, seed=1, size=32), n_sites=12)
explorer = hw.widgets.RdmExplorer(run, cortex)
explorer
"""
COUNT = "explorer.counter(n=4)"


def point_at(page: Page, grid: Locator, row: float, column: float) -> None:
    """Point at a place of a matrix, both from 0 to 1."""
    box = grid.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + column * box["width"], box["y"] + row * box["height"])


def announced(page: Page) -> str:
    """Give what the element with the focus says."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_rdms_are_explored_while_the_network_learns_and_tau_a_is_counted(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    open_notebook(page, lab, "rdm.ipynb", EXPLORE, COUNT, with_keras=True)
    run_cell(page, 0)
    title = page.locator(".hcnn-title").first
    expect(title).to_contain_text(re.compile(r"model IT, step [\d,]+ and V1 \(simulated\)"), timeout=LIBRARIES_MS)
    grids = page.get_by_role("grid", name=re.compile("^RDM of"))
    expect(grids).to_have_count(2)

    # The pointer shows two images and how unlike both sides find them.
    grids.first.scroll_into_view_if_needed()
    pane = page.locator(".hcnn-pair")
    expect(pane).to_contain_text("Point at a cell")
    point_at(page, grids.first, 0.2, 0.7)
    expect(pane.locator("canvas")).to_have_count(2)
    expect(pane).to_contain_text(re.compile(r"model.+brain", re.DOTALL))
    seen = pane.inner_text()
    page.mouse.move(2, 2)
    expect(pane).not_to_have_text(seen)

    # So do the arrow keys, which announce each cell.
    grids.nth(1).focus()
    before = announced(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert announced(page) != before
    assert re.search(r"Model IT, step [\d,]+: .+ percentile\. V1 \(simulated\): .+ percentile\.", announced(page))
    page.keyboard.press("Enter")
    expect(page.locator(".hcnn-pair.hcnn-mod-pinned")).to_be_visible()

    # A bar leads to the RDM of its area, the slider to the untrained network, Undo back.
    bars = page.get_by_role("img", name=re.compile("Most alike to"))
    bars.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(title).to_contain_text("model V1, step")
    training = page.get_by_role("slider", name="Training")
    expect(training).not_to_have_value("0", timeout=30_000)
    first = title.inner_text()
    expect(title).not_to_have_text(first, timeout=30_000)
    training.focus()
    page.keyboard.press("ArrowLeft")
    expect(button(page, "Live")).not_to_have_class(re.compile("mod-active"))
    page.wait_for_timeout(1_000)
    earlier = title.inner_text()
    page.keyboard.press("ArrowRight")
    expect(title).not_to_have_text(earlier)
    expect(training).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(title).to_have_text(earlier)
    page.keyboard.press("Home")
    expect(title).to_contain_text("model V1, untrained", timeout=15_000)
    page.screenshot(path=pictures / "rdm_explorer.png")
    button(page, "Undo").click()
    expect(title).to_contain_text(re.compile(r"model V1, step [\d,]+"))
    page.locator(".hcnn-panel").first.screenshot(path=pictures / "rdm_explorer_whole.png")
    count_to_the_end(page, pictures)
    go_dark(page)
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "tau_counter_dark.png")
    grids.first.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "rdm_explorer_dark.png")
    assert printed_on_stderr(page) == []


def count_to_the_end(page: Page, pictures: Path) -> None:
    """Count tau_A of four images with keys and buttons, and back."""
    run_cell(page, 1)
    counter = page.locator(".hcnn-tau")
    expect(counter).to_contain_text("step 0 of 15", timeout=15_000)
    expect(counter).to_contain_text("4 images make 6 pairs")
    counter.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "tau_counter_beginning.png")
    height = counter.evaluate("counter => counter.clientHeight")
    page.get_by_role("slider", name="Steps of the count").focus()
    page.keyboard.press("ArrowRight")
    expect(counter.locator(".hcnn-tau-pair canvas")).to_have_count(4)
    expect(counter.locator(".hcnn-tau-verdict")).to_have_text(re.compile("^(Concordant|Discordant|Tied): "))
    assert counter.evaluate("counter => counter.clientHeight") == height
    page.get_by_role("button", name="Take one step back").click()
    expect(counter).to_contain_text("step 0 of 15")
    page.get_by_role("button", name="Go to the end").click()
    expect(counter.locator(".hcnn-tau-formula")).to_have_text(re.compile(r"\(\d+ − \d+\) / 15 = −?\d\.\d{3}$"))
    counter.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "tau_counter_light.png")
