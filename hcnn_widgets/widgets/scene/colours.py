"""Colours that mean something: of scores, from dark to bright, and of model areas, from the first to the last."""

import numpy as np
from numpy.typing import NDArray

STOPS = ((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37))
"""Viridis, in five stops: even in lightness, safe for the common colour blindnesses."""
DIVERGING = ((98, 56, 0), (198, 124, 0), (247, 247, 247), (0, 138, 172), (0, 56, 88))
"""From most negative, brown, over 0 to most positive, teal: those of the light theme."""
DEPTHS = ("#5fb3c4", "#2f86bd", "#3f57a6", "#43216b")
"""Stops of the model areas in the light theme; chart_colours.ts has those of both."""
GAMMA = 2.2


def sequential(fraction: float) -> str:
    """Return the colour of a score between 0 and the upper end of its scale, 1; beyond them that of the end.

    Stops are mixed in linear light, where the steps between them stay even to the eye.

    Examples
    --------
    >>> sequential(0.0), sequential(0.25), sequential(2.0)
    ('#440154', '#3b528b', '#fde725')
    """
    return _hex(_mixed(STOPS, np.array(fraction)))


def diverging(signed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the colours of signed bytes: 1 (and 0) most negative, 128 zero, 255 most positive.

    Parameters
    ----------
    signed : (...,) uint8

    Returns
    -------
    (..., 3) uint8

    Examples
    --------
    >>> diverging(np.array([1, 128, 255], np.uint8)).tolist()
    [[98, 56, 0], [247, 247, 247], [0, 56, 88]]
    """
    table = _mixed(DIVERGING, 0.5 + (np.arange(256) - 128) / 254)
    return np.floor(table + 0.5).astype(np.uint8)[signed]


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read more easily on a colour (relative luminance, WCAG 2).

    Examples
    --------
    >>> ink_on("#fde725"), ink_on("#440154")
    ('#000000', '#ffffff')
    """
    luminance = (_channels(colour) / 255) ** GAMMA @ np.array([0.2126, 0.7152, 0.0722])
    return "#000000" if luminance > 0.179 else "#ffffff"


def depth_role(index: int, count: int) -> str:
    """Return the role of the colour of the ``index``-th of ``count`` model areas, which follows the theme.

    Examples
    --------
    >>> depth_role(0, 4)
    'depth-0-4'
    """
    return f"depth-{index}-{count}"


def depth_colour(role: str) -> str:
    """Return the colour of a model area's role in the light theme; a single area has the middle one.

    Examples
    --------
    >>> depth_colour("depth-0-4"), depth_colour("depth-3-4"), depth_colour("depth-0-1")
    ('#5fb3c4', '#43216b', '#376fb2')
    """
    index, count = (int(number) for number in role.removeprefix("depth-").split("-"))
    stops = np.array([_channels(stop) for stop in DEPTHS])
    at = np.linspace(0, 1, len(stops))
    share = index / (count - 1) if count > 1 else 0.5
    return _hex(np.array([np.interp(share, at, channel) for channel in stops.T]))


def _mixed(stops: tuple[tuple[int, int, int], ...], fraction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the colours at fractions of a map of even stops, (..., 3), mixed in linear light."""
    light = (np.transpose(stops) / 255) ** GAMMA
    at = np.linspace(0, 1, len(stops))
    return 255 * np.stack([np.interp(fraction, at, channel) for channel in light], axis=-1) ** (1 / GAMMA)


def _channels(colour: str) -> NDArray[np.float64]:
    """Return red, green and blue of "#rrggbb", (3,)."""
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)], np.float64)


def _hex(channels: NDArray[np.float64]) -> str:
    # Halves go up, as in the page: both halves of the panel have the same colour to the last bit.
    return "#" + "".join(f"{int(channel + 0.5):02x}" for channel in channels)
