"""What a person gives a convolution lab: checked at the door, and presets by name."""

from collections.abc import Callable
from typing import Any

import numpy as np

from hcnn_widgets.classroom.famous_kernels import FAMOUS_KERNELS
from hcnn_widgets.classroom.windows import BORDERS, PADDINGS
from hcnn_widgets.records.checks import check_count, is_number, is_whole, known_name
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.widgets.classroom.boards.photograph import LONGEST, photograph, reduced
from hcnn_widgets.widgets.classroom.lab_doors import LARGEST, can_be_drawn, checked_flag, checked_words

from .convolution_shown import BOARDS, VIEWS, Array, At, ConvolutionShown, stacked

LARGEST_KERNEL, MOST_CHANNELS, LARGEST_STRIDE, MOST_ZEROS = 11, 3, 8, 8
SLIDE = (((0, 1, 2), (3, 4, 5), (6, 7, 8)), ((0, 1), (2, 3)))
"""Image and kernel of the lecture's slide, whose output is 19 25 / 37 43."""
EDGE_SIDE = 8
PHOTOGRAPH = "photograph"
COUNTING = "0, 1, 2, ..."


def counted(height: int, width: int) -> Array:
    """Return 0, 1, 2, ... row by row, as (height, width, 1)."""
    return np.arange(float(height * width)).reshape(height, width, 1)


def _edge() -> Array:
    """Return an image that is dark on the left and bright on the right, as (height, width, 1)."""
    image = np.zeros((EDGE_SIDE, EDGE_SIDE, 1))
    image[:, EDGE_SIDE // 2 :] = 1
    return image


IMAGES: dict[str, Callable[[], tuple[Array, str]]] = {
    COUNTING: lambda: (counted(3, 3), ""),
    "an edge": lambda: (_edge(), ""),
    PHOTOGRAPH: photograph,
}
"""Images by name, each with its source."""


def given_shown(image: Any, kernel: Any, source: str, **choices: Any) -> ConvolutionShown:
    """Return the record of what was given.

    Raises
    ------
    TypeError, ValueError
        If it is no convolution.
    """
    pixels, words = _image(image)
    weights = _kernel(kernel, pixels.shape[2])
    _check_choices(choices)
    choices["bias"] = float(choices["bias"])
    if choices["padding"] == 0:  # no zeros on any side
        choices["padding"] = "valid"
    checked_words("source", source)
    answers, focus = choices.pop("answers"), choices.pop("focus")
    shown = ConvolutionShown(pixels, weights, source=source or words, **choices)
    return shown.changed(answers=_answers(answers, shown), focus=_focus(focus, shown))


def _image(given: Any) -> tuple[Array, str]:
    """Return an image with its channels; a larger one grey and with fewer pixels, and what was done to it."""
    array = numbers("image", given)
    whole = array[..., None] if array.ndim == 2 else array
    if whole.ndim != 3 or not whole.size or not can_be_drawn(whole):
        raise ValueError(
            "`image` must be finite numbers in cells. Accepted is (height, width) or (height, width, n_channels), no "
            f"number beyond {LARGEST:.0e}; received {array.shape}."
        )
    if max(whole.shape[:2]) > LONGEST:
        small, words = reduced(whole if whole.shape[2] > 1 else whole[..., 0])
        return small, f"The image that was given: {words}."
    if whole.shape[2] > MOST_CHANNELS:
        raise ValueError(
            f"`image` has too many channels to be shown. Accepted are 1 to {MOST_CHANNELS}; received {array.shape}."
        )
    return whole.astype(np.float64), ""


def _kernel(given: Any, n_channels: int) -> Array:
    """Return a kernel with its channels; one of two axes is the same on all of them."""
    array = numbers("kernel", given).astype(np.float64)
    kernel = np.repeat(array[..., None], n_channels, axis=2) if array.ndim == 2 else array
    fits = kernel.ndim == 3 and kernel.size and kernel.shape[2] == n_channels
    if not fits or max(kernel.shape[:2]) > LARGEST_KERNEL or not can_be_drawn(kernel):
        raise ValueError(
            f"`kernel` must be finite numbers in cells. Accepted is (height, width) or (height, width, {n_channels}), "
            f"as the image has channels, up to {LARGEST_KERNEL} x {LARGEST_KERNEL}, no number beyond {LARGEST:.0e}; "
            f"received {array.shape}."
        )
    return kernel


def _check_choices(choices: dict[str, Any]) -> None:
    padding = choices["padding"]
    if isinstance(padding, str) and padding != "full":
        known_name("padding", padding, (*PADDINGS, "full", *BORDERS))
    elif not isinstance(padding, str) and not (is_whole(padding, 0) and padding <= MOST_ZEROS):
        raise ValueError(
            f"`padding` is no padding. Accepted are 'valid', 'same', 'full', 'reflect', 'wrap' and a whole number from "
            f"0 to {MOST_ZEROS}; received {padding!r}."
        )
    for name in ("stride", "dilation"):
        check_count(name, choices[name])
        if choices[name] > LARGEST_STRIDE:
            raise ValueError(f"`{name}` is too large. Accepted are 1 to {LARGEST_STRIDE}; received {choices[name]}.")
    if not is_number(choices["bias"]) or not np.isfinite(choices["bias"]):
        raise ValueError(f"`bias` is no finite number. Accepted is one number; received {choices['bias']!r}.")
    known_name("view", choices["view"], VIEWS)
    for name in ("turned", "predict"):
        choices[name] = checked_flag(name, choices[name])


def _answers(given: Any, shown: ConvolutionShown) -> Array | None:
    if given is None:
        return None
    as_given = np.array(given, object) if not isinstance(given, str) and np.iterable(given) else np.array(None)
    answers = np.full(as_given.shape, np.nan)
    for at, value in np.ndenumerate(as_given):
        if value is not None and not is_number(value):
            raise ValueError(
                f"`answers` holds what is no number. Accepted are numbers, and None where there is no answer; received "
                f"{value!r}."
            )
        answers[at] = np.nan if value is None else value
    if answers.shape != shown.output.shape:
        raise ValueError(
            f"`answers` must have the shape of the output. Accepted is {shown.output.shape}, None where there is no "
            f"answer; received {answers.shape}."
        )
    return answers


def _focus(given: Any, shown: ConvolutionShown) -> At:
    named, *at = given if isinstance(given, (list, tuple)) and len(given) == 3 else ("", 0, 0)
    board = next((name for name in BOARDS if name == named), None)
    shape = shown.boards[board].shape if board else (0, 0)
    if board is None or not all(is_whole(place, 0) and place < end for place, end in zip(at, shape, strict=True)):
        raise ValueError(
            f"`focus` is no cell. Accepted is (board, row, column), the board one of {', '.join(BOARDS)}, within its "
            f"cells; received {given!r}."
        )
    return board, int(at[0]), int(at[1])


def resized(image: Array, height: int, width: int) -> Array:
    """Return an image of another size: cut, or with 0 in new cells; an image that counts goes on counting.

    Parameters
    ----------
    image : (height, width, n_channels) float
    height, width : int
    """
    old_height, old_width, n_channels = image.shape
    firsts = image[:1, :1]
    if np.array_equal(image, counted(old_height, old_width) + firsts):
        return counted(height, width) + firsts
    after = np.zeros((height, width, n_channels))
    rows, columns = min(height, old_height), min(width, old_width)
    after[:rows, :columns] = image[:rows, :columns]
    return after


def with_channels(shown: ConvolutionShown, n_channels: int) -> ConvolutionShown:
    """Return it with another number of channels; in a new one every number is larger by 1 than in the one before."""
    boards = {}
    for name in ("image", "kernel"):
        kept = getattr(shown, name)[..., :n_channels]
        more = [kept[..., -1:] + n for n in range(1, n_channels - kept.shape[2] + 1)]
        boards[name] = np.concatenate([kept, *more], axis=2)
    board, row, column = shown.focus
    last = stacked(boards["kernel" if board == "kernel" else "image"]).shape[0] - 1
    return shown.changed(**boards, focus=(board, row if board == "output" else min(row, last), column))


def image_name(shown: ConvolutionShown) -> str | None:
    """Return the preset that the image is; None where it is another one."""
    if shown.source.startswith(PHOTOGRAPH.capitalize()):
        return PHOTOGRAPH
    first = shown.image[..., :1]
    known = {COUNTING: counted(*first.shape[:2]), "an edge": _edge()}
    return next((name for name, image in known.items() if np.array_equal(first, image)), None)


def kernel_name(shown: ConvolutionShown) -> str | None:
    """Return the famous kernel that is the first channel of the kernel; None where it is none."""
    first = shown.kernel[..., 0]
    return next((name for name, each in FAMOUS_KERNELS.items() if np.array_equal(first, each.values)), None)
