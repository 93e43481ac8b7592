"""The columns of a designer: cards with a name, a sentence and a drawing; those that do not fit are pale."""

from dataclasses import replace
from typing import Any

from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.word_room import shortened, text_width, wrapped

from .architecture_drawing import architecture_marks
from .goal_drawing import Example, goal_marks
from .layout import Box, Layout
from .places import At
from .rule_drawing import rule_marks
from .told import HEADS, KINDS, Card, Told

PALE, PALE_WORDS = 0.38, 0.6
"""Opacity of what does not fit; words stay legible on paper, 4.5:1."""
WIDE_ENOUGH = 45.0
"""Pixels: in less than two lines, or twice this width, there is no sentence but one that fits as a whole."""
LEAST_DRAWING = 12.0
"""Pixels: in less height there is a name alone."""
QUESTIONS = {"architecture": "what is wired", "goal": "what it is for", "rule": "how it learns"}


def column_marks(told: Told, layout: Layout, first: dict[At, int]) -> list[Mark]:
    """Return the three columns.

    Parameters
    ----------
    told : Told
    layout : Layout
    first : dict of At to int
        A card -> its place.
    """
    marks: list[Mark] = []
    for kind in KINDS:
        marks += _head(kind, layout)
        marks += [
            _card(told, kind, card, layout.card_box(kind, number), layout, first[At(kind, number)])
            for number, card in enumerate(told.cards[kind])
        ]
    return marks


def _head(kind: str, layout: Layout) -> list[Mark]:
    column, size = layout.columns[kind], layout.font + 2
    left, foot = column.left, column.top + 1.15 * layout.font
    after = left + text_width(HEADS[kind], size, bold=True) + 8
    room = left + column.width - after
    words = QUESTIONS[kind] if text_width(QUESTIONS[kind], layout.font) < room else ""
    return [
        Text(f"head-{kind}", left, foot, HEADS[kind], size, bold=True, fill="ink"),
        Text(f"asks-{kind}", after, foot, words, layout.font, fill="quiet"),
    ]


def _card(told: Told, kind: str, card: Card, box: Box, layout: Layout, place: int) -> Group:
    left, top, width, height = box
    chosen = getattr(told.design, kind) == card.name
    pale = bool(told.refusal(kind, card.name))
    look: dict[str, Any] = {"stroke": "ink", "stroke_width": 2.5} if chosen else {"stroke": "border"}
    frame = Rect("frame", left, top, width, height, radius=4, fill="soft" if chosen else "paper", place=place, **look)
    drawn = _inside(card, box, layout.font)
    # Each mark by itself: a still picture knows no opacity of groups.
    drawn = [_paled(mark) for mark in drawn] if pale else drawn
    inside = Group("inside", tuple(drawn), place=place)
    return Group(f"{kind}-{card.name}", (frame, inside))


def _paled(mark: Mark) -> Mark:
    if isinstance(mark, Text):
        return replace(mark, opacity=PALE_WORDS, fill="ink")
    return replace(mark, opacity=PALE * mark.opacity)


def _inside(card: Card, box: Box, font: float) -> list[Mark]:
    """Return the name at the top, in as many lines as it needs; below it the drawing, and beside that the sentence."""
    left, top, width, height = box
    room, small = width - 10, caption_size(font)
    named = _name_size(card.name, 0.97 * room, font)
    names, n_lines = wrapped(card.name, room, named), max(1, int((height - 2) / (1.15 * font)))
    names = [*names[: n_lines - 1], " ".join(names[n_lines - 1 :])] if len(names) > n_lines else names
    names = [shortened(line, room, named) for line in names]
    below = top + 0.35 * font + 1.15 * font * len(names)
    marks: list[Mark] = [
        Text(f"name-{n}", left + 5, top + (1.1 + 1.15 * n) * font, line, named, fill="ink")
        for n, line in enumerate(names)
    ]
    high = top + height - below - 3
    if high < LEAST_DRAWING:
        return marks
    side = min(max(high * 1.25, 0.33 * width), 0.38 * width, 1.9 * high) if card.drawn is not None else 0.0
    marks += _drawing(card, (left + 6, below, side, high))
    beside = card.drawn.answer if isinstance(card.drawn, Example) and card.drawn.answer else card.line
    return [*marks, *_sentence(beside, (left + side + 12, below, width - side - 16, high), small)]


def _name_size(name: str, room: float, font: float) -> float:
    """Return the size of a name: a little smaller where its longest word would not have room."""
    widest = max(text_width(word, font) for word in name.split())
    return float(round(font * min(1.0, max(0.68, room / widest)), 1))


def _sentence(line: str, box: Box, size: float) -> list[Mark]:
    """Return a sentence in the lines that there is room for; none where that is a word or two."""
    left, top, width, height = box
    n_lines = int((height + 3) / (1.15 * size))
    lines = wrapped(line, width, size)
    if n_lines < 1 or (min(n_lines, width / WIDE_ENOUGH) < 2 and (len(lines) > 1 or text_width(line, size) > width)):
        return []
    if len(lines) > n_lines:
        lines = [*lines[: n_lines - 1], shortened(" ".join(lines[n_lines - 1 :]), width, size)]
    return [
        Text(f"line-{n}", left, top + (0.95 + 1.15 * n) * size, each, size, fill="quiet")
        for n, each in enumerate(lines)
    ]


def _drawing(card: Card, box: Box) -> list[Mark]:
    if card.drawn is None:
        return []
    if isinstance(card.drawn, Example):
        return goal_marks(card.drawn, box)
    return rule_marks(card.drawn, box) if isinstance(card.drawn, str) else architecture_marks(card.drawn, box)
