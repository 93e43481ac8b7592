"""Convert the arrays that users pass, and refuse masked values and rows of different lengths."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.named_tables import in_order


def as_array(argument: str, given: Any) -> NDArray[Any]:
    """Return an array of any type; refuse rows of different lengths, masked values and records with ids.

    Parameters
    ----------
    argument : str
        Name of the argument, for the error message.
    given : array_like
        A masked array without a masked value is accepted.

    Returns
    -------
    array
        `given` itself, if it is an array already.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> as_array("patterns", [[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if hidden := _n_masked(given):
        raise ValueError(
            f"`{argument}` hides values behind a mask. Accepted is an array without masked values; received {hidden} "
            "of them. Leave these stimuli, sites or units out, nothing is filled in."
        )
    if kind := _record(given):
        raise TypeError(
            f"`{argument}` is a record with stimulus ids, which an array loses. Accepted is an array, such as "
            f"np.asarray(...) of it where the numbers alone are meant; received {kind}."
        )
    try:
        return np.asarray(in_order(given))
    except ValueError:
        raise ValueError(
            f"`{argument}` has rows of different lengths. Accepted is an array, its rows all of one length; received a "
            f"{type(given).__name__} of {len(given)}."
        ) from None


def numbers(argument: str, given: Any) -> NDArray[Any]:
    """Return an array of numbers, True and False as 1 and 0; refuse text, objects, dates and complex numbers.

    Raises
    ------
    TypeError, ValueError
        Also as in `as_array`.

    Examples
    --------
    >>> numbers("responses", [[1, 2], [3, 4]]).dtype.kind
    'i'
    """
    array = as_array(argument, given)
    if not np.can_cast(array.dtype, np.float64, "same_kind"):
        raise TypeError(f"`{argument}` must be numbers. Accepted is a float array; received dtype {array.dtype}.")
    return array


def text(argument: str, given: Any, hint: str = "") -> NDArray[np.str_]:
    """Return an array of text, also from a table's column of text; refuse other types, with advice in `hint`.

    Raises
    ------
    TypeError, ValueError
        Also as in `as_array`.

    Examples
    --------
    >>> text("stimulus_ids", np.array(["cat", "car"], dtype=object))
    array(['cat', 'car'], dtype='<U3')
    """
    array = as_array(argument, given)
    if not array.size or (array.dtype.kind in "OT" and all(isinstance(value, str) for value in array.ravel().tolist())):
        return np.array(array.tolist(), dtype=np.str_).reshape(array.shape)
    if array.dtype.kind != "U":
        hint = hint or (" np.asarray(..., dtype=str) makes text of numbers." if array.dtype.kind in "iu" else "")
        raise TypeError(f"`{argument}` must be text. Accepted is an array of str; received dtype {array.dtype}.{hint}")
    return array


def as_text(column: NDArray[Any]) -> NDArray[np.str_]:
    """Return a column as text: numbers as they are written, whole numbers without a decimal point.

    Parameters
    ----------
    column : array of numbers, text, bytes or objects

    Returns
    -------
    array of str
        Of the same shape.

    Examples
    --------
    >>> as_text(np.array([1.0, 2.5])).tolist(), as_text(np.array([b"car"])).tolist()
    (['1', '2.5'], ['car'])
    """
    if column.dtype.kind == "U":
        return column
    texts = [_one_text(value) for value in column.ravel().tolist()]
    return np.array(texts, dtype=np.str_).reshape(column.shape)


def _one_text(value: Any) -> str:
    """Return a value as text, written as a person would write it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _n_masked(given: Any) -> int:
    """Count the masked values of an array, or of the arrays in a list."""
    if isinstance(given, np.ma.MaskedArray):
        return int(np.ma.count_masked(given))
    # Looking at each number takes many times as long as making an array of them; their few types tell as much.
    kinds = set(map(type, given)) if isinstance(given, list | tuple) else ()
    deeper = any(issubclass(kind, (list, tuple, np.ma.MaskedArray)) for kind in kinds)
    return sum(map(_n_masked, given)) if deeper else 0


def _record(given: Any) -> str:
    """Return the kind of a record that joins by stimulus id, also of the first in a list; empty for anything else."""
    first = given[0] if isinstance(given, list | tuple) and given else given
    return type(first).__name__ if hasattr(first, "stimulus_ids") else ""
