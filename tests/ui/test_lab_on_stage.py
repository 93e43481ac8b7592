"""The dashboard on the wall: what one view holds stands one below the other, and none is squeezed to nothing."""

from driving import LIBRARIES_MS, button, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect


def test_the_guess_keeps_its_height_above_the_runs(page: Page, lab: JupyterLab) -> None:
    open_notebook(page, lab, "stage.ipynb", "import hcnn_widgets as hw\nlab = hw.widgets.Lab()\nlab")
    run_cell(page, 0)
    expect(button(page, "Guess and runs")).to_be_visible(timeout=LIBRARIES_MS)
    button(page, "Guess and runs").click()
    guess, runs = page.locator(".hcnn-lab-runs > .hcnn-panel"), page.locator(".hcnn-lab-runs > .hcnn-box")
    expect(guess).to_be_visible()
    page.locator("button[title^='Fill the screen, for a wall']").click()
    expect(page.locator(".hcnn-mod-on-stage.hcnn-lab")).to_be_visible()
    drawing, below = guess.locator(".hcnn-stage").bounding_box(), runs.bounding_box()
    assert drawing is not None
    assert below is not None
    assert drawing["height"] >= 100
    assert drawing["y"] + drawing["height"] <= below["y"]
