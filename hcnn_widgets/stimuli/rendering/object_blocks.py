"""Blocks of rendered objects: 64 images, every exemplar once, from the block's own random numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.rendering.backgrounds import pink_noise
from hcnn_widgets.stimuli.rendering.exemplars import CANONICAL_VIEWS, CATEGORIES, model_of
from hcnn_widgets.stimuli.rendering.ray_caster import cast
from hcnn_widgets.stimuli.rendering.solids import rotation
from hcnn_widgets.stimuli.rendering.variation import VARIATIONS, draw_latents

BLOCK = 64
"""Images of a block."""

OVERSAMPLING = 2
"""Rays per pixel along each axis."""

LIGHT_HEIGHT = 45.0
"""Angle between the line of sight and the direction of the light, in deg."""

RENDERER = 1
"""Version of the drawing: raise it with every change of a pixel, so that images kept on disk are drawn anew."""

Latents = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class ObjectScenes:
    """An endless series of scenes, block by block.

    Parameters
    ----------
    variation : str
        In `VARIATIONS`.
    size : int
        Height and width, in pixels.
    seed : int
    degrees : float
        Visual angle of the image width.
    """

    variation: str
    size: int
    seed: int
    degrees: float

    def described(self, block: int, count: int) -> tuple[NDArray[np.str_], Latents]:
        """Return category and exemplar (count, 2), and the latent variables, of a block's first images; quickly."""
        kinds, latents, _ = self._scenes(block, count)
        return kinds, latents

    def drawn(self, block: int, count: int) -> NDArray[np.float32]:
        """Draw the first `count` images of a block, (count, size, size, 1), in [0, 1]."""
        kinds, latents, rng = self._scenes(block, count)
        images = pink_noise(count, self.size, rng)
        scenes = scenes_of(latents, self.degrees)
        for image, (category, exemplar), scene in zip(images, kinds, scenes, strict=True):
            _draw_object(image, category, exemplar, scene)
        return images[..., np.newaxis]

    def _scenes(self, block: int, count: int) -> tuple[NDArray[np.str_], Latents, np.random.Generator]:
        """Draw a block's scenes; its random numbers do not depend on `count`."""
        rng = np.random.default_rng([self.seed, list(VARIATIONS).index(self.variation), block])
        kinds = np.array(list(_shuffled_exemplars(rng)))[:count]
        latents = draw_latents(VARIATIONS[self.variation], BLOCK, self.degrees, rng)
        return kinds, {name: values[:count] for name, values in latents.items()}, rng


def _shuffled_exemplars(rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Yield every exemplar once, in random order, with each category once in every eight."""
    decks = {category: rng.permutation(list(exemplars)) for category, exemplars in CATEGORIES.items()}
    for turn in range(BLOCK // len(CATEGORIES)):
        for category in rng.permutation(list(CATEGORIES)):
            yield category, decks[category][turn]


Scene = tuple[NDArray[np.float64], float, float, float, NDArray[np.float64]]
"""The object's turn; half its size and its centre's x and y in fractions of the image's width; the light."""


def scenes_of(latents: Mapping[str, NDArray[Any]], degrees: float) -> Iterator[Scene]:
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


def object_patch(
    category: str, exemplar: str, scene: Scene, size: int
) -> tuple[tuple[slice, slice], NDArray[np.float32], NDArray[np.float32]]:
    """Draw an object alone; rays are cast only in the square around it.

    Returns
    -------
    place : (slice, slice)
        Rows and columns of the square in an image of `size` x `size`.
    luminance, covered : (height, width) float32
        Its light, and the share of each pixel that it covers, in [0, 1].
    """
    turn, scale, x, y, light = scene
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
    return (
        (slice(top, bottom), slice(left, right)),
        _block_means(luminance),
        _block_means(covered.astype(np.float32)),
    )


def _draw_object(image: NDArray[np.float32], category: str, exemplar: str, scene: Scene) -> None:
    """Draw an object over a background, in place."""
    place, luminance, covered = object_patch(category, exemplar, scene, len(image))
    patch = image[place]
    patch *= 1 - covered
    patch += luminance
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
