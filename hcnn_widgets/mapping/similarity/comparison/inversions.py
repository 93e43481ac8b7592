"""Counting the pairs of a sequence that stand in the wrong order, a merge sort at a time, in NumPy alone.

Kendall's correlations need it: with the stimulus pairs in the order of one RDM, an inversion is a pair that the other
RDM orders the other way round. A merge sort of radix 32: at each level 32 sorted blocks become one, and what is counted
are the elements that passed others of a later block; block numbers are small integers, so that they can be counted by
comparing whole rows of bytes.
"""

import numpy as np
from numpy.typing import NDArray

_BITS = 5
_RADIX = 2**_BITS
_CHUNK = 64
"""Neighbours that are compared one by one; farther ones through counts per chunk (32 and 128 are slower)."""


def inversions(places: NDArray[np.integer]) -> int:
    """Count the pairs of which the earlier one is the larger.

    Parameters
    ----------
    places : (k,) int
        Each of 0 to k - 1 once.

    Returns
    -------
    int
        From 0 to k (k - 1) / 2.

    Source: Knight 1966, J Am Stat Assoc 61:436, whose merge sort has radix 2.

    Examples
    --------
    >>> inversions(np.array([2, 0, 1, 3]))
    2
    """
    keys, n, block = _padded(places), 0, 1
    numbers = np.arange(_RADIX, dtype=keys.dtype)
    while block < len(keys):
        width = min(block * _RADIX, len(keys))
        blocks = keys.reshape(-1, block)
        # The lowest bits of a key say which of the 32 sorted blocks it is from, so that sorting carries that along.
        blocks &= ~numbers[-1]
        blocks |= np.resize(numbers, len(blocks))[:, np.newaxis]
        keys.reshape(-1, width).sort(axis=1)
        n += _passed((keys & numbers[-1]).astype(np.uint8), width)
        block *= _RADIX
    return n


def _padded(places: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    """Leave the lowest bits for block numbers, and add what is larger than all until blocks of every level fit."""
    largest = _RADIX
    while largest * _RADIX < len(places):
        largest *= _RADIX
    unit = max(largest, _CHUNK)
    size = -(-len(places) // unit) * unit
    keys = np.arange(size, dtype=np.min_scalar_type(size << _BITS))
    keys[: len(places)] = places
    keys <<= _BITS
    return keys


def _passed(numbers: NDArray[np.uint8], width: int) -> int:
    """Count, in each row of `width` block numbers, the pairs of which the earlier one is the larger."""
    chunk = min(_CHUNK, width)
    columns = np.ascontiguousarray(numbers.reshape(-1, chunk).T)
    # Rows of a transposed chunk hold one place of all chunks: comparing two rows compares that pair in each of them.
    n = sum(int(np.count_nonzero(columns[at] > columns[at + 1 :])) for at in range(chunk - 1))
    if width > chunk:
        # How many of each chunk are at least 0, 1, ..., 32; before it in its row; and thence exactly 0, ..., 31.
        at_least = np.zeros((_RADIX + 1, columns.shape[1]), dtype=np.int64)
        for number in range(_RADIX):
            at_least[number] = np.add.reduce(columns >= number, axis=0, dtype=np.uint8)
        by_row = at_least.reshape(_RADIX + 1, -1, width // chunk)
        before = by_row.cumsum(axis=2) - by_row
        n += int(np.vdot(by_row[:-1] - by_row[1:], before[1:]))
    return n
