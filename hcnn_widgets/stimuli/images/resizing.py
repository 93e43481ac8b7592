"""Change the size of images (averages over areas, linear interpolation) and their number of channels."""

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.float32]

LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""Weights of red, green and blue in luminance (ITU-R BT.601, as Pillow and scikit-learn's readers use)."""


def resized(images: Images, height: int, width: int) -> Images:
    """Resize images.

    Parameters
    ----------
    images : (n_stimuli, height, width, n_channels) float32
    height, width : int
        Size of the result, in pixels.

    Returns
    -------
    (n_stimuli, height, width, n_channels) float32
        Along an axis that shrinks, averages over the area that each pixel covers, which keeps fine gratings from
        turning into coarse gratings; along an axis that grows, linear interpolation.

    Raises
    ------
    ValueError
        If a size is below 1 pixel.

    Examples
    --------
    >>> ramp = np.arange(4, dtype=np.float32).reshape(1, 1, 4, 1)
    >>> resized(ramp, 1, 2).ravel().tolist()
    [0.5, 2.5]
    """
    if height < 1 or width < 1:
        raise ValueError(
            f"`height` and `width` must hold a pixel. Accepted are whole numbers above 0; received {height} x {width}."
        )
    if height != images.shape[1]:
        images = np.einsum("oh,nhwc->nowc", _weights(images.shape[1], height), images, optimize=True)
    if width != images.shape[2]:
        images = np.einsum("ow,nhwc->nhoc", _weights(images.shape[2], width), images, optimize=True)
    return np.ascontiguousarray(images.clip(0, 1) if images.size and images.max() <= 1 + 1e-5 else images)


def recoloured(images: Images, n_channels: int) -> Images:
    """Convert RGB to luminance, or luminance to RGB, if needed.

    Raises
    ------
    ValueError
        If the images cannot be converted to that number of channels.
    """
    received = images.shape[3]
    if received == n_channels:
        return images
    if (received, n_channels) == (1, 3):
        return np.repeat(images, 3, axis=3)
    if (received, n_channels) == (3, 1):
        return (images @ LUMINANCE).clip(0, 1)[..., np.newaxis]
    raise ValueError(
        f"`n_channels` cannot be made from these images. Accepted is {received}, or 1 from 3, or 3 from 1; received "
        f"{n_channels}."
    )


def _weights(n_in: int, n_out: int) -> Images:
    """Return the (n_out, n_in) matrix that averages over areas, or interpolates where n_out exceeds n_in."""
    if n_out > n_in:
        places = ((np.arange(n_out) + 0.5) * n_in / n_out - 0.5).clip(0, n_in - 1)
        distance = np.abs(places[:, np.newaxis] - np.arange(n_in))
        return np.maximum(0, 1 - distance).astype(np.float32)
    edges = np.arange(n_out + 1) * n_in / n_out
    pixels = np.arange(n_in)
    overlap = np.minimum(edges[1:, np.newaxis], pixels + 1) - np.maximum(edges[:-1, np.newaxis], pixels)
    return (overlap.clip(0, None) * n_out / n_in).astype(np.float32)
