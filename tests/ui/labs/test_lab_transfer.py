"""TransferLab in a real JupyterLab: the line is dragged, networks learn, other goals are read out."""

from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, middle, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

LAB = """import hcnn_widgets as hw
images = hw.stimuli.objects(400, size=16, seed=0)
seen, never_seen = hw.stimuli.split_categories(images, ["boats", "fruits", "planes", "tables"])
model = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1", "V4", "IT"), n_kernels=(4, 4, 4), input_shape=(16, 16, 1)))
model.build(seen.categories)
ways = ("frozen", "from scratch")
lab = hw.widgets.TransferLab(model, never_seen, n_labels=(8,), seeds=(0,), ways=ways, n_steps=5)
lab"""
PRINTED = "lab.transfer.freeze_at, len(lab.transfer.rows), lab.readouts.goals[0]"


def test_a_line_is_dragged_networks_learn_and_goals_are_read_out(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "transfer.ipynb", LAB, PRINTED, with_keras=True)
    run_cell(page, 0)
    words = page.locator(".jp-OutputArea svg.hcnn-chart-svg").first
    drawn = page.locator(".hcnn-mod-transfer")
    expect(words).to_contain_text("Not measured yet", timeout=LIBRARIES_MS)
    page.mouse.move(*middle(drawn.locator("rect[data-place='2']").first))
    page.mouse.down()
    page.mouse.move(*middle(drawn.locator("rect[data-place='1']").first), steps=6)
    page.mouse.up()
    button(page, "Start").click()
    expect(words).to_contain_text("2 of 2 trainings", timeout=60_000)
    page.mouse.move(*middle(drawn.locator("rect[data-place='3']").first))
    expect(page.locator(".hcnn-card")).to_contain_text("on from scratch")
    page.screenshot(path=pictures / "transfer_light.png")
    button(page, "Other goals").click()
    expect(words).to_contain_text("categorization", timeout=60_000)
    page.locator(".jp-OutputArea select").first.select_option("trained less untrained")
    expect(words).to_contain_text("of the way from chance to perfect")
    go_dark(page)
    page.screenshot(path=pictures / "transfer_dark.png")
    button(page, "New categories").click()
    expect(words).to_contain_text("2 of 2 trainings")
    button(page, "Stage").click()
    page.wait_for_timeout(500)
    page.screenshot(path=pictures / "transfer_stage.png")
    page.keyboard.press("Escape")
    run_cell(page, 1)
    expect(page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")).to_contain_text("('V4', 2, 'categ")
