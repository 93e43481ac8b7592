"""Simulated V2: sites tuned to two orientations side by side, as at a corner or a change of texture."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.simulated.v1_gabor_energy import GRID, N_ORIENTATIONS

Array = NDArray[np.float32]


def v2_sites(maps: Array, degrees: float, n_sites: int, rng: np.random.Generator) -> Array:
    """Return the responses of V2 sites without noise: conjunctions of two complex cells, receptive fields about 2 deg.

    Parameters
    ----------
    maps : (n_stimuli, GRID, GRID, 2 * N_ORIENTATIONS) float32
        Of complex cells, from `complex_maps`.
    degrees : float
        Visual angle of the image width.
    n_sites : int
    rng : numpy.random.Generator

    Returns
    -------
    (n_stimuli, n_sites) float32
        Geometric mean of two different orientations, 0.75 deg apart, each the strongest within 3 x 3 places: above 0
        only where both are present.

    Source: Ito & Komatsu 2004; Anzai, Peng & Van Essen 2007; pooling after Riesenhuber & Poggio 1999.
    """
    apart = max(1.0, 0.75 * GRID / degrees)
    direction = rng.uniform(0, 2 * np.pi, n_sites)
    centre = GRID / 2 + rng.uniform(-0.25, 0.25, (2, n_sites)) * GRID
    half_way = apart / 2 * np.array([np.sin(direction), np.cos(direction)])
    first = rng.integers(N_ORIENTATIONS, size=n_sites)
    second = (first + rng.integers(2, N_ORIENTATIONS - 1, size=n_sites)) % N_ORIENTATIONS
    scale = N_ORIENTATIONS * rng.integers(2, size=n_sites)
    first_side = _strongest(maps, np.rint(centre - half_way).astype(int), first + scale)
    second_side = _strongest(maps, np.rint(centre + half_way).astype(int), second + scale)
    return np.sqrt(first_side * second_side)


def _strongest(maps: Array, place: NDArray[np.int_], channel: NDArray[np.int_]) -> Array:
    """Return the maximum over the 3 x 3 places around each site's own, (n_stimuli, n_sites)."""
    shifts = np.stack(np.meshgrid([-1, 0, 1], [-1, 0, 1]), axis=-1).reshape(9, 2, 1)
    rows, columns = ((place + shifts) % GRID).transpose(1, 0, 2)
    strongest = maps[:, rows[0], columns[0], channel]
    for row, column in zip(rows[1:], columns[1:], strict=True):
        np.maximum(strongest, maps[:, row, column, channel], out=strongest)
    return strongest
