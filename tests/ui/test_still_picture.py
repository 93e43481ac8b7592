"""What a reader without a kernel sees of a panel: nothing beside the live one, its last state in the saved notebook."""

import base64
import io
from pathlib import Path

import nbformat
from driving import IN_FRONT, end_all_kernels, open_notebook, save, show_notebook
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


def images_in(cell: Locator) -> Locator:
    return cell.locator(".jp-RenderedImage img")


def still_pictures(path: Path) -> list[Image.Image]:
    """Read the pictures beneath the first cell of a saved notebook that are more than a dot."""
    outputs = nbformat.read(path, as_version=4).cells[0].outputs
    data = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    found = [Image.open(io.BytesIO(base64.b64decode(png))) for png in data]
    return [image for image in found if image.width > 1]


def save_when_pictures_are_there(page: Page, path: Path, n_pictures: int) -> None:
    for _ in range(120):
        save(page)
        if len(still_pictures(path)) == n_pictures:
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{n_pictures} pictures were awaited in {path.name}; there are {len(still_pictures(path))}.")


def test_a_still_picture_hides_beside_the_live_panel_and_stays_for_readers_without_a_kernel(
    page: Page, lab: JupyterLab, pictures: Path
) -> None:
    name = "still_picture.ipynb"
    open_notebook(page, lab, name, PANELS, ANOTHER_PICTURE)
    cells = page.locator(f"{IN_FRONT} .jp-CodeCell")
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

    save(page)
    copy = nbformat.read(lab.root / name, as_version=4)
    copy.cells.append(nbformat.v4.new_code_cell("# from somebody else: never signed here"))
    nbformat.write(copy, lab.root / "still_picture_untrusted.ipynb")
    end_all_kernels(lab)
    for reopened, picture in ((name, "without_a_kernel"), ("still_picture_untrusted.ipynb", "untrusted")):
        show_notebook(page, lab, reopened)
        expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=DRAWN)
        page.wait_for_timeout(1_000)
        page.screenshot(path=pictures / f"still_picture_{picture}.png")
        assert [images_in(cells.first).nth(i).is_visible() for i in range(2)] == [True, True]
        assert not cells.first.get_by_text("model not found").first.is_visible()
        if reopened == name:  # a notebook that is not trusted has the picture alone
            told = cells.first.locator(".jp-OutputArea-output.jupyter-widgets").first
            words = told.evaluate("part => getComputedStyle(part, '::after').content")
            assert "Run the cell to work with it." in words
