"""Keras networks of every kind that people bring, each with what its areas do by calling the layers one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

layers = keras.layers
SHAPE = (10, 8, 1)


@dataclass(frozen=True)
class Case:
    """A network and the oracles.

    `maps` gives area -> tensor for images, from the layers called eagerly. `filters` has area -> first filter layer,
    `members` area -> names of the layers in the sidebar, `counted` area -> layers whose weights are counted there.
    """

    network: Any
    areas: dict[str, str]
    maps: Callable[[Any], dict[str, Any]]
    filters: dict[str, Any]
    members: dict[str, list[str]]
    counted: dict[str, list[Any]]

    def recorded(self, images: Any) -> dict[str, np.ndarray]:
        """Return area -> (n_stimuli, n_units), as the layers' weights are now."""
        maps = self.maps(keras.ops.convert_to_tensor(images))
        return {area: np.asarray(map_).reshape(len(images), -1) for area, map_ in maps.items()}


def _stack(network: Any, first: Any, second: Any, logits: Any) -> Case:
    def maps(images: Any) -> dict[str, Any]:
        return {"V1": first(images), "IT": second(first(images))}

    return Case(
        network,
        {"V1": "conv1", "IT": "conv2"},
        maps,
        {"V1": first, "IT": second},
        {"V1": ["conv1"], "IT": ["conv2"], "goal": ["flat", logits.name]},
        {"V1": [first], "IT": [second], "goal": [logits]},
    )


def _two_filters() -> tuple[Any, Any]:
    return layers.Conv2D(3, 3, activation="relu", name="conv1"), layers.Conv2D(4, 3, strides=2, name="conv2")


def sequential() -> Case:
    first, second = _two_filters()
    logits = layers.Dense(2, name="logits")
    network = keras.Sequential([keras.Input(SHAPE), first, second, layers.Flatten(name="flat"), logits])
    return _stack(network, first, second, logits)


def popped() -> Case:
    first, second = _two_filters()
    logits = layers.Dense(2, name="logits")
    stack = [keras.Input(SHAPE), first, second, layers.Flatten(name="flat"), logits, layers.Dense(9, name="old_head")]
    network = keras.Sequential(stack)
    network.pop()
    return _stack(network, first, second, logits)


def extended() -> Case:
    first, second = _two_filters()
    logits = layers.Dense(2, name="logits")
    network = keras.Sequential([keras.Input(SHAPE), first])
    for layer in (second, layers.Flatten(name="flat"), logits):
        network.add(layer)
    return _stack(network, first, second, logits)


def from_another_network() -> Case:
    first, second = _two_filters()
    larger = keras.Input((20, 30, 1))
    keras.Model(larger, layers.ReLU()(second(first(larger))), name="old")
    image, logits = keras.Input(SHAPE), layers.Dense(2, name="logits")
    network = keras.Model(image, logits(layers.Flatten(name="flat")(second(first(image)))))
    return _stack(network, first, second, logits)


def nested() -> Case:
    first, second = _two_filters()
    inner = keras.Input(SHAPE)
    backbone = keras.Model(inner, second(layers.ReLU(name="relu1")(first(inner))), name="backbone")
    image, logits = keras.Input(SHAPE), layers.Dense(2, name="logits")
    maps = backbone(layers.Rescaling(2.0, name="doubled")(image), training=False)
    network = keras.Model(image, logits(layers.GlobalAveragePooling2D(name="pooled")(maps)))
    return Case(
        network,
        {"V1": "backbone/conv1", "IT": "backbone"},
        lambda images: {"V1": first(2 * images), "IT": second(first(2 * images))},
        {"V1": first, "IT": second},
        {
            "V1": ["doubled", "backbone/conv1"],
            "IT": ["backbone/relu1", "backbone/conv2"],
            "goal": ["pooled", "logits"],
        },
        {"V1": [first], "IT": [second], "goal": [logits]},
    )


def shared() -> Case:
    stem, again = layers.Conv2D(3, 1, name="stem"), layers.Conv2D(3, 3, padding="same", activation="relu", name="again")
    image, logits = keras.Input(SHAPE), layers.Dense(2, name="logits")
    maps = again(again(again(stem(image))))
    network = keras.Model(image, logits(layers.Flatten(name="flat")(maps)))

    def oracle(images: Any) -> dict[str, Any]:
        once = again(stem(images))
        return {"V1": once, "V2": again(once), "IT": again(again(once))}

    return Case(
        network,
        {"V1": "again#0", "V2": "again#1", "IT": "again"},
        oracle,
        {"V1": stem, "V2": again, "IT": again},
        {"V1": ["stem", "again#0"], "V2": ["again#1"], "IT": ["again#2"], "goal": ["flat", "logits"]},
        {"V1": [stem, again], "V2": [], "IT": [], "goal": [logits]},
    )


def branches() -> Case:
    image, logits = keras.Input(SHAPE), layers.Dense(2, name="logits")
    form = layers.Conv2D(4, 3, padding="same", name="form")
    colours = [layers.Conv2D(3, 5, padding="same", name=f"colour{index}") for index in range(3)]
    maps = image
    for layer in colours:
        maps = layer(maps)
    joined = layers.Concatenate(name="joined")([maps, layers.ReLU(name="form_relu")(form(image))])
    network = keras.Model(image, logits(layers.Flatten(name="flat")(joined)))
    return Case(
        network,
        {"V1": "form_relu", "V4": "colour2"},
        lambda images: {
            "V1": keras.ops.relu(form(images)),
            "V4": colours[2](colours[1](colours[0](images))),
        },
        {"V1": form, "V4": colours[0]},
        {
            "V1": ["form", "form_relu"],
            "V4": ["colour0", "colour1", "colour2"],
            "goal": ["joined", "flat", "logits"],
        },
        {"V1": [form], "V4": colours, "goal": [logits]},
    )


CASES: dict[str, Callable[[], Case]] = {
    "sequential": sequential,
    "popped sequential": popped,
    "extended sequential": extended,
    "layers of another network": from_another_network,
    "nested backbone": nested,
    "layer shared three times": shared,
    "two branches": branches,
}


def stimuli(n: int = 24) -> hw.StimulusSet:
    """Return images of two categories that a network can learn to tell apart."""
    images = np.random.default_rng(0).uniform(0, 0.3, (n, *SHAPE)).astype(np.float32)
    images[::2, :, :4] += 0.6
    return hw.StimulusSet.from_arrays(images, labels=["left", "right"] * (n // 2), name="sides")
