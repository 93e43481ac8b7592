"""Voices: vowels that are held, and syllables, of many speakers.

A voice is a train of pulses of the glottis, sent through the resonances of the throat. The formants are those of
Peterson & Barney (1952), Control methods used in a study of the vowels, J. Acoust. Soc. Am. 24, 175; a shorter throat
shifts them all up.
"""

from typing import NamedTuple

import numpy as np
from scipy import signal

from .sources import Drawn, Floats, Rng, band_noise, phase_of, pulses, resonant, swell, unit_power

FORMANTS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
"""The first three, in Hz, averages over men; by the letter of the vowel in Italian or Japanese."""
UPPER_FORMANTS = (3500, 4500)
BANDWIDTHS = np.array([60.0, 90.0, 120.0, 180.0, 250.0])
"""Hz."""
CONSONANTS = {"b": (0.01, 300, 1500), "d": (0.015, 2500, 5000), "k": (0.03, 1500, 3500), "s": (0.09, 4000, 7800)}
"""Seconds of noise before the vowel, and its lowest and highest frequency in Hz."""
N_SPEAKERS = 40


class Speaker(NamedTuple):
    """A voice: name, pitch in Hz, length of the throat as a factor on formants, and how breathy it is, from 0 to 1."""

    name: str
    pitch: float
    shift: float
    breath: float


def speaker(number: int) -> Speaker:
    """Return a speaker by number, always the same one: men, women and children in turn."""
    rng = np.random.default_rng([2018, number])
    pitch, shift = ((115, 1.0), (210, 1.16), (280, 1.3))[number % 3]
    spread = rng.uniform(-1, 1, 2)
    return Speaker(
        f"speaker {number + 1}",
        pitch * 2 ** (0.35 * spread[0]),
        shift * 2 ** (0.1 * spread[1]),
        float(rng.uniform(0.01, 0.08)),
    )


def draw_vowel(rng: Rng, time: Floats, n_speakers: int = N_SPEAKERS) -> Drawn:
    """Draw a vowel that is held for most of the time, its pitch gliding a little."""
    who, vowel = speaker(int(rng.integers(n_speakers))), str(rng.choice(list(FORMANTS)))
    seconds, rate = _length(time)
    begin, end = rng.uniform(0, 0.25) * seconds, rng.uniform(0.7, 1) * seconds
    pitch = who.pitch * 2 ** rng.uniform(-0.2, 0.2)
    contour = pitch * 2 ** (rng.uniform(-0.25, 0.25) * time / seconds + 0.01 * np.sin(2 * np.pi * 5 * time))
    loudness = swell(time, begin, end, 0.04 * seconds, 0.12 * seconds)
    return Drawn(_voiced(rng, contour, time, vowel, who, rate) * loudness, pitch, who.name, vowel)


def draw_syllables(rng: Rng, time: Floats) -> Drawn:
    """Draw syllables of one speaker, four to six a second, each a consonant and a vowel."""
    who = speaker(int(rng.integers(N_SPEAKERS)))
    seconds, rate = _length(time)
    pitch, pace = who.pitch * 2 ** rng.uniform(-0.2, 0.2), rng.uniform(4, 6)
    wave, said = np.zeros(len(time)), ""
    for begin in np.arange(rng.uniform(0, 0.6) / pace, seconds - 0.5 / pace, 1 / pace):
        consonant, vowel = str(rng.choice(list(CONSONANTS))), str(rng.choice(list(FORMANTS)))
        rows = slice(int(begin * rate), min(int((begin + 1 / pace) * rate), len(time)))
        wave[rows] = _syllable(rng, time[rows] - time[rows.start], consonant, vowel, who, pitch, rate)
        said += consonant + vowel
    return Drawn(wave, pitch, who.name, said)


def _syllable(rng: Rng, time: Floats, consonant: str, vowel: str, who: Speaker, pitch: float, rate: float) -> Floats:
    long, low, high = CONSONANTS[consonant]
    seconds = len(time) / rate
    contour = pitch * 2 ** (rng.uniform(-0.2, 0.2) - 0.2 * time / seconds)
    voiced = _voiced(rng, contour, time, vowel, who, rate)
    voiced *= swell(time, 0.03 + long, 0.95 * seconds, 0.02, 0.06)
    burst = unit_power(band_noise(rng, len(time), rate, low, high)) * swell(time, 0.02, 0.03 + long, 0.004, 0.01)
    return voiced + 0.6 * burst


def _voiced(rng: Rng, contour: Floats, time: Floats, vowel: str, who: Speaker, rate: float) -> Floats:
    """Return a vowel of a pitch contour, in Hz, with a power of 1."""
    source = unit_power(pulses(phase_of(contour, time), rate)) + who.breath * rng.standard_normal(len(time))
    # The glottis falls by 12 dB an octave, and the mouth, as it radiates, gives 6 of them back.
    source = signal.lfilter([1.0], [1.0, -0.96], source)
    formants = np.array([*FORMANTS[vowel], *UPPER_FORMANTS]) * who.shift * (1 + 0.02 * rng.uniform(-1, 1, 5))
    return unit_power(resonant(source, formants, BANDWIDTHS * who.shift, rate))


def _length(time: Floats) -> tuple[float, float]:
    """Return how many seconds a time is, and its sample rate."""
    rate = 1 / (time[1] - time[0])
    return len(time) / rate, rate
