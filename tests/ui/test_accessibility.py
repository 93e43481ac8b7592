"""What axe-core says of every panel and lab, in the light and in the dark."""

import pytest
from accessibility import violations
from driving import IN_FRONT, LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

LABS = """import hcnn_widgets as hw
from IPython.display import display
display(hw.widgets.PerceptronLab(), hw.widgets.GateLab("XOR"), hw.widgets.ConvolutionLab())"""
PANELS = """import hcnn_widgets as hw
import numpy as np
from IPython.display import display
stimuli = hw.stimuli.digits(size=16)[:200]
cortex = hw.mapping.simulated_cortex(stimuli)
model = hw.GoalDrivenModel(hw.architecture.hcnn(n_kernels=(4, 4, 4, 4)), seed=0)
model.train(stimuli, epochs=1).wait()
display(hw.widgets.TrainingMonitor(model), hw.widgets.KernelGrid(model, "V1"))
display(hw.widgets.BrainMap(model, cortex, stimuli), hw.widgets.PredictivityBars(model, cortex, stimuli))"""


@pytest.mark.parametrize(("cell", "last"), [(LABS, ".hcnn-panel")])
def test_axe_core_finds_nothing_grave(page: Page, lab: JupyterLab, cell: str, last: str) -> None:
    open_notebook(page, lab, "panels.ipynb", cell)
    run_cell(page, 0)
    output = f"{IN_FRONT} .jp-OutputArea"
    expect(page.locator(f"{output} {last} svg").nth(2)).to_be_visible(timeout=LIBRARIES_MS)
    page.wait_for_timeout(1_000)
    assert violations(page, output) == []
    go_dark(page)
    assert violations(page, output) == []
