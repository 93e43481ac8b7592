"""Kernels read again and again: those of each area as they are now, without areas that have none or too many."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations import kernel_reader as module
from hcnn_widgets.activations.filter_kernels import kernels
from hcnn_widgets.keras_door import keras


def test_what_is_read_is_a_copy_of_the_kernels_as_they_are_now() -> None:
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=3, input_shape=(8, 8, 1))
    network, taps = spec.build(), {area: area for area in spec.area_names}
    read = module.kernel_reader(network, taps)
    before = read()
    assert list(before) == ["V1", "IT"]
    for area, array in before.items():
        np.testing.assert_array_equal(array, kernels(network, taps, area))
    weights = network.get_weights()
    network.set_weights([values + 1 for values in weights])
    np.testing.assert_allclose(read()["V1"], before["V1"] + 1)
    assert not np.array_equal(read()["IT"], before["IT"])


def test_an_area_without_a_filter_or_with_more_than_anybody_could_look_at_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layers = [
        keras.layers.Conv2D(4, 3, name="small"),
        keras.layers.Conv2D(40, 3, name="large"),
        keras.layers.Flatten(),
        keras.layers.Dense(2, name="dense"),
    ]
    network = keras.Sequential([keras.Input((8, 8, 1)), *layers])
    monkeypatch.setattr(module, "MOST_BYTES", 4 * 4 * 9)
    assert list(module.kernel_reader(network, {"a": "small", "b": "large", "c": "dense"})()) == ["a"]
