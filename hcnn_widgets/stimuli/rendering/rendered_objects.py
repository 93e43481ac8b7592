"""Rendered objects on natural-like backgrounds: eight categories of eight exemplars in varied positions and poses."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.record_checks import checked_degrees
from hcnn_widgets.stimuli.rendering.backgrounds import pink_noise
from hcnn_widgets.stimuli.rendering.exemplars import CANONICAL_VIEWS, CATEGORIES, model_of
from hcnn_widgets.stimuli.rendering.ray_caster import cast
from hcnn_widgets.stimuli.rendering.solids import rotation
from hcnn_widgets.stimuli.rendering.variation import LATENT_UNITS, VARIATIONS, draw_latents
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

BLOCK = 64
"""Images drawn at a time: every exemplar once, from the block's own random numbers."""

OVERSAMPLING = 2
"""Rays per pixel along each axis."""

LIGHT_HEIGHT = 45.0
"""Angle between the line of sight and the direction of the light, in deg."""


@checks_keywords
def objects(
    n: int,
    variation: Literal["low", "medium", "high"] = "medium",
    size: int = 64,
    seed: int = 0,
    degrees: float = 8.0,
    progress: Callable[[int, int], None] | None = None,
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
        Called as progress(n_done, n) while drawing.

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
    images: list[NDArray[np.float32]] = []
    kinds: list[NDArray[np.str_]] = []
    latents: list[dict[str, NDArray[Any]]] = []
    for first in range(0, n, BLOCK):
        count = min(BLOCK, n - first)
        drawn, kind, values = _draw_block(variation, first // BLOCK, count, size, seed, degrees)
        images.append(drawn)
        kinds.append(kind)
        latents.append(values)
        if progress is not None:
            progress(first + count, n)
    pairs = np.concatenate(kinds)
    numeric = {name: np.concatenate([part[name] for part in latents]) for name in latents[0]}
    return StimulusSet(
        images=np.concatenate(images),
        stimulus_ids=np.array([f"objects-{variation}-{seed}-{number:05d}" for number in range(n)]),
        labels=pairs[:, 0],
        latents={"exemplar": pairs[:, 1], **numeric},
        latent_units=LATENT_UNITS,
        degrees=degrees,
        name=f"objects-{variation}",
    )


def _check(n: int, variation: str, size: int, seed: int) -> None:
    """Refuse an unknown variation, and numbers out of range."""
    if variation not in VARIATIONS:
        raise ValueError(f"`variation` is unknown. Accepted are {', '.join(VARIATIONS)}; received {variation!r}.")
    for name, value, least in (("n", n, 1), ("size", size, 8), ("seed", seed, 0)):
        if not is_whole(value, least):
            raise ValueError(f"`{name}` cannot be drawn. Accepted are whole numbers from {least}; received {value!r}.")


def _draw_block(
    variation: str, block: int, count: int, size: int, seed: int, degrees: float
) -> tuple[NDArray[np.float32], NDArray[np.str_], dict[str, NDArray[Any]]]:
    """Draw the first `count` images of a block; its random numbers do not depend on `count`."""
    level = list(VARIATIONS).index(variation)
    rng = np.random.default_rng([seed, level, block])
    kinds = np.array(list(_shuffled_exemplars(rng)))[:count]
    latents = {name: v[:count] for name, v in draw_latents(VARIATIONS[variation], BLOCK, degrees, rng).items()}
    images = pink_noise(count, size, rng)
    scenes = _scenes(latents, degrees)
    for image, (category, exemplar), scene in zip(images, kinds, scenes, strict=True):
        _draw_object(image, category, exemplar, *scene)
    return images[..., np.newaxis], kinds, latents


def _shuffled_exemplars(rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Yield every exemplar once, in random order, with each category once in every eight."""
    decks = {category: rng.permutation(list(exemplars)) for category, exemplars in CATEGORIES.items()}
    for turn in range(BLOCK // len(CATEGORIES)):
        for category in rng.permutation(list(CATEGORIES)):
            yield category, decks[category][turn]


def _scenes(latents: dict[str, NDArray[Any]], degrees: float) -> Iterator[tuple[Any, ...]]:
    """Convert latent variables to the ray caster's arguments, in fractions of the image width."""
    turns = rotation(
        x=latents["rotation_about_horizontal"], y=latents["rotation_about_vertical"], z=latents["rotation_in_plane"]
    )
    angle, height = np.deg2rad(latents["light_direction"]), np.deg2rad(LIGHT_HEIGHT)
    flat = np.sin(height)
    lights = np.stack([flat * np.sin(angle), flat * np.cos(angle), np.full(len(angle), np.cos(height))], axis=1)
    x = 0.5 + latents["horizontal_position"] / degrees
    y = 0.5 - latents["vertical_position"] / degrees
    return zip(turns, latents["size"] / 2, x, y, lights, strict=True)


def _draw_object(
    image: NDArray[np.float32],
    category: str,
    exemplar: str,
    turn: NDArray[np.float64],
    scale: float,
    x: float,
    y: float,
    light: NDArray[np.float64],
) -> None:
    """Draw an object over a background, in place; rays are cast only in the square around it."""
    size = len(image)
    model = model_of(category, exemplar)
    radius = model.radius * scale
    left, right = max(0, int((x - radius) * size)), min(size, int((x + radius) * size) + 1)
    top, bottom = max(0, int((y - radius) * size)), min(size, int((y + radius) * size) + 1)
    rays = size * OVERSAMPLING
    luminance, covered = cast(
        model,
        turn @ CANONICAL_VIEWS[category],
        scale * rays,
        (x * rays - left * OVERSAMPLING, y * rays - top * OVERSAMPLING),
        light,
        ((bottom - top) * OVERSAMPLING, (right - left) * OVERSAMPLING),
    )
    patch = image[top:bottom, left:right]
    patch *= 1 - _block_means(covered.astype(np.float32))
    patch += _block_means(luminance)
    np.clip(patch, 0, 1, out=patch)


def _block_means(fine: NDArray[np.float32]) -> NDArray[np.float32]:
    """Average the rays of each pixel."""
    step = OVERSAMPLING
    total = np.zeros((fine.shape[0] // step, fine.shape[1] // step), np.float32)
    for row in range(step):
        for column in range(step):
            total += fine[row::step, column::step]
    total *= np.float32(1 / step**2)
    return total
