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


def test_a_convolution_is_timed_in_both_precisions_and_said_in_words() -> None:
    found = hw.devices(timed=True)
    assert set(found.half_time) == set(found.keras_devices)
    times = found.half_time["cpu:0"]
    assert set(times) == {"bfloat16", "float16"}
    assert all(0 < ratio < 1e4 for ratio in times.values())
    assert f"on cpu:0 a convolution takes {times['bfloat16']:.1f} x as long in bfloat16" in repr(found)


def test_the_time_is_the_median_and_the_first_repeat_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0, 100, 100, 101, 101, 103, 103, 108])
    monkeypatch.setattr(machine.time, "perf_counter", lambda: next(moments))
    assert machine.convolution_s("cpu:0", 1, 4, most_s=0.0) == 2


def test_operations_are_those_that_loops_count() -> None:
    n = 0
    for _position in range(3 * 3 * 2):
        for _kernel in range(machine.N_KERNELS):
            for _weight in range(5 * 5 * 3):
                n += 2
    assert machine.convolution_flops(2, 3) == n
