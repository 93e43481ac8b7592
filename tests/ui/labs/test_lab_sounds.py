"""The panel of sounds in a real JupyterLab: seen, heard, bands left out, by mouse and by keyboard, in both themes."""

from pathlib import Path

from accessibility import violations
from driving import IN_FRONT, LIBRARIES_MS, button, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CODE = "import hcnn_widgets as hw\npanel = hw.widgets.CochleagramPanel()\npanel"


def test_a_band_is_left_out_of_a_sound_and_what_is_left_is_played(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "sounds.ipynb", CODE, "sorted(panel.left_out), panel.number")
    run_cell(page, 0)
    drawing = page.locator(".jp-OutputArea svg.hcnn-chart-svg")
    expect(drawing).to_contain_text("Nothing left out.", timeout=LIBRARIES_MS)
    players = page.locator(".hcnn-players audio")
    expect(players).to_have_count(2)
    expect(page.get_by_title("What is left of it")).to_be_visible()
    assert players.evaluate_all("all => all.map(one => one.paused && one.controls)") == [True, True]
    page.wait_for_function("[...document.querySelectorAll('.hcnn-players audio')].every(one => one.duration === 1)")
    page.screenshot(path=pictures / "sounds_light.png")
    assert violations(page, f"{IN_FRONT} .jp-OutputArea") == []
    before = players.nth(1).evaluate("one => one.src || one.currentSrc")
    drawing.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(drawing).to_contain_text("Hz left out.")
    assert players.nth(1).evaluate("one => one.src || one.currentSrc") != before
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("([1], 0)")
    drawing.locator("[data-place='12']").click()
    go_dark(page)
    page.screenshot(path=pictures / "sounds_dark.png")
    assert violations(page, f"{IN_FRONT} .jp-OutputArea") == []
    button(page, "All bands").click()
    expect(drawing).to_contain_text("Nothing left out.")
    page.locator(".jp-OutputArea select").select_option(index=1)
    expect(page.locator(".jp-OutputArea").first).to_contain_text("Cochleagram of birds (simulated)")
    page.locator(".hcnn-to-stage").first.click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "sounds_stage.png")
