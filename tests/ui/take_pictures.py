"""Take the dashboard's pictures for docs: the default training to its end, in both themes, large and on the stage.

    make pictures

They lie in test-results/ afterwards: look at them, then copy them to docs/pictures. A number of images, as a word
behind the script, trains on fewer.
"""

import re
import sys
import tempfile
from pathlib import Path

import find_browser
from conftest import PICTURES
from driving import button, go_dark, open_notebook, run_cell, state_line
from jupyter_lab import TOKEN, JupyterLab
from playwright.sync_api import Page, expect, sync_playwright

SMALL, LARGE = {"width": 1280, "height": 800}, {"width": 1920, "height": 1080}
IMAGES = "12000"
LONGEST_MS = 900_000
SETTLED_MS = 2_000
"""Time in which a view has drawn itself anew at another size."""


def take(page: Page, name: str) -> None:
    """Take what is in sight, nothing of it pointed at or in focus."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=PICTURES / f"{name}.png")


def in_sight(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.locator(".hcnn-lab").evaluate("lab => lab.scrollIntoView()")


def on_the_stage(page: Page, name: str) -> None:
    """Take the stage, as F opens it at 1920 x 1080, and come back."""
    in_sight(page, LARGE)
    page.locator(".hcnn-mod-trace svg").focus()
    page.keyboard.press("f")
    expect(page.locator(".hcnn-lab.hcnn-mod-on-stage")).to_be_visible()
    take(page, name)
    page.locator(".hcnn-mod-trace svg").press("Escape")
    expect(page.locator(".hcnn-mod-on-stage")).to_have_count(0)


def take_all(page: Page, lab: JupyterLab, n: str) -> None:
    open_notebook(page, lab, "lab.ipynb", "import hcnn_widgets as hw\nlab = hw.widgets.Lab()\nlab")
    run_cell(page, 0)
    expect(button(page, "Train")).to_be_visible(timeout=LONGEST_MS)
    page.get_by_role("spinbutton", name="How many").fill(n)
    page.get_by_role("spinbutton", name="How many").press("Tab")
    button(page, "Train").click()
    expect(state_line(page).first).to_contain_text("Finished", timeout=LONGEST_MS)
    at_the_end = re.compile(r"on all [\d,]+ images")
    expect(page.locator(".hcnn-mod-trace svg")).to_have_attribute("aria-label", at_the_end, timeout=LONGEST_MS)
    in_sight(page, SMALL)
    take(page, "lab_light")
    for view, name in (("Network", "network"), ("Guess and runs", "lab_runs")):
        button(page, view).click()
        in_sight(page, SMALL)
        take(page, name)
    button(page, "Scores").click()
    in_sight(page, LARGE)
    take(page, "lab_1920")
    on_the_stage(page, "lab_stage")
    in_sight(page, SMALL)
    go_dark(page)
    in_sight(page, SMALL)
    take(page, "lab_dark")
    on_the_stage(page, "lab_stage_dark")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = JupyterLab(Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path=find_browser.find(), args=find_browser.FLAGS)
            context = browser.new_context(viewport=SMALL)  # type: ignore[arg-type]
            context.set_extra_http_headers({"Authorization": f"token {TOKEN}"})
            take_all(context.new_page(), server, sys.argv[1] if len(sys.argv) > 1 else IMAGES)
            browser.close()
        finally:
            server.stop()
