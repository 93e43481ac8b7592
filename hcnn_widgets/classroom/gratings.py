"""Gratings, and the filters that are tuned to them."""

import numpy as np

from hcnn_widgets.classroom.windows import Array
from hcnn_widgets.records.checks import check_count, is_number
from hcnn_widgets.records.keywords import checks_keywords

GREY = 0.5
"""The pixel that stands for nothing: what counts of an image is how far pixels are from it."""
WAVELENGTH = 8.0
"""Pixels: of gratings, and what the filters are tuned to."""


@checks_keywords
def grating(
    size: int, orientation: float = 0.0, contrast: float = 1.0, wavelength: float = WAVELENGTH, phase: float = 0.0
) -> Array:
    """Return a grating around the grey of 0.5; two of them are added as ``first + second - 0.5``.

    Parameters
    ----------
    size : int
        Height and width, in pixels.
    orientation : float
        In degrees: 0 changes from left to right, 90 from top to bottom.
    contrast : float
        Between 0 and 1: the image is 0.5 (1 + contrast cos(...)).
    wavelength, phase : float
        In pixels, and in degrees at the middle of the image.

    Returns
    -------
    (size, size) float64
        In [0, 1].

    Examples
    --------
    >>> grating(5, wavelength=4)[0].round(2).tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    check_count("size", size)
    if not is_number(contrast) or not 0 <= contrast <= 1:
        raise ValueError(f"`contrast` is out of range. Accepted is 0 to 1; received {contrast!r}.")
    if not is_number(wavelength) or not 0 < wavelength < np.inf:
        raise ValueError(f"`wavelength` is no length. Accepted is a number above 0; received {wavelength!r}.")
    return GREY * (1 + contrast * np.cos(_phases(size, orientation, wavelength) + np.deg2rad(phase)))


@checks_keywords
def gabor_bank(n_orientations: int = 4, size: int = 9, wavelength: float = WAVELENGTH) -> Array:
    """Return filters with the receptive fields of simple cells: gratings below a Gaussian, as a layer's kernels.

    Parameters
    ----------
    n_orientations : int
        At even steps from 0 up to 180 degrees, named as in `grating`.
    size : int
        Height and width, in pixels; the Gaussian's standard deviation is a quarter of it.
    wavelength : float

    Returns
    -------
    (size, size, 1, n_orientations) float64
        Each sums to 0, so that an even grey gives 0, and gives 1 below a grating of contrast 1 that it is tuned to.

    Source
    ------
    Marcelja (1980), Journal of the Optical Society of America 70, 1297.

    Examples
    --------
    >>> bank = gabor_bank(2)
    >>> bank.shape, abs(bank.sum(axis=(0, 1))).max().round(12).item()
    ((9, 9, 1, 2), 0.0)
    """
    check_count("n_orientations", n_orientations)
    check_count("size", size)
    at = np.arange(size) - (size - 1) / 2
    below = np.exp(-(at[:, None] ** 2 + at**2) / (2 * (size / 4) ** 2))
    kernels = []
    for n in range(n_orientations):
        wave = np.cos(_phases(size, 180 * n / n_orientations, wavelength))
        kernel = below * (wave - (below * wave).sum() / below.sum())
        kernels.append(kernel / (kernel * GREY * wave).sum())
    return np.stack(kernels, axis=-1)[:, :, None, :]


def _phases(size: int, orientation: float, wavelength: float) -> Array:
    """Return the phase of a grating at each pixel, 0 in the middle, in radians."""
    at, angle = np.arange(size) - (size - 1) / 2, np.deg2rad(orientation)
    return 2 * np.pi * (np.cos(angle) * at + np.sin(angle) * at[:, None]) / wavelength
