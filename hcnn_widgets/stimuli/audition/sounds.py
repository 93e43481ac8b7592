"""Sounds that are drawn, as cochleagrams, and their waveforms drawn again."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import check_count, check_seed, is_number, is_whole
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.rendering.terminal_line import terminal_line
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .drawing_sounds import sounds_of
from .series import SoundSeries, series_of

SAMPLE_RATE = 16_000
"""Hz."""
NOISE = (-15.0, 3.0)
"""dB."""
SHORTEST, LONGEST = 0.25, 10.0
"""Seconds."""
LATENT_UNITS = {"exemplar": "name", "word": "letters", "pitch": "Hz", "snr": "dB"}
"""Who or what makes a sound, what is said, its pitch (0 where there is none), sound against noise."""
Progress = Callable[[int, int], None]


@checks_keywords
def sounds(
    n: int,
    seconds: float = 1.0,
    sample_rate: int = SAMPLE_RATE,
    noise: tuple[float, float] = NOISE,
    seed: int = 0,
    progress: Progress | None = None,
) -> StimulusSet:
    """Draw sounds of eight kinds in noise, as cochleagrams: what a network of auditory cortex is trained to tell apart.

    Vowels and syllables of 40 speakers, strings, bells, birds, engines, rain, and noise that swells; all of them are
    formulas, and no recording.

    Parameters
    ----------
    n : int
        Number of sounds. A smaller set holds the first sounds of a larger set.
    seconds : float
        Length of a sound, 0.25 to 10.
    sample_rate : int
        Hz, 8,000 to 48,000.
    noise : (float, float)
        Range, in dB, of the power of a sound against that of the noise in which it is heard: at 0 they are alike, at
        -15 the noise has 32 times the power of the sound.
    seed : int
        The same seed gives the same sounds.
    progress : callable, optional
        Called as progress(n_done, n) while drawing. By default a line on the terminal, if there is one.

    Returns
    -------
    StimulusSet
        Images (n, 64, 128 a second, 1) in [0, 1]: 64 frequencies from about 65 Hz, at the bottom, up to half the sample
        rate, on the ERB scale, and 128 frames a second. Labels are the kinds; latent variables: exemplar (the speaker,
        the instrument), word (what is said), pitch and snr. ``hw.stimuli.sound_waves(stimuli)`` gives the waveforms.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Source
    ------
    The design follows Kell et al. (2018), Neuron 98, 630, who trained on recorded words and music in noise.

    Examples
    --------
    >>> heard = sounds(8, seed=1)
    >>> heard
    StimulusSet('sounds', 8 images of 64 x 128 x 1, 8 categories, 8 deg wide)
    >>> str(heard.stimulus_ids[3])
    'sounds/1s/16000Hz/-15to3dB/1/00003'
    """
    return _stimuli("sounds", n, seconds, sample_rate, noise, seed, progress)


@checks_keywords
def vowels(
    n: int,
    seconds: float = 1.0,
    sample_rate: int = SAMPLE_RATE,
    noise: tuple[float, float] = NOISE,
    seed: int = 0,
    progress: Progress | None = None,
) -> StimulusSet:
    """Draw five vowels of five speakers in noise, as cochleagrams: what is said, and who says it.

    The label is the vowel, the latent variable "exemplar" the speaker, so that ``hw.goal.Categorization()`` tells words
    and ``hw.goal.Identity()`` voices apart.

    Parameters
    ----------
    n, seconds, sample_rate, noise, seed, progress
        As in `sounds`.

    Returns
    -------
    StimulusSet
        As that of `sounds`.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> vowels(25).categories
    ('a', 'e', 'i', 'o', 'u')
    """
    return _stimuli("vowels", n, seconds, sample_rate, noise, seed, progress)


@checks_keywords
def sound_waves(stimuli: StimulusSet, ids: Sequence[str] | None = None) -> NDArray[np.float64]:
    """Return the waveforms of drawn sounds; they are not kept, but drawn again, which takes about 5 ms each.

    Parameters
    ----------
    stimuli : StimulusSet
        Of `sounds` or `vowels`, or any part of one.
    ids : sequence of str, optional
        Which of them; by default all.

    Returns
    -------
    (n_stimuli, n_samples) float64
        With their noise; the root mean square is 0.1.

    Raises
    ------
    ValueError
        If an id is none of a drawn sound, or not in the set.

    Examples
    --------
    >>> sound_waves(sounds(3)).shape
    (3, 16000)
    """
    check_stimuli("stimuli", stimuli)
    return np.stack([wave for wave, _ in (sound_wave(stimuli, each) for each in _checked_ids(stimuli, ids))])


def sound_wave(stimuli: StimulusSet, stimulus_id: str) -> tuple[NDArray[np.float64], int]:
    """Return the waveform of a drawn sound and its sample rate in Hz.

    Raises
    ------
    ValueError
        If the id is none of a drawn sound.
    """
    if refusal := waves_refusal(stimuli, [stimulus_id]):
        raise ValueError(refusal)
    found = series_of(stimulus_id)
    assert found is not None
    series, number = found
    return series.drawn(number).wave, series.sample_rate


def waves_refusal(stimuli: StimulusSet, ids: Sequence[str] | None = None) -> str:
    """Return why nobody can tell the waveforms of stimuli; empty for drawn sounds."""
    asked = [str(each) for each in (stimuli.stimulus_ids if ids is None else ids)]
    unknown = next((each for each in asked if series_of(each) is None), None)
    if unknown is None:
        return ""
    return (
        "`stimuli` must be drawn sounds, whose ids say how each was made; accepted is what hw.stimuli.sounds() or "
        f"hw.stimuli.vowels() draws, or a part of it; received the id {unknown!r}."
    )


def _checked_ids(stimuli: StimulusSet, ids: Sequence[str] | None) -> list[str]:
    known = [str(each) for each in stimuli.stimulus_ids]
    if ids is None:
        return known
    asked = [ids] if isinstance(ids, str) else [str(each) for each in ids]
    strange = [each for each in asked if each not in set(known)]
    if strange or not asked:
        raise ValueError(
            f"`ids` are not of these stimuli. Accepted are ids of the set, such as {known[0]!r}; received "
            f"{', '.join(map(repr, strange[:3])) or 'none'}."
        )
    return asked


def _stimuli(
    name: str, n: Any, seconds: Any, sample_rate: Any, noise: Any, seed: Any, progress: Progress | None
) -> StimulusSet:
    check_count("n", n)
    check_seed(seed)
    low, high = _checked_noise(noise)
    series = SoundSeries(name, _checked_seconds(seconds), _checked_rate(sample_rate), low, high, int(seed))
    found = sounds_of(series, int(n), progress or terminal_line("sounds"))
    words = [each.word for each in found]
    return StimulusSet(
        np.stack([each.image for each in found])[..., np.newaxis],
        np.array([series.stimulus_id(number) for number in range(int(n))]),
        np.array(words if name == "vowels" else [each.kind for each in found]),
        {
            "exemplar": np.array([each.source for each in found]),
            "word": np.array(words),
            "pitch": np.array([each.pitch for each in found]),
            "snr": np.array([each.snr for each in found]),
        },
        LATENT_UNITS,
        name=name,
    )


def _checked_noise(noise: Any) -> tuple[float, float]:
    pair = isinstance(noise, list | tuple) and len(noise) == 2 and all(is_number(each) for each in noise)
    if not pair or not -60 <= noise[0] <= noise[1] <= 60:
        raise ValueError(
            f"`noise` is no range of sound against noise. Accepted are two numbers in dB from -60 to 60, the lower one "
            f"first; received {noise!r}."
        )
    low, high = (round(float(each), 3) for each in noise)
    return low, high


def _checked_seconds(seconds: Any) -> float:
    if not is_number(seconds) or not SHORTEST <= seconds <= LONGEST:
        raise ValueError(
            f"`seconds` is no length of a sound. Accepted are {SHORTEST:g} to {LONGEST:g} s; received {seconds!r}."
        )
    return round(float(seconds), 3)


def _checked_rate(sample_rate: Any) -> int:
    if not is_whole(sample_rate, 8_000) or sample_rate > 48_000:
        raise ValueError(
            f"`sample_rate` is none of a drawn sound. Accepted are whole numbers from 8,000 to 48,000 Hz; received "
            f"{sample_rate!r}."
        )
    return int(sample_rate)
