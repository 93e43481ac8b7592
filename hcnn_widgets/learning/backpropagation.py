"""Backpropagation: gradient descent on the goal's loss, through every layer."""

import math
from dataclasses import asdict, dataclass
from typing import Any

from hcnn_widgets.keras_door import keras

OPTIMIZERS = {
    "adam": lambda rate: keras.optimizers.Adam(rate),
    "adamw": lambda rate: keras.optimizers.AdamW(rate, weight_decay=0.01),
    "sgd": lambda rate: keras.optimizers.SGD(rate),
    "momentum": lambda rate: keras.optimizers.SGD(rate, momentum=0.9, nesterov=True),
}
SCHEDULES = {
    "constant": lambda progress: 1.0,
    "cosine": lambda progress: 0.5 * (1.0 + math.cos(math.pi * min(1.0, progress))),
}


@dataclass(frozen=True)
class Backpropagation:
    """Learn by following the gradient of the goal's loss (Rumelhart, Hinton & Williams 1986, doi 10.1038/323533a0).

    Parameters
    ----------
    learning_rate : float
        Size of a step at the start; it may be changed while the run goes on.
    optimizer : {"adam", "adamw", "sgd", "momentum"}
    batch_size : int
        Images per step.
    schedule : {"cosine", "constant"}
        What becomes of the learning rate over the run: falling to zero along half a cosine, or staying.

    Raises
    ------
    ValueError
        If a value is not one of those.

    Examples
    --------
    >>> Backpropagation(learning_rate=1e-3).learning_rate
    0.001
    """

    learning_rate: float = 2e-3
    optimizer: str = "adam"
    batch_size: int = 64
    schedule: str = "cosine"

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        _check_choice("optimizer", self.optimizer, OPTIMIZERS)
        _check_choice("schedule", self.schedule, SCHEDULES)
        if isinstance(self.batch_size, bool) or not isinstance(self.batch_size, int) or self.batch_size < 1:
            raise ValueError(f"`batch_size` must be a whole number of at least 1; received {self.batch_size!r}.")

    @property
    def layers(self) -> dict[str, Any] | None:
        """Layer makers that the builder should use instead of its own; this rule needs none."""
        return None

    def make_optimizer(self) -> Any:
        """Make a fresh keras optimizer."""
        return OPTIMIZERS[self.optimizer](self.learning_rate)

    def rate_factor(self, progress: float) -> float:
        """Say what the learning rate is multiplied with when this share (0 to 1) of the run is done."""
        return SCHEDULES[self.schedule](progress)

    def to_dict(self) -> dict[str, Any]:
        """Give the rule as plain data."""
        return {"rule": "backpropagation", **asdict(self)}


def check_learning_rate(rate: Any) -> float:
    """Give the learning rate as a float, or say what is wrong with it."""
    if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not math.isfinite(rate) or rate < 0:
        raise ValueError(f"`learning_rate` must be a finite number of at least 0; received {rate!r}.")
    return float(rate)


def _check_choice(name: str, value: str, choices: dict[str, Any]) -> None:
    if value not in choices:
        raise ValueError(f"`{name}` must be one of {', '.join(choices)}; received {value!r}.")
