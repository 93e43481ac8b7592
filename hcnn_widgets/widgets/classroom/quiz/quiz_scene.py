"""The scene of a quiz: the question with its boards, the answer's cells, a pad of keys, and what a check found."""

from typing import NamedTuple

import numpy as np

from hcnn_widgets.classroom.questions.question import Frame
from hcnn_widgets.widgets.classroom.plane.cells import Box, cell_group, focus_mark, number_text
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Cell, Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, wrapped

from .quiz_keys import KEYPAD, KEYS, At, places_of
from .quiz_layout import ANSWER, CELL, DOT, QuizLayout, quiz_layout
from .quiz_shown import QuizShown
from .quiz_words import HINT, PAD_WORDS, answers_of, hint_words, place_words, sentence, state_word, verdict

VERDICT_LINES, HINTED_LINES = 3, 2
LOOKS = {"right": ("series-2", "\u2713"), "not yet right": ("series-1", "\u2717"), "open": ("soft", "")}


def quiz_scene(shown: QuizShown, width: float) -> Scene:
    """Draw the question in front for a width in pixels."""
    layout = quiz_layout(shown, width)
    hinted_top = layout.verdict_top + 1.5 * VERDICT_LINES * layout.font
    foot, n_lines = hinted_top + 1.5 * HINTED_LINES * layout.font, len(_small_lines(HINT, layout))
    return Scene(
        name="quiz",
        title="Quiz",
        label=f"{sentence(shown)} {HINT}",
        width=width,
        height=foot + 1.5 * n_lines * layout.font,
        marks=(
            _dots(shown, layout),
            *_title(layout),
            *_boards(shown, layout),
            _answer(shown, layout),
            _pad(shown, layout),
            *_lines("verdict", verdict(shown), layout.verdict_top, layout, VERDICT_LINES, layout.font + 2, "ink"),
            *_lines(
                "hinted", hint_words(shown, shown.cell), hinted_top, layout, HINTED_LINES, layout.font + 2, "series-0"
            ),
            *_lines("hint", HINT, foot, layout, n_lines, layout.font, "quiet"),
        ),
        places=tuple(_place(shown, at, layout) for at in places_of(shown)),
        columns=shown.shape[1],
        keys=KEYS,
        numbers=_numbers(shown),
        said=sentence(shown),
    )


def _small_lines(words: str, layout: QuizLayout) -> list[str]:
    """Return words broken into lines of small print."""
    return wrapped(words, layout.width - 8, layout.font)


def _lines(key: str, words: str, top: float, layout: QuizLayout, n_lines: int, size: float, fill: str) -> list[Mark]:
    lines = caption_lines(words, layout.width, size, n_lines) if words else []
    return [
        Text(f"{key}-{n}", 4, top + 1.5 * n * layout.font, line, size, fill=fill)
        for n, line in enumerate(lines)
        if line
    ]


def _title(layout: QuizLayout) -> list[Mark]:
    size = layout.font + 5
    return [
        Text(f"title-{n}", 4, layout.title_top + 1.35 * n * size, line, size, bold=n < 0, fill="ink")
        for n, line in enumerate(layout.title)
    ]


def _dots(shown: QuizShown, layout: QuizLayout) -> Group:
    """Return a dot a question: its number, and whether it is right."""
    first = len(places_of(shown)) - len(shown.sheet)
    dots: list[Mark] = []
    for number in range(len(shown.sheet)):
        colour, sign = LOOKS[state_word(shown, number)]
        here = number == shown.at
        edge: tuple[str, float] = ("focus", 3.0) if here else ("border", 1.0)
        look = Look(colour, "ink" if colour == "soft" else "paper", here, *edge)
        box = layout.dot_box(number)
        dots.append(
            _pressed(f"dot-{number}", f"{number + 1}{sign}", box, DOT / 2, layout.font - 1, first + number, look)
        )
    return Group("dots", tuple(dots), part="row")


class Look(NamedTuple):
    """How a key or a dot looks."""

    fill: str
    ink: str
    bold: bool = False
    stroke: str = "border"
    stroke_width: float = 1.0


def _pressed(key: str, words: str, box: Box, radius: float, size: float, place: int, look: Look) -> Group:
    """Return what is pressed by mouse, or walked to: a round box with words in it."""
    x, y, width, height = box
    edge = {"stroke": look.stroke, "stroke_width": look.stroke_width}
    marks = (
        Rect("box", *box, radius, fill=look.fill, place=place, **edge),  # type: ignore[arg-type]
        Text(
            "words",
            x + width / 2,
            y + height / 2 + 0.35 * size,
            words,
            size,
            "middle",
            look.bold,
            fill=look.ink,
            place=place,
        ),
    )
    return Group(key, marks, part="gridcell", place=place)


def _boards(shown: QuizShown, layout: QuizLayout) -> list[Mark]:
    """Return what is given as cells, with the part that counts framed where the hint was asked for."""
    marks: list[Mark] = []
    for name, values in shown.question.boards.items():
        cells: list[Mark] = [_name(name, layout)]
        for (row, column), value in np.ndenumerate(values):
            x, y, width, height = layout.cell_box(name, row, column)
            size = 0.42 * height
            cells += [
                Rect(f"cell-{row}-{column}", x, y, width, height, fill="soft", stroke="border"),
                Text(
                    f"number-{row}-{column}",
                    x + width / 2,
                    y + 0.64 * height,
                    number_text(float(value)),
                    size,
                    "middle",
                    fill="ink",
                ),
            ]
        marks.append(Group(f"board-{name}", tuple(cells)))
    return [*marks, *(_frames(shown, shown.cell, layout) if shown.filled.hinted else ())]


def _frames(shown: QuizShown, cell: int, layout: QuizLayout) -> tuple[Rect, ...]:
    """Return the frames around what counts for a cell of the answer."""
    hint = shown.question.hint(*divmod(cell, shown.shape[1]))
    return tuple(_frame(name, frame, layout) for name, frame in hint.frames.items())


def _frame(name: str, frame: Frame, layout: QuizLayout) -> Rect:
    row, column, rows, columns = frame
    return Rect(
        f"frame-{name}", *layout.cell_box(name, row, column, rows, columns), stroke="series-0", stroke_width=3.5
    )


def _name(name: str, layout: QuizLayout) -> Text:
    """Return the name above a board."""
    x, y, _, _ = layout.cell_box(name, 0, 0)
    return Text("name", x, y - 0.6 * layout.font, name, layout.font + 1, bold=True, fill="ink")


def _answer(shown: QuizShown, layout: QuizLayout) -> Group:
    """Return the cells that are typed into, each with its colour once it was checked."""
    marks: list[Mark] = []
    rows, columns = shown.shape
    names = shown.question.entry.columns
    if names:
        for column, name in enumerate(names):
            x, y, width, _ = layout.cell_box(ANSWER, 0, column)
            marks.append(
                Text(
                    f"name-{column}",
                    x + width / 2,
                    y - 0.6 * layout.font,
                    name,
                    layout.font + 1,
                    "middle",
                    True,
                    fill="ink",
                )
            )
    else:
        marks.append(_name(ANSWER, layout))
    if layout.lefts[ANSWER] > 4:
        x, y, _, height = layout.cell_box(ANSWER, 0, 0)
        foot = y + height * rows / 2 + 8
        marks.append(Text("equals", x - 0.5 * min(CELL, height), foot, "=", 24, "middle", fill="quiet"))
    for row in range(rows):
        cells = [_answer_cell(shown, row, column, layout) for column in range(columns)]
        marks.append(Group(f"row-{row}", tuple(cells), part="row"))
    return Group(ANSWER, tuple(marks))


def _answer_cell(shown: QuizShown, row: int, column: int, layout: QuizLayout) -> Group:
    number = row * shown.shape[1] + column
    box, diagnosis = layout.cell_box(ANSWER, row, column), shown.diagnosis
    x, y, width, height = box
    text = shown.filled.cells[number].replace("-", "\u2212")
    cell = cell_group(f"cell-{column}", box, text, 0.42 * height, number)
    extra: list[Mark] = []
    if number == shown.cell:
        extra.append(Rect("typed", x + 2, y + 2, width - 4, height - 4, stroke="focus", stroke_width=2.0, place=number))
    if diagnosis is not None and diagnosis.answered[row, column]:
        colour, sign = LOOKS["right" if diagnosis.right[row, column] else "not yet right"]
        extra += [
            Rect("judged", x + 1, y + height - 5, width - 2, 4, fill=colour, place=number),
            Text("sign", x + width - 3, y + 0.34 * height, sign, 0.3 * height, "end", True, fill=colour, place=number),
        ]
    return Group(cell.key, (*cell.marks, *extra), part="gridcell", place=number)


def _pad(shown: QuizShown, layout: QuizLayout) -> Group:
    """Return the keys that are pressed by mouse."""
    first = shown.shape[0] * shown.shape[1]
    keys: list[Mark] = []
    for number, key in enumerate(KEYPAD):
        words, strong = PAD_WORDS.get(key, key), key == "c"
        look = Look("focus" if strong else "soft", "paper" if strong else "ink", strong)
        size = layout.font + (2 if len(words) == 1 else 0)
        keys.append(_pressed(f"key-{number}", words, layout.pad_box(number), 5.0, size, first + number, look))
    return Group("pad", tuple(keys), part="row")


def _place(shown: QuizShown, at: At, layout: QuizLayout) -> Place:
    words = place_words(shown, at)
    if at.kind == "cell":
        frames = _frames(shown, at.number, layout) if shown.filled.hinted else ()
        return Place(words, (*frames, focus_mark(layout.cell_box(ANSWER, *divmod(at.number, shown.shape[1])))))
    box = layout.pad_box(at.number) if at.kind == "pad" else layout.dot_box(at.number)
    return Place(words, (focus_mark(box),))


def _numbers(shown: QuizShown) -> tuple[tuple[Cell, ...], ...]:
    """Return the answers as a table, a cell of an answer a row: what the student saves."""
    rows: list[tuple[Cell, ...]] = [
        ("question", "kind", "row", "column", "given", "cells right", "cells", "checks", "hint")
    ]
    for one in answers_of(shown):
        counts = one["n_right"], one["n_cells"], one["n_checks"], int(one["hinted"])
        for row, cells in enumerate(one["given"]):
            for column, value in enumerate(cells):
                rows.append((one["number"], one["kind"], row + 1, column + 1, value, *counts))
    return tuple(rows)
