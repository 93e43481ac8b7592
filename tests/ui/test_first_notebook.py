"""The first notebook, as a person meets it: one cell, one button."""

import re
import shutil
import time
from pathlib import Path

from driving import LIBRARIES_MS, button, printed_on_stderr, run_cell, state_line
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_a_brain_score_that_moves.ipynb"
TRAINING_MS = 300_000
HALF = "6"
"""Epochs, of the dashboard's 12: all that is asserted is there by then (the whole: `benchmarks/notebook_model.py`)."""


class Clock:
    """What came how long after the press, to be read beside the pictures: no journey hangs on it."""

    def __init__(self) -> None:
        self.pressed, self.told = time.monotonic(), "Seconds from Train to\n"

    def note(self, what: str) -> None:
        self.told += f"{what}: {time.monotonic() - self.pressed:.1f}\n"


def test_one_button_trains_a_network_whose_areas_come_to_predict_those_of_the_brain(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    page.set_viewport_size({"width": 1600, "height": 1200})
    shutil.copy(NOTEBOOK, lab.root)
    page.goto(lab.url(f"/lab/tree/{NOTEBOOK.name}?reset"))
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
    page.locator(".jp-SideBar .lm-TabBar-tab[data-id=hcnn-models]").click()
    run_cell(page, 0)
    expect(button(page, "Train")).to_be_visible(timeout=LIBRARIES_MS)
    page.get_by_label("Epochs").fill(HALF)
    button(page, "Train").click()
    clock = Clock()
    expect(page.locator(".hcnn-lab-line")).to_contain_text("images", timeout=LIBRARIES_MS)
    clock.note("the number of images that are drawn")
    expect(state_line(page)).to_contain_text(re.compile(r"Training: step [1-9]"), timeout=LIBRARIES_MS)
    clock.note("the first step")
    trace = page.locator(".hcnn-mod-trace svg")
    expect(trace).to_have_attribute("aria-label", re.compile(r"\d\.\d\d"), timeout=LIBRARIES_MS)
    clock.note("the first score")
    (pictures / "first_seconds.txt").write_text(clock.told)
    expect(state_line(page)).to_contain_text("Finished", timeout=TRAINING_MS)
    curves = page.locator(".hcnn-chart-svg[aria-label^='Training curves']")
    held_out = re.search(r"held-out accuracy ([\d.]+)", curves.get_attribute("aria-label") or "")
    assert held_out is not None
    assert float(held_out[1]) >= 0.8
    button(page, "Bars").click()
    bars = page.locator(".hcnn-mod-bars svg")
    expect(bars).to_have_attribute("aria-label", re.compile("(?<!of )640 images"), timeout=150_000)
    said = bars.get_attribute("aria-label") or ""
    best = dict(re.findall(r"(\w+)(?: \(simulated\))? is predicted best by model area (\w+)", said))
    assert best["IT"] == "IT"
    assert best["V4"] != "V1"
    page.locator(".hcnn-lab").evaluate("lab => lab.scrollIntoView()")
    page.wait_for_timeout(1_000)
    page.screenshot(path=pictures / "lab.png")
    assert printed_on_stderr(page) == []
