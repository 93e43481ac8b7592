"""Rendered objects on natural-like backgrounds: eight categories of eight exemplars in varied positions and poses."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli
from hcnn_widgets.stimuli.record_checks import checked_degrees
from hcnn_widgets.stimuli.rendering.drawing import Drawing
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, ObjectScenes
from hcnn_widgets.stimuli.rendering.terminal_line import terminal_line
from hcnn_widgets.stimuli.rendering.variation import LATENT_UNITS, VARIATIONS
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
def objects(
    n: int,
    variation: Literal["low", "medium", "high"] = "medium",
    size: int = 64,
    seed: int = 0,
    degrees: float = 8.0,
    progress: Callable[[int, int], None] | None = None,
    wait: bool = True,
    cache: bool = True,
) -> StimulusSet:
    """Draw rendered objects: 8 categories of 8 exemplars, after the design of the HvM set.

    Parameters
    ----------
    n : int
        Number of images. A smaller set holds the first images of a larger set.
    variation : "low", "medium" or "high"
        Range of position, size and pose (see `hcnn_widgets.stimuli.rendering.variation`).
    size : int
        Height and width, in pixels.
    seed : int
        The same seed gives the same images.
    degrees : float
        Visual angle of the image width.
    progress : callable, optional
        Called as progress(n_done, n) while drawing. By default a line on the terminal, if there is one.
    wait : bool
        Whether to return when all are drawn. Otherwise the set returns at once, complete but for its pixels: reading
        ``images`` waits for them, and ``GoalDrivenModel.train`` begins with those that are there.
    cache : bool
        Whether 512 images or more are kept on disk, and taken from there the next time: at most 2 GB, in the user's
        cache folder or the one that the environment variable HCNN_WIDGETS_CACHE names, "off" for none.
        ``hw.stimuli.empty_cache()`` deletes them.

    Returns
    -------
    StimulusSet
        Images (n, size, size, 1); labels; the exemplar, position, size, pose and light of each as latent variables.
        Any first k images hold each category k/8 times, rounded up or down.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Source: Majaj, Hong, Solomon & DiCarlo 2015, J. Neurosci. 35, 13402 (categories and levels of variation).

    Examples
    --------
    >>> stimuli = objects(16, variation="high", seed=1)
    >>> stimuli
    StimulusSet('objects-high', 16 images of 64 x 64 x 1, 8 categories, 8 deg wide)
    >>> str(stimuli.stimulus_ids[3])
    'objects-high-1-00003'
    """
    _check(n, variation, size, seed)
    checked_degrees(degrees)
    scenes = ObjectScenes(variation, int(size), int(seed), float(degrees))
    drawing = Drawing(scenes, int(n), keeps=cache)
    stimuli = _described(drawing, scenes, int(n))
    if not wait:
        drawing.start()
        return stimuli
    drawing.finish(progress or terminal_line())
    return stimuli.whole()


def _described(drawing: Drawing, scenes: ObjectScenes, n: int) -> ArrivingStimuli:
    """Return the set with all that is known before anything is drawn."""
    parts = [scenes.described(first // BLOCK, min(BLOCK, n - first)) for first in range(0, n, BLOCK)]
    pairs = np.concatenate([kinds for kinds, _ in parts])
    numeric = {name: np.concatenate([latents[name] for _, latents in parts]) for name in parts[0][1]}
    return ArrivingStimuli(
        drawing,
        np.arange(n),
        stimulus_ids=np.array([f"objects-{scenes.variation}-{scenes.seed}-{number:05d}" for number in range(n)]),
        labels=pairs[:, 0],
        latents={"exemplar": pairs[:, 1], **numeric},
        latent_units=LATENT_UNITS,
        degrees=scenes.degrees,
        name=f"objects-{scenes.variation}",
    )


def _check(n: int, variation: str, size: int, seed: int) -> None:
    """Refuse an unknown variation, and numbers out of range."""
    if variation not in VARIATIONS:
        raise ValueError(f"`variation` is unknown. Accepted are {', '.join(VARIATIONS)}; received {variation!r}.")
    for name, value, least in (("n", n, 1), ("size", size, 8), ("seed", seed, 0)):
        if not is_whole(value, least):
            raise ValueError(f"`{name}` cannot be drawn. Accepted are whole numbers from {least}; received {value!r}.")
