"""Split stimuli in two with every category in the same proportion."""

import numpy as np
from numpy.typing import NDArray


def smaller_part(groups: NDArray[np.int64], fraction: float, seed: int) -> NDArray[np.bool_]:
    """Draw a share of the stimuli at random, as nearly as possible the same share of each group.

    Parameters
    ----------
    groups : (n_stimuli,) int
        The group (category) of each stimulus.
    fraction : float
        Share of the stimuli to draw, above 0 and at most 0.5.
    seed : int

    Returns
    -------
    (n_stimuli,) bool
        True where drawn; `round(fraction * n_stimuli)` of them.

    Raises
    ------
    ValueError
        If the fraction is out of range, or nothing is drawn or left.

    Examples
    --------
    >>> smaller_part(np.array([0, 0, 0, 0, 1, 1, 1, 1]), 0.25, seed=0)[:4].sum()
    np.int64(1)
    """
    n_stimuli, n_drawn = len(groups), round(fraction * len(groups)) if np.isfinite(fraction) else 0
    if not 0 < fraction <= 0.5 or not 0 < n_drawn < n_stimuli:
        raise ValueError(
            f"`fraction` leaves one part empty or the wrong one smaller. Accepted is the smaller part's share of the "
            f"{n_stimuli} stimuli, above 0 and at most 0.5, one stimulus at least; received {fraction}."
        )
    order = np.random.default_rng(seed).permutation(n_stimuli)
    drawn, next_ones = np.zeros(n_stimuli, dtype=np.bool_), []
    for group in np.unique(groups):
        places = np.flatnonzero(groups[order] == group)
        whole, rest = divmod(n_drawn * len(places), n_stimuli)
        drawn[order[places[:whole]]] = True
        if rest:
            next_ones.append((-rest, int(places[whole])))
    # Where shares are no whole numbers, the groups that lack most of theirs have one more (Hamilton's method).
    left = n_drawn - int(drawn.sum())
    drawn[order[[place for _, place in sorted(next_ones)[:left]]]] = True
    return drawn
