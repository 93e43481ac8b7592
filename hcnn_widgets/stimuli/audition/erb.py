"""The scale of equivalent rectangular bandwidths (ERB), on which the filters of the ear are alike.

Source: Glasberg & Moore (1990), Derivation of auditory filter shapes from notched-noise data, Hearing Research 47, 103.
"""

from typing import Any

import numpy as np

PER_KHZ = 4.37
NARROWEST = 24.7
"""Bandwidth of a filter at 0 Hz, in Hz."""
NUMBERS_A_DECADE = 21.4


def erb_bandwidth(frequency: Any) -> Any:
    """Return the bandwidth of the ear's filter at a frequency.

    Parameters
    ----------
    frequency : float or array
        Hz.

    Returns
    -------
    float or array
        Equivalent rectangular bandwidth in Hz: 24.7 (4.37 f + 1), with f in kHz.

    Examples
    --------
    >>> round(float(erb_bandwidth(1000.0)), 2)
    132.64
    """
    return NARROWEST * (PER_KHZ * np.asarray(frequency) / 1000 + 1)


def erb_number(frequency: Any) -> Any:
    """Return how many filters, laid side by side, reach from 0 Hz to a frequency: 21.4 log10(4.37 f + 1), f in kHz.

    Examples
    --------
    >>> round(float(erb_number(1000.0)), 2)
    15.62
    """
    return NUMBERS_A_DECADE * np.log10(PER_KHZ * np.asarray(frequency) / 1000 + 1)


def frequency_of(number: Any) -> Any:
    """Return the frequency in Hz at an ERB number, the inverse of `erb_number`."""
    return 1000 * (10 ** (np.asarray(number) / NUMBERS_A_DECADE) - 1) / PER_KHZ
