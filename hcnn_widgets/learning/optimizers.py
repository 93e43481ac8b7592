"""Optimizers and learning rate schedules, by name."""

import math
from dataclasses import dataclass
from typing import Any

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.entry import Entry


@dataclass(frozen=True)
class Optimizer(Entry[[float], Any]):
    """Learning rate -> a fresh keras optimizer.

    Parameters
    ----------
    line : str
        The Keras that makes the same of a variable named ``rate``.
    """

    line: str


@dataclass(frozen=True)
class Schedule(Entry[[float], float]):
    """Share of the run that is done, 0 to 1 -> what the learning rate is multiplied with.

    Parameters
    ----------
    line : str
        The Keras of a schedule that starts at ``{rate}`` and ends after ``{n_steps}`` steps.
    """

    line: str


OPTIMIZERS: dict[str, Optimizer] = {
    "adam": Optimizer(lambda rate: keras.optimizers.Adam(rate), "keras.optimizers.Adam(rate)"),
    "adamw": Optimizer(
        lambda rate: keras.optimizers.AdamW(rate, weight_decay=0.01), "keras.optimizers.AdamW(rate, weight_decay=0.01)"
    ),
    "sgd": Optimizer(lambda rate: keras.optimizers.SGD(rate), "keras.optimizers.SGD(rate)"),
    "momentum": Optimizer(
        lambda rate: keras.optimizers.SGD(rate, momentum=0.9, nesterov=True),
        "keras.optimizers.SGD(rate, momentum=0.9, nesterov=True)",
    ),
}
SCHEDULES: dict[str, Schedule] = {
    "constant": Schedule(lambda progress: 1.0, "{rate}"),
    "cosine": Schedule(
        lambda progress: 0.5 * (1.0 + math.cos(math.pi * min(1.0, progress))),
        "keras.optimizers.schedules.CosineDecay({rate}, decay_steps={n_steps})",
    ),
}
