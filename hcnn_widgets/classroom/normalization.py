r"""Divisive normalisation, and the contrast response that it gives: saturation, and suppression by a second pattern."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hcnn_widgets.classroom.pooling import pooled
from hcnn_widgets.classroom.windows import Array, as_image
from hcnn_widgets.records.checks import is_number, is_whole, known_name
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

OVER = ("all", "own")
FORMULAS = ("root", "ratio")


@dataclass(frozen=True)
class ContrastResponse(FrozenRecord):
    r"""A unit's response to a pattern of contrast c, with a second pattern of contrast m over it.

    r = largest c^n / (sigma^n + c^n + weight m^n), called with contrasts between 0 and 1.

    Parameters
    ----------
    largest : float
        Response that is approached at high contrast.
    sigma : float
        Contrast at which half of it is reached.
    weight : float
        How much the second pattern counts in the pool, beside the first one.
    exponent : float
        n.

    Source
    ------
    Carandini & Heeger (2012), Nature Reviews Neuroscience 13, 51.

    Examples
    --------
    >>> unit = ContrastResponse(1.0, 0.1, 1.0, 2.0)
    >>> unit([0.1, 0.3]).round(4).tolist(), round(unit(0.1, 0.2).item(), 4)
    ([0.5, 0.9], 0.1667)
    """

    largest: float
    sigma: float
    weight: float
    exponent: float

    def __call__(self, contrast: ArrayLike, mask: ArrayLike = 0.0) -> Array:
        """Return the response to these contrasts, an array of their broadcast shape."""
        n = self.exponent
        drive = numbers("contrast", contrast).astype(np.float64) ** n
        return (
            self.largest * drive / (self.sigma**n + drive + self.weight * numbers("mask", mask).astype(np.float64) ** n)
        )


@checks_keywords
def divisive_normalization(
    responses: ArrayLike,
    size: int = 5,
    over: str = "all",
    formula: str = "root",
    exponent: float = 2.0,
    sigma: float = 0.5,
) -> Array:
    r"""Divide every unit by the activity around it, as the layer of `hcnn_widgets.architecture` does before it learns.

    With the pool P = mean of \|x\|^n over a square neighbourhood (the part of it inside the map) and over channels::

        root:   y = x             / (sigma^n + P)^(1/n)
        ratio:  y = sign(x) |x|^n / (sigma^n + P)

    Parameters
    ----------
    responses : (height, width) or (height, width, n_channels) float
    size : int
        Side of the neighbourhood in positions, odd.
    over : "all" or "own"
        Channels in the pool.
    formula : "root" or "ratio"
    exponent, sigma : float
        n, 1 to 100, and the semi-saturation constant, 0.001 to 1000.

    Returns
    -------
    array of float64
        Of the shape of the responses.

    Raises
    ------
    TypeError, ValueError

    Source
    ------
    Heeger (1992), Visual Neuroscience 9, 181; Carandini & Heeger (2012), Nature Reviews Neuroscience 13, 51.

    Examples
    --------
    >>> divisive_normalization([[3.0]], formula="ratio", sigma=1.0).tolist()
    [[0.9]]
    """
    _check_neighbourhood(size, exponent, sigma)
    known_name("over", over, OVER)
    known_name("formula", formula, FORMULAS)
    map_ = as_image("responses", responses)
    energy = np.abs(map_) ** exponent
    channels = energy.mean(axis=-1, keepdims=True) if over == "all" else energy
    below = sigma**exponent + pooled(channels, "mean", size, 1, "same")
    result = np.sign(map_) * energy / below if formula == "ratio" else map_ / below ** (1 / exponent)
    return result[..., 0] if np.ndim(responses) == 2 else result


@checks_keywords
def fitted_contrast_response(
    contrast: ArrayLike, mask: ArrayLike, response: ArrayLike, exponent: float = 2.0
) -> ContrastResponse | None:
    r"""Return the formula that is nearest to measured responses.

    The formula is linear in what is sought, once it is multiplied out: r c^n = largest c^n - sigma^n r - w r m^n. Least
    squares on that need no search; where the formula holds they are exact.

    Parameters
    ----------
    contrast, mask, response : (n,) float
    exponent : float

    Returns
    -------
    ContrastResponse or None
        None where they lead to none: where the largest response or sigma would not be above 0.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> c, m = np.array([0.1, 0.2, 0.4, 0.2]), np.array([0.0, 0.0, 0.0, 0.3])
    >>> unit = fitted_contrast_response(c, m, ContrastResponse(2.0, 0.2, 0.5, 2.0)(c, m))
    >>> round(unit.largest, 6), round(unit.sigma, 6), round(unit.weight, 6)
    (2.0, 0.2, 0.5)
    """
    c, m, r = (
        numbers(name, given).astype(np.float64)
        for name, given in (("contrast", contrast), ("mask", mask), ("response", response))
    )
    if not (c.ndim == 1 and c.shape == m.shape == r.shape):
        raise ValueError(
            f"`response` must go with the contrasts. Accepted are three arrays (n,) of one length; received {c.shape}, "
            f"{m.shape} and {r.shape}."
        )
    drive = c**exponent
    terms = np.column_stack([drive, -r, -r * m**exponent])
    (largest, constant, weight), _, rank, _ = np.linalg.lstsq(terms, r * drive, rcond=1e-12)
    if rank < 3 or largest <= 0 or constant <= 0:
        return None
    return ContrastResponse(float(largest), float(constant ** (1 / exponent)), float(weight), float(exponent))


def _check_neighbourhood(size: int, exponent: float, sigma: float) -> None:
    if not is_whole(size, 1) or size % 2 == 0:
        raise ValueError(f"`size` is no neighbourhood. Accepted is an odd number of positions; received {size!r}.")
    for name, value, least, most in (("exponent", exponent, 1.0, 100.0), ("sigma", sigma, 1e-3, 1e3)):
        if not is_number(value) or not least <= value <= most:
            raise ValueError(f"`{name}` is out of range. Accepted is {least:g} to {most:g}; received {value!r}.")
