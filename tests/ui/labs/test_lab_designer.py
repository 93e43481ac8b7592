"""The goal-driven designer in a real JupyterLab: two runs with different goals, and what the change did."""

import re
from pathlib import Path

from driving import LIBRARIES_MS, button, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

CELL = """import hcnn_widgets as hw
images = hw.stimuli.objects(96, size=16, seed=0)
v4 = hw.mapping.simulated_cortex(hw.stimuli.objects(48, size=16, seed=5), n_sites=8, seed=0)["V4"]
small = {"small": lambda **options: hw.architecture.hcnn(["V1", "IT"], 4, 3, **options)}
goals = {name: hw.goal.GOALS[name] for name in ("categorization", "position")}
rules = {name: hw.learning.RULES[name] for name in ("backpropagation", "perceptron")}
designer = hw.widgets.GoalDrivenDesigner(
    images, v4, folder="mine", architectures=small, goals=goals, rules=rules, epochs=1, units=32
)
designer"""
BUILT_MS = 60_000


def test_one_goal_is_changed_for_another(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "designer.ipynb", CELL, "[row.goal for row in designer.sweep.scored]", with_keras=True)
    run_cell(page, 0)
    panel = page.locator(".hcnn-mod-designer svg").first
    heard = page.locator(".hcnn-mod-designer [aria-live]").first
    expect(panel).to_contain_text("small, trained for categorization by backpropagation.", timeout=LIBRARIES_MS)
    button(page, "Build").click()
    expect(panel).to_contain_text("1 network;", timeout=BUILT_MS)

    # By keyboard to the other goal, and the key that builds.
    button(page, "Code").focus()
    for _ in range(6):
        if page.locator(".hcnn-mod-designer svg:focus").count() == 0:
            page.keyboard.press("Tab")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(heard).to_contain_text("goal categorization")
    page.keyboard.press("ArrowDown")
    expect(heard).to_contain_text("goal position: Tell where the object is")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("small, trained for position by backpropagation.")
    page.keyboard.press("b")
    expect(panel).to_contain_text("2 networks;", timeout=BUILT_MS)
    expect(panel).to_contain_text(re.compile("Changed: goal:"))
    expect(panel).to_contain_text("V4 (simulated)")
    page.screenshot(path=pictures / "designer_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "designer_dark.png")
    run_cell(page, 1)
    output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
    expect(output).to_contain_text("['categorization', 'position']")
    assert (lab.root / "mine" / "run_0002" / "network.keras").is_file()
