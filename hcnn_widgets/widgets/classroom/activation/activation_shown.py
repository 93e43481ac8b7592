"""What an activation lab shows, as one record that is never changed."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.activation import ACTIVATIONS, Activation
from hcnn_widgets.records.checks import is_number, is_whole, known_name

Array = NDArray[np.float64]
STEP = 1 / 8
"""Steps of the threshold: binary fractions, of which sums are exact."""
FARTHEST = 1024.0
MOST_LAYERS = 20


@dataclass(frozen=True)
class ActivationShown:
    """An activation function, the pre-activation in focus, and how many layers a gradient comes back through.

    Parameters
    ----------
    function : str
        A name in ``ACTIVATIONS``.
    z : float
        The pre-activation whose value and slope are written out.
    threshold : float
        What is taken from every pre-activation first.
    leak : float
        Slope below 0 of a function that has one to be chosen.
    layers : int
    area : str, optional
        Of a network: the area or layer whose pre-activations are shown.
    """

    function: str
    z: float
    threshold: float
    leak: float
    layers: int
    area: str | None = None

    @cached_property
    def activation(self) -> Activation:
        """The function, with its leak."""
        return ACTIVATIONS[self.function].with_leak(self.leak)

    def value(self, z: Any) -> Array:
        """Return f(z - threshold)."""
        return self.activation(np.asarray(z) - self.threshold)

    def slope(self, z: Any) -> Array:
        """Return f'(z - threshold)."""
        return self.activation.slope(np.asarray(z) - self.threshold)

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        named = {"function": self.function, "z": self.z, "threshold": self.threshold, "leak": self.leak}
        return {**named, "layers": self.layers} | ({} if self.area is None else {"area": self.area})

    def other(self, **changes: Any) -> "ActivationShown | None":
        """Return it with changes; None where nothing changes."""
        changed = replace(self, **changes)
        return None if changed == self else changed


def activation_shown_of(
    function: Any, z: Any, threshold: Any, leak: Any, layers: Any, area: str | None
) -> ActivationShown:
    """Return what a lab is to show; refuse what it cannot show.

    Raises
    ------
    TypeError, ValueError
    """
    known_name("function", function, ACTIVATIONS)
    ACTIVATIONS[function].with_leak(leak)
    for name, number in (("z", z), ("threshold", threshold)):
        if not is_number(number) or not abs(number) <= FARTHEST:
            raise ValueError(
                f"`{name}` is no number to show. Accepted is one from {-FARTHEST:g} to {FARTHEST:g}; received "
                f"{number!r}."
            )
    if not is_whole(layers, 1) or layers > MOST_LAYERS:
        raise ValueError(
            f"`layers` is no number of layers. Accepted is a whole number from 1 to {MOST_LAYERS}; received {layers!r}."
        )
    return ActivationShown(str(function), float(z), float(threshold), float(leak), int(layers), area)
