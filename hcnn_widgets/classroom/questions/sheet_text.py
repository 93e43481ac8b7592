"""A sheet as text: Markdown, and the cells of a notebook that nbgrader knows."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from hcnn_widgets.classroom.questions.question import Question
from hcnn_widgets.classroom.windows import Array

DIGITS = 3
"""Digits after the point that are compared."""
STUDENT = """\
# Fill in your answer, {shape}: a number in place of each np.nan.
import numpy as np

answer_{number} = {value}
"""
TEACHER = (
    "# Fill in your answer, {shape}.\n### BEGIN SOLUTION\n{code}answer_{number} = answer.tolist()\n### END SOLUTION\n"
)
CHECK = """\
import hashlib

import numpy as np

given = np.atleast_2d(np.array(answer_{number}, dtype=float))
assert given.shape == {shape}, f"the answer has {shape}, not {{given.shape}}"
assert not np.isnan(given).any(), "some cells are empty"
digest = hashlib.sha256(("{salt}" + str((given.round({digits}) + 0.0).tolist())).encode()).hexdigest()
assert digest == "{digest}", "not yet right"
"""


def sheet_markdown(questions: Sequence[Question], answers: bool) -> str:
    """Return questions as Markdown, with or without answers."""
    parts = ["# Quiz\n"]
    for number, question in enumerate(questions, 1):
        parts += [f"## {number}. {question.words}\n", _tables(question)]
        parts += _solved(question) if answers else [_empty(question)]
    return "\n".join(part for part in parts if part)


def sheet_notebook(questions: Sequence[Question], path: Path, answers: bool, overwrite: bool) -> Path:
    """Write questions as a notebook; refuse to replace another one unless asked to."""
    if path.suffix != ".ipynb":
        raise ValueError(f"`path` is no notebook. Accepted is a name that ends in .ipynb; received {str(path)!r}.")
    text = json.dumps(notebook_of(questions, answers), indent=1, ensure_ascii=False) + "\n"
    if path.exists() and not overwrite and path.read_text(encoding="utf-8") != text:
        raise FileExistsError(
            f"`path` holds another notebook, perhaps with somebody's answers. Accepted is a new name, or "
            f"overwrite=True; received {str(path)!r}."
        )
    beside = path.with_name(f".{path.stem}-{uuid4().hex[:12]}.ipynb")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def notebook_of(questions: Sequence[Question], answers: bool) -> dict[str, Any]:
    """Return questions as a notebook (nbformat 4.5), as plain data."""
    cells = [_cell("markdown", "title", "# Quiz\n\nRun a check to see whether the answer above it is right.\n", {})]
    for number, question in enumerate(questions, 1):
        shape = " x ".join(map(str, question.answer.shape))
        code = question.code.removesuffix("print(answer)\n")
        solution = TEACHER if answers else STUDENT
        words = solution.format(shape=shape, number=number, code=code, value=_unanswered(question.answer))
        cells += [
            _cell("markdown", f"words-{number}", f"## {number}. {question.words}\n\n{_tables(question)}", {}),
            _cell("code", f"answer-{number}", words, _graded(f"answer-{number}", solution=True)),
            _cell("code", f"check-{number}", _check(question, number), _graded(f"check-{number}", points=1)),
        ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def digest_of(answer: Array, salt: str) -> str:
    """Return the digest of an answer as a check computes it."""
    return hashlib.sha256((salt + str((answer.round(DIGITS) + 0.0).tolist())).encode()).hexdigest()


def table_of(values: Array, columns: Sequence[str] = ()) -> str:
    """Return numbers as a table in Markdown.

    Examples
    --------
    >>> print(table_of(np.array([[19.0, 2.5]]), ["z", "output"]), end="")
    | z | output |
    | ---: | ---: |
    | 19 | 2.5 |
    """
    heads = list(columns) or [""] * values.shape[1]
    rows = [heads, ["---:"] * len(heads), *([_number(value) for value in row] for row in values.tolist())]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _tables(question: Question) -> str:
    return "\n".join(f"{name}:\n\n{table_of(values)}" for name, values in question.boards.items())


def _empty(question: Question) -> str:
    return f"answer:\n\n{table_of(np.full(question.answer.shape, np.nan), question.entry.columns)}"


def _solved(question: Question) -> list[str]:
    """Return the answer and what comes out of mistakes, for the teacher."""
    wrong = [f"- {_in_a_row(result)}: {words}\n" for words, result in question.wrong_answers.items()]
    return [f"answer:\n\n{table_of(question.answer, question.entry.columns)}", f"Mistakes:\n\n{''.join(wrong)}"]


def _in_a_row(values: Array) -> str:
    return " / ".join(" ".join(_number(value) for value in row) for row in values.tolist())


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{round(value, DIGITS) + 0.0:g}" if abs(value) < 1e6 else str(round(value))


def _unanswered(answer: Array) -> str:
    row = "[" + ", ".join(["np.nan"] * answer.shape[1]) + "]"
    return "[" + ", ".join([row] * answer.shape[0]) + "]"


def _check(question: Question, number: int) -> str:
    salt = hashlib.sha256(repr((question.kind, dict(question.given))).encode()).hexdigest()[:12]
    answer = question.answer
    return CHECK.format(number=number, shape=answer.shape, digits=DIGITS, salt=salt, digest=digest_of(answer, salt))


def _cell(kind: str, name: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source.splitlines(keepends=True), **code}


def _graded(name: str, solution: bool = False, points: int | None = None) -> dict[str, Any]:
    """Return the metadata by which nbgrader knows a cell: one to be filled in, or one that gives points."""
    grades = points is not None
    known = {"grade": grades, "grade_id": name, "locked": grades, "schema_version": 3, "solution": solution}
    return {"nbgrader": {**known, "task": False} | ({"points": points} if grades else {})}
