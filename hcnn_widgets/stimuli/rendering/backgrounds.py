"""Backgrounds with the amplitude spectrum of natural scenes: pink noise."""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

MEAN = 0.48
"""Mean luminance, as of photographs shown to macaques in V4 studies."""

CONTRAST = 0.13
"""Root-mean-square contrast: the standard deviation of luminance before values are clipped to [0, 1]."""


def pink_noise(n_images: int, size: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw images whose amplitude falls as 1/f with spatial frequency, and whose phases are random.

    Parameters
    ----------
    n_images : int
    size : int
        Height and width, in pixels.
    rng : numpy.random.Generator

    Returns
    -------
    (n_images, size, size) float32
        Luminance from 0 to 1.

    Source: Field 1987, J. Opt. Soc. Am. A 4, 2379 (natural scenes have amplitude spectra near 1/f).

    Examples
    --------
    >>> pink_noise(2, 16, np.random.default_rng(0)).shape
    (2, 16, 16)
    """
    canvas = fft.next_fast_len(size + size // 2, real=True)
    white = rng.standard_normal((n_images, canvas, canvas), dtype=np.float32)
    spectrum = fft.rfft2(white)
    spectrum *= _one_over_f(canvas)
    # A cutout of a larger canvas: the canvas itself is periodic, as no photograph is.
    pictures = fft.irfft2(spectrum, s=(canvas, canvas), overwrite_x=True)[:, :size, :size]
    pictures -= pictures.mean(axis=(1, 2), keepdims=True)
    pictures *= CONTRAST / np.maximum(pictures.std(axis=(1, 2), keepdims=True), 1e-6)
    pictures += np.float32(MEAN)
    return np.clip(pictures, 0, 1, out=pictures)


def _one_over_f(size: int) -> NDArray[np.float32]:
    """Return 1/f for the half spectrum of a real image, and 0 for its mean."""
    frequency = np.hypot(fft.fftfreq(size)[:, np.newaxis], fft.rfftfreq(size))
    frequency[0, 0] = np.inf
    return (1 / frequency).astype(np.float32)
