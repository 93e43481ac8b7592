"""The wheel in front ends that are not this repository's JupyterLab: each draws, trains and says nothing wrong."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jupyter_lab import JupyterLab
from playwright.sync_api import Browser, Page, expect

Open = Callable[[str], Page]
LIBRARIES_MS = 120_000
CELL = """import hcnn_widgets as hw
objects = hw.stimuli.objects(256, size=16, seed=0)
cortex = hw.mapping.simulated_cortex(objects, n_sites=8, seed=0)
model = hw.GoalDrivenModel(hw.architecture.hcnn(input_shape=(16, 16, 1), n_kernels=(4, 4, 4, 4)), seed=0)
run = model.train(objects, epochs=3)
hw.widgets.TrainingMonitor(run)"""
SCORES = "hw.widgets.BrainMap(run, cortex)"
LAB = "hw.widgets.ConvolutionLab()"
APP = "import hcnn_widgets as hw\nhw.widgets.Lab()"
SAVE = """import sys
import hcnn_widgets as hw
hw.save_html([hw.widgets.CochleagramPanel(), hw.widgets.ConvolutionLab()], sys.argv[1])"""


def expect_all_panels(page: Page) -> None:
    """Wait until a training has ended in a page, and its scores and a lab are drawn."""
    outputs = page.locator(".jp-OutputArea")
    expect(outputs.filter(has_text="Finished").first).to_be_visible(timeout=LIBRARIES_MS)
    brain = page.locator(".hcnn-panel svg[aria-label*='V4']").first
    expect(brain).to_have_attribute("aria-label", re.compile(r"\d\.\d\d"), timeout=LIBRARIES_MS)
    expect(page.locator(".hcnn-panel svg[aria-label*='kernel of']").first).to_be_visible()


def run_all(page: Page, cells: int) -> None:
    """Run the cells of the notebook in front, one after the other; Notebook drops keys before its kernel is there."""
    for number in range(cells):
        cell = page.locator(".jp-NotebookPanel .jp-CodeCell").nth(number)
        for _ in range(20):
            cell.locator(".jp-InputArea-editor").click()
            page.keyboard.press("Control+Enter")
            page.wait_for_timeout(1_500)
            if "[ ]" not in cell.locator(".jp-InputPrompt").inner_text():
                break


@pytest.mark.parametrize("version", ["now", "then"])
def test_jupyterlab_draws_panels_and_lists_the_model_in_its_sidebar(
    version: str, request: pytest.FixtureRequest, opened: Open, pictures: Path
) -> None:
    server: JupyterLab = request.getfixturevalue(version)
    page = opened(server.url(f"/lab/tree/{server.write_notebook('lab.ipynb', CELL, SCORES, LAB)}?reset"))
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=LIBRARIES_MS)
    run_all(page, 3)
    expect_all_panels(page)
    page.locator(".jp-SideBar .lm-TabBar-tab[data-id=hcnn-models]").click()
    expect(page.locator("#hcnn-models [role=treeitem][data-kind=model]")).to_contain_text("model")
    page.screenshot(path=pictures / f"front_end_jupyterlab_{version}.png")


def test_notebook_7_draws_panels_and_lists_the_model_in_its_sidebar(
    now: JupyterLab, opened: Open, pictures: Path
) -> None:
    page = opened(now.url(f"/notebooks/{now.write_notebook('seven.ipynb', CELL, SCORES, LAB)}"))
    run_all(page, 3)
    expect_all_panels(page)
    for entry in ("View", "Left Sidebar", "Show Models"):
        page.locator(".lm-MenuBar-item, .lm-Menu-item", has_text=entry).first.click()
    expect(page.locator("#hcnn-models [role=treeitem][data-kind=model]")).to_contain_text("model")
    page.screenshot(path=pictures / "front_end_notebook.png")


def test_voila_serves_the_dashboard_as_an_app(now: JupyterLab, opened: Open, pictures: Path) -> None:
    page = opened(now.url(f"/voila/render/{now.write_notebook('app.ipynb', APP)}"))
    train = page.locator("button").filter(has_text=re.compile(r"^\s*Train$"))
    expect(train).to_be_visible(timeout=LIBRARIES_MS)
    train.click()
    line = page.locator(".widget-label").filter(has_text=re.compile(r"step [\d,]+ of"))
    expect(line).to_be_visible(timeout=LIBRARIES_MS)
    expect(line).to_have_css("line-height", "15px")  # two lines have room above each other
    page.screenshot(path=pictures / "front_end_voila.png")


def test_a_page_saved_with_the_wheel_asks_for_nothing_and_answers_to_the_pointer(
    python_now: Path, browser: Browser, tmp_path: Path, pictures: Path
) -> None:
    path = tmp_path / "saved.html"
    command = [str(python_now), "-c", SAVE, str(path)]
    subprocess.run(command, check=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": ""})
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    sound = page.locator(".hcnn-mod-cochleagram")
    expect(sound.locator("svg")).to_contain_text("Nothing left out.", timeout=60_000)
    sound.locator("svg [data-place='12']").first.hover(force=True)
    expect(sound).to_contain_text(re.compile(r"[\d,]+ to [\d,]+ Hz"))
    page.screenshot(path=pictures / "front_end_saved_page.png")
    assert [words for words in heard if not words.startswith(("file:", "data:", "blob:"))] == []
    context.close()
