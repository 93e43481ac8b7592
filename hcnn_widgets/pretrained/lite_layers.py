"""EfficientNet-Lite0 in Keras, layer for layer as its weights were trained.

Source
------
Tan & Le (2019), EfficientNet, ICML; the Lite variant, without squeeze-and-excitation and with ReLU6, is that of
TensorFlow's official models.
"""

from typing import Any

from hcnn_widgets.keras_door import keras

STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
"""Blocks, side of the kernels, stride of the first block, expansion of channels, channels that come out."""
INPUT_SHAPE = (224, 224, 3)
N_STEM, N_HEAD, N_CATEGORIES = 32, 1280, 1000
EPSILON = 1e-3
DROPOUT = 0.2


def efficientnet_lite0_network() -> Any:
    """Return the network with fresh weights: images (n_stimuli, 224, 224, 3) to logits (n_stimuli, 1000).

    The layers "stem", "block0" to "block15" and "head" give the maps from the image up; those inside are named after
    them, "block3.depthwise".

    Returns
    -------
    keras.Model
    """
    image = keras.Input(INPUT_SHAPE, name="image")
    maps = _filtered(image, "stem", N_STEM, 3, 2)
    number = 0
    for n_blocks, side, stride, expansion, n_channels in STAGES:
        for position in range(n_blocks):
            maps = block(maps, f"block{number}", side, stride if position == 0 else 1, expansion, n_channels)
            number += 1
    maps = _filtered(maps, "head", N_HEAD, 1, 1)
    features = keras.layers.GlobalAveragePooling2D(name="features")(maps)
    features = keras.layers.Dropout(DROPOUT, name="dropout")(features)
    return keras.Model(image, keras.layers.Dense(N_CATEGORIES, name="readout")(features), name="efficientnet-lite0")


def block(maps: Any, name: str, side: int, stride: int, expansion: int, n_channels: int) -> Any:
    """Return an inverted bottleneck: more channels, a filter on each, fewer channels; added to what came in if it fits.

    Parameters
    ----------
    maps : (n_stimuli, height, width, n_channels) keras tensor
    name : str
        Of the layer whose output is the block's.
    side, stride : int
        Of the filters on each channel.
    expansion : int
        Times as many channels inside; with 1, no filter makes more of them.
    n_channels : int
        Of the map that comes out.
    """
    n_given = maps.shape[-1]
    inner = maps if expansion == 1 else _filtered(maps, f"{name}.expand", n_given * expansion, 1, 1)
    # Keras's "same" pads at the lower right where a stride leaves an odd number of pixels. So did the training, which
    # was TensorFlow's; the port to PyTorch pads by hand to do the same.
    filters = keras.layers.DepthwiseConv2D(
        side, stride, padding="same", use_bias=False, name=f"{name}.depthwise.filter"
    )
    inner = _normalised(filters(inner), f"{name}.depthwise")
    inner = keras.layers.ReLU(6.0, name=f"{name}.depthwise")(inner)
    added = stride == 1 and n_given == n_channels
    project = keras.layers.Conv2D(n_channels, 1, use_bias=False, name=f"{name}.project.filter")
    norm = f"{name}.project.norm" if added else name
    projected = keras.layers.BatchNormalization(epsilon=EPSILON, name=norm)(project(inner))
    return keras.layers.Add(name=name)([projected, maps]) if added else projected


def _filtered(maps: Any, name: str, n_channels: int, side: int, stride: int) -> Any:
    """Return maps after filters, normalisation and a ReLU that ends at 6."""
    filters = keras.layers.Conv2D(n_channels, side, stride, padding="same", use_bias=False, name=f"{name}.filter")
    return keras.layers.ReLU(6.0, name=name)(_normalised(filters(maps), name))


def _normalised(maps: Any, name: str) -> Any:
    return keras.layers.BatchNormalization(epsilon=EPSILON, name=f"{name}.norm")(maps)
