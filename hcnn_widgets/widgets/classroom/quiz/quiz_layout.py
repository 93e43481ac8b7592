"""Where the parts of a quiz stand."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from hcnn_widgets.widgets.classroom.plane.cells import Box
from hcnn_widgets.widgets.scene.word_room import font_size, wrapped

from .quiz_keys import DIGITS, KEYPAD
from .quiz_shown import QuizShown
from .quiz_words import PAD_WORDS, title_words

CELL, WIDE_CELL = 46.0, 104.0
"""Pixels: of a cell at most; an answer of a single row has wider ones."""
DOT, DOT_STEP = 26.0, 34.0
PAD_KEY, PAD_HEIGHT = 44.0, 32.0
ONE_ROW = 780.0
"""Pixels: a panel of that width has the pad in one row."""
ANSWER = "answer"


class QuizLayout(NamedTuple):
    """Where everything stands, in pixels."""

    width: float
    font: int
    n_questions: int
    title: tuple[str, ...]
    lefts: dict[str, float]
    tops: dict[str, float]
    cells: dict[str, tuple[float, float]]
    board_foot: float

    @property
    def title_top(self) -> float:
        """Foot of the first line of the question."""
        return self.dots_height + self.font + 5

    @property
    def dots_per_row(self) -> int:
        """Dots side by side."""
        return max(1, int((self.width - 8) // DOT_STEP))

    @property
    def dots_height(self) -> float:
        """Height of the dots, with the room below them."""
        return -(-self.n_questions // self.dots_per_row) * DOT_STEP + 0.9 * DOT

    def cell_box(self, board: str, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """Return the box of some cells of a board."""
        wide, high = self.cells[board]
        x, y = self.lefts[board] + column * wide, self.tops[board] + row * high
        return x, y, columns * wide, rows * high

    def dot_box(self, number: int) -> Box:
        """Return the box of a question's number."""
        row, column = divmod(number, self.dots_per_row)
        return 4 + column * DOT_STEP, 6 + row * DOT_STEP, DOT, DOT

    @property
    def pad_rows(self) -> tuple[tuple[str, ...], ...]:
        """The keys of the pad in their rows: all in one, or the digits above the others where there is no room."""
        return (KEYPAD,) if self.width >= ONE_ROW else (DIGITS, KEYPAD[len(DIGITS) :])

    def pad_box(self, number: int) -> Box:
        """Return the box of a key of the pad; words have wider ones."""
        rows = self.pad_rows
        row = int(len(rows) > 1 and number >= len(rows[0]))
        keys = rows[row]
        column = number - row * len(rows[0])
        unit = min(PAD_KEY, (self.width - 8) / sum(map(_pad_width, keys)))
        left = 4 + unit * sum(map(_pad_width, keys[:column]))
        return left + 2, self.board_foot + row * (PAD_HEIGHT + 4), unit * _pad_width(keys[column]) - 4, PAD_HEIGHT

    @property
    def verdict_top(self) -> float:
        """Foot of the first line of what a check found."""
        return self.board_foot + len(self.pad_rows) * (PAD_HEIGHT + 4) + 2.0 * self.font


def _pad_width(key: str) -> float:
    """Return the width of a key, in widths of a digit's."""
    return 1.6 if len(PAD_WORDS.get(key, key)) > 1 else 1.0


def quiz_layout(shown: QuizShown, width: float) -> QuizLayout:
    """Return the layout; where a panel is wide, the pad stays where it is from question to question."""
    layout = _alone(shown, width)
    return layout if width < ONE_ROW else layout._replace(board_foot=_lowest(_BySheet(shown), width))


class _BySheet:
    """A quiz, of which only the questions count."""

    def __init__(self, shown: QuizShown) -> None:
        self.shown = shown

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _BySheet) and self.shown.sheet is other.shown.sheet

    def __hash__(self) -> int:
        return id(self.shown.sheet)


@lru_cache(maxsize=16)
def _lowest(quiz: _BySheet, width: float) -> float:
    """Return the foot of the boards of the question that needs most room."""
    every = (replace(quiz.shown, at=number, cell=0) for number in range(len(quiz.shown.sheet)))
    return max(_alone(each, width).board_foot for each in every)


def _alone(shown: QuizShown, width: float) -> QuizLayout:
    """Return the layout: the boards side by side, the answer last, or where there is no room one above the other."""
    font = font_size(width)
    title = tuple(wrapped(title_words(shown), 0.88 * width - 8, font + 5))
    begun = QuizLayout(width, font, len(shown.sheet), title, {}, {}, {}, 0.0)
    top = begun.title_top + 1.35 * (len(title) - 1) * (font + 5) + 2.6 * font
    shapes = {name: (*values.shape, CELL) for name, values in shown.question.boards.items()}
    rows, columns = shown.shape
    shapes[ANSWER] = (rows, columns, WIDE_CELL if rows == 1 or shown.question.entry.columns else CELL)
    gap = CELL
    asked = sum(columns * wide for _, columns, wide in shapes.values()) + gap * (len(shapes) - 1)
    beside = asked <= 1.6 * (width - 8)
    scale = min(1.0, (width - 8) / asked) if beside else 1.0
    lefts, tops, cells, left, foot = {}, {}, {}, 4.0, top
    for name, (n_rows, n_columns, wide) in shapes.items():
        size = min(wide * scale, (width - 8) / n_columns)
        high = min(CELL * scale, size)
        lefts[name], tops[name], cells[name] = (left if beside else 4.0), (top if beside else foot), (size, high)
        left += n_columns * size + gap * scale
        foot = max(foot, tops[name] + n_rows * high) if beside else foot + n_rows * high + 2.4 * font
    return begun._replace(lefts=lefts, tops=tops, cells=cells, board_foot=foot + 2.6 * font)
