"""Networks of all kinds that NetworkView is to draw, and what stands in its scenes."""

from collections.abc import Callable
from typing import Any

import numpy as np
from runs_by_hand import until
from scene_marks import flat

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

layers = keras.layers
SHAPE = (12, 12, 1)


def images(n: int = 24, shape: tuple[int, ...] = SHAPE) -> hw.StimulusSet:
    """Return images of two categories, left and right."""
    pixels = np.random.default_rng(0).uniform(0, 0.3, (n, *shape)).astype(np.float32)
    pixels[::2, :, : shape[1] // 2] += 0.6
    return hw.StimulusSet.from_arrays(pixels, labels=["left", "right"] * (n // 2), name="sides")


def four_areas() -> Any:
    """Return an hcnn of four areas that has been built."""
    model = hw.GoalDrivenModel(hw.architecture.hcnn(n_kernels=(4, 5, 6, 7), input_shape=(16, 16, 1)))
    model.build(["left", "right"])
    return model


def sequential() -> Any:
    """Return a plain Sequential that ends in a softmax."""
    network = keras.Sequential(
        [
            keras.Input(SHAPE),
            layers.Conv2D(3, 3, activation="relu", name="early"),
            layers.Conv2D(4, 3, name="late"),
            layers.Flatten(),
            layers.Dense(2, activation="softmax", name="readout"),
        ]
    )
    return hw.GoalDrivenModel.from_keras(network, {"V1": "early", "IT": "late"}, categories=("left", "right"))


def dense() -> Any:
    """Return a network without maps."""
    network = keras.Sequential(
        [keras.Input(SHAPE), layers.Flatten(), layers.Dense(9, "relu", name="hidden"), layers.Dense(2, name="out")]
    )
    return hw.GoalDrivenModel.from_keras(network, {"hidden": "hidden", "out": "out"}, categories=("left", "right"))


def branches() -> Any:
    """Return a network with two branches, a link that passes over an area, and more maps than are drawn."""
    image = keras.Input(SHAPE)
    first = layers.Conv2D(130, 3, padding="same", name="first")(image)
    form, colour = (layers.Conv2D(3, 3, padding="same", name=name)(first) for name in ("form", "colour"))
    last = layers.Conv2D(5, 3, strides=4, name="last")(layers.Concatenate()([first, form, colour]))
    network = keras.Model(image, layers.Dense(2)(layers.Flatten()(last)))
    areas = {name: name for name in ("first", "form", "colour", "last")}
    return hw.GoalDrivenModel.from_keras(network, areas, categories=("left", "right"))


def deep() -> Any:
    """Return a network of a dozen areas in colour that ends in maps, as those without a top do."""
    maps = image = keras.Input((None, None, 3))
    for number in range(12):
        maps = layers.Conv2D(2, 3, padding="same", activation="relu", name=f"block{number}_conv")(maps)
    areas = {f"block {number}": f"block{number}_conv" for number in range(12)}
    return hw.GoalDrivenModel.from_keras(keras.Model(image, maps), areas)


MODELS: dict[str, Callable[[], Any]] = {
    "four areas": four_areas,
    "sequential": sequential,
    "without maps": dense,
    "branches": branches,
    "a dozen areas": deep,
}


def settle(panel: Any) -> None:
    """Draw frames as a page would until nothing newer comes."""
    panel.over = False

    def is_over() -> bool:
        panel._gate.acknowledged(panel.sequence)
        panel.tick()
        return bool(panel.over)

    assert until(is_over, 60)


def words(marks: Any) -> list[str]:
    """Return the words of marks."""
    return [mark.words for mark in flat(marks) if hasattr(mark, "words") and mark.words]
