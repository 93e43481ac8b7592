"""EfficientNet-Lite0: a block against loops over pixels in PyTorch's order of axes, and weights in their places."""

from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch_files import write_state

from hcnn_widgets.keras_door import keras
from hcnn_widgets.pretrained.lite_layers import block
from hcnn_widgets.pretrained.lite_weights import take_over
from hcnn_widgets.pretrained.torch_file import tensors_of

RNG = np.random.default_rng(0)
N_GIVEN, EXPANSION = 2, 2
N_INSIDE = N_GIVEN * EXPANSION


def state_of(side: int, n_channels: int) -> dict[str, np.ndarray]:
    """Draw the tensors of a block, by the file's names and in its order of axes."""
    shapes = {
        "_expand_conv.weight": (N_INSIDE, N_GIVEN, 1, 1),
        "_depthwise_conv.weight": (N_INSIDE, 1, side, side),
        "_project_conv.weight": (n_channels, N_INSIDE, 1, 1),
    }
    for norm, n in {"_bn0": N_INSIDE, "_bn1": N_INSIDE, "_bn2": n_channels}.items():
        shapes |= {f"{norm}.{word}": (n,) for word in ("weight", "bias", "running_mean", "running_var")}
    drawn = {f"_blocks.3.{name}": RNG.normal(size=shape).astype("<f4") for name, shape in shapes.items()}
    drawn |= {name: np.abs(value) + 0.1 for name, value in drawn.items() if name.endswith("running_var")}
    return drawn | {"_blocks.3._bn0.num_batches_tracked": np.array(5, "<i8")}


def network_of(size: int, side: int, stride: int, n_channels: int) -> Any:
    image = keras.Input((size, size, N_GIVEN))
    return keras.Model(image, block(image, "block3", side, stride, EXPANSION, n_channels))


def filtered(maps: np.ndarray, kernels: np.ndarray, stride: int, each_alone: bool) -> np.ndarray:
    """Loop over (n_channels, height, width) as the port to PyTorch does, which pads half before and the rest after."""
    side, size = kernels.shape[-1], maps.shape[-1]
    n_out = ceil(size / stride)
    padding = max((n_out - 1) * stride + side - size, 0)
    padded = np.pad(maps, [(0, 0), *[(padding // 2, padding - padding // 2)] * 2])
    out = np.zeros((len(kernels), n_out, n_out))
    for kernel in range(len(kernels)):
        seen = padded[kernel : kernel + 1] if each_alone else padded
        for row in range(n_out):
            for column in range(n_out):
                top, left = row * stride, column * stride
                out[kernel, row, column] = (seen[:, top : top + side, left : left + side] * kernels[kernel]).sum()
    return out


def by_loops(maps: np.ndarray, state: dict[str, np.ndarray], stride: int) -> np.ndarray:
    def normalised(given: np.ndarray, norm: str) -> np.ndarray:
        words = ("weight", "bias", "running_mean", "running_var")
        scale, shift, mean, variance = (state[f"_blocks.3.{norm}.{word}"][:, None, None] for word in words)
        return scale * (given - mean) / np.sqrt(variance + 1e-3) + shift

    def kernels(name: str) -> np.ndarray:
        return state[f"_blocks.3.{name}.weight"]

    inside = np.clip(normalised(filtered(maps, kernels("_expand_conv"), 1, False), "_bn0"), 0, 6)
    inside = np.clip(normalised(filtered(inside, kernels("_depthwise_conv"), stride, True), "_bn1"), 0, 6)
    out = normalised(filtered(inside, kernels("_project_conv"), 1, False), "_bn2")
    return out + maps if out.shape == maps.shape else out


@pytest.mark.parametrize(("size", "side", "stride", "n_channels"), [(6, 3, 2, 3), (7, 5, 2, 3), (5, 3, 1, 2)])
def test_a_block_from_a_file_computes_what_loops_compute(
    tmp_path: Path, size: int, side: int, stride: int, n_channels: int
) -> None:
    state = state_of(side, n_channels)
    network = network_of(size, side, stride, n_channels)
    path = write_state(tmp_path / "weights.pth", state)
    take_over(network, tensors_of(path), path)
    maps = RNG.normal(size=(N_GIVEN, size, size))
    computed = np.asarray(network(maps.transpose(1, 2, 0)[None].astype(np.float32)))[0]
    np.testing.assert_allclose(computed.transpose(2, 0, 1), by_loops(maps, state, stride), atol=1e-4)


def without(state: dict[str, np.ndarray], name: str) -> dict[str, np.ndarray]:
    return {other: value for other, value in state.items() if other != name}


BIAS, FILTER = "_blocks.3._bn2.bias", "_blocks.3._depthwise_conv.weight"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda state: without(state, BIAS), rf"of another network\. Accepted is {BIAS} .*\(3,\); received none"),
        (
            lambda state: state | {"_fc.bias": np.ones(2, "<f4")},
            r"of another network\. .*received \['_fc.bias'\] besides",
        ),
        (lambda state: state | {BIAS: np.ones(4, "<f4")}, r"of another network\. Accepted .*; received \(4,\)"),
        (
            lambda state: state | {FILTER: np.ones((4, 3), "<f4")},
            r"of another network\. Accepted .*; received \(4, 3\)",
        ),
        (lambda state: state | {BIAS: np.array([0, np.nan, 0], "<f4")}, r"no numbers\. Accepted is finite float32"),
        (lambda state: state | {BIAS: np.ones(3, "<i8")}, r"no numbers\. .*; received int64 in _blocks"),
    ],
)
def test_tensors_that_are_not_those_of_the_network_are_refused_and_change_nothing(change: Any, words: str) -> None:
    network = network_of(6, 3, 2, 3)
    before = network.get_weights()
    with pytest.raises(ValueError, match=words):
        take_over(network, change(state_of(3, 3)), Path("weights.pth"))
    for kept, now in zip(before, network.get_weights(), strict=True):
        np.testing.assert_array_equal(kept, now)
