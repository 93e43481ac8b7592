"""What a reader without a kernel sees of a panel: nothing beside the live one, its last state in the saved notebook."""

import base64
import io
from pathlib import Path

import nbformat
from jupyter_lab import JupyterLab
from PIL import Image
from playwright.sync_api import Locator, Page, expect

PANELS = """\
import hcnn_widgets as hw

images = hw.stimuli.objects(n=160, variation="low", seed=0)
model = hw.GoalDrivenModel(
    hw.architecture.hcnn(), hw.goal.Categorization(), hw.learning.Backpropagation(learning_rate=1e-3)
)
run = model.train(images, epochs=1)
monitor, kernels = hw.widgets.TrainingMonitor(run), hw.widgets.KernelGrid(run)
display(monitor, kernels)
"""
ANOTHER_PICTURE = "from IPython.display import Image\ndisplay(kernels, Image(kernels.picture()))"
DRAWN = 120_000
"""Milliseconds: the first compilation of a network on a busy machine."""


def open_notebook(page: Page, lab: JupyterLab, name: str) -> Locator:
    page.goto(lab.url(f"/lab/tree/{name}?reset"))
    cells = page.locator(".jp-NotebookPanel:visible .jp-CodeCell")
    expect(cells.first).to_be_visible()
    return cells


def until_the_kernel_is_idle(page: Page) -> None:
    expect(page.locator("#jp-main-statusbar").get_by_text("| Idle")).to_be_visible(timeout=DRAWN)


def images_in(cell: Locator) -> Locator:
    return cell.locator(".jp-RenderedImage img")


def still_pictures(path: Path) -> list[Image.Image]:
    """Read the pictures beneath the first cell of a saved notebook that are more than a dot."""
    outputs = nbformat.read(path, as_version=4).cells[0].outputs
    data = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    found = [Image.open(io.BytesIO(base64.b64decode(png))) for png in data]
    return [image for image in found if image.width > 1]


def save_when_pictures_are_there(page: Page, path: Path, n_pictures: int) -> None:
    for _ in range(60):
        page.keyboard.press("Control+s")
        page.wait_for_timeout(500)
        if len(still_pictures(path)) == n_pictures:
            return
    raise AssertionError(f"{n_pictures} pictures were awaited in {path.name}; there are {len(still_pictures(path))}.")


def end_all_kernels(page: Page, lab: JupyterLab) -> None:
    for session in lab.ask("/api/sessions"):
        page.request.delete(lab.url(f"/api/sessions/{session['id']}"))


def test_a_still_picture_hides_beside_the_live_panel_and_stays_for_readers_without_a_kernel(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    name = lab.write_notebook("still_picture.ipynb", PANELS, ANOTHER_PICTURE)
    cells = open_notebook(page, lab, name)
    until_the_kernel_is_idle(page)
    cells.first.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(cells.first.get_by_text("Finished")).to_be_visible(timeout=DRAWN)
    expect(cells.first.locator(".hcnn-panel")).to_have_count(2)
    save_when_pictures_are_there(page, lab.root / name, 2)
    expect(images_in(cells.first)).to_have_count(2)
    assert [images_in(cells.first).nth(i).is_visible() for i in range(2)] == [False, False]

    page.keyboard.press("Shift+Enter")  # a picture of the person's own beside a panel is never hidden
    expect(images_in(cells.nth(1))).to_have_count(2)
    expect(images_in(cells.nth(1)).nth(0)).to_be_hidden()
    expect(images_in(cells.nth(1)).nth(1)).to_be_visible()
    page.screenshot(path=pictures / "still_picture_live.png")

    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    copy = nbformat.read(lab.root / name, as_version=4)
    copy.cells.append(nbformat.v4.new_code_cell("# from somebody else: never signed here"))
    nbformat.write(copy, lab.root / "still_picture_untrusted.ipynb")
    end_all_kernels(page, lab)
    for reopened, picture in ((name, "without_a_kernel"), ("still_picture_untrusted.ipynb", "untrusted")):
        cells = open_notebook(page, lab, reopened)
        page.wait_for_timeout(3000)
        page.screenshot(path=pictures / f"still_picture_{picture}.png")
        assert [images_in(cells.first).nth(i).is_visible() for i in range(2)] == [True, True]
        assert not cells.first.get_by_text("model not found").first.is_visible()
