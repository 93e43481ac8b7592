"""Strings that are bowed, and bells that are struck."""

import numpy as np
from scipy import signal

from .sources import Drawn, Floats, Rng, decay, phase_of, pulses, resonant, swell, unit_power

STRINGS = {
    "violin": (196.0, 880.0, 1.0),
    "viola": (130.8, 587.3, 0.84),
    "cello": (65.4, 293.7, 0.5),
    "double bass": (41.2, 146.8, 0.36),
}
"""Lowest and highest note in Hz, and the resonances of the body against those of a violin."""
BODY, BODY_BANDWIDTHS = np.array([280.0, 460.0, 1100.0, 2600.0]), np.array([60.0, 90.0, 300.0, 900.0])
"""Hz: air, wood, and the hills of a violin's bridge."""
BELL = np.array([0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.67, 3.0, 4.0, 5.33])
"""Partials of a church bell against its prime: hum, prime, minor third, fifth, octave and further."""


def draw_strings(rng: Rng, time: Floats) -> Drawn:
    """Draw one to three notes of a bowed string with vibrato."""
    name = str(rng.choice(list(STRINGS)))
    low, high, size = STRINGS[name]
    rate, n_notes = 1 / (time[1] - time[0]), int(rng.integers(1, 4))
    seconds = len(time) / rate
    pitch = low * (high / low) ** rng.uniform(0, 1)
    steps = np.concatenate([[0], rng.choice([-4, -3, -2, 2, 3, 4, 5], n_notes - 1)])
    notes = np.minimum((time / seconds * n_notes).astype(int), n_notes - 1)
    vibrato = rng.uniform(0.05, 0.3) * np.sin(2 * np.pi * rng.uniform(4.5, 6.5) * time + rng.uniform(0, 6))
    contour = pitch * 2 ** ((np.cumsum(steps)[notes] + vibrato) / 12)
    # A bow makes a sawtooth: pulses, added up.
    bowed = signal.lfilter([1.0], [1.0, -0.995], pulses(phase_of(contour, time), rate))
    loudness = swell(time, rng.uniform(0, 0.15) * seconds, rng.uniform(0.8, 1) * seconds, 0.1 * seconds, 0.1 * seconds)
    for note in range(1, n_notes):
        loudness = loudness * (1 - 0.6 * np.exp(-(((time - note * seconds / n_notes) / 0.02) ** 2)))
    body = unit_power(bowed) + unit_power(resonant(bowed, BODY * size, BODY_BANDWIDTHS, rate))
    return Drawn(body * loudness, float(pitch), name)


def draw_bells(rng: Rng, time: Floats) -> Drawn:
    """Draw one to three strokes of a bell."""
    rate = 1 / (time[1] - time[0])
    seconds, pitch = len(time) / rate, 220 * 2 ** rng.uniform(0, 2.5)
    partials = BELL * pitch * (1 + 0.01 * rng.standard_normal(len(BELL)))
    heard = partials < 0.48 * rate
    loud = rng.uniform(0.3, 1, len(BELL)) * np.array([0.5, 1, 0.9, 0.5, 1, 0.4, 0.4, 0.5, 0.5, 0.3])
    strokes = np.sort(rng.uniform(0, 0.75, rng.integers(1, 4))) * seconds
    wave = np.zeros(len(time))
    for partial, loudness in zip(partials[heard], loud[heard], strict=True):
        long = 3.0 * seconds * (pitch / partial) ** 0.7
        tone = np.sin(2 * np.pi * partial * time + rng.uniform(0, 2 * np.pi))
        # A bell that rings is struck again: the envelope is that of the latest stroke.
        envelope = np.max([decay(time, stroke, long) for stroke in strokes], axis=0)
        wave += loudness * envelope * tone
    return Drawn(wave, float(pitch), "bell")
