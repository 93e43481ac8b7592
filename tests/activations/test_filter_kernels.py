import numpy as np
import pytest

from hcnn_widgets.activations import kernels
from hcnn_widgets.activations.filter_kernels import kernels_among
from hcnn_widgets.architecture import ArchitectureSpec, activate, area, filter, pool
from hcnn_widgets.keras_door import keras


def _users_network():
    """A network of Keras layers in which areas are read off in other places than ours."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.Conv2D(4, (5, 3), name="conv1"),
            layers.ReLU(name="relu1"),
            layers.DepthwiseConv2D(3, name="depthwise"),
            layers.Conv2D(6, 1, name="conv2"),
            layers.Conv2D(7, 3, name="conv3"),
            layers.Flatten(name="flat"),
            layers.Dense(5, name="dense"),
        ]
    )


def test_kernels_are_a_copy_with_the_kernel_first() -> None:
    network = _users_network()
    weights = network.get_layer("conv1").kernel.numpy()
    copied = kernels(network, {"V1": "relu1"}, "V1")
    assert copied.shape == (4, 5, 3, 3)
    assert copied.dtype == np.float32
    for index in range(4):
        np.testing.assert_array_equal(copied[index], weights[:, :, :, index])
    copied[:] = 0
    np.testing.assert_array_equal(network.get_layer("conv1").kernel.numpy(), weights)


@pytest.mark.parametrize("areas", [{"V1": "relu1", "IT": "conv3"}, {"IT": "conv3", "V1": "relu1"}])
def test_an_area_begins_after_the_tap_before_it_in_whatever_order_they_are_given(areas) -> None:
    network = _users_network()
    assert kernels(network, areas, "IT").shape == (6, 1, 1, 4)
    assert kernels(network, areas, "V1").shape == (4, 5, 3, 3)


@pytest.mark.parametrize(
    ("tap", "says"),
    [
        ("dense", r"area='IT' has no kernels; .*; received one of flat \(Flatten\), dense \(Dense\)"),
        ("flat", r"area='IT' has no kernels; .*; received one of flat \(Flatten\)"),
    ],
)
def test_an_area_without_a_filter_layer_is_refused(tap: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        kernels(_users_network(), {"V4": "conv3", "IT": tap}, "IT")


def test_an_area_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="area='V3' is not in this network; its areas are V1, IT"):
        kernels(_users_network(), {"V1": "conv1", "IT": "conv3"}, "V3")


def test_in_a_built_spec_the_first_filter_of_each_area_is_taken() -> None:
    areas = (area("A", [pool("max"), filter(3, 5), activate("relu"), filter(4, 1)]), area("B", [filter(2, 3)]))
    spec = ArchitectureSpec(areas, (16, 16, 1))
    network = spec.build(seed=0)
    assert kernels(network, spec.area_names, "A").shape == (3, 5, 5, 1)
    assert kernels(network, spec.area_names, "B").shape == (2, 3, 3, 4)


def test_kernels_are_found_among_weights_of_another_time_and_those_of_now_are_left_alone() -> None:
    network, areas = _users_network(), {"V1": "relu1", "IT": "conv3"}
    then, before = network.get_weights(), kernels(network, areas, "IT")
    network.get_layer("conv2").kernel.assign(0 * network.get_layer("conv2").kernel)
    np.testing.assert_array_equal(kernels_among(then, network, areas, "IT"), before)
    assert before.any()
    assert not kernels(network, areas, "IT").any()
