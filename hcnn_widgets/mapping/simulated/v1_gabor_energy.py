"""Simulated V1: Gabor filters in quadrature with divisive normalisation, at single places and as maps."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

SIZE = 64
"""Height and width, in pixels, at which the simulated cortex sees every image."""
GRID = 32
"""Places along each side of a map of complex cells."""
N_ORIENTATIONS = 8
C50 = 0.15
"""Contrast at which a site answers half as strongly as it can."""
SIGMA = 0.45
"""Standard deviation of the maps' Gaussian envelope, in wavelengths: a bandwidth of 1.3 octaves."""
SITE_SIGMA = 0.35
"""Standard deviation of the single sites' envelope, in wavelengths: a bandwidth of 1.7 octaves."""


def v1_sites(images: Array, degrees: float, n_sites: int, rng: np.random.Generator) -> Array:
    """Return the responses of V1 sites without noise: simple and complex cells in turn, receptive fields 1 to 1.7 deg.

    Parameters
    ----------
    images : (n_stimuli, SIZE, SIZE) float32
        Luminance from 0 to 1.
    degrees : float
        Visual angle of the image width.
    n_sites : int
    rng : numpy.random.Generator

    Returns
    -------
    (n_stimuli, n_sites) float32
        From 0 to about 1; a simple cell is one half-rectified Gabor filter, a complex cell the amplitude (the root of
        the energy) of two in quadrature, both divided by the local contrast. Centres lie within a fifth of the image
        width of its centre, as under an electrode array; wavelengths are 0.7 to 1.2 deg.

    Source: Jones & Palmer 1987 (simple cells); Adelson & Bergen 1985 (energy); Heeger 1992 (normalisation).
    """
    wavelength = rng.uniform(0.7, 1.2, n_sites) * SIZE / degrees
    orientation, phase = rng.uniform(0, np.pi, n_sites), rng.uniform(0, 2 * np.pi, n_sites)
    x, y = SIZE / 2 + rng.uniform(-0.2, 0.2, (2, n_sites)) * SIZE
    gabors, envelopes = _gabors(np.maximum(wavelength, 3), orientation, phase, x, y)
    pixels = images.reshape(len(images), -1) - np.float32(0.5)
    even, odd = pixels @ gabors.real, pixels @ gabors.imag
    local_mean = pixels @ envelopes
    contrast_energy = np.maximum(pixels**2 @ envelopes - local_mean**2, 0)
    simple = np.arange(n_sites) % 2 == 0
    energy = np.where(simple, np.maximum(even, 0) ** 2, even**2 + odd**2)
    # A grating of full contrast has amplitude 0.5, energy 1 through its filter, and contrast energy 1/8.
    return np.sqrt(energy / (C50**2 + 8 * contrast_energy)).astype(np.float32)


def complex_maps(images: Array, degrees: float) -> Array:
    """Return maps of complex cells: normalised Gabor energy at every place, orientation and two wavelengths.

    Parameters
    ----------
    images : (n_stimuli, SIZE, SIZE) float32
        Luminance from 0 to 1.
    degrees : float
        Visual angle of the image width.

    Returns
    -------
    (n_stimuli, GRID, GRID, 2 * N_ORIENTATIONS) float32
        From 0 to 1; wavelengths of 0.5 deg, then 1 deg, each with orientations from 0 in steps of 180 / N_ORIENTATIONS
        deg. Divided by the mean over orientations and 5 x 5 places.

    Source: Adelson & Bergen 1985; Heeger 1992.
    """
    from scipy.fft import fft2
    from scipy.ndimage import uniform_filter

    edge = np.minimum(1, (np.minimum(np.arange(SIZE), np.arange(SIZE)[::-1]) + 1) / 5).astype(np.float32)
    tapered = (images - images.mean(axis=(1, 2), keepdims=True)) * edge * edge[:, np.newaxis]
    spectrum = fft2(tapered)
    maps = np.empty((len(images), GRID, GRID, 2 * N_ORIENTATIONS), dtype=np.float32)
    for scale, wavelength in enumerate((0.5, 1.0)):
        pixels = max(wavelength * SIZE / degrees, 3.0)
        channels = slice(scale * N_ORIENTATIONS, (scale + 1) * N_ORIENTATIONS)
        energy = np.stack(
            [_energy(spectrum, pixels, k * np.pi / N_ORIENTATIONS) for k in range(N_ORIENTATIONS)], axis=-1
        )
        pool = uniform_filter(energy.mean(axis=-1), size=(0, 5, 5), mode="nearest")
        maps[..., channels] = energy / (C50**2 + N_ORIENTATIONS / 2 * pool[..., np.newaxis] + energy)
    return maps


def _gabors(
    wavelength: NDArray[np.float64],
    orientation: NDArray[np.float64],
    phase: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> tuple[NDArray[np.complex64], Array]:
    """Return filters in quadrature (n_pixels, n_sites), and their envelopes, twice as wide, with sum 1."""
    row, column = (axis.reshape(-1, 1) for axis in np.mgrid[:SIZE, :SIZE])
    across = (column - x) * np.cos(orientation) + (row - y) * np.sin(orientation)
    squared_distance = (column - x) ** 2 + (row - y) ** 2
    envelope = np.exp(-squared_distance / (2 * (SITE_SIGMA * wavelength) ** 2))
    gabor = envelope * np.exp(1j * (2 * np.pi * across / wavelength + phase))
    gabor -= envelope * (gabor.sum(axis=0) / envelope.sum(axis=0))  # blind to uniform light
    pool = np.exp(-squared_distance / (2 * (2 * SITE_SIGMA * wavelength) ** 2))
    # Amplitude 1 for a grating of amplitude 0.5 that fits.
    return (4 * gabor / envelope.sum(axis=0)).astype(np.complex64), (pool / pool.sum(axis=0)).astype(np.float32)


def _energy(spectrum: NDArray[np.complex64], wavelength: float, orientation: float) -> Array:
    """Return the energy of a Gabor filter at every other pixel, from the window of the spectrum that it passes."""
    from scipy.fft import ifft2

    centre = SIZE / wavelength * np.array([np.sin(orientation), np.cos(orientation)])
    start = np.rint(centre).astype(int) - GRID // 2
    rows, columns = (first + np.arange(GRID) for first in start)
    spread = SIZE / (2 * np.pi * SIGMA * wavelength)
    squared_distance = (rows[:, np.newaxis] - centre[0]) ** 2 + (columns - centre[1]) ** 2
    gaussian = np.exp(-squared_distance / (2 * spread**2)).astype(np.float32)
    window = spectrum[:, (rows % SIZE)[:, np.newaxis], columns % SIZE] * gaussian
    # The amplitude does not depend on where in the spectrum the window lies; 4 as in `_gabors`.
    amplitude = np.abs(ifft2(window)) * np.float32(4 * (GRID / SIZE) ** 2)
    return np.asarray(amplitude**2, dtype=np.float32)
