"""Two moments of one object: rendered twice, turned and shifted in between, before another background."""

import numpy as np

from hcnn_widgets.records.checks import is_number, is_whole
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.rendering.backgrounds import pink_noise
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, Latents, ObjectScenes, object_patch, scenes_of
from hcnn_widgets.stimuli.rendering.variation import LATENT_UNITS
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet

TURNED = ("rotation_about_vertical", "rotation_about_horizontal", "rotation_in_plane")
SHIFTED = ("horizontal_position", "vertical_position")


@checks_keywords
def object_moments(
    n: int, turn: float = 45.0, shift: float = 0.1, variation: str = "medium", size: int = 64, seed: int = 0
) -> SequenceSet:
    """Return sequences of two frames, two moments of a rendered object: it has turned and moved, its light has not.

    The background is another one at each moment. What the two frames have in common is the object alone.

    Parameters
    ----------
    n : int
        Number of sequences; the objects are the first n of ``hw.stimuli.objects`` with these arguments.
    turn : float
        Most that it turns about each of the three axes, to either side, in deg, from 0 to 180.
    shift : float
        Most that it moves, to either side, as a share of the width of the image, from 0 to 0.5.
    variation, size, seed
        As in ``hw.stimuli.objects``.

    Returns
    -------
    SequenceSet
        (n, 2, size, size, 1) with the objects' labels; latent variables are those of the second moment.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Source
    ------
    Li & DiCarlo (2008), Science 321, 1502: what follows in time comes to look alike to IT.

    Examples
    --------
    >>> object_moments(3, size=16)
    SequenceSet('object moments', 3 sequences of 2 frames of 16 x 16 x 1, 3 categories, 8 deg wide)
    """
    _check(n, turn, shift, size, seed)
    scenes = ObjectScenes(variation, int(size), int(seed), 8.0)
    parts = [scenes.described(first // BLOCK, min(BLOCK, n - first)) for first in range(0, n, BLOCK)]
    kinds = np.concatenate([part for part, _ in parts])
    first = {name: np.concatenate([latents[name] for _, latents in parts]) for name in parts[0][1]}
    rng = np.random.default_rng([seed, 2])
    second = _moved(first, turn, shift * scenes.degrees, rng)
    frames = np.stack([_drawn(kinds, moment, scenes, rng) for moment in (first, second)], axis=1)
    return SequenceSet(
        frames,
        labels=kinds[:, 0],
        latents={"exemplar": kinds[:, 1], **second},
        latent_units=dict(LATENT_UNITS),
        degrees=scenes.degrees,
        name="object moments",
    )


def _moved(latents: Latents, turn: float, shift: float, rng: np.random.Generator) -> Latents:
    """Return latent variables after a turn (deg) and a shift (deg of visual angle), each even to both sides."""
    most = {**dict.fromkeys(TURNED, turn), **dict.fromkeys(SHIFTED, shift)}
    n = len(latents["size"])
    return {
        name: values + most[name] * rng.uniform(-1, 1, n) if name in most else values
        for name, values in latents.items()
    }


def _drawn(kinds: np.ndarray, latents: Latents, scenes: ObjectScenes, rng: np.random.Generator) -> np.ndarray:
    """Draw objects before backgrounds of their own, (n, size, size, 1)."""
    images = pink_noise(len(kinds), scenes.size, rng)
    for image, (category, exemplar), scene in zip(images, kinds, scenes_of(latents, scenes.degrees), strict=True):
        place, luminance, covered = object_patch(category, exemplar, scene, scenes.size)
        image[place] = luminance + (1 - covered) * image[place]
    return images[..., np.newaxis].clip(0, 1)


def _check(n: int, turn: float, shift: float, size: int, seed: int) -> None:
    for name, value, least in (("n", n, 1), ("size", size, 8), ("seed", seed, 0)):
        if not is_whole(value, least):
            raise ValueError(f"`{name}` cannot be drawn. Accepted are whole numbers from {least}; received {value!r}.")
    for name, most, given in (("turn", 180.0, turn), ("shift", 0.5, shift)):
        if not (is_number(given) and 0 <= given <= most):
            raise ValueError(f"`{name}` cannot be drawn. Accepted are numbers from 0 to {most:g}; received {given!r}.")
