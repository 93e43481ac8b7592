"""Defaults of most rules: Keras's layers, no parts of their own, a constant rate, fields as plain data."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar

from hcnn_widgets.goal.goal import Goal, LayerMakers
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.keras_door import keras

from .rule import check_learning_rate


class PlainRule:
    """The parts of `Rule` that few rules change.

    A subclass is a frozen dataclass with `learning_rate` and `batch_size` among its fields. It says its ``name``,
    ``make_step``, ``loss`` and ``keras_lines``, and what else is its own.

    Raises
    ------
    ValueError
        If the learning rate or the batch size is none.
    """

    name: ClassVar[str]
    uses_labels: ClassVar[bool] = True
    trains_areas: ClassVar[bool] = True
    scored_by: ClassVar[str] = ""
    error_path: ClassVar[str] = ""
    measures: ClassVar[tuple[Quantity, ...]] = ()
    of_sequences: ClassVar[bool] = False
    """Whether it trains a network of images on sequences of them; targets are then those of the last frames."""
    learning_rate: float
    batch_size: int

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        if isinstance(self.batch_size, bool) or not isinstance(self.batch_size, int) or self.batch_size < 1:
            raise ValueError(f"`batch_size` must be a whole number of at least 1; received {self.batch_size!r}.")

    @property
    def layers(self) -> LayerMakers | None:
        """Layer makers that builder and goal should use instead of their own; see `Rule.layers`."""
        return None

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why the rule cannot train a network; see `Rule.refusal`."""
        return ""

    def parts(self, network: Any, seed: int) -> Mapping[str, Any]:
        """Make layers of the rule's own; see `Rule.parts`."""
        return {}

    def make_optimizer(self) -> Any:
        """Make a fresh keras optimizer."""
        return keras.optimizers.SGD(self.learning_rate)

    def rate_factor(self, progress: float) -> float:
        """Return what the learning rate is multiplied with when this share (0 to 1) of the run is done."""
        return 1.0

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as plain data."""
        return {"rule": self.name, **asdict(self)}  # type: ignore[call-overload]
