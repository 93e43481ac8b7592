"""What a motif lab shows: an image, tiles in an order, and all that is computed of them."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.gratings import GREY, grating
from hcnn_widgets.classroom.motif import Motif, relative_difference
from hcnn_widgets.classroom.normalization import ContrastResponse, fitted_contrast_response
from hcnn_widgets.records.checks import is_number, known_name
from hcnn_widgets.records.given_arrays import numbers

Array = NDArray[np.float64]
SIDE = 32
"""Pixels: of the image."""
MOST_TILES = 6
MOST_ORIENTATIONS, LARGEST_SIGMA = 16, 10.0
MOST_CONTRAST = 0.5
"""Of each pattern: both together stay within what a screen can show."""
CONTRASTS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5)
"""Contrasts of the curve."""
REFERENCE = 0.3
"""Contrast of the second grating by which the formula is fitted where none is shown."""
NEAR = 0.05
"""The formula counts as that of the unit where it is nowhere off by more than this part of the largest response."""
IMAGES = ("grating", "object", "own")
LECTURE = tuple(Motif().stages)


class Curves(NamedTuple):
    """Responses of a unit to rising contrast.

    Attributes
    ----------
    unit : tuple of int
        Its row, column and channel in the last map.
    alone, masked : (n_contrasts,) float
        To the pattern alone, and with the second grating over it.
    formula : ContrastResponse or None
        What is nearest to both, where anything is near.
    off : float
        By how much the formula is off at most, as a part of the largest response.
    """

    unit: tuple[int, int, int]
    alone: Array
    masked: Array
    formula: ContrastResponse | None
    off: float


@dataclass(frozen=True, eq=False)
class MotifShown:
    """An image and a motif as they are shown; all that is computed of them is computed once.

    Parameters
    ----------
    image : str
        "grating", "object" or "own".
    pattern : (SIDE, SIDE) float
        What the image is at contrast 1, between -0.5 and 0.5.
    own : (SIDE, SIDE) float or None
        The image that was given.
    motif : Motif
    contrast, mask : float
        Of the pattern, and of the second grating over it, from 0 to 0.5.
    """

    image: str
    pattern: Array
    own: Array | None
    motif: Motif
    contrast: float
    mask: float

    @cached_property
    def pixels(self) -> Array:
        """The image that the motif sees, (SIDE, SIDE), in [0, 1]."""
        return image_at(self.pattern, self.contrast, self.mask)

    @cached_property
    def maps(self) -> list[Array]:
        """The image, and what each tile makes of it."""
        return self.motif.maps(self.pixels)

    @cached_property
    def difference(self) -> float | None:
        """How far the result is from that of the lecture's order; None where the maps are of different shape."""
        return relative_difference(self.maps[-1], replace(self.motif, stages=LECTURE).maps(self.pixels)[-1])

    @property
    def curves(self) -> Curves:
        """The contrast responses of the unit that answers most."""
        return _curves(self.motif, self.pattern.tobytes(), self.mask or REFERENCE)

    def with_stages(self, stages: tuple[str, ...]) -> "MotifShown":
        """Return it with other tiles."""
        return replace(self, motif=replace(self.motif, stages=stages))

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the lab's arguments."""
        motif = self.motif
        return {
            "image": self.image if self.image != "own" or self.own is None else self.own.tolist(),
            "stages": list(motif.stages),
            "contrast": self.contrast,
            "mask": self.mask,
            "activation": motif.activation,
            "pooling": motif.pooling,
            "n_orientations": motif.n_orientations,
            "sigma": motif.sigma,
        }


def shown_of(image: Any, contrast: Any, mask: Any, motif: Motif) -> MotifShown:
    """Return what a lab shows of its arguments; refuse what cannot be shown.

    Raises
    ------
    TypeError, ValueError
    """
    if len(motif.stages) > MOST_TILES:
        raise ValueError(f"`stages` are too many. Accepted are up to {MOST_TILES} tiles; received {len(motif.stages)}.")
    for name, number, most in (
        ("n_orientations", motif.n_orientations, MOST_ORIENTATIONS),
        ("sigma", motif.sigma, LARGEST_SIGMA),
    ):
        if number > most:
            raise ValueError(f"`{name}` is too large to be shown. Accepted is up to {most:g}; received {number!r}.")
    for name, value in (("contrast", contrast), ("mask", mask)):
        if not is_number(value) or not 0 <= value <= MOST_CONTRAST:
            raise ValueError(f"`{name}` is out of range. Accepted is 0 to {MOST_CONTRAST}; received {value!r}.")
    kind = known_name("image", image, IMAGES[:2]) if isinstance(image, str) else "own"
    own = None if kind != "own" else own_image(image)
    return MotifShown(kind, pattern_of(kind, own), own, motif, round(float(contrast), 2), round(float(mask), 2))


def pattern_of(kind: str, own: Array | None) -> Array:
    """Return an image around 0, its largest distance from 0 being 0.5: what it is at contrast 1."""
    if kind == "grating":
        return grating(SIDE) - GREY
    image = _rendered() if own is None or kind == "object" else own
    around = image - image.mean()
    largest = np.abs(around).max()
    return around * (GREY / largest) if largest > 0 else around


def image_at(pattern: Array, contrast: float, mask: float) -> Array:
    """Return the image of a pattern and of a second grating across it, each with its contrast; in [0, 1]."""
    return GREY + contrast * pattern + (grating(SIDE, 90.0, mask) - GREY)


def own_image(given: Any) -> Array:
    """Return an image as (SIDE, SIDE) of luminance: its largest square in the middle, resized.

    Raises
    ------
    TypeError, ValueError
    """
    from hcnn_widgets.stimuli.images.resizing import recoloured, resized

    array = numbers("image", given)
    with np.errstate(over="ignore"):  # what float32 cannot hold is out of range, too
        image: NDArray[np.float32] = array.astype(np.float32)
    if array.dtype == np.uint8:
        image /= 255
    if image.ndim == 2:
        image = image[..., None]
    if image.ndim != 3 or image.shape[2] not in (1, 3) or min(image.shape[:2]) < 8 or not _in_range(image):
        raise ValueError(
            "`image` cannot be shown. Accepted is 'grating', 'object', or an array (height, width) or (height, width, "
            f"3) of 8 pixels or more, uint8 or in [0, 1]; received {array.dtype} {array.shape}."
        )
    side = min(image.shape[:2])
    top, left = ((length - side) // 2 for length in image.shape[:2])
    square = image[top : top + side, left : left + side]
    return resized(recoloured(square[None], 1), SIDE, SIDE)[0, ..., 0].astype(np.float64).round(4)


def _in_range(image: NDArray[np.float32]) -> bool:
    return bool(np.isfinite(image).all() and image.min() >= 0 and image.max() <= 1)


@lru_cache(maxsize=1)
def _rendered() -> Array:
    """Return a rendered face, drawn when it is first asked for."""
    from hcnn_widgets.stimuli.rendering.rendered_objects import objects

    return np.asarray(objects(3, variation="low", size=SIDE, cache=False).images[2, ..., 0], np.float64)


@lru_cache(maxsize=32)
def _curves(motif: Motif, pattern_bytes: bytes, mask: float) -> Curves:
    """Return the responses of the unit in the middle that answers most to the pattern alone."""
    pattern = np.frombuffer(pattern_bytes).reshape(SIDE, SIDE)

    def last_map(contrast: float, second: float) -> Array:
        return motif.maps(image_at(pattern, contrast, second))[-1]

    top = last_map(MOST_CONTRAST, 0.0)
    unit = _strongest(top)
    alone, masked = (np.array([last_map(c, second)[unit] for c in CONTRASTS]) for second in (0.0, mask))
    return Curves(unit, alone, masked, *_formula(motif, alone, masked, mask))


def _strongest(responses: Array) -> tuple[int, int, int]:
    """Return the unit that answers most; at the edge filters see zeros beside the image, so it is in the middle."""
    quarter = len(responses) // 4
    middle = responses[quarter : len(responses) - quarter, quarter : len(responses) - quarter]
    row, column, channel = np.unravel_index(int(middle.argmax()), middle.shape)
    return int(row) + quarter, int(column) + quarter, int(channel)


def _formula(motif: Motif, alone: Array, masked: Array, mask: float) -> tuple[ContrastResponse | None, float]:
    """Return the formula that is nearest to both curves, and by how much it is off; none where it is not near."""
    contrast = np.array([*CONTRASTS, *CONTRASTS])
    second = np.repeat([0.0, mask], len(CONTRASTS))
    response = np.concatenate([alone, masked])
    fitted = fitted_contrast_response(contrast, second, response, motif.exponent)
    largest = np.abs(response).max()
    if fitted is None or largest == 0 or fitted.weight < -NEAR:
        return None, float("nan")
    off = float(np.abs(fitted(contrast, second) - response).max() / largest)
    return (fitted, off) if off <= NEAR else (None, off)
