"""Read an image file as a square of luminance or RGB."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

LARGEST = 80_000_000
"""Pixels of the largest file that is decoded: a camera's picture is smaller, a decompression bomb larger."""

BEHIND = (128, 128, 128, 255)
"""Mid grey, which shows where an image is transparent."""


def read_image(
    path: Path | Callable[[], IO[bytes]], size: int, n_channels: int, largest: int = LARGEST
) -> NDArray[np.float32]:
    """Read the square in the middle of an image, upright, and resize it.

    Parameters
    ----------
    path : pathlib.Path, or function that returns the open file
    size : int
        Height and width of the result, in pixels.
    n_channels : int
        1 (luminance, ITU-R BT.601) or 3 (RGB).
    largest : int
        Maximum number of pixels in the file, checked before the file is decoded.

    Returns
    -------
    (size, size, n_channels) float32
        From 0 to 1. Linear interpolation, over the whole area that a pixel covers where the image shrinks, so that
        fine gratings do not turn into coarse gratings.

    Raises
    ------
    ValueError
        If the image has too many pixels, or pixels whose range is unknown.
    OSError
        If the file is no image, or an incomplete image; Pillow raises other errors, too, for broken files.
    """
    with warnings.catch_warnings():
        # Our limit is lower than the limit at which Pillow begins to warn.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(path if isinstance(path, Path) else path())
    with opened:
        width, height = opened.size
        if width * height > largest:
            raise ValueError(f"{width} x {height} pixels, more than {largest:,}")
        plain = _plain(ImageOps.exif_transpose(opened), "L" if n_channels == 1 else "RGB")
    width, height = plain.size
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    square = plain.resize((size, size), Image.Resampling.BILINEAR, (left, top, left + side, top + side))
    pixels = np.asarray(square, np.float32).reshape(size, size, -1) / np.float32(255)
    return np.broadcast_to(pixels, (size, size, n_channels))


def _plain(image: Image.Image, mode: str) -> Image.Image:
    """Return an image without transparency, palette or unusual depth, from 0 to 255."""
    if image.mode.startswith("I;16"):  # Pillow's own conversion would cut at 255
        return Image.fromarray(np.asarray(image).astype(np.float32) * np.float32(255 / 65535))
    if image.mode in ("I", "F"):
        raise ValueError("pixels of 32 bits, whose range is unknown; save it with 8 or 16 bits")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, BEHIND)
        ground.alpha_composite(image.convert("RGBA"))
        image = ground
    return image.convert(mode)
