"""Two bootstrap samples in each number: low + base x high, both whole and small, so that one product serves both."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Float = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class PairedSamples:
    """How often bootstrap samples hold each dissimilarity, two samples in one column.

    Parameters
    ----------
    weights : (k + 1, n_columns) float
        The first half of the samples + base x the second half; the last row, for places left empty, is 0. float32 where
        every sum over a block of dissimilarities is exact in it, else float64.
    base : int
        A power of two above twice the largest such sum.
    n_bootstrap : int
    """

    weights: Float
    base: int
    n_bootstrap: int

    @classmethod
    def of(cls, counts: NDArray[np.integer], block_size: int) -> "PairedSamples":
        """Pair samples of stimuli.

        Parameters
        ----------
        counts : (n_bootstrap, n_stimuli) int
            How often each sample holds each stimulus.
        block_size : int
            The most dissimilarities that are summed before two samples are taken apart.
        """
        n_bootstrap, n_stimuli = counts.shape
        n_columns = -(-n_bootstrap // 2)
        squares = (counts**2).sum(axis=1)
        # Cauchy and Schwarz: what the heaviest block of a sample can weigh.
        most = int(np.sqrt(block_size * ((squares**2 - (counts**4).sum(axis=1)) / 2).max())) + 1
        # Signed sums of the low part lie within +-most, so that less than half a base is added to a multiple of it.
        base = 2 ** (2 * most).bit_length()
        largest = most * max(1 + base, n_stimuli * (n_stimuli - 1) // 2)
        times = np.zeros((n_stimuli, 2, n_columns), dtype=np.float32 if largest < 2**24 else np.float64)
        times.reshape(n_stimuli, -1)[:, :n_bootstrap] = counts.T
        first, second = np.triu_indices(n_stimuli, 1)
        weights = np.zeros((len(first) + 1, n_columns), dtype=times.dtype)
        np.multiply(times[first, 1], times[second, 1], out=weights[:-1])
        weights *= base
        weights[:-1] += times[first, 0] * times[second, 0]
        return cls(weights, base, n_bootstrap)

    def summed(self, subscripts: str, a: Float, b: Float) -> Array:
        """Take the samples apart, multiply and sum.

        Parameters
        ----------
        subscripts : str
            Of einsum.
        a, b : float arrays
            Sums of the weights with signs.

        Returns
        -------
        (2, ...) float64
            Of the first and of the second half of the samples.
        """
        parts = zip(self._apart(a), self._apart(b), strict=True)
        low, high = (np.einsum(subscripts, part, other) for part, other in parts)
        return np.array([low, high / self.base**2], dtype=np.float64)

    def joined(self, sums: Array) -> Array:
        """Bring (2, ..., n_columns) to (..., n_bootstrap)."""
        return np.concatenate(list(sums), axis=-1)[..., : self.n_bootstrap]

    def _apart(self, sums: Float) -> tuple[Float, Float]:
        """Return low, and base x high."""
        # A number so large that what is added to it is rounded to a multiple of the base.
        rounding = 1.5 * 2.0 ** np.finfo(sums.dtype).nmant * self.base
        high = sums + rounding
        high -= rounding
        return sums - high, high
