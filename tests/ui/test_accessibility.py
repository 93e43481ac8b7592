"""What axe-core says of every panel and lab, in the light and in the dark."""

import re
from pathlib import Path

import pytest
from accessibility import violations
from contrast import faint_words
from driving import IN_FRONT, LIBRARIES_MS, go_dark, open_notebook, run_cell
from jupyter_lab import JupyterLab
from playwright.sync_api import Browser, Page, expect

import hcnn_widgets as hw

LABS = """import hcnn_widgets as hw
from IPython.display import display
show = display
show(hw.widgets.PerceptronLab())
show(hw.widgets.GateLab("XOR"))
show(hw.widgets.ConvolutionLab())
show(hw.widgets.PoolingLab())
show(hw.widgets.MlpLab())
show(hw.widgets.LeNet5Lab())
show(hw.widgets.ActivationLab())
show(hw.widgets.ReceptiveFieldLab())
show(hw.widgets.MotifLab(mask=0.3))
show(hw.widgets.CochleagramPanel())
show(hw.widgets.DeviceLab())
show(hw.widgets.Quiz())
print("all shown")"""
BY_HAND = f"""import sys
sys.path.insert(0, {str(Path(__file__).parents[1] / "widgets")!r})
from memory_by_hand import histories_by_hand, scores_by_hand
"""
PANELS = (
    BY_HAND
    + """import hcnn_widgets as hw
import numpy as np
from IPython.display import display
show = display
objects = hw.stimuli.objects(96, size=16, seed=0)
cortex = hw.mapping.simulated_cortex(objects, n_sites=8, seed=0)
model = hw.GoalDrivenModel(hw.architecture.hcnn(input_shape=(16, 16, 1), n_kernels=(4, 4, 4, 4)), seed=0)
run = model.train(objects, epochs=1)
await run.wait()
activations = model.record(objects)
rdms = [hw.mapping.rdm(activations[area], stimulus_ids=activations.stimulus_ids, name=area) for area in ("V1", "V2")]
show(hw.widgets.TrainingMonitor(run))
show(hw.widgets.Curves(run))
show(hw.widgets.KernelGrid(run, "V1"))
show(hw.widgets.AnswerStrip(run))
show(hw.widgets.NetworkView(run))
show(hw.widgets.Guess(run))
show(hw.widgets.RunTable([run]))
show(hw.widgets.BrainMap(run, cortex))
show(hw.widgets.PredictivityBars(run, cortex))
show(hw.widgets.ScoreTrace(run, cortex))
show(hw.widgets.LayerAreaMatrix(run, cortex))
show(hw.widgets.PredictivityExplorer(activations, cortex["V4"]))
show(hw.widgets.RdmExplorer(*rdms))
show(hw.widgets.TauCounter(*rdms))
rows = [hw.sweeps.SweepRow(n, accuracy=n / 9, best=n / 9, untrained_best=0.1) for n in range(5)]
show(hw.widgets.TransferLab(model, objects, n_labels=(8, 16)))
show(hw.widgets.TransferLab(model, objects, n_labels=(8, 16), view="readouts"))
show(hw.widgets.GoalDrivenDesigner(objects, cortex["V4"]))
show(hw.widgets.AreaSampler(activations, cortex["V4"], n_sites=10))
show(hw.widgets.SweepPlot(hw.sweeps.Sweep.of_rows(rows, {}, None)))
show(hw.widgets.MemoryTrace(histories_by_hand(), scores_by_hand()))
print("all shown")"""
)
LAB = """import hcnn_widgets as hw
show = display
show(hw.widgets.Lab())
print("all shown")"""
CELLS = {"labs": LABS, "panels": PANELS, "the dashboard": LAB}


def test_every_public_panel_is_looked_at() -> None:
    shown = set(re.findall(r"show\(hw\.widgets\.(\w+)", "".join(CELLS.values())))
    assert shown == {name for name in hw.widgets.__all__ if name[0].isupper()} - {"LivePanel"}


def expect_no_hindrance(page: Page) -> None:
    part = f"{IN_FRONT} .jp-OutputArea"
    assert violations(page, part) == []
    looked, faint = faint_words(page, part)
    assert looked >= 10
    assert faint == []


@pytest.mark.parametrize("cell", CELLS)
def test_nothing_grave_is_found_and_words_are_seen_in_both_themes(page: Page, lab: JupyterLab, cell: str) -> None:
    open_notebook(page, lab, "panels.ipynb", CELLS[cell], with_keras=cell != "labs")
    run_cell(page, 0)
    output = page.locator(f"{IN_FRONT} .jp-OutputArea")
    expect(output).to_contain_text("all shown", timeout=LIBRARIES_MS)
    page.wait_for_timeout(2_000)  # what is computed beside the page has come
    expect_no_hindrance(page)
    go_dark(page)
    expect_no_hindrance(page)


def test_words_that_are_too_faint_are_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<body style="background: #fff"><svg width="400" height="200"><rect width="400" height="50" fill="#333" />
        <text x="10" y="30" fill="#222">on a dark shape</text><text x="200" y="30" fill="#fff">seen there</text>
        <text x="10" y="90" fill="#999">grey</text><text x="10" y="140" fill="#000" opacity="0.3">pale</text>
        <text x="200" y="90" fill="#555">seen</text>
        <text x="200" y="150" fill="#888" font-size="30">large</text></svg>"""
    )
    looked, faint = faint_words(page, "body")
    assert looked == 6
    assert [line.split('"')[1] for line in faint] == ["on a dark shape", "grey", "pale"]
    page.close()
