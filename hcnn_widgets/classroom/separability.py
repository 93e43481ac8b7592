"""Whether a line separates two classes, and how many mistakes the perceptron makes at most."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.classroom.perceptron import folded
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
ROUNDING = 1e-9
"""Relative to the longest point: a hull that comes closer to the origin than this is taken to hold it."""
_LEAST_SHARE = 1e-12


@checks_keywords
def is_separable(points: ArrayLike, targets: ArrayLike) -> bool:
    """Return whether a line (a plane, a hyperplane) has all points of target 1 on its side, and the others not.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    targets : (n_points,) of 0 and 1

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> corners = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> is_separable(corners, [0, 0, 0, 1]), is_separable(corners, [0, 1, 1, 0])
    (True, False)
    """
    x = folded(points)
    # Where the points lie, and in which unit, does not matter for this: about 0 and of length 1 rounding is least.
    x[:, :-1] -= x[:, :-1].mean(axis=0)
    x[:, :-1] /= np.abs(x[:, :-1]).max(axis=0).clip(np.finfo(np.float64).tiny)
    return _distance(_signed(x, targets)) > 0


@checks_keywords
def margin(points: ArrayLike, targets: ArrayLike) -> float:
    """Return gamma, the widest margin of a plane through the origin of (x, 1); 0 where no line separates.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    targets : (n_points,) of 0 and 1

    Raises
    ------
    TypeError, ValueError

    Notes
    -----
    The widest margin is the distance from the origin to the convex hull of the points (x, 1), those of target 0 with
    their signs turned. The distance is found by Wolfe's algorithm.

    Source
    ------
    Wolfe (1976), Finding the nearest point in a polytope, Mathematical Programming 11, 128.
    """
    return _distance(_signed(folded(points), targets))


@checks_keywords
def mistake_bound(points: ArrayLike, targets: ArrayLike) -> float:
    """Return (R / gamma)^2, the most mistakes that a perceptron makes from weights of 0; inf where no line separates.

    Parameters
    ----------
    points : (n_points, n_inputs) float
    targets : (n_points,) of 0 and 1

    Notes
    -----
    R is the length of the longest (x, 1), gamma the `margin`. The learning rate and the order do not matter.

    Source
    ------
    Novikoff (1962), On convergence proofs on perceptrons, Symposium on the Mathematical Theory of Automata 12, 615.

    Examples
    --------
    >>> round(mistake_bound([[-1.0], [1.0]], [0, 1]), 6)
    2.0
    """
    longest, gamma = float(np.linalg.norm(folded(points), axis=1).max()), margin(points, targets)
    return (longest / gamma) ** 2 if gamma else np.inf


def _signed(x: Array, targets: ArrayLike) -> Array:
    """Return the points, those of target 0 with their signs turned."""
    classes = numbers("targets", targets)
    if classes.shape != (len(x),) or not np.isin(classes, (0, 1)).all():
        raise ValueError(
            f"`targets` must be 0 or 1 for each point. Accepted is ({len(x)},) of them; received {classes.shape}."
        )
    return np.where(classes[:, None] == 1, x, -x)


def _distance(points: Array) -> float:
    """Return the distance of the points' convex hull from the origin, by Wolfe's algorithm; 0 if it holds it.

    The hull's nearest point is kept as a mixture of a few corners. Each round takes in the corner that lies furthest
    towards the origin, moves to the nearest point of the flat through the corners, and drops those that it would need
    a negative share of.
    """
    longest = np.linalg.norm(points, axis=1).max()
    corners, shares = [int(np.argmin(np.linalg.norm(points, axis=1)))], np.ones(1)
    distance, nearer = np.inf, float(np.linalg.norm(points[corners[0]]))
    # Each round comes nearer, until no corner lies further towards the origin, or rounding is all that is left.
    while nearer < distance:
        distance, nearest = nearer, shares @ points[corners]
        entering = int(np.argmin(points @ nearest))
        if entering in corners:
            break
        corners, shares = _mixture(points, [*corners, entering], np.append(shares, 0.0))
        nearer = float(np.linalg.norm(shares @ points[corners]))
    return distance if distance > ROUNDING * longest else 0.0


def _mixture(points: Array, corners: list[int], shares: Array) -> tuple[list[int], Array]:
    """Return corners and their positive shares, whose mixture is nearest to the origin on the flat through them."""
    while True:
        wanted = _flat_shares(points[corners])
        low = wanted <= _LEAST_SHARE
        if not low.any():
            return corners, wanted
        # As far towards the wanted shares as none falls below 0; the first that reaches it is dropped.
        step = np.min(shares[low] / np.maximum(shares[low] - wanted[low], _LEAST_SHARE))
        shares = shares + min(step, 1.0) * (wanted - shares)
        kept = shares > _LEAST_SHARE
        if kept.all():
            kept[np.argmin(shares)] = False
        corners, shares = [corner for corner, stays in zip(corners, kept, strict=True) if stays], shares[kept]
        shares = shares / shares.sum()


def _flat_shares(corners: Array) -> Array:
    """Return shares, of sum 1, of the point nearest to the origin on the flat through the corners."""
    # The first corner plus differences to it: least squares stay right where the corners nearly lie on a line.
    others = np.linalg.lstsq((corners[1:] - corners[0]).T, -corners[0], rcond=None)[0]
    return np.append(1 - others.sum(), others)
