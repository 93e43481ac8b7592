"""A TransferLab as a scene: the areas in a row with the freeze line, and accuracy against the number of labels."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hcnn_widgets.transfer.running_transfer import Transfer
from hcnn_widgets.transfer.ways import WAYS
from hcnn_widgets.widgets.scene.captions import caption_size
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import clipped, font_size, shortened, text_width, wrapped

from .transfer_layout import BOX, LEGEND_LINE, Layout, lab_layout
from .transfer_state import Shown
from .transfer_words import (
    TITLE,
    area_card,
    area_sentence,
    found_lines,
    point_card,
    point_sentence,
    progress_words,
    transfer_sentence,
    transfer_table,
)

FURTHER, BACK, BEGIN, OTHER_VIEW = "+", "-", "b", "v"
"""Keys: the line an area further up, or back; begin; the other view."""
KEYS = ("Enter", "Draw", "Drag", FURTHER, BACK, BEGIN, OTHER_VIEW)
QUIET: dict[str, Any] = {"fill": "quiet"}
LOOKS: tuple[dict[str, Any], ...] = (
    {"stroke": "series-0", "stroke_width": 2.5},
    {"stroke": "series-4", "stroke_width": 2.5},
    {"stroke": "series-5", "stroke_width": 2.0, "dash": (7, 4)},
    {"stroke": "ink", "stroke_width": 2.0, "dash": (2, 4)},
)
"""How the lines of the ways look, in the order of `WAYS`."""
SWATCH, BETWEEN = 30.0, 16.0
"""Room of a line in the legend, and between two ways, in pixels."""
LINES_MEANWHILE = 3
"""Lines of words that have room beneath the plot while points come, so that it does not jump with each of them."""
DOT, ASIDE = 4.5, 3.0
"""Radius of a point, and how far ways stand beside one another, in pixels."""


def look_of(way: str) -> dict[str, Any]:
    """Return how the line of a way looks."""
    return LOOKS[list(WAYS).index(way) % len(LOOKS)]


def transfer_scene(shown: Shown, width: float, height: float | None = None) -> Scene:
    """Draw a TransferLab for a width in pixels, and for the most height."""
    font = font_size(width) + 1
    legend = _legend_rows(shown, width, font)
    said = [progress_words(shown), *found_lines(shown)]
    lines = [(part, line) for part, words in enumerate(said) for line in wrapped(words, 0.9 * width - 8, font)]
    if shown.made is not None and shown.made.alive:
        lines = lines[:LINES_MEANWHILE]
    n_lines = LINES_MEANWHILE if shown.made is not None and shown.made.alive else len(lines)
    layout = lab_layout(len(shown.areas), shown.n_labels, _ends(shown), width, (len(legend), n_lines), height)
    points = list(_points(shown))
    words = [
        Text(f"said-{n}", 4, layout.words_top + 1.4 * n * font, line, font, fill="text" if part else "quiet")
        for n, (part, line) in enumerate(lines)
    ]
    return Scene(
        name="transfer",
        title=TITLE,
        label=f"{transfer_sentence(shown)} Arrow keys walk, Enter on an area moves the line behind it.",
        width=width,
        height=layout.height,
        marks=(
            Group("row", tuple(_row(shown, layout))),
            Group("axes", tuple(_axes(shown, layout))),
            Group("legend", tuple(_legend(legend, layout))),
            Group("curves", tuple(_curves(shown.made, layout) if shown.made is not None else ())),
            Group("points", tuple(_dots(shown, points, layout))),
            Group("said", tuple(words)),
        ),
        places=(
            *(_area_place(shown, number, layout) for number in range(len(shown.areas))),
            *(_point_place(shown, way, count, layout) for way, count in points),
        ),
        keys=KEYS,
        numbers=transfer_table(shown),
        said=transfer_sentence(shown),
    )


def _ends(shown: Shown) -> tuple[float, float]:
    """Return what the axis reaches: all intervals, and chance; what any score may be until all are there."""
    chance, made = 1 / len(shown.categories), shown.made
    if made is None or made.alive:
        return 0.0, 1.0
    scores = [made.score(way, count) for way in made.ways for count in made.n_labels]
    known = [end for score in scores if score.n_seeds for end in (score.low, score.high)]
    low, high = min([chance, *known]), max([chance + 0.3, *known])
    return math.floor(20 * max(0.0, low - 0.03)) / 20, min(1.0, math.ceil(20 * (high + 0.02)) / 20)


def _points(shown: Shown) -> Iterator[tuple[str, int]]:
    """Yield the way and number of labels of each point that is measured."""
    made = shown.made
    for way in made.ways if made is not None else ():
        for count in made.n_labels if made is not None else ():
            if made is not None and made.score(way, count).n_seeds:
                yield way, count


def _row(shown: Shown, layout: Layout) -> Iterator[Mark]:
    font, top, n = layout.font, layout.row_top, len(shown.areas)
    middle = top + BOX / 2
    names = ("images", *shown.areas, "readout")
    for number, (left, right) in enumerate(layout.edges):
        if number:
            before = layout.edges[number - 1][1]
            yield Line(f"link-{number}", before, middle, left, middle, stroke="quiet", stroke_width=1.5)
        area = number - 1
        below = number and area <= shown.line
        place = area if 0 <= area < n else None
        colour = depth_role(area, n) if place is not None else "quiet"
        look: dict[str, Any] = {"fill": colour} if below else {"stroke": colour, "stroke_width": 2.0}
        if not below:
            yield Rect(f"back-{number}", left, top, right - left, BOX, radius=5, fill="paper", place=place)
        if number:
            yield Rect(f"area-{number}", left, top, right - left, BOX, radius=5, place=place, **look)
        name = clipped(names[number], right - left - 4, font + 1, bold=True)
        foot = top - 0.5 * font if number else middle + 0.35 * font
        yield Text(f"name-{number}", (left + right) / 2, foot, name, font + 1, "middle", bold=bool(number), fill="ink")
        if place is not None:  # the gap behind an area takes the line, too
            gap = layout.edges[number + 1][0] - right
            yield Rect(f"hit-{number}", left, top, right - left + gap, BOX + 8, fill="paper", opacity=0.0, place=place)
    yield from _freeze_line(shown, layout)


def _freeze_line(shown: Shown, layout: Layout) -> Iterator[Mark]:
    font, top, x = layout.font, layout.row_top, layout.line_at(shown.line)
    foot = top + BOX + 1.4 * font
    yield Line("line", x, top - 6, x, top + BOX + 8, stroke="focus", stroke_width=3.0)
    yield Rect("handle", x - 6, top + BOX / 2 - 9, 12, 18, radius=4, fill="focus", place=shown.line)
    left, right = layout.edges[1][0], layout.edges[-1][1]
    kept, anew = "\u2190 carried over", "drawn anew \u2192"
    if x - left > text_width(kept, font):
        yield Text("kept", x - 8, foot, kept, font, "end", **QUIET)
    else:
        yield Text("kept", left, foot, shortened(kept, x - left, font), font, **QUIET)
    yield Text("anew", x + 8, foot, shortened(anew, right - x, font), font, **QUIET)


def _axes(shown: Shown, layout: Layout) -> Iterator[Mark]:
    font, axis, floor = layout.font, layout.axis, layout.foot
    for tick in axis.ticks:
        y = axis.at(tick)
        yield Line(f"rule-{tick:g}", layout.left, y, layout.right, y, stroke="text", opacity=0.12)
        yield Text(f"accuracy-{tick:g}", layout.left - 6, y + 0.35 * font, f"{100 * tick:.0f} %", font, "end", **QUIET)
    yield Line("floor", layout.left, floor, layout.right, floor, stroke="text", opacity=0.5)
    for count in layout.counts:
        x = layout.across(count)
        yield Line(f"tick-{count}", x, floor, x, floor + 4, stroke="text", opacity=0.5)
        yield Text(f"count-{count}", x, floor + font + 5, f"{count:,}", font, "middle", **QUIET)
    aside = 0.2 * (layout.right - layout.left)  # between the first two numbers of labels
    chance = axis.at(1 / len(shown.categories))
    yield Line("chance", layout.left, chance, layout.right, chance, stroke="furrow", stroke_width=1.5, dash=(1, 3))
    yield Text("chance-name", layout.left + aside, chance - 4, "chance", font, "middle", rim=True, **QUIET)
    middle = (layout.left + layout.right) / 2
    across = shortened("labelled images, of all new categories together", layout.right - layout.left, font)
    yield Text("across", middle, floor + 2.5 * font + 4, across, font, "middle", **QUIET)
    above = f"right on held-out images of {', '.join(shown.categories)}"
    yield Text("up", 4, layout.title_foot, shortened(above, layout.right, font), font, fill="text")


def _legend_rows(shown: Shown, width: float, font: float) -> list[list[str]]:
    """Return the ways in rows that have room for them."""
    rows: list[list[str]] = [[]]
    left, size = 4.0, caption_size(font)
    for way in shown.made.ways if shown.made is not None else WAYS:
        room = SWATCH + text_width(way, size) + BETWEEN
        if rows[-1] and left + room - BETWEEN > width:
            rows, left = [*rows, []], 4.0
        rows[-1].append(way)
        left += room
    return rows


def _legend(rows: list[list[str]], layout: Layout) -> Iterator[Mark]:
    size, foot = caption_size(layout.font), layout.axis.top - 0.7 * layout.font
    for number, ways in enumerate(reversed(rows)):
        left, y = 4.0, foot - LEGEND_LINE * layout.font * number - 0.35 * size
        for way in ways:
            yield Line(f"swatch-{way}", left, y, left + 24, y, **look_of(way))
            yield Text(f"words-{way}", left + SWATCH, y + 0.35 * size, way, size, **QUIET)
            left += SWATCH + text_width(way, size) + BETWEEN


def _curves(made: Transfer, layout: Layout) -> Iterator[Mark]:
    for way in made.ways:
        known = [count for count in made.n_labels if made.score(way, count).n_seeds]
        spots = [_spot(made, way, count, layout) for count in known]
        for number, (start, end) in enumerate(pairwise(spots)):
            yield Line(f"{way}-{number}", *start, *end, **look_of(way))
        for count, (x, _) in zip(known, spots, strict=True):
            score = made.score(way, count)
            ends = layout.axis.at(score.low), layout.axis.at(score.high)
            yield Line(
                f"interval-{way}-{count}", x, ends[0], x, ends[1], stroke=look_of(way)["stroke"], stroke_width=1.5
            )


def _spot(made: Transfer, way: str, count: int, layout: Layout) -> tuple[float, float]:
    """Return where a point stands; ways stand a little beside one another, so that intervals are told apart."""
    aside = ASIDE * (made.ways.index(way) - (len(made.ways) - 1) / 2)
    return layout.across(count) + aside, layout.axis.at(made.score(way, count).value)


def _dots(shown: Shown, points: list[tuple[str, int]], layout: Layout) -> Iterator[Mark]:
    for number, (way, count) in enumerate(points, start=len(shown.areas)):
        assert shown.made is not None
        x, y = _spot(shown.made, way, count, layout)
        fill = look_of(way)["stroke"]
        box = (x - DOT, y - DOT, 2 * DOT, 2 * DOT, DOT)
        yield Rect(f"dot-{way}-{count}", *box, fill=fill, stroke="paper", place=number)


def _area_place(shown: Shown, number: int, layout: Layout) -> Place:
    left, right = layout.edges[number + 1]
    ring = Rect(
        "ring", left - 3, layout.row_top - 3, right - left + 6, BOX + 6, radius=7, stroke="focus", stroke_width=3.0
    )
    return Place(
        area_sentence(shown, number),
        (ring,),
        title=shown.areas[number],
        rows=area_card(shown, number),
        note="Enter or a click puts the line behind it; drag to move it",
        beside=(left, right, layout.row_top + BOX + 24),
    )


def _point_place(shown: Shown, way: str, count: int, layout: Layout) -> Place:
    assert shown.made is not None
    (x, y), size = _spot(shown.made, way, count, layout), DOT + 3
    ring = Rect("ring", x - size, y - size, 2 * size, 2 * size, radius=size, stroke="focus", stroke_width=2.5)
    return Place(
        point_sentence(shown.made, way, count),
        (ring,),
        title=f"{count:,} labels",
        rows=point_card(shown.made, way, count, look_of(way)["stroke"]),
        beside=(x - size, x + size, y),
    )
