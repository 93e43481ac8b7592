"""Pixels that a network expects: their range, order of channels, mean and scale; images brought to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hcnn_widgets.records.checks import is_number

BYTES = (0.0, 255.0)
Range = tuple[float, float]


@dataclass(frozen=True)
class Preprocessing:
    """A mode of ``keras.applications.imagenet_utils.preprocess_input``: (bytes - mean) / deviation.

    Parameters
    ----------
    mean, deviation : tuple of float
        In bytes, one for all channels or one per channel, in the order in which the network takes them.
    bgr : bool
        Whether the network takes blue first.
    """

    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    bgr: bool = False


PREPROCESSING: dict[str, Preprocessing] = {
    "tf": Preprocessing((127.5,), (127.5,)),
    "caffe": Preprocessing((103.939, 116.779, 123.68), (1.0, 1.0, 1.0), bgr=True),
    "torch": Preprocessing((123.675, 116.28, 103.53), (58.395, 57.12, 57.375)),
}
"""The modes by name; the numbers are those of Keras 3, which documents "torch" for pixels of 0 to 1."""


@dataclass(frozen=True)
class Pixels:
    """How a network takes its images; `applied` is the one way in which images go into any network.

    Parameters
    ----------
    given : tuple of float or str
        (lowest, highest), the values for black and white; or a name in `PREPROCESSING`.
    whole : bool
        Whether the network's input holds whole numbers: then values are rounded, which it would cut off.
    told : bool
        Whether the range is known, by the network's layers or by whoever brought it, and not merely assumed.

    Examples
    --------
    >>> image = np.array([[[[0.0, 0.5, 1.0]]]], np.float32)
    >>> Pixels((0.0, 255.0)).applied(image).ravel().tolist()
    [0.0, 127.5, 255.0]
    >>> Pixels("caffe").applied(image).round().ravel().tolist()
    [151.0, 11.0, -124.0]
    """

    given: Range | str = (0.0, 1.0)
    whole: bool = False
    told: bool = True

    def applied(self, images: Any) -> Any:
        """Return images as the network takes them.

        Parameters
        ----------
        images : (n_stimuli, height, width, n_channels) float32
            In [0, 1]; a tensor of the backend, too, unless the input holds whole numbers.

        Returns
        -------
        (n_stimuli, height, width, n_channels) float32
            The same object where the network takes [0, 1].
        """
        if self.given == (0.0, 1.0):
            shown = images
        else:
            scale, offset = self._scale_and_offset()
            shown = (images[..., ::-1] if self._bgr else images) * scale + offset
        return np.rint(shown) if self.whole else shown

    def _scale_and_offset(self) -> tuple[Any, Any]:
        """Return what pixels in [0, 1] are multiplied with, and what is added, (n_channels or 1,) float32 each."""
        if isinstance(self.given, str):
            mode = PREPROCESSING[self.given]
            mean, deviation = np.array(mode.mean), np.array(mode.deviation)
            return (255 / deviation).astype(np.float32), (-mean / deviation).astype(np.float32)
        lowest, highest = self.given
        return np.float32(highest - lowest), np.float32(lowest)

    @property
    def _bgr(self) -> bool:
        return isinstance(self.given, str) and PREPROCESSING[self.given].bgr

    @property
    def words(self) -> str:
        """The range in words, and whether it is only assumed."""
        if isinstance(self.given, str):
            return f"pixels as preprocess_input makes them in mode {self.given!r}"
        return f"pixels {self._range}{'' if self.told else ', as no layer tells others'}"

    @property
    def _range(self) -> str:
        return f"{self.given[0]:g} to {self.given[1]:g}"

    @property
    def comment(self) -> str:
        """Line of Python that says which images code in Keras is to be given; empty where they are in [0, 1]."""
        if self.given == (0.0, 1.0):
            return ""
        return f"# images: {self.words}, which are model.pixels.applied(stimuli.images)\n"

    @property
    def notes(self) -> tuple[str, ...]:
        """What belongs beside every number that was made with the network; nothing where the range is known."""
        if self.told:
            return ()
        return (
            f"no layer of the network tells which pixels it expects, so it was shown {self._range} "
            "(from_keras(..., pixels=(0, 255)) shows it others)",
        )


IN_UNIT_RANGE = Pixels()
"""Of networks that take images as they are, all that are made of an architecture among them."""


def checked_pixels(given: Any, dtype: str, n_channels: int | None) -> Pixels:
    """Return what a person says of the pixels that a network expects.

    Parameters
    ----------
    given : pair of numbers or str
        (lowest, highest), or a name in `PREPROCESSING`.
    dtype : str
        Of the network's input.
    n_channels : int or None
        Of the network's input.

    Raises
    ------
    ValueError
        If it is neither, or the network's input cannot hold it.
    """
    whole = "int" in dtype
    if isinstance(given, str) and given in PREPROCESSING:
        _check_mode(given, whole, dtype, n_channels)
        return Pixels(given)
    if not _is_range(given):
        raise ValueError(
            "`pixels` is no range of pixels. Accepted is (lowest, highest), the finite numbers for black and white, "
            f"such as (0, 255), or the mode of a preprocess_input, {', '.join(map(repr, PREPROCESSING))}; "
            f"received {given!r}."
        )
    lowest, highest = float(given[0]), float(given[1])
    if whole and not np.iinfo(dtype).min <= lowest < highest <= np.iinfo(dtype).max:
        raise ValueError(
            f"`pixels` is no range that the network's input can hold. Accepted are whole numbers of {dtype}; "
            f"received {given!r}."
        )
    return Pixels((lowest, highest), whole)


def _is_range(given: Any) -> bool:
    pair = isinstance(given, Sequence | np.ndarray) and not isinstance(given, str | bytes) and len(given) == 2
    return pair and all(is_number(end) and np.isfinite(end) for end in given) and bool(given[0] < given[1])


def _check_mode(given: str, whole: bool, dtype: str, n_channels: int | None) -> None:
    n_wanted = len(PREPROCESSING[given].mean)
    if n_wanted > 1 and n_channels != n_wanted:
        raise ValueError(
            f"`pixels={given!r}` is for colour images. Accepted is a network with an input of {n_wanted} channels; "
            f"received an input of {n_channels}."
        )
    if whole:
        raise ValueError(
            f"`pixels={given!r}` makes fractions and negative numbers. Accepted is a network whose input holds them; "
            f"received an input of {dtype}."
        )
