"""SimCLR: two views of an image are to be alike, and unlike those of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.gradient_rule import GradientRule
from hcnn_widgets.learning.rule import Learner, StepResult
from hcnn_widgets.records.keywords import checks_keywords

from .readout_beside import SCORED_BY, area_symbols, lines_without_panels, with_readout
from .views import view

N_HIDDEN, N_PROJECTED = 128, 64


@dataclass(frozen=True)
class TopAreaRule(GradientRule):
    """A rule without labels that looks at the top area through layers of its own."""

    uses_labels: ClassVar[bool] = False
    scored_by: ClassVar[str] = SCORED_BY

    def refusal(self, network: Any, goal: Goal | None) -> str:
        """Return why a network cannot be trained so: nobody knows its top area, or it takes no images; else nothing."""
        if len(network.input_shape) == 5:
            return (
                f"`rule` {self.name!r} works on images. Accepted is a network that takes (n_stimuli, height, width, "
                f"n_channels); received `{network.name}`, which takes sequences {network.input_shape}."
            )
        if area_symbols(network):
            return ""
        return (
            f"`rule` {self.name!r} looks at the top area of a network. Accepted is a model made of an architecture, "
            f"GoalDrivenModel(architecture, goal, rule); received `{network.name}`, whose layers name no area."
        )

    def keras_lines(self, goal: Goal | None, rate: float, epochs: float, n_steps: int | None) -> str:
        """Return the lines that do the same without panels."""
        return lines_without_panels(self, rate, epochs)


@checks_keywords
@dataclass(frozen=True)
class SimCLR(TopAreaRule):
    """Make two views of an image alike in the top area, and unlike those of other images (Chen et al. 2020).

    Source: arXiv 2002.05709. Views are other crops, in other light, with noise. The top area is looked at through a
    projection of two layers, which is gone when the run is over.

    Parameters
    ----------
    learning_rate, optimizer, schedule
        As in `Backpropagation`.
    batch_size : int
        Images per step: the more, the more others a view is told from.
    temperature : float
        What likeness is divided by; from 0.01.
    crop : float
        Side of the smallest crop in terms of the image's, above 0 to 1.
    light, noise : float
        Largest change of contrast as a share of it, and standard deviation of the noise in pixel values; 0 to 1.

    Raises
    ------
    ValueError
        If a value is not one of those.
    """

    batch_size: int = 128
    temperature: float = 0.2
    crop: float = 0.6
    light: float = 0.4
    noise: float = 0.05

    name: ClassVar[str] = "simclr"
    measures: ClassVar[tuple[Quantity, ...]] = (
        Quantity("pairs found", "fraction of views", lowest=0.0, highest=1.0, percent=True),
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        limits = {"temperature": (0.01, 100), "crop": (0.05, 1), "light": (0, 1), "noise": (0, 1)}
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise ValueError(f"`{name}` must be a number from {low} to {high}; received {value!r}.")

    def parts(self, network: Any, seed: int) -> Mapping[str, Any]:
        """Return the projection through which the top area is looked at."""
        n_units = prod(list(area_symbols(network).values())[-1].shape[1:])
        drawn = [keras.initializers.GlorotUniform(seed * 1_000 + number) for number in (1, 2)]
        hidden = keras.layers.Dense(N_HIDDEN, activation="relu", kernel_initializer=drawn[0], name="hidden")
        projection = keras.layers.Dense(N_PROJECTED, kernel_initializer=drawn[1], name="projection")
        hidden.build((None, n_units))
        projection.build((None, N_HIDDEN))
        return {"hidden": hidden, "projection": projection}

    def loss(self, learner: Learner, images: Any, targets: Any, training: bool) -> StepResult:
        """Return the cross-entropy of finding each view's partner among all views, and the readout's loss beside."""
        assert learner.look is not None
        views = [self._viewed(learner, images) for _ in range(2)]
        first, second = (self._projected(learner, one, training) for one in views)
        own, found = contrast(first, second, self.temperature)
        looked = learner.look(images, training)  # read out is what the images themselves are answered with
        return with_readout(learner, looked, targets, own, (found,))

    def _viewed(self, learner: Learner, images: Any) -> Any:
        return view(images, self.crop, self.light, self.noise, learner.random)

    def _projected(self, learner: Learner, images: Any, training: bool) -> Any:
        assert learner.look is not None
        top = list(learner.look(images, training).areas.values())[-1]
        units = keras.ops.cast(keras.ops.reshape(top, (-1, prod(top.shape[1:]))), "float32")
        return keras.ops.normalize(learner.parts["projection"](learner.parts["hidden"](units)))


def contrast(first: Any, second: Any, temperature: float) -> tuple[Any, Any]:
    """Return the loss of SimCLR (NT-Xent), and the share of views whose nearest is their partner.

    Parameters
    ----------
    first, second : tensor
        (n_stimuli, n_units), of length 1: two views of each image.
    temperature : float

    Returns
    -------
    loss, found : scalar tensor
    """
    ops = keras.ops
    views = ops.concatenate([first, second])
    n = ops.shape(first)[0]
    alike = ops.matmul(views, ops.transpose(views)) / temperature - 1e9 * ops.eye(2 * n)
    partner = ops.concatenate([ops.arange(n) + n, ops.arange(n)])
    loss = ops.mean(keras.losses.sparse_categorical_crossentropy(partner, alike, from_logits=True))
    nearest = ops.cast(ops.argmax(alike, axis=1), partner.dtype)
    return loss, ops.mean(ops.cast(nearest == partner, "float32"))
