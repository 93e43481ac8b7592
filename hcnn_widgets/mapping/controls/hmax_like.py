"""An HMAX-like control: simple and complex cells in turn, up to units that know patches wherever they are."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.controls.filtering import SIZE, filtered
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float32]
BANDS = (((7, 2.8, 3.5), (9, 3.6, 4.6)), ((11, 4.5, 5.6), (13, 5.4, 6.8)), ((15, 6.3, 7.9), (17, 7.3, 9.1)))
"""(side, sigma, wavelength) of the filters of each band, in pixels."""
POOLS = (8, 10, 12)
"""Side of the window over which complex cells of each band take the maximum; its half is the step."""
N_ORIENTATIONS, ASPECT = 4, 0.3
PATCH_SIDES, N_PATCHES, BAND_OF_PATCHES = (4, 6), 200, 1
SEED = 0


def hmax_like(stimuli: StimulusSet) -> ActivationSet:
    """Return an HMAX-like model's C2: how near the image comes to each of 400 patches, wherever and however large.

    S1: Gabors of 4 orientations, divided by what lies beneath them. C1: maximum over places and two sizes. S2: nearness
    to a patch of C1, exp(-d^2 / 2 a). C2: maximum over places and bands. Patches are drawn from the images that are
    shown, by a fixed seed and the images' ids; responses of the brain have no part in it. Three bands of the eight, as
    images are 64 pixels wide.

    Returns
    -------
    ActivationSet
        With one area, "HMAX-like", of 400 units from 0 to 1.

    Source: Riesenhuber & Poggio 1999, Nat Neurosci 2, 1019; Serre et al. 2007, IEEE PAMI 29, 411 (table 1); Mutch &
    Lowe 2008, IJCV 80, 45 (nearness).
    """
    images = stimuli.adapted_to((SIZE, SIZE, 1)).images[..., 0]
    bands = [_complex(images, filters, pool) for filters, pool in zip(BANDS, POOLS, strict=True)]
    by_id, rng = np.argsort(stimuli.stimulus_ids), np.random.default_rng(SEED)
    nearness = []
    for side in PATCH_SIDES:
        patches = _patches(bands[BAND_OF_PATCHES][by_id], side, rng)
        distances = np.min([_least_distances(band, patches) for band in bands], axis=0)
        nearness.append(np.exp(-distances / (2 * (side / PATCH_SIDES[0]) ** 2)))
    return ActivationSet({"HMAX-like": np.concatenate(nearness, axis=1)}, stimuli.stimulus_ids)


def _complex(images: Array, filters: Sequence[tuple[int, float, float]], pool: int) -> Array:
    """Return the C1 of a band, (n_stimuli, n_places, n_places, N_ORIENTATIONS)."""
    from scipy.ndimage import maximum_filter, uniform_filter

    maps: list[Array] = [np.zeros_like(images) for _ in range(N_ORIENTATIONS)]
    for side, sigma, wavelength in filters:
        beneath = side**2 * uniform_filter(images**2, (0, side, side), mode="nearest")
        length = np.sqrt(np.maximum(beneath, 1e-6))
        for orientation, simple in enumerate(filtered(images, _gabors(side, sigma, wavelength))):
            np.maximum(maps[orientation], np.abs(simple) / length, out=maps[orientation])
    step = pool // 2
    pooled = [maximum_filter(each, (0, pool, pool), mode="nearest")[:, step::step, step::step] for each in maps]
    return np.stack(pooled, axis=-1)


def _gabors(side: int, sigma: float, wavelength: float) -> Array:
    place = np.arange(side) - side // 2
    kernels = []
    for angle in np.pi * np.arange(N_ORIENTATIONS) / N_ORIENTATIONS:
        along = place * np.cos(angle) + place[:, np.newaxis] * np.sin(angle)
        across = place[:, np.newaxis] * np.cos(angle) - place * np.sin(angle)
        inside = place**2 + place[:, np.newaxis] ** 2 <= (side / 2) ** 2
        kernel = np.exp(-(along**2 + (ASPECT * across) ** 2) / (2 * sigma**2)) * np.cos(2 * np.pi * along / wavelength)
        kernel = np.where(inside, kernel - kernel[inside].mean(), 0)
        kernels.append(kernel / np.linalg.norm(kernel))
    return np.array(kernels, np.float32)


def _patches(band: Array, side: int, rng: np.random.Generator) -> Array:
    """Return patches of random images and places, (N_PATCHES, side, side, N_ORIENTATIONS)."""
    n_places = band.shape[1] - side + 1
    image, row, column = (rng.integers(most, size=N_PATCHES) for most in (len(band), n_places, n_places))
    at = np.arange(side)
    rows, columns = (row[:, np.newaxis] + at)[:, :, np.newaxis], (column[:, np.newaxis] + at)[:, np.newaxis]
    return np.ascontiguousarray(band[image[:, np.newaxis, np.newaxis], rows, columns])


def _least_distances(band: Array, patches: Array) -> Array:
    """Return the smallest squared distance of each image's windows to each patch, (n_stimuli, N_PATCHES)."""
    side = patches.shape[1]
    if band.shape[1] < side:
        return np.full((len(band), len(patches)), np.inf, np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(band, (side, side), axis=(1, 2))
    flat = patches.transpose(0, 3, 1, 2).reshape(len(patches), -1)
    least = np.empty((len(band), len(patches)), np.float32)
    squares = (flat**2).sum(axis=1)
    with one_blas_thread():
        for image, of_image in enumerate(windows):
            each = of_image.reshape(-1, flat.shape[1])
            distances = (each**2).sum(axis=1)[:, np.newaxis] - 2 * each @ flat.T
            least[image] = np.maximum(distances.min(axis=0) + squares, 0)
    return least
