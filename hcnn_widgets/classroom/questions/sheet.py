"""A sheet of questions: drawn from a seed, corrected, written as Markdown or as a notebook that is graded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hcnn_widgets.classroom.questions.kinds import QUESTIONS
from hcnn_widgets.classroom.questions.question import Diagnosis, Question, drawn_question
from hcnn_widgets.classroom.questions.sheet_text import sheet_markdown, sheet_notebook
from hcnn_widgets.classroom.questions.window_questions import LECTURE
from hcnn_widgets.records.checks import check_count, check_seed, known_name
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.keywords import checks_keywords

FIRST_KIND = "cross-correlation"
"""The kind of the lecture's pop quiz, which is the first question of every sheet that has that kind."""


@checks_keywords
@dataclass(frozen=True)
class QuizSheet(FrozenRecord):
    """Questions in their order, as `quiz` draws them.

    Parameters
    ----------
    questions : tuple of Question
    seed : int
    """

    questions: tuple[Question, ...]
    seed: int = 0

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, number: int) -> Question:
        return self.questions[number]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def diagnoses(self, answers: Sequence[Any]) -> list[Diagnosis]:
        """Return what is right in a student's answers, and what the mistakes were.

        Parameters
        ----------
        answers : sequence of (n_rows, n_columns) float
            One a question, as ``answers`` of the panel ``hw.widgets.Quiz`` has them under "given".

        Raises
        ------
        TypeError, ValueError

        Examples
        --------
        >>> quiz(1).diagnoses([[[5, 11], [23, 29]]])[0].text
        '0 of 4 cells are right. This is what comes out when the kernel is turned by 180 degrees, as in a true
        convolution.'
        """
        if len(answers) != len(self):
            raise ValueError(f"`answers` must be one a question. Accepted are {len(self)}; received {len(answers)}.")
        return [question.diagnosis(given) for question, given in zip(self, answers, strict=True)]

    def to_markdown(self, answers: bool = False) -> str:
        """Return the sheet as Markdown: to be printed, or to be put on a page.

        Parameters
        ----------
        answers : bool
            Whether each question is followed by its answer, and by what comes out of the usual mistakes.
        """
        return sheet_markdown(self.questions, answers)

    def to_notebook(self, path: str | Path, answers: bool = False, overwrite: bool = False) -> Path:
        """Write the sheet as a notebook whose cells nbgrader knows.

        A question has a cell to be filled in and one that checks it. A check holds the
        answer as a digest only, and needs NumPy alone.

        Parameters
        ----------
        path : str or pathlib.Path
            Of the notebook; ends in .ipynb.
        answers : bool
            Whether it is the teacher's, from which nbgrader makes the students': with the solutions, between the marks
            that it cuts out.
        overwrite : bool
            Whether another notebook there is replaced, with all that somebody has filled in.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        ValueError, FileExistsError, OSError

        Source
        ------
        Cells and marks are those of nbgrader, Jupyter et al. (2019), Journal of Open Source Education 2 (11), 32.
        """
        return sheet_notebook(self.questions, Path(path), answers, overwrite)


@checks_keywords
def quiz(n: int = 5, *, seed: int = 0, kinds: str | Sequence[str] | None = None) -> QuizSheet:
    """Return a sheet of questions on the arithmetic of the lecture; the lecture's pop quiz is the first.

    Parameters
    ----------
    n : int
        Number of questions. A smaller sheet holds the first questions of a larger one.
    seed : int
        The same seed gives the same questions.
    kinds : str or sequence of str, optional
        Names in QUESTIONS; the questions go through them in turn. By default all of them.

    Returns
    -------
    QuizSheet

    Raises
    ------
    ValueError

    Examples
    --------
    >>> sheet = quiz(2)
    >>> sheet[0].words, sheet[0].answer.tolist()
    ('What is the cross-correlation of image and kernel?', [[19.0, 25.0], [37.0, 43.0]])
    >>> sheet[0].diagnosis([[19, 37], [25, 43]]).mistakes
    ('rows and columns are exchanged',)
    """
    check_count("n", n)
    check_seed(seed)
    names = known_kinds(kinds)
    return QuizSheet(tuple(_question(number, names, int(seed)) for number in range(n)), int(seed))


def known_kinds(kinds: Any) -> tuple[str, ...]:
    """Return the names of kinds, all by default; refuse others, and none at all."""
    given = list(QUESTIONS) if kinds is None else [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(given, list | tuple) or not given:
        raise ValueError(f"`kinds` names none. Accepted are {', '.join(map(repr, QUESTIONS))}; received {kinds!r}.")
    return tuple(known_name("kinds", name, QUESTIONS) for name in given)


def _question(number: int, names: tuple[str, ...], seed: int) -> Question:
    if number == 0 and FIRST_KIND in names:
        return Question(FIRST_KIND, LECTURE, QUESTIONS[FIRST_KIND])
    # Where the pop quiz comes first, the others follow it in the order of the kinds, whatever place theirs has.
    first = names.index(FIRST_KIND) if FIRST_KIND in names else 0
    name = names[(first + number) % len(names)]
    return drawn_question(name, QUESTIONS[name], np.random.default_rng([seed, number]))
