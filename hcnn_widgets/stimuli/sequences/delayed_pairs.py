"""Delayed match to sample: an image, a delay of noise, and an image of the same category or of another."""

from typing import Any

import numpy as np

from hcnn_widgets.records.checks import check_count, check_kind, check_seed, is_number
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.handwritten_digits import digits
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .sequence_set import SequenceSet

SAME, DIFFERENT = "same", "different"
"""Labels of the sequences, and what `DelayedMatch` tells apart."""


@checks_keywords
def delayed_match(
    images: StimulusSet | None = None,
    n: int = 1000,
    delay: int = 2,
    size: int = 16,
    noise: float = 0.25,
    seed: int = 0,
) -> SequenceSet:
    """Return sequences of a sample, a delay of noise, and a test image of the same category, or of another.

    Half of the sequences are matches, in random order. Sample and test are two images, of a match too, so that pixels
    cannot be compared; categories are drawn alike for both kinds, so that neither image alone tells anything.

    Parameters
    ----------
    images : StimulusSet, optional
        With labels, two images a category at least; by default the handwritten digits. Sequences to learn from and
        sequences to test on are made of the two parts of ``images.split()``, so that no image is in both.
    n : int
        Number of sequences.
    delay : int
        Frames between sample and test, from 0 to 30: noise alone.
    size : int
        Height and width of the frames in pixels.
    noise : float
        Standard deviation of the pixels of the delay around 0.5, from 0 to 1.
    seed : int
        The same seed gives the same sequences.

    Returns
    -------
    SequenceSet
        (n, delay + 2, size, size, n_channels), labelled "same" and "different", with the latent variables "sample" and
        "test" (categories) and "delay" (frames).

    Raises
    ------
    TypeError, ValueError
        If the images have no labels, or an argument is out of range.

    Source
    ------
    Fuster & Alexander (1971), Science 173, 652; Miller, Erickson & Desimone (1996), Journal of Neuroscience 16, 5154.

    Examples
    --------
    >>> delayed_match(n=6, delay=3)
    SequenceSet('delayed match', 6 sequences of 5 frames of 16 x 16 x 1, 2 categories, 8 deg wide)
    """
    shown = digits() if images is None else images
    _check(shown, n, delay, size, noise, seed)
    shown = shown.adapted_to((size, size, shown.image_shape[2]))
    rng = np.random.default_rng(seed)
    sample, test = _pairs(shown.label_indices(), n, rng)
    frames = np.empty((n, delay + 2, *shown.image_shape), np.float32)
    frames[:, 0], frames[:, -1] = shown.images[sample], shown.images[test]
    between = rng.standard_normal((n, delay, *shown.image_shape), np.float32)
    frames[:, 1:-1] = (0.5 + np.float32(noise) * between).clip(0, 1)
    assert shown.labels is not None
    of_sample, of_test = shown.labels[sample], shown.labels[test]
    return SequenceSet(
        frames,
        labels=np.where(of_sample == of_test, SAME, DIFFERENT),
        latents={"sample": of_sample, "test": of_test, "delay": np.full(n, delay)},
        latent_units={"sample": "", "test": "", "delay": "frames"},
        degrees=shown.degrees,
        name="delayed match",
    )


def _pairs(of: Any, n: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Return the rows of samples and tests: half of them of the same category, never the same image twice."""
    categories, counts = np.unique(of, return_counts=True)
    starts, rows = np.cumsum(counts) - counts, np.argsort(of, kind="stable")
    match = rng.permutation(np.arange(n) < (n + 1) // 2)
    first = rng.integers(len(categories), size=n)
    second = np.where(match, first, (first + rng.integers(1, len(categories), size=n)) % len(categories))
    sample = rng.integers(counts[first])
    # Of a match one of the others of its category: as many places behind the sample, round and round.
    behind = 1 + rng.integers(np.maximum(counts[second] - 1, 1))
    test = np.where(match, (sample + behind) % counts[second], rng.integers(counts[second]))
    return rows[starts[first] + sample], rows[starts[second] + test]


def _check(images: Any, n: Any, delay: Any, size: Any, noise: Any, seed: Any) -> None:
    check_kind("images", images, StimulusSet)
    check_count("n", n)
    check_count("size", size)
    check_seed(seed)
    counts = () if images.labels is None else np.unique(images.labels, return_counts=True)[1]
    if len(counts) < 2 or min(counts) < 2:
        came = "none" if images.labels is None else f"{len(counts)} categories of {min(counts)} images or more"
        raise ValueError(
            "`images` make no pairs. Accepted are images with labels of at least two categories, two images a category "
            f"or more; received {came}."
        )
    if isinstance(delay, bool) or not isinstance(delay, int | np.integer) or not 0 <= delay <= 30:
        raise ValueError(
            f"`delay` is no number of frames. Accepted is a whole number from 0 to 30; received {delay!r}."
        )
    if not (is_number(noise) and 0 <= noise <= 1):
        raise ValueError(f"`noise` is no deviation of pixels. Accepted is a number from 0 to 1; received {noise!r}.")
