"""A frame: everything that a panel shows at one moment, complete in itself."""

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FLOAT32_MAX = float(np.finfo(np.float32).max)


@dataclass(frozen=True)
class Frame:
    """What goes to the page in one message.

    Attributes
    ----------
    header : dict
        Plain data that describes the numbers: whole numbers, finite floats, words. Empty: there is nothing to draw yet.
    values : bytes
        The numbers, little-endian, in the order that the header says.
    message : str
        What is awaited or wrong, in words, shown in the panel; empty when all is well.
    wrong : bool
        Whether the message says what is wrong: it then stands above the drawing.
    final : bool
        Whether nothing newer will come.

    Raises
    ------
    ValueError
        If the header holds a number that JSON cannot carry (NaN, infinity).

    Examples
    --------
    >>> Frame(message="scoring…").header
    {}
    """

    header: dict[str, Any] = field(default_factory=dict)
    values: bytes = b""
    message: str = ""
    final: bool = False
    wrong: bool = False

    def __post_init__(self) -> None:
        try:
            json.dumps(self.header, allow_nan=False)
        except ValueError as error:
            raise ValueError(f"`header` must hold finite numbers and words alone; received {self.header!r}.") from error


def header_bytes(header: dict[str, Any], _panel: object = None) -> dict[str, Any] | bytes:
    """Return a header as the page gets it: JSON in bytes, which all on the way pass on as they are; an empty one as {}.

    As plain data it would be taken apart and put together again for every frame, and for all panels at once when a page
    is loaded anew.

    Examples
    --------
    >>> header_bytes({"sequence": 12})
    b'{"sequence": 12}'
    """
    return json.dumps(header, allow_nan=False).encode() if header else header


def as_float32(numbers: ArrayLike) -> NDArray[np.float32]:
    """Return numbers as little-endian float32; those beyond its range become NaN, "not known".

    Parameters
    ----------
    numbers : (k,) or any shape, floats

    Returns
    -------
    (k,) float32
        Flattened in row-major order.

    Examples
    --------
    >>> as_float32([[1.0, 1e300], [np.nan, -2.0]])
    array([ 1., nan, nan, -2.], dtype=float32)
    """
    flat = np.asarray(numbers, np.float64).ravel()
    kept = np.where(np.abs(flat) <= FLOAT32_MAX, flat, np.nan)
    return kept.astype("<f4")
