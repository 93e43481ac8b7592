"""The training of a small network in Keras, moment by moment; Keras is loaded when it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from hcnn_widgets.classroom.mlp import UNIT_KINDS, cross_entropy, mlp_pass
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array

from .mlp_shown import LARGEST_WEIGHT, Moment

EPOCHS = 300
"""Of a training: as many steps, each of all points."""
EVERY = 3
"""Epochs from a moment that is kept to the next."""
GOOD_ENOUGH = 0.01
"""Loss below which a training stops by itself."""
OPTIMIZERS: Mapping[str, str] = MappingProxyType({"adam": "Adam", "sgd": "SGD"})
"""By the names of the lab, their classes in keras.optimizers."""
NO_KERAS = (
    "Training needs Keras with a backend such as TensorFlow, which are not installed here. Weights can be set by hand, "
    "and everything else works."
)
NO_SLOPE = (
    "A step is flat on both sides of 0, so there is no slope to follow downhill. Choose tanh, sigmoid or relu units, "
    "and press Train again."
)


@dataclass(frozen=True)
class Task:
    """What is to be learnt, and from where: a copy of what a lab showed when it was asked."""

    points: Array
    targets: Any
    weights: Sequence[Array]
    units: str
    optimizer: str
    rate: float
    first_epoch: int = 0


class Overshot(ArithmeticError):
    """Weights have become so large that they are no numbers any more."""


def moments(task: Task, n_epochs: int = EPOCHS, every: int = EVERY) -> Iterator[Moment]:
    """Train, and yield every few epochs where it stands; each epoch is one step of all points.

    Parameters
    ----------
    task : Task
    n_epochs, every : int

    Raises
    ------
    ValueError
        If the units have no slope.
    RuntimeError
        If there is no Keras here.
    Overshot
        If the weights become no numbers; the last moment was the last good one.
    """
    if not UNIT_KINDS[task.units].learns:
        raise ValueError(NO_SLOPE)
    network = compiled_network(task)
    x, y = task.points.astype(np.float32), task.targets[:, None].astype(np.float32)
    for epoch in range(1, n_epochs + 1):
        network.train_on_batch(x, y)
        if epoch % every and epoch < n_epochs:
            continue
        flat = [np.asarray(part, np.float64) for part in network.get_weights()]
        weights = tuple(np.vstack(pair) for pair in zip(flat[::2], flat[1::2], strict=True))
        if not all((np.abs(layer) <= LARGEST_WEIGHT).all() for layer in weights):
            raise Overshot(overshot_words(task, task.first_epoch + epoch))
        moment = Moment(task.first_epoch + epoch, _loss(task, weights), weights)
        yield moment
        if moment.loss < GOOD_ENOUGH:
            break


def compiled_network(task: Task) -> Any:
    """Return the network in Keras, with the task's weights.

    Raises
    ------
    RuntimeError
        If there is no Keras here.
    """
    try:
        from hcnn_widgets.keras_door import keras
    except ImportError as error:
        raise RuntimeError(NO_KERAS) from error
    sizes = [layer.shape[1] for layer in task.weights]
    hidden = [keras.layers.Dense(n, activation=task.units) for n in sizes[:-1]]
    layers = [keras.Input((2,)), *hidden, keras.layers.Dense(1, activation="sigmoid")]
    network = keras.Sequential(layers)
    network.set_weights([part for layer in task.weights for part in (layer[:-1], layer[-1])])
    optimizer = getattr(keras.optimizers, OPTIMIZERS[task.optimizer])
    network.compile(optimizer=optimizer(task.rate), loss="binary_crossentropy")
    return network


def overshot_words(task: Task, epoch: int) -> str:
    """Explain how weights come to be no numbers."""
    return (
        f"By epoch {epoch} weights had grown beyond all numbers (NaN): at a rate of {task.rate:g} a step goes so far "
        "past the valley that the next slope is steeper. The last good weights are shown; take a lower rate."
    )


def _loss(task: Task, weights: Sequence[Array]) -> float:
    return cross_entropy(mlp_pass(task.points, weights, task.units).output, task.targets)
