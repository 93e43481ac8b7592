"""The dissimilarities of an RDM in order, cut into blocks: what lies in two blocks is ordered by the blocks alone."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike, NDArray

from hcnn_widgets.mapping.similarity.comparison.kendall import dense_ranks

Float = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class RankBlocks:
    """Blocks of dissimilarities, the smallest first.

    Two different blocks never share a value, but for blocks that hold one value only, and no other.

    Parameters
    ----------
    places : (n_blocks, size) int
        Which dissimilarities each block holds; k, one beyond the last, where it is not full.
    ranks : (k + 1,) float
        Dense ranks of the dissimilarities, of the type in which sums are to be computed.
    """

    places: NDArray[np.intp]
    ranks: Float

    @classmethod
    def of(cls, vector: NDArray[np.float64], size: int, dtype: DTypeLike) -> "RankBlocks":
        """Cut an RDM's vector into blocks of at most `size`, never between equal values that fit into one block."""
        ranks = dense_ranks(vector)
        order = np.argsort(ranks, kind="stable")
        ordered, k = ranks[order], len(ranks)
        cuts = [0]
        while cuts[-1] < k:
            cuts.append(_next_cut(ordered, cuts[-1], size))
        places = np.full((len(cuts) - 1, size), k)
        for row, (start, stop) in enumerate(pairwise(cuts)):
            places[row, : stop - start] = order[start:stop]
        return cls(places, np.append(ranks, -1).astype(dtype))

    @cached_property
    def block_of(self) -> NDArray[np.intp]:
        """The block of each dissimilarity, (k + 1,) int."""
        blocks = np.zeros(len(self.ranks), dtype=np.intp)
        blocks[self.places] = np.arange(len(self.places))[:, np.newaxis]
        return blocks

    @cached_property
    def signs(self) -> Float:
        """1 where the first block's values are the larger, -1 where the second's are, 0 where all are equal; square."""
        first = self.ranks[self.places[:, 0]]
        return np.sign(first[:, np.newaxis] - first)

    def __len__(self) -> int:
        return len(self.places)


def _next_cut(ordered: NDArray[np.int64], start: int, size: int) -> int:
    """Return the end of the block that starts at `start`."""
    stop = min(start + size, len(ordered))
    if start and ordered[start] == ordered[start - 1]:  # more of a value that fills blocks of its own
        return min(stop, int(np.searchsorted(ordered, ordered[start], side="right")))
    if stop == len(ordered) or ordered[stop] != ordered[stop - 1]:
        return stop
    first = int(np.searchsorted(ordered, ordered[stop - 1]))
    return first if first > start else stop
