"""Round shapes through points."""

import numpy as np

from .marks import Points


def smooth_path(corners: Points, closed: bool) -> Points:
    """Return a centripetal Catmull-Rom curve through points, as cubic Bézier curves.

    Parameters
    ----------
    corners : (n_points, 2) float
    closed : bool

    Returns
    -------
    (1 + 3 * n_curves, 2) float
        n_curves is n_points where closed, one fewer where not: where it begins, then of each curve two control points
        and the end.

    Source
    ------
    Yuksel, Schaefer & Keyser (2011), On the parameterization of Catmull-Rom curves.
    """
    points = np.asarray(corners, np.float64)
    if closed:
        before, start, end, after = (np.roll(points, shift, 0) for shift in (1, 0, -1, -2))
    else:
        # An open curve begins and ends as if its first and last points stood there twice.
        padded = np.vstack([points[:1], points, points[-1:]])
        before, start, end, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    coming, along, going = (
        np.sqrt(np.linalg.norm(b - a, axis=1))[:, None] for a, b in ((before, start), (start, end), (end, after))
    )
    leaving = _control(start, before, end, coming, along)
    arriving = _control(end, after, start, going, along)
    curves = np.stack([leaving, arriving, end], axis=1).reshape(-1, 2)
    return np.vstack([start[:1], curves])


def _control(at: Points, away: Points, towards: Points, aside: Points, along: Points) -> Points:
    """Return the control point beside ``at``; where the curve begins or ends, ``at`` itself.

    ``aside`` and ``along`` are the square roots of the distances to ``away`` and ``towards``: with them as the steps
    of the parameter the curve has neither cusps nor loops within a piece.
    """
    ends = aside < 1e-6
    aside = np.where(ends, 1.0, aside)
    weight = 2 * aside**2 + 3 * aside * along + along**2
    control = (at * weight - away * along**2 + towards * aside**2) / (3 * aside * (aside + along))
    return np.where(ends, at, control)
