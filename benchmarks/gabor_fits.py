"""How much of a kernel's variance a Gabor explains, and how much a round Gaussian, which has no orientation.

The Gabor has eight parameters: a centre within the kernel, an orientation, two widths of its envelope from 0.7
positions to the kernel's side, a frequency from 0 to 0.5 cycles a position, amplitude and phase. It has no constant:
what it does not explain of a kernel's mean counts against it. Amplitude and phase are solved for, the six others are
searched from the best points of a grid. The Gaussian has a centre, a width and an amplitude.
"""

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

Floats = NDArray[np.float64]
ENOUGH = 0.8
"""Share of a kernel's variance from which on a shape stands for it."""
STRONG = 0.1
"""Share of the largest kernel's norm below which a kernel is not in use, whatever its shape."""
NARROWEST = 0.7
N_STARTS, APART = 4, 12
"""Starts of a search, and the steps between them in the order of the grid's points, of which the best lie close by."""


def oriented(kernels: Floats) -> NDArray[np.bool_]:
    """Return which kernels (n_kernels, side, side) are in use and explained by a Gabor, and not by a round Gaussian."""
    norms = np.sqrt(np.square(kernels, dtype=float).sum(axis=(1, 2)))
    shaped = [gabor_share(kernel) >= ENOUGH > gaussian_share(kernel) for kernel in kernels]
    return np.array(shaped) & (norms >= STRONG * norms.max())


def gabor_share(kernel: Floats) -> float:
    """Return the share of a kernel's variance that the best Gabor explains; it can be below 0."""
    side = len(kernel)
    reach = (side - 1) / 2
    low = [-reach, -reach, -10.0, NARROWEST, NARROWEST, 0.0]
    high = [reach, reach, 10.0, side, side, 0.5]
    return _best_share(_gabor, kernel, low, high)


def gaussian_share(kernel: Floats) -> float:
    """Return the share of a kernel's variance that the best round Gaussian explains."""
    side = len(kernel)
    reach = (side - 1) / 2
    return _best_share(_gaussian, kernel, [-reach, -reach, NARROWEST], [reach, reach, side])


Shape = Callable[[Floats, int], Floats]
"""Parameters and side -> what the fitted shape is a sum of, (side * side, n_terms)."""


def _best_share(shape: Shape, kernel: Floats, low: list[float], high: list[float]) -> float:
    weights = kernel.astype(float).ravel()
    variance = np.square(weights - weights.mean()).sum()
    if variance == 0:
        return 0.0
    weights = weights / np.sqrt(variance)

    def left(parameters: Floats) -> Floats:
        terms = shape(parameters, len(kernel))
        solved = np.linalg.solve(terms.T @ terms + 1e-9 * np.eye(terms.shape[1]), terms.T @ weights)
        return weights - terms @ solved

    starts, bases = _grid(shape, len(kernel))
    order = np.argsort(-np.square(weights @ bases).sum(axis=1))[: APART * N_STARTS : APART]
    begun = np.clip(starts[order], np.array(low) + 1e-6, np.array(high) - 1e-6)
    fits = [least_squares(left, start, bounds=(low, high), max_nfev=60) for start in begun]
    return float(1 - 2 * min(fit.cost for fit in fits))


@cache
def _grid(shape: Shape, side: int) -> tuple[Floats, Floats]:
    """Return the points that a search may start from, and an orthonormal basis of the shape at each."""
    centres = np.linspace(-0.3, 0.3, 4) * side
    widths = [max(NARROWEST, share * side) for share in (0.15, 0.3)]
    if shape is _gaussian:
        starts = np.array(list(product(centres, centres, widths)))
    else:
        angles, frequencies = np.arange(8) * np.pi / 8, (0.06, 0.12, 0.2, 0.3)
        grid = product(centres, centres, angles, widths, frequencies)
        starts = np.array([(x, y, angle, width, width, frequency) for x, y, angle, width, frequency in grid])
    return starts, np.linalg.qr(np.array([shape(start, side) for start in starts]))[0]


def _gabor(parameters: Floats, side: int) -> Floats:
    """Return a Gabor in cosine and in sine phase, (side * side, 2)."""
    x0, y0, angle, along, across, frequency = parameters
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    u = (x - x0) * np.cos(angle) + (y - y0) * np.sin(angle)
    v = (y - y0) * np.cos(angle) - (x - x0) * np.sin(angle)
    envelope = np.exp(-0.5 * (u / along) ** 2 - 0.5 * (v / across) ** 2)
    phase = 2 * np.pi * frequency * u
    return np.stack([(envelope * np.cos(phase)).ravel(), (envelope * np.sin(phase)).ravel()], axis=1)


def _gaussian(parameters: Floats, side: int) -> Floats:
    x0, y0, width = parameters
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    return np.exp(-0.5 * ((x - x0) ** 2 + (y - y0) ** 2) / width**2).reshape(-1, 1)
