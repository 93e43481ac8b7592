"""What a person gives a pooling lab: checked at the door, and presets by name."""

from collections.abc import Callable
from typing import Any

import numpy as np

from hcnn_widgets.classroom.pooling import POOLINGS
from hcnn_widgets.classroom.windows import PADDINGS
from hcnn_widgets.records.checks import check_count, is_number, is_whole, known_name
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.widgets.classroom.boards.photograph import LONGEST, photograph, reduced
from hcnn_widgets.widgets.classroom.lab_doors import checked_words

from .pooling_shown import VIEWS, Array, At, PoolingShown

LARGEST = 8
"""Pixels: of a window, and of a step between windows."""
FIRST = ((1, 1, 2, 4), (5, 6, 7, 8), (3, 2, 1, 0), (1, 2, 3, 4))
PHOTOGRAPH = "photograph"


def _digits() -> Array:
    """Return digits that were drawn once, (8, 8)."""
    return np.random.default_rng(0).integers(0, 10, (8, 8)).astype(np.float64)


def _first_channel() -> tuple[Array, str]:
    image, source = photograph()
    return image[..., 0], source


IMAGES: dict[str, Callable[[], tuple[Array, str]]] = {
    "4 by 4": lambda: (np.array(FIRST, np.float64), ""),
    "0, 1, 2, ...": lambda: (np.arange(9.0).reshape(3, 3), ""),
    "drawn digits": lambda: (_digits(), ""),
    PHOTOGRAPH: _first_channel,
}
"""Images by name, each with its source."""


def given_shown(image: Any, source: str, focus: Any, **choices: Any) -> PoolingShown:
    """Return the record of what was given.

    Raises
    ------
    TypeError, ValueError
        If it is no pooling.
    """
    pixels, words = _image(image)
    known_name("kind", choices["kind"], POOLINGS)
    known_name("padding", choices["padding"], PADDINGS)
    known_name("view", choices["view"], VIEWS)
    if choices["stride"] is None:
        choices["stride"] = choices["size"]
    for name in ("size", "stride"):
        check_count(name, choices[name])
        if choices[name] > LARGEST:
            raise ValueError(f"`{name}` is too large. Accepted are 1 to {LARGEST}; received {choices[name]}.")
    if not is_number(choices["p"]) or not 1 <= choices["p"] < np.inf:
        raise ValueError(f"`p` is no exponent. Accepted is a number of 1 or more; received {choices['p']!r}.")
    checked_words("source", source)
    shown = PoolingShown(pixels, source=source or words, **choices).changed(view=choices["view"])
    return shown.changed(focus=_focus(focus, shown))


def _image(given: Any) -> tuple[Array, str]:
    """Return an image as cells; a larger one, or one with channels, grey and reduced, and what was done to it."""
    array = numbers("image", given)
    if array.ndim not in (2, 3) or not array.size or not np.isfinite(array).all():
        raise ValueError(
            "`image` must be finite numbers in cells. Accepted is (height, width) or (height, width, n_channels); "
            f"received {array.shape}."
        )
    if array.ndim == 2 and max(array.shape) <= LONGEST:
        return array.astype(np.float64), ""
    small, words = reduced(array, min(LONGEST, max(array.shape[:2])))
    return small[..., 0], f"The image that was given: {words}."


def _focus(given: Any, shown: PoolingShown) -> At:
    board, *at = given if isinstance(given, (list, tuple)) and len(given) == 3 else ("", 0, 0)
    shape = shown.boards[board].shape if board in shown.boards else (0, 0)
    if not all(is_whole(place, 0) and place < end for place, end in zip(at, shape, strict=True)):
        raise ValueError(
            f"`focus` is no cell. Accepted is (board, row, column), the board one of {', '.join(shown.boards)}, within "
            f"its cells; received {given!r}."
        )
    return str(board), int(at[0]), int(at[1])


def image_name(shown: PoolingShown) -> str | None:
    """Return the preset that the image is; None where it is another one."""
    if shown.source.startswith(PHOTOGRAPH.capitalize()):
        return PHOTOGRAPH
    drawn = (name for name in IMAGES if name != PHOTOGRAPH)
    return next((name for name in drawn if np.array_equal(IMAGES[name]()[0], shown.image)), None)
