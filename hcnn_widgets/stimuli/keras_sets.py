"""Public image sets downloaded by Keras: MNIST, Fashion-MNIST and CIFAR-10."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import is_whole
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Part = Literal["train", "test"]
PARTS = ("train", "test")

DIGITS = tuple("0123456789")
CLOTHES = (
    "t-shirt",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
THINGS = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


@checks_keywords
def mnist(n: int | None = None, part: Part = "train", degrees: float = 8.0) -> StimulusSet:
    """Return handwritten digits, 28 x 28: 60,000 to train with and 10,000 to test with.

    Parameters
    ----------
    n : int, optional
        Maximum number of images, the first in the published order; all by default.
    part : "train" or "test"
    degrees : float
        Visual angle of the image width.

    Returns
    -------
    StimulusSet
        Images (n, 28, 28, 1); ids count the published order.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConnectionError
        If the set is not on this computer and cannot be downloaded (11 MB, once, into Keras's own folder).

    Source: LeCun, Bottou, Bengio & Haffner 1998, Proc. IEEE 86, 2278.
    """
    return _set_of_keras("mnist", DIGITS, n, part, degrees)


@checks_keywords
def fashion_mnist(n: int | None = None, part: Part = "train", degrees: float = 8.0) -> StimulusSet:
    """Return photographs of clothes, 28 x 28, in ten categories: 60,000 to train with and 10,000 to test with.

    Parameters
    ----------
    n : int, optional
        Maximum number of images, the first in the published order; all by default.
    part : "train" or "test"
    degrees : float
        Visual angle of the image width.

    Returns
    -------
    StimulusSet
        Images (n, 28, 28, 1); ids count the published order.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConnectionError
        If the set is not on this computer and cannot be downloaded (31 MB, once, into Keras's own folder).

    Source: Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747.
    """
    return _set_of_keras("fashion_mnist", CLOTHES, n, part, degrees)


@checks_keywords
def cifar10(n: int | None = None, part: Part = "train", degrees: float = 8.0) -> StimulusSet:
    """Return colour photographs of animals and vehicles, 32 x 32: 50,000 to train with and 10,000 to test with.

    Parameters
    ----------
    n : int, optional
        Maximum number of images, the first in the published order; all by default.
    part : "train" or "test"
    degrees : float
        Visual angle of the image width.

    Returns
    -------
    StimulusSet
        Images (n, 32, 32, 3); ids count the published order.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConnectionError
        If the set is not on this computer and cannot be downloaded (170 MB, once, into Keras's own folder).

    Source: Krizhevsky 2009, Learning multiple layers of features from tiny images (technical report, Toronto).
    """
    return _set_of_keras("cifar10", THINGS, n, part, degrees)


def checked_number(n: int | None) -> int | None:
    """Return the number of images; refuse anything but a whole number of 1 or more, or None."""
    if n is not None and not is_whole(n, 1):
        raise ValueError(f"`n` is no number of images. Accepted are whole numbers from 1, or None; received {n!r}.")
    return n


def _set_of_keras(name: str, categories: Sequence[str], n: int | None, part: str, degrees: float) -> StimulusSet:
    """Return the first images of one part of a set."""
    checked_number(n)
    if part not in PARTS:
        raise ValueError(f"`part` is unknown. Accepted are {', '.join(PARTS)}; received {part!r}.")
    images, numbers = _loaded(name)[PARTS.index(part)]
    images, numbers = images[:n], numbers.ravel()[:n]
    return StimulusSet.from_arrays(
        images,
        labels=np.array(categories)[numbers],
        stimulus_ids=[f"{name}-{part}-{number:05d}" for number in range(len(images))],
        degrees=degrees,
        name=f"{name}-{part}",
    )


def _loaded(name: str) -> "tuple[tuple[NDArray[Any], NDArray[Any]], ...]":
    """Read or download a set with Keras; raise an error that says how to proceed if it fails."""
    from hcnn_widgets.keras_door import keras

    load: Callable[[], Any] = getattr(keras.datasets, name).load_data
    try:
        with _quiet(keras):
            return load()
    except Exception as error:  # Keras turns every failure of a download into a bare Exception
        raise ConnectionError(
            f"`{name}` could not be loaded. Accepted is a network for the first time, or Keras's copy of an earlier "
            f"download (~/.keras/datasets); received: {error}. Without either, take hw.stimuli.digits() or "
            "hw.stimuli.objects(), which need no download."
        ) from error


@contextmanager
def _quiet(keras: Any) -> Iterator[None]:
    """Keep Keras's progress bar, and NumPy's warnings about old files, out of the notebook."""
    spoke = keras.config.is_interactive_logging_enabled()
    keras.config.disable_interactive_logging()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if spoke:
            keras.config.enable_interactive_logging()
