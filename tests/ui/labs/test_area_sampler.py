"""Units of a model area beside recorded sites, in a real JupyterLab: walked, chosen, drawn anew, the claim tested."""

from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

SAMPLER = """import hcnn_widgets as hw
objects = hw.stimuli.objects(64, size=16, seed=0)
v4 = hw.mapping.simulated_cortex(objects, areas=("V4",), n_sites=12, seed=0)["V4"]
model = hw.GoalDrivenModel(hw.architecture.hcnn(input_shape=(16, 16, 1), n_kernels=(4, 4, 24, 4)), seed=0)
model.build(objects.categories)
sampler = hw.widgets.AreaSampler(model, v4, n_sites=20)
sampler"""


def test_units_are_drawn_chosen_and_held_against_recorded_sites(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "areas.ipynb", SAMPLER, "sampler.panel.chosen, sampler.panel.draw", with_keras=True)
    run_cell(page, 0)
    drawing = page.locator(".hcnn-mod-sampler svg")
    expect(drawing).to_contain_text("made by", timeout=LIBRARIES_MS)  # gradient ascent
    expect(drawing).to_contain_text("recorded V4 (simulated)")
    heard = page.locator(".hcnn-mod-sampler [aria-live]")
    drawing.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(heard).to_contain_text("of model V4: ")
    page.keyboard.press("Enter")
    page.keyboard.press("t")
    expect(drawing).to_contain_text("untrained V4", timeout=60_000)
    page.screenshot(path=pictures / "areas_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "areas_dark.png")
    page.locator(".hcnn-to-stage").first.click()
    page.wait_for_timeout(700)
    page.screenshot(path=pictures / "areas_stage.png")
    filled = drawing.bounding_box()
    assert filled is not None
    assert filled["y"] + filled["height"] > 0.85 * 800
    page.keyboard.press("Escape")
    button(page, "Draw anew").click()
    run_cell(page, 1)
    output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_contain_text("(0, 1)")
