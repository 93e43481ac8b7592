"""An endless series of sounds, each made again from its number; ids of stimuli say all that this takes."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cochleagram import FRAME_RATE, LOWEST, N_CHANNELS, bank_for, compressed_frames
from .kinds import KINDS
from .sources import Drawn, coloured_noise, unit_power
from .voices import draw_vowel

LOUDNESS = 0.1
"""Root mean square of every sound, of a largest possible 1."""
N_SPEAKERS = 5
"""Of the vowels by few speakers, whose voices are to be told apart."""
_ID = re.compile(r"(sounds|vowels)/([\d.]+)s/(\d+)Hz/(-?[\d.]+)to(-?[\d.]+)dB/(\d+)/(\d+)")


OWN_NAME = "my-sounds"
"""Of sounds of one's own, where they are given no other."""


def are_cochleagrams(stimuli: Any) -> bool:
    """Return whether images are known to be of sounds: by the id of the first of them, or by the name of the set.

    Parameters
    ----------
    stimuli : StimulusSet
    """
    return stimuli.name == OWN_NAME or _ID.fullmatch(str(stimuli.stimulus_ids[0])) is not None


class Sound(NamedTuple):
    """A sound with what it was made of.

    Attributes
    ----------
    wave : (n_samples,) float
        With its noise; its root mean square is `LOUDNESS`.
    kind : str
        In `KINDS`.
    drawn : Drawn
        What was drawn before noise was added.
    snr : float
        Power of the sound against that of the noise, in dB.
    """

    wave: NDArray[np.float64]
    kind: str
    drawn: Drawn
    snr: float


@dataclass(frozen=True)
class SoundSeries:
    """A series of sounds.

    Parameters
    ----------
    name : str
        "sounds", eight kinds in turn, or "vowels", of few speakers.
    seconds : float
    sample_rate : int
        Hz.
    low, high : float
        Range of the ratio of sound to noise, in dB.
    seed : int
    """

    name: str
    seconds: float
    sample_rate: int
    low: float
    high: float
    seed: int

    def stimulus_id(self, number: int) -> str:
        """Return the id of a sound, of which it can be made again."""
        noise = f"{self.low:g}to{self.high:g}dB"
        return f"{self.name}/{self.seconds:g}s/{self.sample_rate}Hz/{noise}/{self.seed}/{number:05d}"

    def drawn(self, number: int) -> Sound:
        """Draw a sound and the noise that it is heard in."""
        rng = np.random.default_rng([self.seed, number, self.name == "vowels"])
        time = np.arange(round(self.seconds * self.sample_rate)) / self.sample_rate
        kind = self._kind(number)
        draw = partial(draw_vowel, n_speakers=N_SPEAKERS) if self.name == "vowels" else KINDS[kind]
        sound, snr = draw(rng, time), float(rng.uniform(self.low, self.high))
        noise = coloured_noise(rng, len(time), self.sample_rate, rng.uniform(0.5, 1.5))
        mixed = unit_power(sound.wave) * 10 ** (snr / 20) + noise
        return Sound(LOUDNESS * unit_power(mixed), kind, sound, snr)

    def image(self, wave: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the cochleagram of one of its sounds, (n_channels, n_frames), in [0, 1]."""
        bank = bank_for(len(wave), self.sample_rate, N_CHANNELS, LOWEST, None)
        frames = compressed_frames(bank, wave, round(self.seconds * FRAME_RATE))
        return frames / frames.max()

    def _kind(self, number: int) -> str:
        """Return the kind of a sound: of eight that follow one another each one once, in random order."""
        if self.name == "vowels":
            return "vowels"
        turn, place = divmod(number, len(KINDS))
        return str(np.random.default_rng([self.seed, turn, 7]).permutation(list(KINDS))[place])


def series_of(stimulus_id: str) -> tuple[SoundSeries, int] | None:
    """Return the series and number of a sound that its id says; None of any other id.

    Examples
    --------
    >>> series, number = series_of("sounds/1s/16000Hz/-15to3dB/0/00012")
    >>> series.low, series.sample_rate, number
    (-15.0, 16000, 12)
    """
    found = _ID.fullmatch(stimulus_id)
    if found is None:
        return None
    name, seconds, rate, low, high, seed, number = found.groups()
    return SoundSeries(name, float(seconds), int(rate), float(low), float(high), int(seed)), int(number)
