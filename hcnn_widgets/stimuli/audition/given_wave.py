"""A waveform as people give it: fractions or whole numbers, one channel."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import is_number
from hcnn_widgets.records.given_arrays import numbers

FEWEST_SAMPLES = 64


def checked_wave(given: Any) -> NDArray[np.float64]:
    """Return a waveform as fractions, whole numbers divided by the largest of their type.

    Parameters
    ----------
    given : (n_samples,) float or int
        As `scipy.io.wavfile.read` gives it: floats are taken as they are, int16 becomes -1 to 1, uint8 has its zero at
        128.

    Raises
    ------
    TypeError, ValueError
        If it is no waveform: more than one channel, too few samples, values that are no numbers.
    """
    wave = numbers("wave", given)
    if wave.ndim != 1:
        advice = " A stereo recording becomes one channel by wave.mean(axis=1)." if wave.ndim == 2 else ""
        raise ValueError(
            f"`wave` is not one channel of sound. Accepted is the shape (n_samples,); received {wave.shape}.{advice}"
        )
    if len(wave) < FEWEST_SAMPLES:
        raise ValueError(f"`wave` is too short. Accepted are {FEWEST_SAMPLES} samples or more; received {len(wave)}.")
    fractions = _fractions(wave)
    if not np.isfinite(fractions).all():
        raise ValueError(
            f"`wave` has values that are no numbers. Accepted are finite values; received "
            f"{int((~np.isfinite(fractions)).sum())} that are NaN or infinite."
        )
    return fractions


def checked_rate(given: Any) -> float:
    """Return a sample rate in Hz; refuse what is none."""
    if not is_number(given) or not np.isfinite(given) or not 1 <= given <= 1e6:
        raise ValueError(f"`sample_rate` is none. Accepted are 1 to 1,000,000 samples a second; received {given!r}.")
    return float(given)


def _fractions(wave: NDArray[Any]) -> NDArray[np.float64]:
    kind = wave.dtype.kind
    if kind == "b":
        raise TypeError("`wave` must be a waveform. Accepted is an array of float or int; received dtype bool.")
    if kind not in "iu":
        return wave.astype(np.float64)
    zero = 2 ** (8 * wave.dtype.itemsize - 1)
    return (wave.astype(np.float64) - (zero if kind == "u" else 0)) / zero
