"""The second notebook, run from top to bottom in a real JupyterLab: one question asked of two networks, two answers."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, choose, go_dark, printed_on_stderr
from jupyter_lab import JupyterLab
from playwright.sync_api import Locator, Page, expect

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_does_a_network_see_like_a_brain.ipynb"
FEWER = {"n=8000": "n=800", "[::3]": "[::8]"}
"""Objects to learn from and photographs to score: the panels are the same with fewer of them."""
WHOLE_MS = 300_000
ANIMACY = 0.22
"""tau_A of what is alive and what is not with human IT, as the recordings' authors' own files have it."""


def copy_with_fewer_images(lab: JupyterLab) -> None:
    """Write the notebook into the server's folder."""
    text = NOTEBOOK.read_text(encoding="utf-8")
    for asked, shown in FEWER.items():
        assert text.count(asked) == 1
        text = text.replace(asked, shown)
    (lab.root / NOTEBOOK.name).write_text(text, encoding="utf-8")


def cell_with(page: Page, code: str) -> Locator:
    """Give the code cell in which these words stand."""
    return page.locator(".jp-CodeCell").filter(has=page.locator(".jp-InputArea-editor", has_text=code))


def most_alike(cell: Locator) -> tuple[str, float]:
    """Give the model area that is most like human IT and its tau_A, from what the bars of a cell say of themselves."""
    label = cell.get_by_role("img", name=re.compile("Most alike to")).get_attribute("aria-label")
    found = re.search(r"human IT: model area (.+?), (\d\.\d+)", label or "")
    assert found is not None, label
    return found[1], float(found[2])


def test_people_find_alike_what_a_network_finds_alike_that_has_learnt_photographs(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    copy_with_fewer_images(lab)
    page.goto(lab.url(f"/lab/tree/{NOTEBOOK.name}?reset"))
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
    choose(page, "Run", "Run All Cells")

    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts.last).to_have_text(re.compile(r"\[\d+\]:"), timeout=WHOLE_MS)
    assert all(re.fullmatch(r"\[\d+\]:", prompt) for prompt in prompts.all_text_contents())
    assert page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0

    # Both answers, as the panels say them.
    learning, photos = (cell_with(page, code) for code in ("RdmExplorer(run, brain)", "efficientnet_lite0"))
    learning.scroll_into_view_if_needed()
    title = learning.locator(".hcnn-title")
    expect(title).to_contain_text(re.compile(r"model IT, step [\d,]+ and human IT"), timeout=LIBRARIES_MS)
    assert 0 < most_alike(learning)[1] < ANIMACY / 2
    learning.get_by_role("slider", name="Training").press("Home")
    expect(title).to_contain_text("model IT, untrained and human IT")
    block, tau_a = most_alike(photos)
    assert block in ("block 12", "block 14")
    assert tau_a > 0.15
    expect(cell_with(page, "area_scores").locator("table tr", has_text=block)).to_have_count(1)
    matrix = cell_with(page, "LayerAreaMatrix").locator("svg[aria-label]").first
    expect(matrix).to_have_attribute("aria-label", re.compile("V4 goes with model area"), timeout=60_000)

    look_at(page, pictures, "light")
    go_dark(page)
    look_at(page, pictures, "dark")
    assert printed_on_stderr(page) == []


def look_at(page: Page, pictures: Path, theme: str) -> None:
    """Leave a picture of every panel."""
    for code in (
        "RdmExplorer(brain",
        "TauCounter",
        "RdmExplorer(run",
        "efficientnet",
        "area_scores",
        "LayerAreaMatrix",
    ):
        cell_with(page, code).first.evaluate("cell => cell.scrollIntoView({ block: 'start' })")
        page.wait_for_timeout(300)
        page.screenshot(path=pictures / f"second_notebook_{re.sub(r'[^a-z]+', '_', code.lower())}_{theme}.png")
