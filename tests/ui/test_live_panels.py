"""Panels of a training in a real JupyterLab: what a person who looks at them sees and steers."""

import re
from pathlib import Path

import pytest
from driving import (
    LIBRARIES_MS,
    button,
    choose,
    expect_steps_to_go_on,
    go_dark,
    open_notebook,
    printed_on_stderr,
    run_cell,
    save,
    state_line,
    steps_done,
)
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

TRAIN = """\
import hcnn_widgets as hw
images = hw.stimuli.objects(n=600, size=32)
spec = hw.architecture.hcnn(areas=("V1", "V2", "IT"), n_kernels=(16, 16, 16), kernel_size=3, input_shape=(32, 32, 1))
model = hw.GoalDrivenModel(spec)
run = model.train(images, epochs=20_000)
"""
MONITOR = TRAIN + "hw.widgets.TrainingMonitor(run)"
BUSY = "import time\ntime.sleep(25)"
SCORES = "cortex = hw.mapping.simulated_cortex(hw.stimuli.objects(n=120, seed=1), n_sites=12)\n"
SOON_MS = 3_000
"""A second of ours, and what the browser and a machine with other work may add."""


def expect_to_train(page: Page) -> None:
    expect(state_line(page)).to_contain_text(re.compile("^Training: step"), timeout=LIBRARIES_MS)


def boxes(page: Page) -> list[list[float]]:
    """Give the place of everything in the dashboard that moves: left, top, width, height."""
    found: list[list[float]] = page.locator(".hcnn-lab .hcnn-panel:visible").evaluate_all(
        "panels => panels.map(p => p.getBoundingClientRect()).map(b => [b.left, b.top, b.width, b.height])"
    )
    assert len(found) == 5
    return found


def print_sizes(page: Page) -> list[float]:
    """Give the size on the screen, in pixels, of all text that is drawn on the stage."""
    sizes: list[float] = page.locator(".hcnn-mod-on-stage").evaluate(
        "stage => [...stage.querySelectorAll('svg text')].filter(t => t.textContent && t.getClientRects().length)"
        ".map(t => parseFloat(getComputedStyle(t).fontSize) * parseFloat(getComputedStyle(stage).zoom)"
        " * t.ownerSVGElement.clientWidth / (t.ownerSVGElement.viewBox.baseVal.width || t.ownerSVGElement.clientWidth))"
    )
    assert len(sizes) > 20
    return sizes


@pytest.mark.alone
def test_a_training_is_paused_stepped_resumed_and_stopped_from_its_panel(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "steer.ipynb", MONITOR, with_keras=True)
    run_cell(page, 0)
    expect_to_train(page)
    expect_steps_to_go_on(page)
    button(page, "Pause").click()
    expect(state_line(page)).to_contain_text("Paused", timeout=SOON_MS)
    at = steps_done(page)
    page.wait_for_timeout(1_000)
    assert steps_done(page) == at
    button(page, "Step").click()
    expect(state_line(page)).to_contain_text(f"step {at + 1:,} of", timeout=SOON_MS)
    button(page, "Resume").click()
    expect(state_line(page)).to_contain_text("Training", timeout=SOON_MS)
    expect_steps_to_go_on(page)
    button(page, "Stop").click()
    expect(state_line(page)).to_contain_text("Stopped", timeout=SOON_MS)
    expect(button(page, "Pause")).to_be_disabled()
    assert printed_on_stderr(page) == []


@pytest.mark.alone
def test_pause_and_stop_act_while_another_cell_is_running(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "busy.ipynb", MONITOR, BUSY, with_keras=True)
    run_cell(page, 0)
    expect_to_train(page)
    expect_steps_to_go_on(page)  # compiled by now: a press acts within a step
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt")).to_have_text("[*]:")
    button(page, "Pause").click()
    expect(state_line(page)).to_contain_text("Paused", timeout=SOON_MS)
    button(page, "Stop").click()
    expect(state_line(page)).to_contain_text("Stopped", timeout=SOON_MS)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt")).to_have_text("[*]:")
    choose(page, "Kernel", "Interrupt Kernel")
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt")).not_to_have_text("[*]:")


def test_kernels_change_while_the_network_learns(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "kernels.ipynb", TRAIN + 'hw.widgets.KernelGrid(run, area="V1")', with_keras=True)
    run_cell(page, 0)
    picture = page.locator(".hcnn-kernel-canvas")
    expect(picture).to_be_visible(timeout=LIBRARIES_MS)
    pixels = "canvas => canvas.toDataURL()"
    before = picture.evaluate(pixels)
    page.wait_for_function(
        "before => document.querySelector('.hcnn-kernel-canvas').toDataURL() !== before", arg=before, timeout=15_000
    )
    cell = page.locator(".hcnn-kernel-cell").first
    cell.focus()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.search("kernel 2", focused, re.IGNORECASE)


def test_the_score_of_every_area_moves_while_the_network_learns(page: Page, lab: JupyterLab, pictures: Path) -> None:
    panels = "from IPython.display import display\ndisplay(hw.widgets.PredictivityBars(run, cortex))\n"
    panels += "display(hw.widgets.BrainMap(run, cortex))\n"
    open_notebook(
        page, lab, "score.ipynb", TRAIN + SCORES + panels + "hw.widgets.ScoreTrace(run, cortex)", with_keras=True
    )
    run_cell(page, 0)
    bars = page.locator(".hcnn-mod-bars svg")
    expect(page.get_by_text(re.compile("Neural predictivity at step"))).to_be_visible(timeout=LIBRARIES_MS)
    heights = "svg => [...svg.querySelectorAll('.hcnn-mod-glides')].map(bar => bar.getAttribute('height')).join(' ')"
    before = bars.evaluate(heights)
    assert len(before.split()) == 4 * 3
    title = page.locator(".hcnn-title").filter(has_text="Neural predictivity at")
    seen = title.inner_text()
    expect(title).not_to_have_text(seen, timeout=30_000)
    assert bars.evaluate(heights) != before
    expect(page.locator(".hcnn-mod-brain")).to_contain_text("simulated")
    bars.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".hcnn-card").first).to_contain_text("noise ceiling")
    expect(page.locator(".hcnn-mod-bars [aria-live]")).to_contain_text("V1 (simulated): model area V1")
    page.screenshot(path=pictures / "score.png")
    trace = page.locator(".hcnn-title").filter(has_text="Neural predictivity over training")
    trace.evaluate("title => title.scrollIntoView({ block: 'start' })")
    expect(page.locator(".hcnn-chart-svg[aria-label^='From step']")).to_be_visible(timeout=30_000)
    page.screenshot(path=pictures / "score_trace.png")


@pytest.mark.alone
def test_a_reload_shows_the_training_live_within_ten_seconds(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "reload.ipynb", MONITOR, with_keras=True)
    run_cell(page, 0)
    expect_to_train(page)
    before = steps_done(page)
    save(page)
    page.reload()
    expect(page.locator(".jp-CodeCell").first).to_be_visible(timeout=60_000)
    expect(state_line(page)).to_contain_text("Training: step", timeout=10_000)
    expect_steps_to_go_on(page)
    assert steps_done(page) > before
    expect(page.locator(".hcnn-chart svg").first).to_be_visible()


def test_a_training_that_fails_says_so_in_its_panel(page: Page, lab: JupyterLab) -> None:
    rule = 'rule=hw.learning.Backpropagation(1e38, optimizer="sgd")'
    open_notebook(
        page,
        lab,
        "fails.ipynb",
        MONITOR.replace("GoalDrivenModel(spec)", f"GoalDrivenModel(spec, {rule})"),
        with_keras=True,
    )
    run_cell(page, 0)
    expect(state_line(page)).to_contain_text("Failed", timeout=LIBRARIES_MS)
    expect(page.locator(".hcnn-alert").first).to_contain_text("learning rate")


@pytest.mark.alone
def test_the_learning_rate_is_changed_while_it_runs_and_a_wrong_one_is_refused_in_words(
    page: Page, lab: JupyterLab
) -> None:
    open_notebook(page, lab, "rate.ipynb", MONITOR, "run.learning_rate", with_keras=True)
    run_cell(page, 0)
    expect_to_train(page)
    field = page.get_by_label("Learning rate")
    field.fill("0.005")
    field.press("Enter")
    field.fill("-1")
    field.press("Enter")
    expect(page.locator(".hcnn-alert").first).to_contain_text("above 0", timeout=SOON_MS)
    expect(field).to_have_value("0.005", timeout=SOON_MS)
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("0.005")


@pytest.mark.alone
def test_the_dashboard_trains_what_is_chosen_in_light_and_dark(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "lab.ipynb", "import hcnn_widgets as hw\nlab = hw.widgets.Lab()\nlab")
    run_cell(page, 0)
    expect(button(page, "Train")).to_be_visible(timeout=LIBRARIES_MS)
    page.get_by_label("Recordings").select_option("all areas simulated")
    page.get_by_role("spinbutton", name="How many").fill("1500")
    page.get_by_role("spinbutton", name="How many").press("Tab")
    page.get_by_label("Epochs").fill("200")  # goes on while all this is looked at
    page.get_by_label("Epochs").press("Tab")
    button(page, "Train").click()
    expect_to_train(page)
    page.locator(".hcnn-lab").evaluate("lab => lab.scrollIntoView()")
    before = boxes(page)
    trace = page.locator(".hcnn-mod-trace svg")
    expect(trace).to_have_attribute("aria-label", re.compile("From step"), timeout=LIBRARIES_MS)
    expect(page.locator(".hcnn-mod-answer-strip svg")).to_have_attribute("aria-label", re.compile("answered right"))
    assert boxes(page) == before, "nothing jumps while scores, answers and curves come"
    window = page.locator(".jp-NotebookPanel-notebook").bounding_box()
    assert window is not None
    for left, top, width, height in before:
        assert left >= window["x"]
        assert top >= window["y"]
        assert left + width <= window["x"] + window["width"]
        assert top + height <= window["y"] + window["height"]
    page.screenshot(path=pictures / "lab_light.png")
    page.set_viewport_size({"width": 1920, "height": 1080})
    trace.focus()
    trace.press("f")
    expect(page.locator(".hcnn-lab.hcnn-mod-on-stage")).to_be_visible()
    page.wait_for_timeout(1_000)
    page.screenshot(path=pictures / "lab_stage.png")
    assert min(print_sizes(page)) >= 24
    page.keyboard.press("Escape")
    expect(page.locator(".hcnn-mod-on-stage")).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 800})
    go_dark(page)
    expect_steps_to_go_on(page)
    page.screenshot(path=pictures / "lab_dark.png")
    button(page, "Guess and runs").click()
    expect(page.locator(".hcnn-mod-runs svg")).to_contain_text("hcnn 1")
    page.locator(".hcnn-mod-guess svg [data-place='25']").first.click()
    expect(page.locator(".hcnn-mod-guess svg")).to_contain_text("you 50 %")
    button(page, "Scores").click()
    expect(trace).to_be_visible()
    button(page, "Start over").click()
    expect(button(page, "Undo")).to_be_visible()
    expect(page.get_by_text("Loss and score, step by step").first).to_be_visible()
    button(page, "Undo").click()
    expect(state_line(page)).to_contain_text("Paused", timeout=SOON_MS)
    assert printed_on_stderr(page) == []
    save(page)
