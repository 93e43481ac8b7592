"""How much of a pooled map stays as it is when the image is shifted."""

import numpy as np
from numpy.typing import ArrayLike

from hcnn_widgets.classroom.pooling import pooled
from hcnn_widgets.classroom.windows import Array, as_image
from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def shifted(image: ArrayLike, columns: int = 1) -> Array:
    """Return the image moved to the right; what was the first column fills the places that it leaves.

    Parameters
    ----------
    image : (height, width) or (height, width, n_channels) float
    columns : int
        Pixels, 0 or more.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> shifted([[1, 2, 3]]).tolist()
    [[1.0, 1.0, 2.0]]
    """
    if not is_whole(columns, 0):
        raise ValueError(f"`columns` is no shift. Accepted is a whole number of 0 or more; received {columns!r}.")
    pixels = as_image("image", image)
    width = pixels.shape[1]
    moved = pixels[:, (np.arange(width) - columns).clip(0)]
    return moved[..., 0] if np.ndim(image) == 2 else moved


@checks_keywords
def share_unchanged(
    image: ArrayLike,
    kind: str | None = "max",
    size: int = 2,
    stride: int | None = None,
    padding: str = "valid",
    p: float = 2.0,
    columns: int = 1,
) -> float:
    """Return the share of outputs that a shift of the image leaves as they are; arguments are those of `pooled`.

    Parameters
    ----------
    image, size, stride, padding, p
    kind : str, optional
        A name in POOLINGS; None for no pooling, where the outputs are the pixels.
    columns : int
        Pixels that the image moves to the right, as in `shifted`.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> spot = [[0, 5, 0, 0], [0, 0, 0, 0]]
    >>> share_unchanged(spot, columns=1), share_unchanged(spot, None)
    (0.0, 0.75)
    """
    before, after = as_image("image", image), as_image("image", shifted(image, columns))
    if kind is not None:
        before, after = (pooled(each, kind, size, stride, padding, p) for each in (before, after))
    # Means of the same numbers in another order may differ in their last bit.
    return float(np.isclose(before, after, rtol=1e-12, atol=1e-12).mean())
