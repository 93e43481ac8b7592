"""What sounds are made of: pulses without aliases, resonances, coloured noise, loudness over time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import fft, signal

Floats = NDArray[np.float64]
Rng = np.random.Generator


class Drawn(NamedTuple):
    """A sound that was drawn.

    Attributes
    ----------
    wave : (n_samples,) float
        Of any loudness.
    pitch : float
        Hz; 0 where there is none.
    source : str
        Who or what makes it: "speaker 3", "viola".
    word : str
        What is said, where anything is: "a".
    """

    wave: Floats
    pitch: float = 0.0
    source: str = ""
    word: str = ""


def phase_of(frequency: Floats | float, time: Floats) -> Floats:
    """Return the phase in rad of a tone whose frequency, in Hz, changes over time."""
    step = time[1] - time[0]
    return 2 * np.pi * step * np.cumsum(np.broadcast_to(frequency, time.shape))


def pulses(phase: Floats, sample_rate: float) -> Floats:
    """Return a train of pulses, one a period: all harmonics alike up to 45 % of the sample rate, without aliases."""
    fastest = np.diff(phase).max(initial=1e-9) * sample_rate / (2 * np.pi)
    n_harmonics = max(1, int(0.45 * sample_rate / fastest))
    half = phase / 2
    below = np.sin(half)
    flat = np.abs(below) < 1e-6
    # The sum of cosines in closed form (Dirichlet's kernel), with its limit where both sines are 0.
    train = np.sin((2 * n_harmonics + 1) * half) / np.where(flat, 1.0, below)
    return np.where(flat, 2 * n_harmonics + 1, train) - 1


def resonant(wave: Floats, frequencies: Floats, bandwidths: Floats, sample_rate: float) -> Floats:
    """Send a wave through resonators one after the other, each of gain 1 at 0 Hz (Klatt 1980)."""
    kept = frequencies < 0.48 * sample_rate
    radius = np.exp(-np.pi * bandwidths[kept] / sample_rate)
    turn = 2 * np.pi * frequencies[kept] / sample_rate
    zero = np.zeros(len(radius))
    poles = np.stack([zero + 1, -2 * radius * np.cos(turn), radius**2], axis=1)
    gains = np.stack([poles.sum(axis=1), zero, zero], axis=1)
    return signal.sosfilt(np.hstack([gains, poles]), wave) if len(radius) else wave


def coloured_noise(rng: Rng, n_samples: int, sample_rate: float, slope: float) -> Floats:
    """Draw noise whose power falls with the frequency to the power of a slope: 0 white, 1 pink, 2 brown."""
    n_bins = n_samples // 2 + 1
    spectrum = rng.standard_normal(n_bins) + 1j * rng.standard_normal(n_bins)
    frequencies = np.arange(n_bins) * sample_rate / n_samples
    spectrum *= np.maximum(frequencies, 40.0) ** (-slope / 2)
    spectrum[0] = 0
    return unit_power(fft.irfft(spectrum, n_samples))


def band_noise(rng: Rng, n_samples: int, sample_rate: float, low: float, high: float) -> Floats:
    """Draw white noise between two frequencies in Hz."""
    n_bins = n_samples // 2 + 1
    spectrum = rng.standard_normal(n_bins) + 1j * rng.standard_normal(n_bins)
    frequencies = np.arange(n_bins) * sample_rate / n_samples
    return fft.irfft(spectrum * ((frequencies >= low) & (frequencies <= high)), n_samples)


def swell(time: Floats, begin: float, end: float, rise: float, fall: float) -> Floats:
    """Return a loudness that rises from a moment on, and has fallen to 0 at another; in s."""
    up = np.clip((time - begin) / rise, 0, 1)
    down = np.clip((end - time) / fall, 0, 1)
    return np.sin(np.pi / 2 * np.minimum(up, down)) ** 2


def decay(time: Floats, begin: float, seconds: float) -> Floats:
    """Return a loudness that is suddenly there and falls to 1 in 1000 within so many seconds."""
    since = time - begin
    return np.where(since < 0, 0.0, np.exp(-6.9 * np.maximum(since, 0) / seconds) * np.minimum(since / 0.002, 1))


def unit_power(wave: Floats) -> Floats:
    """Return a wave with a mean power of 1; silence as it is."""
    power = float(np.mean(wave**2))
    return wave / np.sqrt(power) if power > 0 else wave
