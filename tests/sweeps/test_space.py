"""What networks a sweep draws."""

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.sweeps.space import multiplications

SHAPE = (32, 32, 1)


def products_in_keras(network: keras.Model) -> int:
    """Count the multiplications of the convolutions that Keras has built."""
    convolutions = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D)]
    return sum(int(np.prod(layer.kernel.shape) * np.prod(layer.output.shape[1:3])) for layer in convolutions)


@pytest.mark.parametrize("number", range(4))
def test_multiplications_are_those_of_the_network_that_keras_builds(number: int) -> None:
    spec = hw.architecture.hcnn(**hw.sweeps.Space().draw(number, SHAPE))
    assert multiplications(spec) == products_in_keras(spec.build()) <= 3e6


def test_a_number_always_means_the_same_network() -> None:
    space = hw.sweeps.Space()
    drawn = [space.draw(number, SHAPE, seed=3) for number in range(30)]
    assert drawn == [space.draw(number, SHAPE, seed=3) for number in range(30)]
    assert len({str(options) for options in drawn}) == 30
    assert drawn != [space.draw(number, SHAPE, seed=4) for number in range(30)]


def test_every_choice_comes_up() -> None:
    drawn = [hw.sweeps.Space().draw(number, SHAPE) for number in range(80)]
    assert {len(options["areas"]) for options in drawn} == {1, 2, 3, 4, 5}
    assert {options["pooling"] for options in drawn} == {None, "max", "mean"}
    assert {options["normalisation"] for options in drawn} == {None, "divisive"}
    assert {options["activation"] for options in drawn} == {"relu", "tanh", "leaky_relu"}


def test_a_space_of_networks_that_are_all_too_large_says_so() -> None:
    with pytest.raises(ValueError, match="holds no network of at most 10 multiplications"):
        hw.sweeps.Space(most_multiplications=10).draw(0, SHAPE)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"depths": ()}, "at least one choice"),
        ({"depths": (7,)}, "must be 1 to 6"),
        ({"n_kernels": (0,)}, "is no count"),
        ({"poolings": "max"}, "must be a sequence"),
    ],
)
def test_what_is_no_space_is_refused(options: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        hw.sweeps.Space(**options)
