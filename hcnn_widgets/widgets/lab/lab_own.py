"""A person's own images, recordings and model in the menu of Lab."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hcnn_widgets.mapping.recordings.several import Recordings, recordings_tuple
from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .lab_menu import LabMenu

OWN_IMAGES, OWN_RECORDINGS = "own images", "own recordings"
"""Names of the entries."""
USUAL_SIDE = 64
"""Height and width, in pixels, for a network that takes any."""


@dataclass(frozen=True)
class OwnModel:
    """A model that exists, in the place of an architecture of the menu.

    Parameters
    ----------
    model : GoalDrivenModel
    """

    model: Any

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """Height, width and channels of the images that the model takes."""
        network = self.model.network
        height, width, n_channels = self.model.spec.input_shape if network is None else network.input_shape[1:]
        return height or USUAL_SIDE, width or USUAL_SIDE, n_channels

    def __call__(self, input_shape: tuple[int, int, int] | None = None, degrees: float | None = None) -> "OwnModel":
        """Return itself; refuse images of another shape, which are then adapted to it."""
        if input_shape not in (None, self.input_shape):
            raise ValueError(
                f"`input_shape` is fixed. Accepted is that of {self.model.name}, {self.input_shape}; received "
                f"{input_shape}."
            )
        return self


def menu_with_own(
    menu: LabMenu, images: StimulusSet | None, recordings: Recordings | None, model: Any | None
) -> LabMenu:
    """Return a menu that offers first what a person has; a model leaves no other choice of network, goal and rule.

    Raises
    ------
    TypeError
        If they are no StimulusSet, RecordingSets or GoalDrivenModel.
    """
    if images is not None:
        check_stimuli("images", images)
        menu = replace(menu, images={OWN_IMAGES: _some_of(images), **menu.images}, n_images=len(images))
    if recordings is not None:
        own = list(recordings_tuple(recordings))
        menu = replace(menu, recordings={OWN_RECORDINGS: lambda: own, **menu.recordings})
    return menu if model is None else _with_model(menu, model)


def _some_of(images: StimulusSet) -> Any:
    """Return the function that gives n of the images, evenly spread over the set, so that sorted ones serve, too."""
    return lambda n: images if n >= len(images) else images[np.linspace(0, len(images) - 1, n).astype(np.intp)]


def _with_model(menu: LabMenu, model: Any) -> LabMenu:
    """Return a menu whose only network, goal and rule are those of a model."""
    from hcnn_widgets.model import GoalDrivenModel

    check_kind(
        "model",
        model,
        GoalDrivenModel,
        ", as hw.GoalDrivenModel.from_keras(network, goal=...) makes one of a Keras model",
    )
    return replace(
        menu,
        architectures={model.name: OwnModel(model)},
        goals={getattr(model.goal, "name", "none"): lambda: model.goal},
        rules={model.rule.name: lambda: model.rule},
        model=lambda own, _goal, _rule: own.model,
        at_hand=(),  # what fits a model that there is, Train says
    )
