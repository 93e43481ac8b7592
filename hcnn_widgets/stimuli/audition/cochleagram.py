"""The cochleagram: what the cochlea hands on to the brain, frequency channel by frequency channel, over time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hcnn_widgets.records.checks import check_count, is_number
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.keywords import checks_keywords

from .filter_bank import FilterBank, filter_bank
from .given_wave import checked_rate, checked_wave

N_CHANNELS = 64
LOWEST = 50.0
"""Hz."""
FRAME_RATE = 128.0
"""Frames a second."""
COMPRESSION = 0.3
MOST_POINTS = 2**21
"""Of envelopes at once, so that the channels of a long sound take their turns in memory."""


@dataclass(frozen=True, eq=False)
class Cochleagram(FrozenRecord):
    """Compressed envelopes of the bands of a sound; read-only.

    Attributes
    ----------
    values : (n_channels, n_frames) float32
        0 or more; the highest frequency comes first, so that it is on top of a picture.
    centre_frequencies : (n_channels,) float
        Of the channels, in Hz.
    frame_rate : float
        Frames a second.
    """

    values: NDArray[np.float32]
    centre_frequencies: NDArray[np.float64]
    frame_rate: float

    def __post_init__(self) -> None:
        freeze_arrays(self)

    @property
    def image(self) -> NDArray[np.float32]:
        """The same as an image, (n_channels, n_frames, 1): divided by its largest value, so from 0 to 1."""
        largest = float(self.values.max())
        return (self.values / largest if largest else self.values)[..., np.newaxis]

    def __repr__(self) -> str:
        n_channels, n_frames = self.values.shape
        low, high = self.centre_frequencies[[-1, 0]]
        return (
            f"Cochleagram({n_channels} channels from {low:,.0f} to {high:,.0f} Hz, {n_frames} frames of "
            f"{1000 / self.frame_rate:.3g} ms)"
        )


@checks_keywords
def cochleagram(
    wave: ArrayLike,
    sample_rate: float,
    n_channels: int = N_CHANNELS,
    *,
    lowest: float = LOWEST,
    highest: float | None = None,
    frame_rate: float = FRAME_RATE,
    compression: float = COMPRESSION,
) -> Cochleagram:
    """Return the cochleagram of a sound: filters of the ear, their envelopes, compressed.

    Parameters
    ----------
    wave : (n_samples,) float or int
        One channel, as ``scipy.io.wavfile.read(path)`` gives it; whole numbers become fractions of their largest.
    sample_rate : float
        Hz.
    n_channels : int
        Half-cosine filters that are evenly spaced on the ERB scale; neighbours overlap by half.
    lowest, highest : float
        Where the outermost filters end, in Hz; the highest by default at half the sample rate.
    frame_rate : float
        Frames a second, each the mean of the compressed envelope over its time.
    compression : float
        Exponent of the envelopes, above 0 and at most 1: 0.3 makes faint sounds visible beside loud ones, as the ear
        does; 1 leaves them as they are.

    Returns
    -------
    Cochleagram
        With the channels' centre frequencies; the sound is taken to repeat itself at its ends.

    Raises
    ------
    TypeError, ValueError
        If the wave is no sound of one channel, or an argument is out of range.

    Source
    ------
    McDermott & Simoncelli (2011), Neuron 71, 926; Kell, Yamins, Shook, Norman-Haignere & McDermott (2018), Neuron 98,
    630; Glasberg & Moore (1990), Hearing Research 47, 103.

    Examples
    --------
    >>> time = np.arange(16_000) / 16_000
    >>> heard = cochleagram(np.sin(2 * np.pi * 1000 * time), 16_000)
    >>> heard
    Cochleagram(64 channels from 65 to 7,582 Hz, 128 frames of 7.81 ms)
    >>> round(float(heard.centre_frequencies[heard.values.mean(axis=1).argmax()]))
    969
    """
    samples, rate = checked_wave(wave), checked_rate(sample_rate)
    bank = bank_for(len(samples), rate, n_channels, lowest, highest)
    if not is_number(compression) or not 0 < compression <= 1:
        raise ValueError(
            f"`compression` is no exponent of envelopes. Accepted are numbers above 0, up to 1; received "
            f"{compression!r}."
        )
    n_frames = _n_frames(len(samples) / rate, frame_rate)
    frames = compressed_frames(bank, samples, n_frames, float(compression))
    return Cochleagram(frames, bank.centres, n_frames * rate / len(samples))


def compressed_frames(
    bank: FilterBank, wave: NDArray[np.float64], n_frames: int, compression: float = COMPRESSION
) -> NDArray[np.float32]:
    """Return the compressed envelopes of a wave, averaged over frames, (n_channels, n_frames)."""
    # The square of a band's envelope has frequencies up to the width of the band: twice as many points hold them.
    widest = max(map(len, bank.weights))
    n_points = n_frames * max(4, -(-2 * widest // n_frames))
    step = max(1, MOST_POINTS // n_points)
    parts = [slice(first, first + step) for first in range(0, bank.n_channels, step)]
    return np.concatenate([_frames(bank.envelopes(wave, n_points, part), n_frames, compression) for part in parts])


def _frames(envelopes: NDArray[np.float32], n_frames: int, compression: float) -> NDArray[np.float32]:
    """Return the means over frames of compressed envelopes, (n_channels, n_frames)."""
    compressed = envelopes ** np.float32(compression)
    return compressed.reshape(len(envelopes), n_frames, -1).mean(axis=2)


def bank_for(n_samples: int, sample_rate: float, n_channels: Any, lowest: Any, highest: Any) -> FilterBank:
    """Return the filters for a wave; refuse numbers of channels and edges that make none."""
    check_count("n_channels", n_channels)
    top = sample_rate / 2 if highest is None else highest
    if not (is_number(lowest) and is_number(top) and 0 <= lowest < top <= sample_rate / 2):
        raise ValueError(
            f"`lowest` and `highest` are no range of frequencies. Accepted are 0 or more, and at most half the sample "
            f"rate, {sample_rate / 2:g} Hz; received {lowest!r} to {top!r}."
        )
    return filter_bank(n_samples, sample_rate, int(n_channels), float(lowest), float(top))


def _n_frames(seconds: float, frame_rate: Any) -> int:
    if not is_number(frame_rate) or not np.isfinite(frame_rate) or frame_rate <= 0 or round(seconds * frame_rate) < 1:
        raise ValueError(
            f"`frame_rate` leaves no frame of the sound. Accepted are {1 / seconds:.3g} frames a second or more; "
            f"received {frame_rate!r}."
        )
    return round(seconds * frame_rate)
