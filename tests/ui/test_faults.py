"""What a person sees when things go wrong: a kernel that goes, a page loaded anew, recordings that are missing."""

import os
import re
from pathlib import Path

from driving import (
    IN_FRONT,
    LIBRARIES_MS,
    button,
    choose,
    end_all_kernels,
    expect_steps_to_go_on,
    go_dark,
    open_notebook,
    run_cell,
    save,
    state_line,
)
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect
from test_live_panels import SCORES, TRAIN
from test_still_picture import save_when_pictures_are_there, still_pictures

WAITING = "import hcnn_widgets as hw\nbars = hw.widgets.PredictivityBars()\nbars"
CLOSE = "bars.close()"
KILL = "import os\nos.kill(os.getpid(), 9)"
PANELS = (
    TRAIN
    + SCORES
    + """\
from IPython.display import display
display(hw.widgets.TrainingMonitor(run), hw.widgets.KernelGrid(run, area="V1"))
display(hw.widgets.PredictivityBars(run, cortex))
"""
)
NO_DATA = """\
import os
os.environ["HCNN_WIDGETS_DATA"] = "/there/is/no/such/folder"
import hcnn_widgets as hw
lab = hw.widgets.Lab()
lab
"""
GONE = "No kernel is connected"
SOON_MS = 30_000
"""The server looks after its kernels every few seconds."""


def status(page: Page) -> Locator:
    return page.locator(f"{IN_FRONT} .hcnn-panel [role=status]").last


def restart_from_another_page(lab: JupyterLab) -> None:
    (kernel,) = (each for each in lab.ask("/api/kernels") if each["id"] != lab.kernel.id)
    lab.ask(f"/api/kernels/{kernel['id']}/restart", "POST")


def run_until_it_waits(page: Page) -> None:
    run_cell(page, 0)
    expect(status(page)).to_have_text("No training to show yet.", timeout=LIBRARIES_MS)


def test_a_panel_goes_when_it_is_closed_and_says_when_its_kernel_has_gone_whichever_way(
    page: Page, lab: JupyterLab
) -> None:
    open_notebook(page, lab, "gone.ipynb", WAITING, KILL, CLOSE)
    run_until_it_waits(page)
    run_cell(page, 2)
    expect(page.locator(f"{IN_FRONT} .hcnn-panel, {IN_FRONT} .hcnn-box")).to_have_count(0)
    run_until_it_waits(page)
    choose(page, "Kernel", "Reconnect to Kernel")
    expect(status(page)).to_have_text("No training to show yet.", timeout=SOON_MS)

    run_cell(page, 1)
    expect(status(page)).to_contain_text(GONE, timeout=SOON_MS)
    page.get_by_role("button", name="Ok").click()

    run_until_it_waits(page)
    restart_from_another_page(lab)
    expect(status(page)).to_contain_text(GONE, timeout=SOON_MS)

    run_until_it_waits(page)
    end_all_kernels(lab)
    expect(status(page)).to_contain_text(GONE, timeout=SOON_MS)


def test_pictures_outlive_a_reload_an_earlier_training_can_be_stopped_and_a_lost_one_is_called_so(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    open_notebook(page, lab, "reloaded.ipynb", PANELS, KILL)
    run_cell(page, 0)
    expect(state_line(page)).to_contain_text(re.compile("^Training: step"), timeout=LIBRARIES_MS)
    expect(page.locator(".jp-CodeCell .jp-InputPrompt").first).to_have_text("[1]:", timeout=SOON_MS)
    save(page)
    assert still_pictures(lab.root / "reloaded.ipynb") == []
    page.reload()
    expect(state_line(page)).to_contain_text("Training: step", timeout=SOON_MS)
    expect(page.locator(f"{IN_FRONT} .hcnn-panel")).to_have_count(3)
    button(page, "Stop").click()
    expect(state_line(page)).to_contain_text("Stopped", timeout=SOON_MS)
    save_when_pictures_are_there(page, lab.root / "reloaded.ipynb", 3)

    run_cell(page, 0)
    expect_steps_to_go_on(page)
    run_cell(page, 0)
    earlier = page.get_by_text("1 earlier training of hcnn still runs:")
    expect(earlier).to_be_visible(timeout=SOON_MS)
    button(page, "Stop it").click()
    expect(earlier).to_be_hidden()
    expect_steps_to_go_on(page)
    run_cell(page, 1)
    expect(state_line(page)).to_have_text(
        re.compile(r"^Lost at step [\d,]+ of [\d,]+: run the cell again\.$"), timeout=SOON_MS
    )
    page.get_by_role("button", name="Ok").click()
    expect(page.locator(f"{IN_FRONT} .hcnn-panel [role=status]")).to_have_text([re.compile(GONE)] * 3)
    state_line(page).evaluate("line => line.scrollIntoView()")
    page.screenshot(path=pictures / "lost_light.png")
    go_dark(page)
    state_line(page).evaluate("line => line.scrollIntoView()")
    page.screenshot(path=pictures / "lost_dark.png")


def test_without_network_and_folder_the_simulated_areas_are_scored_and_v4_is_looked_for_again(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    data = os.environ.get("HCNN_WIDGETS_DATA", str(Path(__file__).parents[3] / "shared" / "data"))
    open_notebook(page, lab, "no_data.ipynb", NO_DATA, f"os.environ['HCNN_WIDGETS_DATA'] = {data!r}")
    run_cell(page, 0)
    expect(button(page, "Train")).to_be_visible(timeout=LIBRARIES_MS)
    page.get_by_role("spinbutton", name="How many").fill("400")
    page.get_by_role("spinbutton", name="How many").press("Tab")
    button(page, "Train").click()
    missing = page.locator(".hcnn-alert", has_text="V4 is missing").locator("visible=true")
    expect(missing).to_be_visible(timeout=LIBRARIES_MS)
    trace = page.locator(".hcnn-mod-trace svg")
    expect(trace).to_have_attribute("aria-label", re.compile("V1"), timeout=LIBRARIES_MS)
    expect(missing).to_be_visible()
    page.locator(".hcnn-lab").evaluate("lab => lab.scrollIntoView()")
    page.screenshot(path=pictures / "no_data_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "no_data_dark.png")
    button(page, "Try again").locator("visible=true").click()
    expect(missing).to_be_visible()
    if Path(data).is_dir():
        run_cell(page, 1)
        button(page, "Try again").locator("visible=true").click()
        expect(missing).to_have_count(0, timeout=SOON_MS)
        expect(trace).to_have_attribute("aria-label", re.compile("V4"), timeout=LIBRARIES_MS)

    button(page, "Train").click()
    expect(trace).to_be_hidden(timeout=SOON_MS)
    curves = page.locator(".hcnn-chart-svg[aria-label^='Training curves']")
    expect(curves).to_have_attribute("aria-label", re.compile("hcnn 1, held-out loss"))  # the run before stays beside
    button(page, "Start over").click()
    expect(page.get_by_text("Loss and score, step by step").first).to_be_visible()
