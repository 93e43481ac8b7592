"""Pre-activations that a lab shows: those of a network, or a standard normal distribution where there is none."""

from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

Array = NDArray[np.float64]
N_NORMAL = 2000
SPANS = tuple(2.0**power for power in range(-3, 11))
"""Half widths of the axis that there are, so that its numbers are round, and it seldom changes."""
N_USUAL = 4.0
WITHIN = 0.99
"""Share of the pre-activations that the axis holds at least."""


@dataclass(frozen=True)
class PreActivations(FrozenRecord):
    """What units sum up, before their activation function.

    Parameters
    ----------
    z : (n_values,) float64
    words : str
        Whose they are: "V1.activate, 64 images".
    n_all : int
        Of how many they are drawn at random; all of them where it is their number.
    largest : (n_maps,) float64
        Of each map or unit the largest that any image brings about; none where there is no network.
    function : str
        Name of the function that the network itself has there; "" where there is none, or another.
    step : int, optional
        Training steps that the network had taken.
    """

    z: Array
    words: str
    n_all: int
    largest: Array
    function: str = ""
    step: int | None = None

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @cached_property
    def span(self) -> float:
        """Half width of an axis about 0 that holds nearly all of them."""
        far = float(np.quantile(np.abs(self.z), WITHIN)) if len(self.z) else N_USUAL
        return next((span for span in SPANS if span >= far), SPANS[-1])

    @property
    def whose(self) -> str:
        """Return whose they are, with the step: "V1.activate, 64 images, step 120"."""
        return self.words if self.step is None else f"{self.words}, step {self.step:,}"


def standard_normal() -> PreActivations:
    """Return a standard normal distribution, as its quantiles: the same in every lab, and in its lines of code."""
    inverse = NormalDist().inv_cdf
    z = np.array([inverse((n + 0.5) / N_NORMAL) for n in range(N_NORMAL)])
    return PreActivations(z, "a standard normal distribution (no network)", N_NORMAL, np.empty(0))
