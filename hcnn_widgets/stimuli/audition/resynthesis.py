"""A sound put together again from its bands, some of them louder, fainter or left out."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft

from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords

from .cochleagram import LOWEST, bank_for
from .given_wave import checked_rate, checked_wave


@checks_keywords
def with_gains(
    wave: ArrayLike,
    sample_rate: float,
    gains: ArrayLike,
    *,
    outside: float = 1.0,
    lowest: float = LOWEST,
    highest: float | None = None,
) -> NDArray[np.float64]:
    """Return a sound with a gain for each channel of its cochleagram: 0 leaves a channel out, 1 leaves it as it is.

    Each band goes through its filter a second time, and all are added up, as their squares add up to 1.

    Parameters
    ----------
    wave : (n_samples,) float or int
        One channel.
    sample_rate : float
        Hz.
    gains : (n_channels,) float
        The highest frequency first, as in a `Cochleagram`.
    outside : float
        Gain of what lies below and above all channels.
    lowest, highest : float
        As in `cochleagram`.

    Returns
    -------
    (n_samples,) float64

    Raises
    ------
    TypeError, ValueError
        If the wave is no sound of one channel, or gains are no finite numbers.

    Examples
    --------
    >>> sound = np.random.default_rng(0).standard_normal(16_000)
    >>> bool(np.allclose(with_gains(sound, 16_000, np.ones(64)), sound))
    True
    """
    samples, rate = checked_wave(wave), checked_rate(sample_rate)
    each = numbers("gains", gains).astype(np.float64)
    if each.ndim != 1 or not len(each) or not np.isfinite(each).all():
        raise ValueError(
            f"`gains` must be one for each channel. Accepted are finite numbers, (n_channels,); received an array of "
            f"{each.shape}."
        )
    if not np.isfinite(outside):
        raise ValueError(f"`outside` is no gain. Accepted is a finite number; received {outside!r}.")
    squares = bank_for(len(samples), rate, len(each), lowest, highest).responses() ** 2
    gain = each @ squares + outside * (1 - squares.sum(axis=0))
    return fft.irfft(fft.rfft(samples) * gain, len(samples))
