"""Words of a quiz."""

import re
from typing import Any

from .quiz_keys import KEYPAD, At
from .quiz_shown import QuizShown

HINT = (
    "Digits, - and . are typed into a cell, arrow keys walk; Enter goes to the next empty cell, and checks when there "
    "is none; c checks, h shows the hint, n and b go to the next question and back, u undoes, r resets."
)
PAD_WORDS = {"Backspace": "\u232b", "h": "hint", "c": "check", "n": "next", "-": "\u2212"}
PAD_SENTENCES = {
    "Backspace": "Take the last digit away.",
    "h": "Show the hint, or take it away.",
    "c": "Check the answer.",
    "n": "Go to the next question.",
    "-": "Turn the sign.",
    ".": "Decimal point.",
}


def with_minus(words: str) -> str:
    """Return words whose minus signs are the ones of the cells; hyphens within words stay.

    Examples
    --------
    >>> with_minus("cross-correlation with bias -5: (3 - 1)")
    'cross-correlation with bias \u22125: (3 \u2212 1)'
    """
    return re.sub(r"(?<!\w)-(?=[\d ])", "\u2212", words)


def title_words(shown: QuizShown) -> str:
    """Return the question in front with its number."""
    return f"{shown.at + 1}. {with_minus(shown.question.words)}"


def verdict(shown: QuizShown) -> str:
    """Say what the last check found; "" before it, and once something was typed since."""
    diagnosis = shown.diagnosis
    if diagnosis is None:
        return ""
    if diagnosis.is_right and shown.n_right == len(shown.sheet):
        return f"{diagnosis.text} All {len(shown.sheet)} questions are answered right."
    return diagnosis.text


def hint_words(shown: QuizShown, cell: int) -> str:
    """Return the hint for a cell of the answer; "" where none was asked for."""
    if not shown.filled.hinted:
        return ""
    return f"Hint: {with_minus(shown.question.hint(*divmod(cell, shown.shape[1])).words)}"


def sentence(shown: QuizShown) -> str:
    """Say what is seen: the question, and what the last check found."""
    parts = [
        f"Question {shown.at + 1} of {len(shown.sheet)}.",
        with_minus(shown.question.words),
        verdict(shown),
        hint_words(shown, shown.cell),
    ]
    return " ".join(part for part in parts if part)


def place_words(shown: QuizShown, at: At) -> str:
    """Say what is at a place."""
    if at.kind == "question":
        return f"Question {at.number + 1}: {state_word(shown, at.number)}."
    if at.kind == "pad":
        return PAD_SENTENCES.get(KEYPAD[at.number], f"Type {KEYPAD[at.number]}.")
    row, column = divmod(at.number, shown.shape[1])
    text, diagnosis = shown.filled.cells[at.number], shown.diagnosis
    judged = ""
    if diagnosis is not None and diagnosis.answered[row, column]:
        judged = ", right" if diagnosis.right[row, column] else ", wrong"
    hint = hint_words(shown, at.number)
    named = shown.question.entry.columns
    where = f"{named[column]}, row {row + 1}" if named else f"row {row + 1}, column {column + 1}"
    return f"Answer, {where}: {text or 'empty'}{judged}.{f' {hint}' if hint else ''}"


def state_word(shown: QuizShown, number: int) -> str:
    """Say in a word how a question stands: open, right or wrong."""
    diagnosis = shown.diagnosis_of(number)
    return "open" if diagnosis is None else "right" if diagnosis.is_right else "not yet right"


def answers_of(shown: QuizShown) -> list[dict[str, Any]]:
    """Return what was answered, as plain data, a question a row."""
    rows = []
    for number, (question, filled) in enumerate(zip(shown.sheet, shown.sheets, strict=True)):
        found = question.diagnosis(filled.numbers)
        cells = [None if value != value else value for value in filled.numbers.tolist()]
        n_columns = question.answer.shape[1]
        rows.append(
            {
                "number": number + 1,
                "kind": question.kind,
                "question": question.words,
                "given": [cells[first : first + n_columns] for first in range(0, len(cells), n_columns)],
                "n_right": int(found.right.sum()),
                "n_cells": found.right.size,
                "mistakes": list(found.mistakes),
                "n_checks": filled.n_checks,
                "hinted": filled.hinted,
            }
        )
    return rows
