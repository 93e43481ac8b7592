"""The penalties that RidgeCV chooses from: relative to the predictors' variance, or absolute grids by name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.ridge import ALPHAS
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Penalties:
    """Penalties to choose from, an entry of `PENALTIES`.

    Parameters
    ----------
    values : tuple of float
        Above 0.
    words : str
        Words for a score's convention.
    relative : bool
        Whether the values are in units of the predictors' variance over the training stimuli, mean over predictors, so
        that the unit of the activations does not matter.
    """

    values: tuple[float, ...]
    words: str
    relative: bool = False

    def of(self, variance: float) -> Array:
        """Return the penalties on squared weights for predictors of this mean variance, (n_alphas,) float64."""
        return np.array(self.values) * (variance if self.relative else 1.0)

    @property
    def smallest(self) -> float | None:
        """The smallest penalty, in which far smaller activations drown; None where the penalties follow these."""
        return None if self.relative else min(self.values)


Alphas = str | NDArray[np.floating] | Penalties
"""A name in `PENALTIES`, penalties (n_alphas,), or an entry."""


def _grid(values: NDArray[np.floating], words: str, relative: bool = False) -> Penalties:
    ends = " to ".join(f"{end:g}".replace("e+0", "e").replace("e+", "e") for end in (values.min(), values.max()))
    return Penalties(tuple(values.tolist()), words.format(n=len(values), ends=ends), relative)


PENALTIES: dict[str, Penalties] = {
    "relative": _grid(np.logspace(-2, 8, 101), "{n} alphas, {ends} times the predictors' mean variance", relative=True),
    "brain-score": _grid(ALPHAS, "Brain-Score's {n} alphas, {ends}"),
    "himalaya": _grid(np.logspace(1, 20, 20), "the {n} alphas of himalaya's voxelwise tutorials, {ends}"),
}
"""Name -> penalties. The default is "relative"."""


def penalties_of(alphas: Alphas) -> Penalties:
    """Return the penalties of a name, or penalties given as an array.

    Parameters
    ----------
    alphas : str, (n_alphas,) float or Penalties
        A name in `PENALTIES`; or penalties on squared weights, finite and above 0.

    Raises
    ------
    TypeError, ValueError
        If the name is unknown, or the penalties are no row of numbers above 0.

    Examples
    --------
    >>> penalties_of("relative").of(0.5)[:3].round(4)
    array([0.005 , 0.0063, 0.0079])
    >>> penalties_of(np.array([1.0, 10.0])).words
    '2 given alphas, 1 to 10'
    """
    if isinstance(alphas, Penalties):
        return alphas
    if isinstance(alphas, str):
        return PENALTIES[known_name("alphas", alphas, PENALTIES)]
    values = numbers("alphas", alphas).astype(np.float64)
    if values.ndim != 1 or not values.size or not np.isfinite(values).all() or values.min() <= 0:
        raise ValueError(
            f"`alphas` are no penalties. Accepted is a name ({', '.join(map(repr, PENALTIES))}) or a row of finite "
            f"numbers above 0; received {alphas!r}."
        )
    return _grid(values, "{n} given alphas, {ends}")
