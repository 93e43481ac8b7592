"""What a quiz shows: a sheet of questions, what was typed into the cells, and what was checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.questions.question import Diagnosis, Question
from hcnn_widgets.classroom.questions.sheet import QuizSheet, known_kinds, quiz
from hcnn_widgets.records.checks import is_whole

LONGEST = 9
"""Signs of a number that is typed."""
MOST_QUESTIONS = 40


@dataclass(frozen=True)
class Sheet:
    """The answers to one question, as they were typed.

    Parameters
    ----------
    cells : tuple of str
        What stands in each cell, row by row; "" in an empty one.
    checked : tuple of str or None
        What stood there when it was checked last.
    n_checks : int
    hinted : bool
        Whether the hint was asked for.
    """

    cells: tuple[str, ...]
    checked: tuple[str, ...] | None = None
    n_checks: int = 0
    hinted: bool = False

    @property
    def numbers(self) -> NDArray[np.float64]:
        """What was typed as numbers, NaN where there is none."""
        return np.array([number_of(text) for text in self.cells])

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        checked = None if self.checked is None else list(self.checked)
        return {"cells": list(self.cells), "checked": checked, "n_checks": self.n_checks, "hinted": self.hinted}


@dataclass(frozen=True, eq=False)
class QuizShown:
    """A quiz as it is shown.

    Parameters
    ----------
    sheet : QuizSheet
    kinds : tuple of str or None
        As they were given.
    at : int
        The question in front, from 0.
    cell : int
        The cell of its answer that is typed into, row by row.
    typing : bool
        Whether the next digit goes on with the number in that cell rather than replacing it.
    sheets : tuple of Sheet
        One a question.
    """

    sheet: QuizSheet
    kinds: tuple[str, ...] | None
    at: int
    cell: int
    typing: bool
    sheets: tuple[Sheet, ...]

    @property
    def question(self) -> Question:
        """The question in front."""
        return self.sheet[self.at]

    @property
    def filled(self) -> Sheet:
        """The answers to the question in front."""
        return self.sheets[self.at]

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the answer in front."""
        rows, columns = self.question.answer.shape
        return rows, columns

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """What the last check of the question in front found; None before it, and once something was typed since."""
        return self.diagnosis_of(self.at)

    def diagnosis_of(self, number: int) -> Diagnosis | None:
        """Return what the last check of a question found."""
        filled = self.sheets[number]
        return self.sheet[number].diagnosis(filled.numbers) if filled.checked == filled.cells else None

    @cached_property
    def n_right(self) -> int:
        """Questions that were checked and are right."""
        found = [self.diagnosis_of(number) for number in range(len(self.sheet))]
        return sum(diagnosis is not None and diagnosis.is_right for diagnosis in found)

    def with_filled(self, **changes: Any) -> "QuizShown":
        """Return it with changes in the answers to the question in front."""
        sheets = list(self.sheets)
        sheets[self.at] = replace(self.filled, **changes)
        return replace(self, sheets=tuple(sheets))

    def going_to(self, number: int) -> "QuizShown | None":
        """Return it with another question in front; None where there is none."""
        if not 0 <= number < len(self.sheet) or number == self.at:
            return None
        return replace(self, at=number, cell=0, typing=False)

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, by the names of the panel's arguments."""
        kinds = None if self.kinds is None else list(self.kinds)
        filled = [sheet.plain() for sheet in self.sheets]
        return {"n": len(self.sheet), "seed": self.sheet.seed, "kinds": kinds, "at": self.at, "filled": filled}


def number_of(text: str) -> float:
    """Return a number as it was typed; NaN for none, as "" and "-" are.

    Examples
    --------
    >>> number_of("-2.5"), number_of("-")
    (-2.5, nan)
    """
    try:
        return float(text)
    except ValueError:
        return float("nan")


def shown_of(n: int, seed: int, kinds: Any, at: int, filled: Any) -> QuizShown:
    """Return what a panel shows of its arguments; refuse what is no quiz.

    Raises
    ------
    TypeError, ValueError
    """
    if is_whole(n, MOST_QUESTIONS + 1):  # before they are drawn
        raise ValueError(f"`n` are too many questions. Accepted are up to {MOST_QUESTIONS}; received {n}.")
    sheet = quiz(n, seed=seed, kinds=kinds)
    if not is_whole(at, 0) or at >= n:
        raise ValueError(f"`at` is no question. Accepted is a whole number from 0 to {n - 1}; received {at!r}.")
    names = None if kinds is None else known_kinds(kinds)
    return QuizShown(sheet, names, int(at), 0, False, _sheets(sheet, filled))


def _sheets(sheet: QuizSheet, filled: Any) -> tuple[Sheet, ...]:
    """Return the answers that were filled in, all empty by default."""
    empty = [Sheet(("",) * question.answer.size) for question in sheet]
    if filled is None:
        return tuple(empty)
    given = list(filled) if isinstance(filled, list | tuple) else []
    if len(given) != len(empty) or not all(map(_fits, given, empty)):
        raise ValueError(
            "`filled` does not go with the questions. Accepted is what a state of the same quiz has there; received "
            f"{len(given)} answers."
        )
    return tuple(_sheet(one) for one in given)


def _fits(given: Any, empty: Sheet) -> bool:
    if not isinstance(given, Mapping) or set(given) != set(empty.plain()):
        return False
    rows = [given["cells"], *([given["checked"]] if given["checked"] is not None else [])]
    return is_whole(given["n_checks"], 0) and all(
        len(row) == len(empty.cells) and all(isinstance(text, str) and len(text) <= LONGEST for text in row)
        for row in rows
    )


def _sheet(given: Mapping[str, Any]) -> Sheet:
    checked = None if given["checked"] is None else tuple(given["checked"])
    return Sheet(tuple(given["cells"]), checked, int(given["n_checks"]), bool(given["hinted"]))
