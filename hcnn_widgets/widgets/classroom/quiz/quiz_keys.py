"""Places of a quiz, and what it shows after a key at one of them."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from .quiz_shown import LONGEST, QuizShown

DIGITS = tuple("0123456789")
KEYPAD = (*DIGITS, "-", ".", "Backspace", "h", "c", "n")
"""What is pressed by mouse: the keys of the same names do the same."""
KEYS = (*DIGITS, "-", ".", ",", "Backspace", "Delete", "Enter", "c", "h", "n", "b", "u", "r")


class At(NamedTuple):
    """A place: a cell of the answer, a key of the pad or a question, and which of them."""

    kind: str
    number: int


def places_of(shown: QuizShown) -> list[At]:
    """Return all places: the cells of the answer, row by row; then the pad, then the questions."""
    rows, columns = shown.shape
    found = [At("cell", number) for number in range(rows * columns)]
    found += [At("pad", number) for number in range(len(KEYPAD))]
    return found + [At("question", number) for number in range(len(shown.sheet))]


def after_key(shown: QuizShown, place: int, key: str) -> QuizShown | None:
    """Return what is shown after a key at a place; None where it changes nothing."""
    kind, number = places_of(shown)[place]
    if key == "Enter":
        return after_enter(shown, At(kind, number))
    if kind != "cell" or number == shown.cell:
        return after_pad(shown, key)
    here = replace(shown, cell=number, typing=False)
    return after_pad(here, key) or here


def after_enter(shown: QuizShown, at: At) -> QuizShown | None:
    """Return what is shown after Enter, which a click is to a place, too.

    In the cell that is typed into, Enter goes on to the next empty one, and checks the answer once there is none;
    another cell is chosen first, as by a click.
    """
    if at.kind == "question":
        return shown.going_to(at.number)
    if at.kind == "pad":
        return after_pad(shown, KEYPAD[at.number])
    if at.number != shown.cell:
        return replace(shown, cell=at.number, typing=False)
    empty = next_empty(shown)
    if empty is None:
        return checked(shown)
    return replace(shown, cell=empty, typing=False) if shown.typing else None


def next_empty(shown: QuizShown) -> int | None:
    """Return the next cell without a number, beginning behind the one that is typed into; None where all have one."""
    n_cells = len(shown.filled.cells)
    order = [(shown.cell + 1 + step) % n_cells for step in range(n_cells)]
    return next((cell for cell in order if np.isnan(shown.filled.numbers[cell])), None)


def after_pad(shown: QuizShown, key: str) -> QuizShown | None:
    """Return what is shown after a key of the pad, which goes to the cell that is typed into."""
    if key == "c":
        return checked(shown)
    if key == "h":
        return shown.with_filled(hinted=not shown.filled.hinted)
    if key in ("n", "b"):
        return shown.going_to(shown.at + (1 if key == "n" else -1))
    text = shown.filled.cells[shown.cell]
    after = _typed(text if shown.typing else "", key) if key not in ("-", "Backspace") else _typed(text, key)
    if after == text:
        return None
    cells = list(shown.filled.cells)
    cells[shown.cell] = after
    return replace(shown.with_filled(cells=tuple(cells)), typing=True)


def checked(shown: QuizShown) -> QuizShown | None:
    """Return it with the answer in front checked; None where nothing was typed since the last check."""
    filled = shown.filled
    if filled.checked == filled.cells:
        return None
    return replace(shown.with_filled(checked=filled.cells, n_checks=filled.n_checks + 1), typing=False)


def _typed(text: str, key: str) -> str:
    """Return a number after a key.

    Examples
    --------
    >>> _typed("1", "9"), _typed("19", "-"), _typed("-19", "-"), _typed("1", ","), _typed("1.5", "."), _typed("0", "7")
    ('19', '-19', '19', '1.', '1.5', '7')
    """
    if key == "-":
        return text[1:] if text.startswith("-") else f"-{text}"[:LONGEST]
    if key == "Backspace":
        return text[:-1]
    if key == "Delete":
        return ""
    if key in (".", ","):
        return text if "." in text else f"{text or '0'}."[:LONGEST]
    return f"{'' if text == '0' else text}{key}"[:LONGEST]
