"""What a convolution lab shows after a key."""

from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

import numpy as np

from hcnn_widgets.widgets.classroom.boards.typing import TYPED, typed

from .convolution_shown import VIEWS, At, ConvolutionShown

PADDINGS: tuple[str | int, ...] = ("valid", "same", "full", "reflect", "wrap", 1, 2, 3)
"""What "p" goes through, and the menu offers."""
Choice = TypeVar("Choice")
STRIDES, DILATIONS = (1, 2, 3, 4), (1, 2, 3)


def after_key(shown: ConvolutionShown, at: At, key: str) -> ConvolutionShown | None:
    """Return what is shown after a key at a cell; None where it changes nothing.

    Raises
    ------
    ValueError
        If the kernel does not fit into the image then.
    """
    if key in TYPED:
        return _typed(shown, at, key)
    if key == "p":
        return _padded(shown)
    if key == "s":
        return shown.changed(stride=_after(shown.stride, STRIDES))
    if key == "d":
        return shown.changed(dilation=_after(shown.dilation, DILATIONS))
    if key == "f":
        return shown.changed(turned=not shown.turned)
    if key == "v":
        return replace(shown, view=_after(shown.view, tuple(VIEWS)), entry="")
    return shown.changed(predict=not shown.predict) if key == "g" else None


def output_after(shown: ConvolutionShown, steps: int = 1) -> ConvolutionShown:
    """Return it with the output in front that comes after in reading order, the first one after the last."""
    board, row, column = shown.focus
    rows, columns = shown.output.shape
    number = row * columns + column if board == "output" else -1
    return at_output(shown, (number + steps) % (rows * columns))


def at_output(shown: ConvolutionShown, number: int) -> ConvolutionShown:
    """Return it with an output in front, counted in reading order."""
    row, column = divmod(number, shown.output.shape[1])
    return replace(shown, focus=("output", row, column), entry="")


def _padded(shown: ConvolutionShown) -> ConvolutionShown:
    """Return it with the next padding with which the kernel fits into the image."""
    padding = shown.padding
    for _ in PADDINGS:
        padding = _after(padding, PADDINGS)
        with suppress(ValueError):
            return shown.changed(padding=padding)
    return shown


def _typed(shown: ConvolutionShown, at: At, key: str) -> ConvolutionShown | None:
    if at[0] == "output" and not shown.predict:
        return None
    before = shown.value_at(at)
    entry = typed(shown.entry if at == shown.focus else "", 0.0 if np.isnan(before) else before, key)
    return shown.with_number(at, entry.number, entry.text)


def _after(now: Choice, choices: tuple[Choice, ...]) -> Choice:
    """Return the choice after the one that is shown; the first after the last, and after one that is none of them."""
    return choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]
