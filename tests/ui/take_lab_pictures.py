"""Take the pictures of the labs for docs, each in its notebook at 1280 x 800.

    python tests/ui/take_lab_pictures.py [--all] [perceptron gates ...]

They lie in test-results/ afterwards: look at them, then copy them to docs/pictures. With --all each lab is taken on the
stage and in the dark theme, too: would a lecturer project it?
"""

import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import NamedTuple

import find_browser
from conftest import PICTURES
from driving import LIBRARIES_MS, button, end_all_kernels, go_dark, open_notebook, run_cell
from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Page, expect, sync_playwright

SIZE = {"width": 1280, "height": 800}
SETTLED_MS = 1_500
LEARNT_MS = 240_000


class Pictured(NamedTuple):
    """A lab: how it is made, the name of its scene, the keys that come first, the words that are waited for.

    One that stands side by side only in a wide notebook is taken with the file browser closed.
    """

    made: str
    scene: str
    keys: str = ""
    until: str = ""
    is_wide: bool = False
    button: str = ""


LABS = {
    "perceptron": Pictured("PerceptronLab()", "perceptron", "z s s s s s s"),
    "gates": Pictured("GateLab('XOR')", "gate"),
    "layers": Pictured("MlpLab()", "mlp", is_wide=True),
    "activation": Pictured("ActivationLab('sigmoid')", "activation"),
    "convolution": Pictured("ConvolutionLab()", "convolution"),
    "pooling": Pictured("PoolingLab()", "pooling"),
    "receptive_field": Pictured("ReceptiveFieldLab([5, (2, 2), 5, (2, 2)], size=32)", "field"),
    "motif": Pictured("MotifLab(mask=0.2)", "motif"),
    "quiz": Pictured("Quiz(3)", "quiz", "5 ArrowRight 1 1 ArrowDown 2 9 ArrowLeft 2 3 c h", "0 of 4 cells are right"),
    "lenet5": Pictured("LeNet5Lab()", "lenet5", until="Trained.", button="Train"),
}


def take(page: Page, name: str) -> None:
    """Take what is in sight, nothing of it pointed at or in focus."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=PICTURES / f"{name}.png")


def shown(page: Page, server: JupyterLab, name: str) -> None:
    """Show a lab alone in a notebook, as its keys leave it."""
    lab = LABS[name]
    open_notebook(page, server, f"{name}.ipynb", f"import hcnn_widgets as hw\nlab = hw.widgets.{lab.made}\nlab")
    run_cell(page, 0)
    drawing = page.locator(f".hcnn-mod-{lab.scene} svg.hcnn-chart-svg").first
    expect(drawing).to_be_visible(timeout=LIBRARIES_MS)
    if lab.is_wide:
        page.keyboard.press("Control+b")
    page.wait_for_timeout(SETTLED_MS)
    for key in lab.keys.split():
        cells = drawing.locator("[tabindex='0']")
        (cells.first if cells.count() else drawing).press(key)
        page.wait_for_timeout(200)
    if lab.button:
        button(page, lab.button).first.click()
    if lab.until:
        expect(drawing).to_contain_text(lab.until, timeout=LEARNT_MS)


def take_on_the_stage(page: Page, name: str) -> None:
    """Take a lab that is shown on the stage, and come back."""
    stage = button(page, "Stage").first
    stage.click()
    expect(page.locator(".hcnn-mod-on-stage")).to_have_count(1)
    take(page, name)
    stage.press("Escape")
    expect(page.locator(".hcnn-mod-on-stage")).to_have_count(0)


def take_in(page: Page, name: str, theme: str, is_all: bool) -> None:
    """Take a lab that is shown, and on the stage if all is asked for."""
    if theme and page.locator("body").get_attribute("data-jp-theme-light") == "true":
        go_dark(page)  # the server keeps the theme for the labs to come
    take(page, f"{name}{theme}")
    if is_all:
        take_on_the_stage(page, f"{name}_stage{theme}")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    is_all, names = "--all" in sys.argv, [word for word in sys.argv[1:] if word in LABS] or list(LABS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = JupyterLab(Path(folder))
        browser = playwright.chromium.launch(executable_path=find_browser.find(), args=find_browser.FLAGS)
        try:
            for theme, name in product(("", "_dark") if is_all else ("",), names):
                context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
                context.set_extra_http_headers({"Authorization": f"token {TOKEN}"})
                page = context.new_page()
                shown(page, server, name)
                take_in(page, name, theme, is_all)
                context.close()
                end_all_kernels(server)
                print(f"{name}{theme}", flush=True)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
