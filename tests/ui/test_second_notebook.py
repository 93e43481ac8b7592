"""The second notebook, run from top to bottom in a real JupyterLab: two questions asked of one network, two answers."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import LIBRARIES_MS, choose, end_all_kernels, go_dark, printed_on_stderr
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_does_a_network_see_like_a_brain.ipynb"
WHOLE_MS = 400_000
ANIMACY = 0.22
"""tau_A of what is alive and what is not with human IT, as the recordings' authors' own files have it."""


@pytest.fixture(autouse=True)
def no_kernel_is_left(lab: JupyterLab) -> Iterator[None]:
    yield
    end_all_kernels(lab)


def cell_with(page: Page, code: str) -> Locator:
    """Give the code cell in which these words stand."""
    return page.locator(".jp-CodeCell").filter(has=page.locator(".jp-InputArea-editor", has_text=code))


def best_of(label: str | None, brain_area: str) -> tuple[str, float]:
    """Give the best model area for a brain area and its score, from what a panel says of itself."""
    found = re.search(rf"{brain_area}(?: by|:) model area (\w+),? ([\d.]+)", label or "")
    assert found is not None, label
    return found[1], float(found[2].rstrip("."))


def test_a_network_that_predicts_v4_does_not_find_alike_what_people_find_alike(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    shutil.copy(NOTEBOOK, lab.root)
    page.goto(lab.url(f"/lab/tree/{NOTEBOOK.name}?reset"))
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
    choose(page, "Run", "Run All Cells")

    # While the network learns, its RDM moves.
    learning = cell_with(page, "RdmExplorer(run, brain)").first
    title = learning.locator(".hcnn-title")
    expect(title).to_contain_text(re.compile(r"model IT, step [\d,]+ and human IT"), timeout=2 * LIBRARIES_MS)
    seen = title.inner_text()
    expect(title).not_to_have_text(seen, timeout=30_000)

    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts.last).to_have_text(re.compile(r"\[\d+\]:"), timeout=WHOLE_MS)
    assert all(re.fullmatch(r"\[\d+\]:", prompt) for prompt in prompts.all_text_contents())
    assert page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0

    # Both answers, as the panels say them.
    predicted = cell_with(page, "PredictivityExplorer(run, v4)").locator("svg[aria-label]").first
    area, r = best_of(predicted.get_attribute("aria-label"), "V4")
    assert area != "V1"
    assert r > 0.4
    alike = learning.get_by_role("img", name=re.compile("Most alike to"))
    assert 0 < best_of(alike.get_attribute("aria-label"), "human IT")[1] < ANIMACY / 2
    table = cell_with(page, "rdm_inference({**mine").locator("table")
    expect(table.locator("tr", has_text="animacy")).to_contain_text(f"{ANIMACY}")
    expect(table.locator("tr", has_text="my IT")).to_contain_text("below the ceiling")

    look_at(page, pictures, "light")
    go_dark(page)
    look_at(page, pictures, "dark")
    assert printed_on_stderr(page) == []


def look_at(page: Page, pictures: Path, theme: str) -> None:
    """Leave a picture of every panel."""
    for code in ("RdmExplorer(brain", "TauCounter", "RdmExplorer(run", "PredictivityExplorer", "LayerAreaMatrix"):
        cell_with(page, code).first.evaluate("cell => cell.scrollIntoView({ block: 'start' })")
        page.wait_for_timeout(700)
        page.screenshot(path=pictures / f"second_notebook_{re.sub(r'[^a-z]+', '_', code.lower())}_{theme}.png")
