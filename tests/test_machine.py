"""What a machine has, in one line."""

import os

import psutil
import pytest

import hcnn_widgets as hw
from hcnn_widgets import machine


def test_this_machine_has_what_the_system_says() -> None:
    found = hw.devices()
    assert found.cores == len(os.sched_getaffinity(0))
    assert 0 < found.free_bytes <= psutil.virtual_memory().total
    assert "cpu:0" in found.keras_devices
    assert "\n" not in repr(found)


@pytest.mark.parametrize(
    ("listed", "accelerators", "words"),
    [
        (["CPU:0", "gpu:0", "gpu:1"], ("gpu:0", "gpu:1"), "gpu:0, gpu:1; Keras on"),
        (["gpu:0"], ("gpu:0",), "gpu:0; Keras on"),
        (["cpu:0"], (), "no GPU or TPU that Keras sees; Keras on"),
    ],
)
def test_accelerators_are_told_apart_from_the_processor(monkeypatch, listed, accelerators, words) -> None:
    monkeypatch.setattr(machine.keras.distribution, "list_devices", lambda: listed)
    found = hw.devices()
    assert found.accelerators == accelerators
    assert any(name.startswith("cpu") for name in found.keras_devices)
    assert words in repr(found)


def test_one_core_is_said_as_one() -> None:
    assert repr(machine.Devices(1, 2_500_000_000, ("cpu:0",), "jax")) == (
        "Devices(1 core, 2.5 GB of memory free, no GPU or TPU that Keras sees; Keras on jax)"
    )
