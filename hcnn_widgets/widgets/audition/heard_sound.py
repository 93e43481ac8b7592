"""A sound as the panel has it: its wave with some bands left out, as a cochleagram and as a file that is played."""

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile

from hcnn_widgets.stimuli.audition.cochleagram import FRAME_RATE, N_CHANNELS, Cochleagram, cochleagram
from hcnn_widgets.stimuli.audition.given_wave import checked_rate, checked_wave
from hcnn_widgets.stimuli.audition.resynthesis import with_gains

CHANNELS_A_BAND = 4
N_BANDS = N_CHANNELS // CHANNELS_A_BAND
LONGEST_S = 60.0
MOST_FRAMES = 1280
LOUDEST = 0.9
"""Of what is played, so that nothing is cut."""
Bands = frozenset[int]
"""Bands that are left out, that of the highest frequencies being 0."""


@dataclass(frozen=True, eq=False)
class HeardSound:
    """A sound.

    Attributes
    ----------
    wave : (n_samples,) float
    sample_rate : float
        Hz.
    name : str
        What it is: "vowels".
    words : str
        What else is known of it: "speaker 3, 212 Hz, 7 dB below the noise".
    """

    wave: NDArray[np.float64]
    sample_rate: float
    name: str = "sound"
    words: str = ""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.wave) / self.sample_rate

    def without(self, bands: Bands) -> NDArray[np.float64]:
        """Return the wave with bands left out."""
        if not bands:
            return self.wave
        gains = np.ones(N_CHANNELS)
        for band in bands:
            gains[CHANNELS_A_BAND * band : CHANNELS_A_BAND * (band + 1)] = 0
        # What lies below and above all channels goes with the outermost bands.
        outside = 0.0 if bands & {0, N_BANDS - 1} else 1.0
        return with_gains(self.wave, self.sample_rate, gains, outside=outside)

    def heard(self, bands: Bands) -> Cochleagram:
        """Return the cochleagram of what is left without bands."""
        rate = min(FRAME_RATE, MOST_FRAMES / self.seconds)
        return cochleagram(self.without(bands), self.sample_rate, frame_rate=rate)

    def file(self, bands: Bands) -> bytes:
        """Return what is left without bands as a WAV file of 16 bits; all are as loud as they are in the whole."""
        largest = np.abs(self.wave).max()
        scaled = self.without(bands) * (LOUDEST / largest if largest else 1.0)
        held = io.BytesIO()
        wavfile.write(held, round(self.sample_rate), np.round(np.clip(scaled, -1, 1) * 32767).astype(np.int16))
        return held.getvalue()


def sound_given(wave: object, sample_rate: object) -> HeardSound:
    """Return a person's own sound; refuse what is none, or lasts more than a minute."""
    samples, rate = checked_wave(wave), checked_rate(sample_rate)
    if len(samples) > LONGEST_S * rate:
        raise ValueError(
            f"`wave` is too long. Accepted is up to {LONGEST_S:g} s; received {len(samples) / rate:.0f} s. A part of "
            "it is wave[first:last]."
        )
    return HeardSound(samples, rate, "your sound")


@lru_cache(maxsize=4)
def band_edges(n_samples: int, sample_rate: float) -> tuple[tuple[float, float], ...]:
    """Return the lowest and highest centre frequency of each band, in Hz, that of the highest frequencies first."""
    centres = cochleagram(np.zeros(n_samples), sample_rate, frame_rate=sample_rate / n_samples).centre_frequencies
    bands = centres.reshape(N_BANDS, CHANNELS_A_BAND)
    return tuple((float(band[-1]), float(band[0])) for band in bands)
