"""Sounds of one's own as cochleagrams for a network."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .cochleagram import FRAME_RATE, LOWEST, N_CHANNELS, cochleagram
from .given_wave import checked_wave
from .series import OWN_NAME


@checks_keywords
def cochleagrams(
    waves: Sequence[ArrayLike] | ArrayLike,
    sample_rate: float,
    labels: ArrayLike | None = None,
    stimulus_ids: ArrayLike | None = None,
    *,
    n_channels: int = N_CHANNELS,
    lowest: float = LOWEST,
    highest: float | None = None,
    frame_rate: float = FRAME_RATE,
    name: str = OWN_NAME,
) -> StimulusSet:
    """Return one's own sounds as cochleagrams, for a network to be trained with or to be compared with recordings.

    Parameters
    ----------
    waves : sequence of (n_samples,), or (n_stimuli, n_samples)
        Sounds of one channel and one length, floats or whole numbers as `scipy.io.wavfile.read` gives them.
    sample_rate : float
        Hz, of all.
    labels, stimulus_ids : (n_stimuli,), optional
        As in `StimulusSet.from_arrays`.
    n_channels, lowest, highest, frame_rate
        As in `cochleagram`.
    name : str

    Returns
    -------
    StimulusSet
        Images (n_stimuli, n_channels, n_frames, 1), each divided by its largest value: how loud a sound is counts for
        nothing, as with those of `sounds`.

    Raises
    ------
    TypeError, ValueError
        If a wave is none, or they are not of one length.

    Examples
    --------
    >>> noise = np.random.default_rng(0).standard_normal((4, 8_000))
    >>> cochleagrams(noise, 16_000, labels=["hiss", "hiss", "rain", "rain"])
    StimulusSet('my-sounds', 4 images of 64 x 64 x 1, 2 categories, 8 deg wide)
    """
    given: list[Any] = [checked_wave(wave) for wave in waves]  # type: ignore[union-attr]
    lengths = sorted({len(wave) for wave in given})
    if len(lengths) != 1:
        came = f"{len(given)} of {lengths[0]:,} to {lengths[-1]:,} samples" if given else "none"
        raise ValueError(
            f"`waves` are not of one length. Accepted are one or more of the same number of samples; received {came}. "
            "wave[:n] cuts a sound, np.pad(wave, (0, n)) adds silence."
        )
    options: dict[str, Any] = {"lowest": lowest, "highest": highest, "frame_rate": frame_rate}
    images = np.stack([cochleagram(wave, sample_rate, n_channels, **options).image for wave in given])
    return StimulusSet.from_arrays(images, labels, stimulus_ids, name=name)
