"""What a pooling lab shows after a key."""

from dataclasses import replace
from typing import TypeVar

from hcnn_widgets.classroom.pooling import POOLINGS
from hcnn_widgets.classroom.windows import PADDINGS
from hcnn_widgets.widgets.classroom.boards.typing import TYPED, typed

from .pooling_shown import VIEWS, At, PoolingShown

Choice = TypeVar("Choice")
SIZES, STRIDES = (1, 2, 3, 4), (1, 2, 3, 4)


def after_key(shown: PoolingShown, at: At, key: str) -> PoolingShown | None:
    """Return what is shown after a key at a cell; None where it changes nothing.

    Raises
    ------
    ValueError
        If no window fits into the image then.
    """
    if key in TYPED:
        return _typed(shown, at, key)
    if key == "k":
        return shown.changed(kind=_after(shown.kind, tuple(POOLINGS)))
    if key == "w":
        return shown.changed(size=_after(shown.size, SIZES))
    if key == "s":
        return shown.changed(stride=_after(shown.stride, STRIDES))
    if key == "p":
        return shown.changed(padding=_after(shown.padding, PADDINGS))
    return shown.changed(view=_after(shown.view, tuple(VIEWS))) if key == "v" else None


def at_output(shown: PoolingShown, number: int) -> PoolingShown:
    """Return it with an output in front, counted in reading order."""
    row, column = divmod(number % shown.output.size, shown.output.shape[1])
    return replace(shown, focus=("output", row, column), entry="")


def output_after(shown: PoolingShown) -> PoolingShown:
    """Return it with the output in front that comes next in reading order, the first one after the last."""
    board, row, column = shown.focus
    return at_output(shown, row * shown.output.shape[1] + column + 1 if board == "output" else 0)


def _typed(shown: PoolingShown, at: At, key: str) -> PoolingShown | None:
    if at[0] != "image":
        return None
    entry = typed(shown.entry if at == shown.focus else "", float(shown.image[at[1:]]), key)
    return shown.with_number(at, entry.number, entry.text)


def _after(now: Choice, choices: tuple[Choice, ...]) -> Choice:
    """Return the choice after the one that is shown; the first after the last, and after one that is none of them."""
    return choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]
