"""A question: what is given, the answer, hints, and the mistakes that it tells apart."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hcnn_widgets.classroom.windows import Array
from hcnn_widgets.records.checks import is_number
from hcnn_widgets.records.entry import Entry
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import as_array, numbers

EXCHANGED = "rows and columns are exchanged"
CLOSE = 1e-3
"""An answer may be off by so much: people round."""
Given = Mapping[str, Any]
Frame = tuple[int, int, int, int]
"""First row, first column, rows and columns of a part of a board."""


class Hint(NamedTuple):
    """What helps with a cell of the answer.

    Attributes
    ----------
    words : str
        The sum, without its result.
    frames : dict of str to (int, int, int, int)
        The part of each board that counts: first row, first column, rows, columns; what lies outside is padding.
    """

    words: str
    frames: Mapping[str, Frame] = {}


class Mistake(NamedTuple):
    """A mistake that people make.

    Attributes
    ----------
    words : str
        What was done, after "this is what comes out when": "the kernel is turned".
    function : function (**given)
        Do the mistake: the answer that comes of it; None where this question leaves no room for it.
    """

    words: str
    function: Callable[..., Any]


@dataclass(frozen=True)
class QuestionKind(Entry[..., Any]):
    """A kind of question; called with what is given, it gives the answer.

    Parameters
    ----------
    function : function (**given)
        The answer, (n_rows, n_columns) of numbers.
    draw : function (rng)
        What is given in a question of this kind, as plain data by name, drawn from a random generator.
    words : function (**given)
        The question, in words.
    hint : function (cell, **given)
        The `Hint` for a cell (row, column) of the answer.
    mistakes : tuple of Mistake
    code : str
        Lines of NumPy that end with the answer as ``answer``; names of what is given in braces.
    boards : tuple of str
        What is given that is shown as cells.
    columns : tuple of str
        Headings of the answer's columns, where they differ in what they are.
    """

    draw: Callable[[np.random.Generator], dict[str, Any]]
    words: Callable[..., str]
    hint: Callable[..., Hint]
    mistakes: tuple[Mistake, ...]
    code: str
    boards: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagnosis(FrozenRecord):
    """What is right in an answer, and what the mistake was.

    Parameters
    ----------
    right : (n_rows, n_columns) bool
        Cells that are right.
    answered : (n_rows, n_columns) bool
        Cells that are not empty.
    mistakes : tuple of str
        Mistakes that give all wrong cells as they are; several, where all of them do.
    """

    right: Any
    answered: Any
    mistakes: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether all cells are."""
        return bool(self.right.all())

    @property
    def text(self) -> str:
        """The diagnosis, in one or two sentences."""
        n_cells, n_right, n_wrong = self.right.size, int(self.right.sum()), int((self.answered & ~self.right).sum())
        if self.is_right:
            return "Right." if n_cells == 1 else f"All {n_cells} cells are right."
        if not self.answered.any():
            return "No cell has a number yet."
        counted = f"{n_right} of {n_cells} cells {'is' if n_right == 1 else 'are'} right." if n_cells > 1 else ""
        if not n_wrong:
            return f"{counted} The others are empty."
        cause = (
            f"This is what comes out when {' or when '.join(self.mistakes)}."
            if self.mistakes
            else "No usual mistake gives this: look at the hint."
        )
        return f"{counted or 'Not yet.'} {cause}"


@dataclass(frozen=True)
class Question(FrozenRecord):
    """A question with what is given in it.

    Parameters
    ----------
    kind : str
        A name in QUESTIONS.
    given : dict
        Plain data, by name.
    entry : QuestionKind
        What the kind can do.
    """

    kind: str
    given: Given
    entry: QuestionKind = field(repr=False)

    @property
    def words(self) -> str:
        """The question."""
        return self.entry.words(**self.given)

    @property
    def answer(self) -> Array:
        """The right answer, (n_rows, n_columns)."""
        return _cells(self.entry(**self.given))

    @property
    def boards(self) -> dict[str, Array]:
        """What is given that is shown as cells, each (n_rows, n_columns)."""
        return {name: _cells(self.given[name]) for name in self.entry.boards}

    @property
    def code(self) -> str:
        """Lines of NumPy that print the answer."""
        return f"import numpy as np\n\n{self.entry.code.format(**self.given)}print(answer)\n"

    def hint(self, row: int = 0, column: int = 0) -> Hint:
        """Return the hint for a cell of the answer."""
        return self.entry.hint((row, column), **self.given)

    @property
    def wrong_answers(self) -> dict[str, Array]:
        """The answer that each mistake gives, by the mistake's words; those that this question leaves room for."""
        made = {mistake.words: mistake.function(**self.given) for mistake in self.entry.mistakes}
        found = {words: _cells(result) for words, result in made.items() if result is not None}
        answer = self.answer
        if answer.shape[0] == answer.shape[1] > 1:
            found[EXCHANGED] = answer.T
        return {words: result for words, result in found.items() if not _alike(result, answer)}

    @property
    def tells_apart(self) -> bool:
        """Whether the right answer and those of all mistakes differ from one another."""
        answers = [self.answer, *self.wrong_answers.values()]
        n_mistakes = sum(mistake.function(**self.given) is not None for mistake in self.entry.mistakes)
        pairs = itertools.combinations(answers, 2)
        return len(answers) > n_mistakes and not any(_alike(one, other) for one, other in pairs)

    def diagnosis(self, given: ArrayLike) -> Diagnosis:
        """Return what is right in an answer, and which mistakes explain what is wrong.

        Parameters
        ----------
        given : (n_rows, n_columns) float
            NaN or None for an empty cell. A single number, or a flat list of all cells, does as well.

        Raises
        ------
        TypeError, ValueError
            If it has another number of cells.
        """
        answer, cells = self.answer, _filled_in(given)
        if cells.size != answer.size or cells.shape not in (answer.shape, (answer.size,), ()):
            raise ValueError(f"`given` has other cells. Accepted is {answer.shape}; received {cells.shape}.")
        cells = cells.reshape(answer.shape)
        right, answered = _close(cells, answer), ~np.isnan(cells)
        if not (answered & ~right).any():
            return Diagnosis(right, answered)
        # What explains all that is answered comes first; somebody may also have made a mistake in some cells only.
        wholly, partly = (self._causes(cells, part) for part in (answered, answered & ~right))
        return Diagnosis(right, answered, wholly or partly)

    def _causes(self, cells: Array, part: Any) -> tuple[str, ...]:
        """Return the mistakes that give these cells of an answer."""
        return tuple(words for words, result in self.wrong_answers.items() if _close(cells, result)[part].all())


def drawn_question(kind: str, entry: QuestionKind, rng: np.random.Generator) -> Question:
    """Draw a question that tells all its mistakes apart: none of them leads to the right answer."""
    question = Question(kind, entry.draw(rng), entry)
    for _ in range(MOST_DRAWS):
        if question.tells_apart:
            break
        question = Question(kind, entry.draw(rng), entry)
    return question


MOST_DRAWS = 200
"""Tries of `drawn_question`; a kind that needs that many is badly made."""


def _filled_in(given: Any) -> Array:
    """Return an answer as numbers, NaN where a cell is empty."""
    array = as_array("given", given)
    if array.dtype == object and all(value is None or is_number(value) for value in array.ravel().tolist()):
        return array.astype(np.float64)
    return numbers("given", array).astype(np.float64)


def _cells(values: Any) -> Array:
    return np.atleast_2d(np.asarray(values, dtype=np.float64))


def _close(cells: Array, answer: Array) -> Any:
    # Whole numbers up to some thousands come out exactly; a mistake of another shape explains nothing.
    if cells.shape != answer.shape:
        return np.zeros(cells.shape, bool)
    return np.abs(cells - answer) <= CLOSE


def _alike(result: Array, answer: Array) -> bool:
    return result.shape == answer.shape and bool(_close(result, answer).all())
