"""Weights in a real kernel: what a person sees after a failed run and on a full disk, and that the model is usable."""

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

pytest.importorskip("resource")

MODEL = """
import numpy as np, hcnn_widgets as hw
images = hw.StimulusSet.from_arrays(np.random.default_rng(0).random((40, 8, 8, 1)), labels=np.arange(40) % 2)
spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=4, kernel_size=3, input_shape=(8, 8, 1))
wild = hw.learning.Backpropagation(1e30, optimizer="sgd", batch_size=20)
model = hw.GoalDrivenModel(spec, rule=wild, name="patient")
"""
FAILS = """
run = model.train(images, validation=None, epochs=20)
panel = hw.widgets.TrainingMonitor(run)
run.join(60)
print(run.state, "|", panel.panel.make_frame().message)
print("finite", np.isfinite(model.evaluate(images)["loss"]))
model.rule = hw.learning.Backpropagation(1e-3, batch_size=20)
model.train(images, validation=None, epochs=1).join(60)
print("again", model.run.state)
"""
FULL_DISK = """
import resource
model.save("notes")
limits = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
try:
    model.save("notes")
except OSError as error:
    print("refused", error)
finally:
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
print("loaded", hw.GoalDrivenModel.load("notes").name)
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    manager, client = start_new_kernel(cwd=str(tmp_path_factory.mktemp("notebook")))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def shown(kernel: Any, cell: str) -> str:
    """Run a cell; return what is written below it."""
    parts: list[str] = []

    def below(message: dict[str, Any]) -> None:
        content = message["content"]
        parts.append(content.get("text", "") if message["msg_type"] == "stream" else content.get("evalue", ""))

    kernel.execute_interactive(cell, timeout=120, output_hook=below)
    return "".join(parts)


def test_after_a_failed_run_the_panel_says_which_weights_are_back_and_the_model_trains_again(kernel: Any) -> None:
    text = shown(kernel, MODEL + FAILS)
    assert text.startswith("failed | ")
    assert "start again with a smaller one" in text
    assert "The network has been given back the weights that it started with." in text
    assert "finite True\nagain finished\n" in text


def test_on_a_full_disk_the_saved_model_is_still_there(kernel: Any) -> None:
    text = shown(kernel, FULL_DISK)
    assert "`path` could not be written: File too large. Accepted is a folder" in text
    assert text.endswith("loaded patient\n")
