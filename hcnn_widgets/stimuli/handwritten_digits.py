"""Handwritten digits from scikit-learn: real images that need no download."""

import importlib.util
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.keras_sets import checked_number
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

WHITE = 16
"""The greatest value in the published images, which count the inked dots of 4 x 4 blocks."""


@checks_keywords
def digits(n: int | None = None, degrees: float = 8.0) -> StimulusSet:
    """Return 1,797 handwritten digits, 8 x 8, which come with scikit-learn and need no download.

    Parameters
    ----------
    n : int, optional
        Maximum number of images, the first in the published order; all by default.
    degrees : float
        Visual angle of the image width.

    Returns
    -------
    StimulusSet
        Images (n, 8, 8, 1), ink in white; ids count the published order.

    Raises
    ------
    ValueError
        If `n` is not a whole number of 1 or more.

    Source: Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits (UCI), its test part.

    Examples
    --------
    >>> digits(100)
    StimulusSet('digits', 100 images of 8 x 8 x 1, 10 categories, 8 deg wide)
    """
    checked_number(n)
    pixels, labels = _published()
    images = pixels[:n].astype(np.float32) / np.float32(WHITE)
    return StimulusSet.from_arrays(
        images,
        labels=labels[:n],
        stimulus_ids=[f"digits-{number:05d}" for number in range(len(images))],
        degrees=degrees,
        name="digits",
    )


def _published() -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Return the images (1797, 8, 8) and their digits, out of scikit-learn's file of numbers where it lies as it does.

    Importing scikit-learn for it takes a second, in which panels stand still; the file takes 20 ms.
    """
    spec = importlib.util.find_spec("sklearn")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    if folder is not None and (file := folder / "datasets" / "data" / "digits.csv.gz").is_file():
        rows = np.loadtxt(file, delimiter=",")
        return rows[:, :-1].reshape(-1, 8, 8), rows[:, -1].astype(int)
    from sklearn.datasets import load_digits

    published = load_digits()
    return published.images, published.target
