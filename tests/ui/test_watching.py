"""A plain Keras model that is watched: panels follow `model.fit` while the cell runs, and it is a run like others."""

import re
from pathlib import Path

from driving import (
    LIBRARIES_MS,
    button,
    expect_steps_to_go_on,
    go_dark,
    open_notebook,
    printed_on_stderr,
    run_cell,
    state_line,
)
from jupyter_lab import JupyterLab
from playwright.sync_api import Page, expect

MODEL = """\
import hcnn_widgets as hw
import keras
import numpy as np

x = np.random.default_rng(0).random((4000, 16, 16, 1), dtype="float32")
y = (x[:, :8].mean((1, 2, 3)) > x[:, 8:].mean((1, 2, 3))).astype("int64")
layers = [keras.layers.Conv2D(8, 5, name="conv"), keras.layers.Flatten(), keras.layers.Dense(2, activation="softmax")]
model = keras.Sequential([keras.Input((16, 16, 1)), *layers])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
watcher = hw.watch(model)
hw.widgets.TrainingMonitor(watcher)"""
KERNELS = "hw.widgets.KernelGrid(watcher)"
FIT = "history = model.fit(x, y, batch_size=8, epochs=6, validation_split=0.2, callbacks=[watcher], verbose=0)"
RUNS = "hw.widgets.RunTable()"


def test_panels_follow_a_plain_fit_and_the_table_has_it_as_a_run(page: Page, lab: JupyterLab, pictures: Path) -> None:
    open_notebook(page, lab, "watching.ipynb", MODEL, KERNELS, FIT, RUNS, with_keras=True)
    run_cell(page, 0)
    expect(button(page, "Pause")).to_be_visible(timeout=LIBRARIES_MS)
    run_cell(page, 1)
    kernels = page.locator(".jp-CodeCell").nth(1).locator("[aria-label*='conv']").first
    expect(kernels).to_be_visible()
    run_cell(page, 2)
    expect(state_line(page)).to_contain_text(re.compile(r"step [1-9]"), timeout=LIBRARIES_MS)
    assert page.locator(".jp-CodeCell").nth(2).locator(".jp-InputPrompt").inner_text() == "[*]:"
    expect_steps_to_go_on(page)
    expect(state_line(page)).to_contain_text("Finished", timeout=60_000)
    curves = page.locator(".hcnn-chart-svg[aria-label^='Training curves']")
    expect(curves).to_have_attribute("aria-label", re.compile(r"held-out accuracy (0\.[6-9]|1)"))
    run_cell(page, 3)
    row = page.locator(".hcnn-mod-runs [role=rowheader]")
    expect(row).to_contain_text("sequential")
    expect(page.locator(".hcnn-mod-runs [role=gridcell]", has_text="%")).to_have_count(1)
    row.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "watching_light.png")
    go_dark(page)
    page.screenshot(path=pictures / "watching_dark.png")
    assert printed_on_stderr(page) == []
