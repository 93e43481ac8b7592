"""Images, labels and ids as people have them, brought to what a stimulus set holds, or refused."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import as_array, as_text

COLOURS = (1, 3)
"""Channels of grey and of RGB."""
FEW_LEVELS = 16
"""Bytes whose largest value is no more than this are masks or digits of few levels, no pictures of 256."""


def images_as_given(images: Any, names: Any = None) -> NDArray[Any]:
    """Return images as (n_stimuli, height, width, n_channels), bytes as fractions.

    Parameters
    ----------
    images : (n_stimuli, height, width) or (n_stimuli, height, width, n_channels)
        Unsigned bytes from 0 to 255, or numbers from 0 to 1.
    names : (n_stimuli,), optional
        Ids or labels, whose number tells a stack of grey images from a single image of colours.

    Raises
    ------
    ValueError
        If they may be something else: channels first, with an alpha channel, a single image, or bytes that do not
        reach beyond 16, which would become black.
    """
    array = as_array("images", images)
    _check_axes(array.shape, 0 if names is None else np.size(names))
    if array.dtype == np.uint8:
        _check_levels(array)
        array = np.divide(array, np.float32(255), dtype=np.float32)
    return array[..., np.newaxis] if array.ndim == 3 else array


def names_as_given(argument: str, given: Any) -> NDArray[np.str_]:
    """Return labels or ids as text, whole numbers without a point; refuse what is missing.

    Raises
    ------
    ValueError
        If a value is None or NaN: it would become a category of its own.

    Examples
    --------
    >>> names_as_given("labels", [1.0, 2.0]).tolist()
    ['1', '2']
    """
    array = as_array(argument, given)
    # None is not equal to itself here either: NumPy compares objects one by one.
    missing = np.array([value is None or value != value for value in array.ravel().tolist()], dtype=np.bool_)
    if missing.any():
        raise ValueError(
            f"`{argument}` are missing for {int(missing.sum())} of {len(missing)} stimuli, first in row "
            f"{int(missing.argmax())}. Accepted is text or a number for each; received None or NaN. Leave these "
            "stimuli out: images[known], labels[known]."
        )
    return as_text(array).astype(np.str_)


def labels_as_given(given: Any) -> NDArray[np.str_]:
    """Return labels as text.

    Parameters
    ----------
    given : (n_stimuli,), (n_stimuli, 1) or (n_stimuli, n_categories)
        Text or numbers; a column, as Keras's sets have it; or one-hot rows, whose labels are the categories' numbers.

    Raises
    ------
    ValueError
        If a value is None or NaN.

    Examples
    --------
    >>> labels_as_given([[0, 0, 1], [1, 0, 0]]).tolist(), labels_as_given([[3], [5]]).tolist()
    (['2', '0'], ['3', '5'])
    """
    array = as_array("labels", given)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim == 2 and array.dtype.kind in "biuf" and _is_one_hot(array):
        array = array.argmax(axis=1)
    return names_as_given("labels", array)


def _is_one_hot(rows: NDArray[Any]) -> bool:
    """Return whether each row is 0 but for a single 1."""
    return bool(np.isin(rows, (0, 1)).all() and (rows.sum(axis=1) == 1).all())


def _check_axes(shape: tuple[int, ...], n_named: int) -> None:
    """Refuse shapes that mean something else than stimuli, height, width and channels."""
    advice = ""
    if len(shape) == 4 and shape[3] == 4:
        advice = "Leave the alpha channel out: images[..., :3]."
    elif len(shape) == 4 and shape[3] not in COLOURS and shape[1] in COLOURS:
        advice = "Channels come last here: np.moveaxis(images, 1, -1)."
    elif len(shape) == 3 and shape[2] in (3, 4) and shape[0] == shape[1] != n_named:
        advice = "A single image is a set of one: images[np.newaxis]."
    if advice:
        raise ValueError(
            "`images` have axes that may mean something else. Accepted is (n_stimuli, height, width, n_channels), or "
            f"without channels; received {shape}. {advice}"
        )


def _check_levels(images: NDArray[np.uint8]) -> None:
    """Refuse bytes of few levels, which 255 levels would make black."""
    largest = int(images.max(initial=0))
    if 0 < largest <= FEW_LEVELS:
        raise ValueError(
            f"`images` are bytes from 0 to {largest}, which would be nearly black. Accepted are bytes from 0 to 255, "
            f"or fractions from 0 to 1; received uint8. Divide them: images / {largest}."
        )
