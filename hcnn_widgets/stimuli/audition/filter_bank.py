"""A bank of half-cosine filters, evenly spaced on the ERB scale, for sounds of one length.

Each filter reaches from the centre of its neighbour below to that of its neighbour above, and the squares of all add up
to 1 between the outermost centres: applied twice, they give the sound back.

Source: McDermott & Simoncelli (2011), Sound texture perception via statistics of the auditory periphery, Neuron 71,
926.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from .erb import erb_number, frequency_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FilterBank:
    """Filters as weights of the bins of a sound's spectrum; the channel of the highest frequency comes first.

    Attributes
    ----------
    n_samples : int
        Of the sounds.
    sample_rate : float
        Hz.
    centres : (n_channels,) float
        Centre frequencies in Hz.
    first : (n_channels,) int
        The lowest bin that a filter lets through.
    weights : tuple of (n_bins,) float
        From that bin on, in (0, 1].
    """

    n_samples: int
    sample_rate: float
    centres: Floats
    first: NDArray[np.intp]
    weights: tuple[Floats, ...]

    @property
    def n_channels(self) -> int:
        """Number of filters."""
        return len(self.centres)

    @property
    def n_bins(self) -> int:
        """Bins of the spectrum, from 0 Hz to half the sample rate."""
        return self.n_samples // 2 + 1

    def responses(self) -> Floats:
        """Return the filters over all bins, (n_channels, n_bins)."""
        full = np.zeros((self.n_channels, self.n_bins))
        for row, first, weights in zip(full, self.first, self.weights, strict=True):
            row[first : first + len(weights)] = weights
        return full

    def envelopes(self, wave: Floats, n_points: int, channels: slice = slice(None)) -> NDArray[np.float32]:
        """Return the envelope of each band, (n_channels, n_points): the magnitude of its analytic signal.

        Only the bins of a band are transformed back, moved down to 0 Hz, which leaves a magnitude as it is. So a few
        points are enough, and exact, where there are more of them than a band has bins.
        """
        spectrum = fft.rfft(wave) * (2 / self.n_samples)
        first_bins, all_weights = self.first[channels], self.weights[channels]
        bands = np.zeros((len(first_bins), n_points), np.complex64)
        for band, first, weights in zip(bands, first_bins, all_weights, strict=True):
            band[: len(weights)] = spectrum[first : first + len(weights)] * weights
        return np.abs(fft.ifft(bands, axis=1, norm="forward", overwrite_x=True))


@lru_cache(maxsize=8)
def filter_bank(n_samples: int, sample_rate: float, n_channels: int, lowest: float, highest: float) -> FilterBank:
    """Return the filters for sounds of a length.

    Parameters
    ----------
    n_samples : int
    sample_rate : float
        Hz.
    n_channels : int
    lowest, highest : float
        Hz: where the outermost filters end.

    Raises
    ------
    ValueError
        If a filter is narrower than the spectrum of so short a sound can tell.
    """
    edges = erb_number(lowest), erb_number(highest)
    numbers, step = np.linspace(*edges, n_channels + 2, retstep=True)
    bins = erb_number(np.arange(n_samples // 2 + 1) * sample_rate / n_samples)
    first, weights = [], []
    for centre in numbers[-2:0:-1]:
        inside = np.flatnonzero(np.abs(bins - centre) < step * (1 - 1e-9))
        if not len(inside):
            raise ValueError(
                f"`n_channels` are too many for a sound of {n_samples:,} samples. Accepted are so few that every "
                f"filter holds a frequency of its spectrum, which are {sample_rate / n_samples:.3g} Hz apart; received "
                f"{n_channels} from {lowest:g} to {highest:g} Hz."
            )
        first.append(inside[0])
        weights.append(np.cos((bins[inside] - centre) / step * (np.pi / 2)))
    centres = frequency_of(numbers[-2:0:-1])
    return FilterBank(n_samples, sample_rate, centres, np.array(first, np.intp), tuple(weights))
