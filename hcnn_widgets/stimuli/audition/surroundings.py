"""Sounds of the surroundings: birds, engines, rain and noise."""

import numpy as np
from scipy import signal

from .sources import Drawn, Floats, Rng, band_noise, coloured_noise, phase_of, pulses, resonant, swell, unit_power


def draw_birds(rng: Rng, time: Floats) -> Drawn:
    """Draw a song of short chirps, each a tone that glides; they are repeated as a bird repeats itself."""
    rate = 1 / (time[1] - time[0])
    seconds, centre = len(time) / rate, rng.uniform(2200, 5000)
    pace, long = rng.uniform(5, 12), rng.uniform(0.4, 0.8)
    glide, curve = rng.uniform(-0.6, 0.6), rng.uniform(-0.5, 0.5)
    wave = np.zeros(len(time))
    for begin in np.arange(rng.uniform(0, 0.2), seconds * rng.uniform(0.7, 1), 1 / pace):
        rows = slice(int(begin * rate), min(int((begin + long / pace) * rate), len(time)))
        if rows.stop - rows.start < 2:
            continue
        part = np.linspace(-0.5, 0.5, rows.stop - rows.start)
        tone = centre * 2 ** (glide * part + curve * (4 * part**2 - 0.5) + 0.05 * rng.standard_normal())
        phase = phase_of(np.minimum(tone, 0.45 * rate), time[rows])
        wave[rows] = (np.sin(phase) + 0.1 * np.sin(2 * phase)) * np.cos(np.pi * part) ** 2
    return Drawn(wave, float(centre), "bird")


def draw_engines(rng: Rng, time: Floats) -> Drawn:
    """Draw an engine that speeds up or slows down: firing cylinders, uneven among one another, and their roar."""
    rate = 1 / (time[1] - time[0])
    seconds, firing = len(time) / rate, 25 * 2 ** rng.uniform(0, 2)
    contour = firing * 2 ** (rng.uniform(-0.5, 0.5) * time / seconds)
    phase = phase_of(contour, time)
    n_cylinders = int(rng.choice([2, 4, 6]))
    uneven = rng.uniform(0.5, 1, n_cylinders)[(phase / (2 * np.pi)).astype(int) % n_cylinders]
    fired = unit_power(pulses(phase, rate) * uneven)
    fired = signal.lfilter([1.0], [1.0, -0.93], fired)
    pipe = rng.uniform(90, 160) * np.array([1.0, 3.0, 5.0, 9.0])
    roar = coloured_noise(rng, len(time), rate, 1.0) * (1 + np.cos(phase)) ** 2
    engine = unit_power(resonant(fired, pipe, 0.5 * pipe, rate)) + rng.uniform(0.15, 0.4) * unit_power(roar)
    return Drawn(engine, float(firing), f"engine of {n_cylinders} cylinders")


def draw_rain(rng: Rng, time: Floats) -> Drawn:
    """Draw rain: drops at random moments, each a short ringing, over a hiss."""
    rate = 1 / (time[1] - time[0])
    drops = np.zeros(len(time))
    n_drops = rng.poisson(rng.uniform(60, 250) * len(time) / rate)
    drops[rng.integers(0, len(time), n_drops)] = rng.pareto(2.5, n_drops) + 0.2
    low, high = np.array([rng.uniform(900, 1800)]), np.array([rng.uniform(2500, 6000)])
    ringing = resonant(drops, low, 0.2 * low, rate) + resonant(drops, high, 0.15 * high, rate)
    hiss = unit_power(band_noise(rng, len(time), rate, 1000, 0.48 * rate))
    return Drawn(unit_power(ringing) + rng.uniform(0.1, 0.35) * hiss, 0.0, "rain")


def draw_noise(rng: Rng, time: Floats) -> Drawn:
    """Draw a wind: noise of any colour that swells and falls slowly."""
    rate = 1 / (time[1] - time[0])
    seconds = len(time) / rate
    wave = coloured_noise(rng, len(time), rate, rng.uniform(0, 2))
    return Drawn(
        wave * (0.15 + swell(time, -0.2 * seconds, rng.uniform(0.6, 1.3) * seconds, 0.5 * seconds, 0.5 * seconds))
    )
