"""Kernels that everybody has met: edges, blur, sharpening, and the Gabor that the first visual area is likened to."""

from dataclasses import dataclass

import numpy as np

from hcnn_widgets.classroom.windows import Array
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays

GABOR_SIDE, GABOR_SIGMA, GABOR_WAVELENGTH = 7, 2.0, 4.0
"""Pixels."""


@dataclass(frozen=True)
class FamousKernel(FrozenRecord):
    """A kernel with what it does to an image.

    Parameters
    ----------
    values : (height, width) float
        As a network applies them, not turned.
    words : str
        What it finds or does: "edges between left and right".
    """

    values: Array
    words: str

    def __post_init__(self) -> None:
        freeze_arrays(self)


def _gabor() -> Array:
    """Return upright stripes under a bell, of mean 0: even grey gives 0.

    Source
    ------
    Jones & Palmer (1987), An evaluation of the two-dimensional Gabor filter model of simple receptive fields in cat
    striate cortex, J. Neurophysiol. 58.
    """
    at = np.arange(GABOR_SIDE) - GABOR_SIDE // 2
    bell = np.exp(-(at[:, None] ** 2 + at**2) / (2 * GABOR_SIGMA**2))
    stripes = bell * np.cos(2 * np.pi * at / GABOR_WAVELENGTH)
    # Two decimals, which can be read in a cell; the middle takes what the sum is off 0.
    rounded = np.round(stripes - bell * stripes.sum() / bell.sum(), 2)
    rounded[GABOR_SIDE // 2, GABOR_SIDE // 2] -= rounded.sum()
    return np.round(rounded, 2)


def _of(*rows: tuple[float, ...], over: float = 1.0) -> Array:
    return np.array(rows, np.float64) / over


FAMOUS_KERNELS: dict[str, FamousKernel] = {
    "0 1 2 3": FamousKernel(_of((0, 1), (2, 3)), "the kernel of the slide"),
    "identity": FamousKernel(_of((0, 0, 0), (0, 1, 0), (0, 0, 0)), "leaves every pixel as it is"),
    "Sobel, left to right": FamousKernel(
        _of((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)), "answers where it grows brighter to the right"
    ),
    "Sobel, top to bottom": FamousKernel(
        _of((-1, -2, -1), (0, 0, 0), (1, 2, 1)), "answers where it grows brighter downwards"
    ),
    "Gaussian": FamousKernel(_of((1, 2, 1), (2, 4, 2), (1, 2, 1), over=16), "blurs, the middle counting most"),
    "Laplacian": FamousKernel(_of((0, 1, 0), (1, -4, 1), (0, 1, 0)), "answers at edges and spots of every direction"),
    "sharpen": FamousKernel(
        _of((0, -1, 0), (-1, 5, -1), (0, -1, 0)), "adds what a pixel differs by from its neighbours"
    ),
    "emboss": FamousKernel(_of((-2, -1, 0), (-1, 1, 1), (0, 1, 2)), "lights the image from the upper left"),
    "Gabor": FamousKernel(_gabor(), "answers to upright stripes, as simple cells of V1 do"),
}
"""Kernels by name."""
