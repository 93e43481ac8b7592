"""A gradient over an image, and responses in shades of grey."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAT = np.array([213, 94, 0], np.float64)


def heated(image: NDArray[np.uint8] | None, gradient: NDArray[Any] | None) -> NDArray[np.uint8] | None:
    """Return an image with a gradient over it in orange, (height, width, 3) uint8; the image alone without one.

    Parameters
    ----------
    image : (height, width, 1 or 3) uint8, optional
        Without one the ground is white.
    gradient : (height, width) float, optional
    """
    if gradient is None:
        return image
    heat = np.sqrt(np.abs(gradient) / max(float(np.abs(gradient).max()), 1e-30))[..., None]
    # Grey, and paler than it is, so that orange is seen on dark and on light.
    ground = np.full((*heat.shape[:2], 1), 255.0) if image is None else 90 + 0.6 * image.mean(axis=-1, keepdims=True)
    return np.rint(ground * (1 - heat) + HEAT * heat).astype(np.uint8)


def in_bytes(responses: NDArray[Any]) -> NDArray[np.uint8]:
    """Return a map in shades of grey, its smallest response black, its largest white."""
    low, high = float(responses.min()), float(responses.max())
    return np.rint(255 * (responses - low) / max(high - low, 1e-30)).astype(np.uint8)
