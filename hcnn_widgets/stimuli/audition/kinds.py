"""The kinds of sounds by name."""

from collections.abc import Callable

from .instruments import draw_bells, draw_strings
from .sources import Drawn, Floats, Rng
from .surroundings import draw_birds, draw_engines, draw_noise, draw_rain
from .voices import draw_syllables, draw_vowel

KINDS: dict[str, Callable[[Rng, Floats], Drawn]] = {
    "vowels": draw_vowel,
    "strings": draw_strings,
    "bells": draw_bells,
    "syllables": draw_syllables,
    "birds": draw_birds,
    "engines": draw_engines,
    "rain": draw_rain,
    "noise": draw_noise,
}
"""Name -> function of random numbers and of the time in s, (n_samples,), that draws a sound."""
