"""The sidebar in a real JupyterLab: what a person who looks at it sees of the models of the notebook in front."""

import re
from pathlib import Path

from driving import IN_FRONT, LIBRARIES_MS, choose, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

MODEL = "import hcnn_widgets as hw\nmodel = hw.GoalDrivenModel(architecture=hw.architecture.hcnn())"
TRAIN = "run = model.train(hw.stimuli.objects(n=400), epochs=1000)"
OTHER = "import hcnn_widgets as hw\nother = hw.GoalDrivenModel(architecture=hw.architecture.hcnn(areas=('V1', 'IT')))"


def opened(page: Page, lab: JupyterLab, name: str, *cells: str, with_keras: bool = False) -> None:
    """Open a new notebook, alone, and the sidebar."""
    open_notebook(page, lab, name, *cells, with_keras=with_keras)
    if not sidebar(page).is_visible():
        page.locator(".jp-SideBar .lm-TabBar-tab[data-id=hcnn-models]").click()
    expect(sidebar(page).locator(".hcnn-models-notebook")).to_have_text(name)
    at_first = "No model in this notebook yet" if with_keras else "has not imported"
    expect(sidebar(page)).to_contain_text(at_first, timeout=30_000)  # the kernel is there


def sidebar(page: Page) -> Locator:
    return page.locator("#hcnn-models")


def rows(page: Page, kind: str = "model") -> Locator:
    return sidebar(page).locator(f"[role=treeitem][data-kind={kind}]")


def step(page: Page) -> int:
    """Give the step that the sidebar shows."""
    said = rows(page).locator(".hcnn-training-line").nth(1).inner_text()
    return int(re.search(r"step ([\d,]+) of", said)[1].replace(",", ""))  # type: ignore[index]


def expect_to_go_on(page: Page) -> None:
    before = step(page)
    expect(rows(page).locator(".hcnn-training-line").nth(1)).not_to_have_text(re.compile(f"step {before:,} of"))
    assert step(page) > before


def test_the_sidebar_shows_a_model_with_its_areas_and_its_training_live(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    opened(page, lab, "live.ipynb", MODEL, TRAIN, "run.stop()")
    expect(sidebar(page).locator("code")).to_have_text("import hcnn_widgets as hw")
    run_cell(page, 0)
    expect(rows(page)).to_contain_text("Not built yet", timeout=LIBRARIES_MS)
    expect(rows(page, "area").locator(".hcnn-tree-name")).to_have_text(["V1", "V2", "V4", "IT"])
    run_cell(page, 1)
    expect(rows(page).locator(".hcnn-training")).to_have_attribute("data-state", "training", timeout=LIBRARIES_MS)
    expect(rows(page)).to_contain_text("held-out accuracy", timeout=30_000)
    expect_to_go_on(page)

    rows(page, "area").first.click()
    expect(rows(page, "layer").filter(has_text="filter")).to_contain_text("2.08 k")
    page.keyboard.press("Home")
    expect(rows(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(rows(page, "layer")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(rows(page, "layer")).not_to_have_count(0)
    page.screenshot(path=pictures / "sidebar_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "sidebar_dark.png")

    run_cell(page, 2)
    expect(rows(page).locator(".hcnn-training")).to_have_attribute("data-state", "stopped")


def test_a_deleted_model_goes(page: Page, lab: JupyterLab) -> None:
    opened(page, lab, "deleted.ipynb", MODEL, "del model", with_keras=True)
    run_cell(page, 0)
    expect(rows(page)).to_have_count(1, timeout=LIBRARIES_MS)
    run_cell(page, 1)
    expect(rows(page)).to_have_count(0)
    expect(sidebar(page)).to_contain_text("No model in this notebook yet")


def test_the_sidebar_follows_the_notebook_in_front(page: Page, lab: JupyterLab) -> None:
    opened(page, lab, "one.ipynb", MODEL)
    run_cell(page, 0)
    expect(rows(page).locator(".hcnn-tree-name")).to_have_text("model", timeout=LIBRARIES_MS)
    open_notebook(page, lab, "two.ipynb", OTHER, alone=False)
    expect(sidebar(page)).to_contain_text("has not imported", timeout=30_000)
    expect(rows(page)).to_have_count(0)
    run_cell(page, 0)
    expect(rows(page).locator(".hcnn-tree-name")).to_have_text("other", timeout=LIBRARIES_MS)
    for notebook, name in (("one.ipynb", "model"), ("two.ipynb", "other")):
        page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=notebook).click()
        expect(rows(page).locator(".hcnn-tree-name")).to_have_text(name)
        expect(sidebar(page).locator(".hcnn-models-notebook")).to_have_text(notebook)


def test_a_kernel_restart_empties_the_sidebar_and_the_next_model_fills_it(page: Page, lab: JupyterLab) -> None:
    opened(page, lab, "restart.ipynb", MODEL)
    run_cell(page, 0)
    expect(rows(page)).to_have_count(1, timeout=LIBRARIES_MS)
    choose(page, "Kernel", "Restart Kernel…")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(rows(page)).to_have_count(0)
    expect(sidebar(page)).to_contain_text("has not imported", timeout=30_000)
    run_cell(page, 0)
    expect(rows(page)).to_have_count(1, timeout=LIBRARIES_MS)


def test_after_a_reload_the_training_comes_back_live_with_the_branches_as_they_were(
    page: Page, lab: JupyterLab
) -> None:
    opened(page, lab, "reload.ipynb", MODEL, TRAIN, with_keras=True)
    run_cell(page, 0)
    expect(rows(page)).to_have_count(1, timeout=LIBRARIES_MS)
    run_cell(page, 1)
    expect(rows(page).locator(".hcnn-training")).to_have_count(1, timeout=LIBRARIES_MS)
    rows(page, "area").first.click()
    page.wait_for_timeout(1500)  # JupyterLab writes down after a moment which sidebar is open
    page.reload()
    expect(rows(page).locator(".hcnn-training")).to_have_attribute("data-state", "training", timeout=60_000)
    expect(rows(page, "area").first).to_have_attribute("aria-expanded", "true")
    expect_to_go_on(page)


def test_a_training_shows_while_another_cell_runs(page: Page, lab: JupyterLab) -> None:
    opened(page, lab, "busy.ipynb", MODEL, TRAIN, "import time; time.sleep(600)")
    run_cell(page, 0)
    expect(rows(page)).to_have_count(1, timeout=LIBRARIES_MS)
    run_cell(page, 1)
    expect(rows(page).locator(".hcnn-training")).to_have_count(1, timeout=LIBRARIES_MS)
    run_cell(page, 2)
    expect(page.locator(f"{IN_FRONT} .jp-InputPrompt").nth(2)).to_have_text("[*]:")
    expect_to_go_on(page)


def test_a_sidebar_that_is_hidden_is_silent(page: Page, lab: JupyterLab) -> None:
    heard: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(bytes_of(frame))))
    opened(page, lab, "silent.ipynb", MODEL, TRAIN, with_keras=True)
    run_cell(page, 0)
    expect(rows(page)).to_have_count(1, timeout=LIBRARIES_MS)
    run_cell(page, 1)
    expect(rows(page).locator(".hcnn-training")).to_have_count(1, timeout=LIBRARIES_MS)
    tab = page.locator(".jp-SideBar .lm-TabBar-tab[data-id=hcnn-models]")
    tab.click()
    expect(sidebar(page)).to_be_hidden()
    page.wait_for_timeout(1000)
    heard.clear()
    page.wait_for_timeout(3000)
    assert not [frame for frame in heard if b'"sequence"' in frame]
    tab.click()
    expect_to_go_on(page)
    assert [frame for frame in heard if b'"sequence"' in frame]


def bytes_of(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()
