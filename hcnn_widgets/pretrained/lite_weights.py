"""Which tensor of the file is which weight of the network, and in which order of axes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.saving.preflight.refusal import refusal

_MOVING = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"}
_OUTSIDE = {
    "stem.filter": "_conv_stem", "stem.norm": "_bn0",
    "head.filter": "_conv_head", "head.norm": "_bn1", "readout": "_fc",
}  # fmt: skip
_INSIDE = {
    "expand.filter": "_expand_conv", "expand.norm": "_bn0", "depthwise.filter": "_depthwise_conv",
    "depthwise.norm": "_bn1", "project.filter": "_project_conv", "project.norm": "_bn2", "": "_bn2",
}  # fmt: skip
"""Keras layer of a block -> name in the file; a block that adds nothing ends with its last normalisation."""


def take_over(network: Any, tensors: dict[str, NDArray], path: Path) -> None:
    """Set a network's weights to the tensors of a file, each of which has its place.

    Parameters
    ----------
    network : keras.Model
        Of layers named as `efficientnet_lite0_network` names them; left as it is if anything is refused.
    tensors : dict of str to array
        By the names of the port to PyTorch.
    path : pathlib.Path
        For the error.

    Raises
    ------
    ValueError
        If one is missing, left over, of another shape, or holds anything but finite numbers.
    """
    left = {name: tensor for name, tensor in tensors.items() if not name.endswith("num_batches_tracked")}
    values = []
    for name, variable, axes in _places(network):
        tensor = left.pop(name, None)
        shape = None if tensor is None or tensor.ndim != len(axes) else tensor.transpose(axes).shape
        if tensor is None or shape != tuple(variable.shape):
            accepted = f"{name} for {variable.path} of shape {tuple(variable.shape)}"
            raise refusal(path, "is of another network", accepted, "none" if tensor is None else f"{tensor.shape}")
        if tensor.dtype != np.float32 or not np.isfinite(tensor).all():
            raise refusal(path, "holds weights that are no numbers", "finite float32", f"{tensor.dtype} in {name}")
        values.append((variable, tensor.transpose(axes)))
    if left:
        raise refusal(path, "is of another network", f"the tensors of {network.name}", f"{sorted(left)[:3]} besides")
    for variable, value in values:
        variable.assign(value)


def _places(network: Any) -> Iterator[tuple[str, Any, tuple[int, ...]]]:
    """Yield the name of each tensor, the variable that takes it, and the order of the axes.

    PyTorch's filters are (n_kernels, n_channels, height, width), Keras's (height, width, n_channels, n_kernels); on
    each channel alone, (n_channels, 1, height, width) and (height, width, n_channels, 1).
    """
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            for own, word in _MOVING.items():
                yield f"{_torch_name(layer.name)}.{word}", getattr(layer, own), (0,)
        elif isinstance(layer, keras.layers.DepthwiseConv2D):
            yield f"{_torch_name(layer.name)}.weight", layer.kernel, (2, 3, 0, 1)
        elif isinstance(layer, keras.layers.Conv2D):
            yield f"{_torch_name(layer.name)}.weight", layer.kernel, (2, 3, 1, 0)
        elif isinstance(layer, keras.layers.Dense):
            yield f"{_torch_name(layer.name)}.weight", layer.kernel, (1, 0)
            yield f"{_torch_name(layer.name)}.bias", layer.bias, (0,)


def _torch_name(layer: str) -> str:
    """Return the file's name for a layer.

    Examples
    --------
    >>> _torch_name("stem.norm"), _torch_name("block3.expand.filter"), _torch_name("block0")
    ('_bn0', '_blocks.3._expand_conv', '_blocks.0._bn2')
    """
    if layer in _OUTSIDE:
        return _OUTSIDE[layer]
    block, _, part = layer.partition(".")
    return f"_blocks.{block.removeprefix('block')}.{_INSIDE[part]}"
