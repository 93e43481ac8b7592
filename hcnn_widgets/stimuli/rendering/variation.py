"""Ranges of an object's position, size and pose, and random draws of scenes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

OBJECT_SIZE = 0.6
"""Mean width of an object (over all directions of sight) at size 1, as a fraction of the image width."""


@dataclass(frozen=True)
class Variation:
    """The greatest departure from the canonical view, to either side.

    Parameters
    ----------
    position : float
        Distance of the object's centre from the image's, as a fraction of half the image width.
    size : float
        Factor by which an object is larger or smaller.
    rotation : float
        Rotation about each of the three axes, in deg.
    light : float
        Rotation of the light about the line of sight, in deg.
    """

    position: float
    size: float
    rotation: float
    light: float


VARIATIONS = {
    "low": Variation(position=0.04, size=1.05, rotation=5.0, light=10.0),
    "medium": Variation(position=0.3, size=1.3, rotation=45.0, light=60.0),
    "high": Variation(position=0.6, size=1.6, rotation=90.0, light=90.0),
}
"""Three levels after the HvM set (Majaj et al. 2015; Yamins et al. 2014): medium varies by 0.3 in position, 1.3 in size
and 45 deg in rotation, high by twice as much; low is a fixed view there and has a little jitter here."""

LATENT_UNITS = {
    "exemplar": "name",
    "horizontal_position": "deg",
    "vertical_position": "deg",
    "size": "fraction of image width",
    "rotation_about_vertical": "deg",
    "rotation_about_horizontal": "deg",
    "rotation_in_plane": "deg",
    "light_direction": "deg",
}
"""Unit of every latent variable of a rendered object. Positions are in degrees of visual angle, to the right and up;
size is the object's mean width over all directions of sight; rotations are from the category's canonical view; the
light's direction is clockwise from above, as seen."""


def draw_latents(
    variation: Variation, n_images: int, degrees: float, rng: np.random.Generator
) -> dict[str, NDArray[Any]]:
    """Draw the numeric latent variables of `n_images` scenes, uniformly (size: uniformly in its logarithm).

    Examples
    --------
    >>> latents = draw_latents(VARIATIONS["high"], 3, 8.0, np.random.default_rng(0))
    >>> bool((np.abs(latents["horizontal_position"]) <= 2.4).all())
    True
    """
    draws = rng.uniform(-1, 1, (7, n_images))
    shift = variation.position * degrees / 2
    return {
        "horizontal_position": draws[0] * shift,
        "vertical_position": draws[1] * shift,
        "size": OBJECT_SIZE * variation.size ** draws[2],
        "rotation_about_vertical": draws[3] * variation.rotation,
        "rotation_about_horizontal": draws[4] * variation.rotation,
        "rotation_in_plane": draws[5] * variation.rotation,
        "light_direction": draws[6] * variation.light,
    }
