"""Orders of the stimuli of an RDM, and the groups of categories in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Group:
    """Neighbouring stimuli of the same category.

    Attributes
    ----------
    name : str
    start, stop : int
        First place, and the place after the last.
    """

    name: str
    start: int
    stop: int


def by_category(labels: Sequence[str], brain: NDArray[np.floating], model: NDArray[np.floating]) -> Rows:
    """Sort stimuli by category, categories by their first stimulus; the order within a category stays.

    Examples
    --------
    >>> by_category(["cat", "car", "cat"], np.zeros(3), np.zeros(3)).tolist()
    [0, 2, 1]
    """
    first = {label: place for place, label in reversed(list(enumerate(labels)))}
    return np.argsort([first[label] for label in labels], kind="stable")


def as_given(labels: Sequence[str], brain: NDArray[np.floating], model: NDArray[np.floating]) -> Rows:
    """Return the stimuli in the order given."""
    return np.arange(len(labels))


def by_brain(labels: Sequence[str], brain: NDArray[np.floating], model: NDArray[np.floating]) -> Rows:
    """Sort stimuli by their likeness in the brain: leaves of a tree of average linkage."""
    return _leaves(brain, len(labels))


def by_model(labels: Sequence[str], brain: NDArray[np.floating], model: NDArray[np.floating]) -> Rows:
    """Sort stimuli by their likeness in the model area: leaves of a tree of average linkage."""
    return _leaves(model, len(labels))


BY_CATEGORY = "by category"
ORDERS: dict[str, Callable[[Sequence[str], NDArray[np.floating], NDArray[np.floating]], Rows]] = {
    BY_CATEGORY: by_category,
    "as given": as_given,
    "by likeness in the brain": by_brain,
    "by likeness in the model": by_model,
}


def orders_of(labels: Sequence[str]) -> list[str]:
    """Return the names of the orders on offer: by category only where a stimulus has a label.

    Examples
    --------
    >>> orders_of(["cat", ""])[0], orders_of(["", ""])[0]
    ('by category', 'as given')
    """
    return [name for name in ORDERS if name != BY_CATEGORY or any(labels)]


def groups_in(labels: Sequence[str]) -> list[Group]:
    """Return the groups of neighbours with the same label; none if a label forms two groups or a stimulus has no label.

    Parameters
    ----------
    labels : (n,) str
        Labels in the order shown; "" for a stimulus without.

    Examples
    --------
    >>> groups_in(["cat", "cat", "car"])
    [Group(name='cat', start=0, stop=2), Group(name='car', start=2, stop=3)]
    >>> groups_in(["cat", "car", "cat"])
    []
    """
    edges = [0, *(place for place in range(1, len(labels)) if labels[place] != labels[place - 1]), len(labels)]
    groups = [Group(labels[start], start, stop) for start, stop in pairwise(edges) if stop > start]
    split = len({group.name for group in groups}) < len(groups)
    return [] if split or "" in labels else groups


def triangle(vector: NDArray[np.floating], rows: Rows) -> NDArray[np.floating]:
    """Return the strict upper triangle of selected stimuli in a given order, row by row.

    Parameters
    ----------
    vector : (k,) float
        Strict upper triangle over all stimuli.
    rows : (m,) int
        Places of the selected stimuli, in the order of the result.

    Returns
    -------
    (m * (m - 1) / 2,) float

    Examples
    --------
    >>> triangle(np.array([1.0, 2.0, 3.0]), np.array([2, 0])).tolist()
    [2.0]
    """
    n = round((1 + (1 + 8 * vector.size) ** 0.5) / 2)
    first, second = (rows[places] for places in np.triu_indices(len(rows), 1))
    low, high = np.minimum(first, second), np.maximum(first, second)
    return vector[low * (2 * n - low - 3) // 2 + high - 1]


def _leaves(vector: NDArray[np.floating], n: int) -> Rows:
    if not np.isfinite(vector).all():
        return np.arange(n)
    from scipy.cluster.hierarchy import leaves_list, linkage

    return np.asarray(leaves_list(linkage(np.maximum(vector, 0), "average", optimal_ordering=n <= 200)), dtype=np.intp)
