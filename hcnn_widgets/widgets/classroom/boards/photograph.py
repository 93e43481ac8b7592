"""Photographs as boards: grey, and small enough that every pixel is seen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LONGEST = 64
"""Pixels along the longer side of an image that is drawn."""
USUAL = 48
NAME = "china.jpg"
GREY = (0.299, 0.587, 0.114)
"""Share of red, green and blue in grey (Rec. 601)."""


def photograph() -> tuple[Array, str]:
    """Return a photograph that scikit-learn ships, as (height, width, 1), and where it is from.

    Raises
    ------
    ImportError
        If scikit-learn is not installed.
    """
    try:
        from sklearn.datasets import load_sample_image
    except ImportError as error:
        raise ImportError(
            "The photograph is one that scikit-learn ships. Accepted is an installation with it; it is missing."
        ) from error
    image, size = reduced(load_sample_image(NAME), USUAL)
    return image, f"Photograph {NAME} of scikit-learn (danielbuechele, CC BY 2.0), {size}."


def reduced(image: NDArray[Any], longest: int = LONGEST) -> tuple[Array, str]:
    """Return an image in grey and with fewer pixels, and in words what was done.

    Parameters
    ----------
    image : (height, width) or (height, width, n_channels) array
        Three channels are red, green and blue; of others the mean is taken.
    longest : int
        Pixels along the longer side.

    Returns
    -------
    (height, width, 1) float64
        Whole numbers where those of the image are, else three decimals.
    str
    """
    from PIL import Image

    grey = _grey(image)
    height, width = grey.shape
    scale = longest / max(height, width)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    # Every pixel is the mean of those that it covers.
    small = np.asarray(Image.fromarray(grey.astype(np.float32)).resize((columns, rows), Image.Resampling.BOX))
    decimals = 0 if np.issubdtype(np.asarray(image).dtype, np.integer) else 3
    exact: Array = small.astype(np.float64)
    return exact.round(decimals)[..., None], f"grey, {height} x {width} pixels made {rows} x {columns}"


def _grey(image: NDArray[Any]) -> Array:
    if image.ndim == 2:
        return image.astype(np.float64)
    weights = GREY if image.shape[2] == 3 else np.full(image.shape[2], 1 / image.shape[2])
    grey: Array = image.astype(np.float64) @ np.asarray(weights)
    return grey
