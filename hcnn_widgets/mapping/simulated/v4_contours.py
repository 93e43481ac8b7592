"""Simulated V4: sites tuned to pieces of curved contour, anywhere in a large receptive field."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.simulated.v1_gabor_energy import GRID, N_ORIENTATIONS

Array = NDArray[np.float32]

SIDE = 5
"""Places along each side of a template, 2 x 2 of the maps pooled into each."""
_CHUNK = 128
"""Images at a time, which keeps their patches below 100 MB."""


def v4_sites(maps: Array, n_sites: int, rng: np.random.Generator) -> Array:
    """Return the responses of V4 sites without noise: curved templates, matched at many places, the best match kept.

    Parameters
    ----------
    maps : (n_stimuli, GRID, GRID, 2 * N_ORIENTATIONS) float32
        Of complex cells, from `complex_maps`.
    n_sites : int
    rng : numpy.random.Generator

    Returns
    -------
    (n_stimuli, n_sites) float32
        From 0 to 1: the fourth power of the cosine between template and patch, largest over 7 x 7 places; at 8 deg
        images a template spans 2.5 deg and a receptive field 5.5 deg.

    Source: Riesenhuber & Poggio 1999 (S2, C2); Pasupathy & Connor 2001 (curvature); Cadieu et al. 2007.
    """
    templates = _templates(n_sites, rng)
    corner = rng.integers(0, GRID // 2 - SIDE + 1 - 7 + 1, size=(2, n_sites))
    responses = np.empty((len(maps), n_sites), dtype=np.float32)
    for start in range(0, len(maps), _CHUNK):
        matches = _matches(_pooled(maps[start : start + _CHUNK]), templates)
        for site in range(n_sites):
            top, left = corner[:, site]
            window = matches[:, top : top + 7, left : left + 7, site]
            responses[start : start + _CHUNK, site] = window.max(axis=(1, 2))
    return responses**4


def _pooled(maps: Array) -> Array:
    """Return the strongest of 2 x 2 places and two wavelengths, (n_stimuli, GRID / 2, GRID / 2, N_ORIENTATIONS)."""
    by_scale = maps.reshape(len(maps), GRID // 2, 2, GRID // 2, 2, 2, N_ORIENTATIONS)
    return np.asarray(by_scale.max(axis=(2, 4, 5)))


def _templates(n_sites: int, rng: np.random.Generator) -> Array:
    """Draw arcs of different curvature and direction, (SIDE * SIDE * N_ORIENTATIONS, n_sites), each of length 1."""
    row, column = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    templates = np.empty((SIDE, SIDE, N_ORIENTATIONS, n_sites))
    preferred = np.arange(N_ORIENTATIONS) * np.pi / N_ORIENTATIONS
    for site in range(n_sites):
        radius, direction = 1 / rng.uniform(0.02, 0.6), rng.uniform(0, 2 * np.pi)
        y, x = row + radius * np.sin(direction), column + radius * np.cos(direction)
        on_arc = np.exp(-((np.hypot(x, y) - radius) ** 2) / (2 * 0.6**2))
        # A filter's orientation is that of its modulation: along the radius.
        turned = np.arctan2(y, x)[..., np.newaxis] - preferred
        templates[..., site] = on_arc[..., np.newaxis] * np.exp(2.5 * (np.cos(2 * turned) - 1))
    flat = templates.reshape(-1, n_sites)
    return np.asarray(flat / np.linalg.norm(flat, axis=0), dtype=np.float32)


def _matches(pooled: Array, templates: Array) -> Array:
    """Return the cosine between every patch and every template, (n_stimuli, rows, columns, n_sites)."""
    patches = np.lib.stride_tricks.sliding_window_view(pooled, (SIDE, SIDE), axis=(1, 2)).transpose(0, 1, 2, 4, 5, 3)
    flat = patches.reshape(*patches.shape[:3], -1)
    length = np.sqrt(np.einsum("nrcp,nrcp->nrc", flat, flat))
    # The constant keeps an empty patch from matching by its noise.
    return np.asarray(flat @ templates / (length + np.float32(0.3))[..., np.newaxis])
