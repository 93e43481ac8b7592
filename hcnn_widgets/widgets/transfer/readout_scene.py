"""Readouts as a scene: areas by goals as coloured cells; trained, untrained, or what training has changed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.transfer.readouts_table import Readouts
from hcnn_widgets.widgets.scene.captions import caption_height, caption_marks, caption_size, caption_width
from hcnn_widgets.widgets.scene.colours import depth_role, diverging, ink_on, sequential
from hcnn_widgets.widgets.scene.marks import Group, Mark, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import MINUS, clipped, font_size, shortened, text_width, wrapped

from .readout_words import SHOWN, cell_card, cell_sentence, cell_text, is_off_zero, readout_sentence, readout_table

FURTHER_SCORES, OTHER_VIEW = "x", "v"
"""Keys: trained, untrained, difference in turn; the other view."""
KEYS = ("Enter", FURTHER_SCORES, OTHER_VIEW)
PIXELS = "pixels"
WIDEST_CELL, CELL = 150, 44
STEPS = 24
SCALE = 10
"""Height of the scale of the colours in pixels."""
QUIET: dict[str, Any] = {"fill": "quiet"}


class Grid(NamedTuple):
    """Where the cells stand, in pixels."""

    font: int
    left: float
    top: float
    cell_width: float
    cell_height: float

    def box(self, row: int, column: int) -> tuple[float, float, float, float]:
        """Return left edge, top, width and height of a cell."""
        place = self.left + column * self.cell_width, self.top + row * self.cell_height
        return *place, self.cell_width, self.cell_height


def readout_scene(found: Readouts, scores: str, width: float, height: float | None = None) -> Scene:
    """Draw readouts.

    Parameters
    ----------
    found : Readouts
    scores : str
        "trained", "untrained" or "difference".
    width : float
        Pixels.
    height : float, optional
        The most.
    """
    font = font_size(width) + 1
    captions = [
        line
        for words in found._conventions()
        for line in wrapped(f"{words}.", caption_width(width), caption_size(font))
    ]
    rows = (PIXELS, *found.areas)
    left = max(text_width(row, font + 1, bold=True) for row in rows) + 34
    below = 4.6 * font + SCALE + caption_height(captions, font)
    room = (height - 3.6 * font - below) / len(rows) if height else CELL
    cell_width = min(WIDEST_CELL, (width - left - 4) / len(found.goals))
    grid = Grid(font, left, 3.6 * font, cell_width, min(CELL, max(1.9 * font, room)))
    foot = grid.top + len(rows) * grid.cell_height
    scale = list(_scale(found, scores, grid, foot + 0.8 * font, width))
    caption_top = foot + 4.2 * font + SCALE
    return Scene(
        name="readouts",
        title=f"Goals read out from areas: {SHOWN[scores]}",
        label=f"{readout_sentence(found)} Arrow keys walk the cells.",
        width=width,
        height=caption_top + caption_height(captions, font),
        marks=(
            Group("columns", tuple(_column(found, column, grid) for column in range(len(found.goals))), part="row"),
            *(_row(found, scores, row, rows, grid) for row in range(len(rows))),
            Group("scale", tuple(scale)),
            caption_marks(captions, caption_top, font),
        ),
        places=tuple(
            _place(found, scores, row, column, grid) for row in range(len(rows)) for column in range(len(found.goals))
        ),
        columns=len(found.goals),
        keys=KEYS,
        numbers=readout_table(found),
        said=f"{SHOWN[scores]}.",
    )


def _column(found: Readouts, column: int, grid: Grid) -> Group:
    font, middle = grid.font, grid.left + (column + 0.5) * grid.cell_width
    name = clipped(found.goals[column], grid.cell_width - 4, font + 1, bold=True)
    whole = found.goals[column] if name != found.goals[column] else ""
    measure = f"{found.measures[column]}, chance {found.chance[column]:.2g}"
    kind = next(
        (words for words in (measure, found.measures[column]) if text_width(words, font - 1) < grid.cell_width), ""
    )
    y = grid.top - 1.7 * font
    return Group(
        f"name-{column}",
        (
            Text("goal", middle, y, name, font + 1, "middle", bold=True, whole=whole, fill="ink"),
            Text("measure", middle, grid.top - 0.5 * font, kind, font - 1, "middle", **QUIET),
        ),
        part="columnheader",
    )


def _row(found: Readouts, scores: str, row: int, rows: tuple[str, ...], grid: Grid) -> Group:
    font, middle = grid.font, grid.top + (row + 0.5) * grid.cell_height
    colour = depth_role(row - 1, len(found.areas)) if row else "series-5"
    name = Group(
        "name",
        (
            Rect("swatch", 4, middle - 6, 12, 12, radius=2, fill=colour),
            Text("area", 22, middle + 0.35 * font, rows[row], font + 1, bold=True, fill="ink"),
        ),
        part="rowheader",
    )
    cells = (_cell(found, scores, row, column, grid) for column in range(len(found.goals)))
    return Group(f"row-{row}", (name, *cells), part="row")


def _cell(found: Readouts, scores: str, row: int, column: int, grid: Grid) -> Group:
    left, top, width, height = grid.box(row, column)
    place, colour = row * len(found.goals) + column, _colour(found, scores, row, column)
    words, size = cell_text(found, scores, row, column), grid.font + 2
    is_marked = scores == "difference" and is_off_zero(found, row, column)
    return Group(
        f"cell-{column}",
        (
            Rect("box", left + 1.5, top + 1.5, width - 3, height - 3, radius=3, fill=colour, place=place),
            Text(
                "value",
                left + width / 2,
                top + height / 2 + 0.35 * size,
                words,
                size,
                "middle",
                bold=is_marked,
                fill="text" if colour == "soft" else ink_on(colour),
            ),
        ),
        part="gridcell",
        place=place,
    )


def _colour(found: Readouts, scores: str, row: int, column: int) -> str:
    """Return the colour of a cell: scores of all goals from chance to perfect, differences brown or teal."""
    if scores == "difference":
        value = found.difference[row - 1, column, 0] if row else np.nan
        if np.isnan(value):
            return "soft"
        signed = np.clip(128 + 127 * value / _most(found) / (1 - found.chance[column]), 1, 255)
        return "#" + "".join(f"{channel:02x}" for channel in diverging(np.array([signed], np.uint8))[0])
    scored = getattr(found, scores)[row - 1, :, 0] if row else found.pixels[:, 0]
    value = found.above_chance(scored)[column]
    return "soft" if np.isnan(value) else sequential(float(value))


def _most(found: Readouts) -> float:
    """Return the end of the scale of differences, as a share of the way from chance to perfect."""
    shared = np.abs(found.difference[..., 0]) / (1 - found.chance)
    return float(max(0.1, np.nanmax(shared, initial=0.0)))


def _scale(found: Readouts, scores: str, grid: Grid, top: float, width: float) -> Iterator[Mark]:
    font, wide = grid.font, min(160.0, grid.cell_width * len(found.goals))
    step = wide / STEPS
    for number in range(STEPS):
        fraction = (number + 0.5) / STEPS
        if scores == "difference":
            signed = np.array([1 + 254 * fraction], np.uint8)
            fill = "#" + "".join(f"{channel:02x}" for channel in diverging(signed)[0])
        else:
            fill = sequential(fraction)
        yield Rect(f"step-{number}", grid.left + number * step, top, step + 0.5, SCALE, fill=fill)
    most = _most(found)
    ends = (f"{MINUS}{most:.2f}", f"+{most:.2f}") if scores == "difference" else ("chance", "perfect")
    words = "of the way from chance to perfect" if scores == "difference" else "the same scale for all goals"
    foot = top + SCALE + font
    yield Text("low", grid.left, foot, ends[0], font - 1, **QUIET)
    yield Text("high", grid.left + wide, foot, ends[1], font - 1, "end", **QUIET)
    left = grid.left + wide + 10
    yield Text("name", left, top + SCALE, shortened(words, width - left, font), font, **QUIET)


def _place(found: Readouts, scores: str, row: int, column: int, grid: Grid) -> Place:
    left, top, width, height = grid.box(row, column)
    mark = Rect("mark", left, top, width, height, radius=4, stroke="focus", stroke_width=3.0)
    return Place(
        cell_sentence(found, row, column),
        (mark,),
        title=f"{found.goals[column]} from {found.areas[row - 1] if row else PIXELS}",
        rows=cell_card(found, row, column),
        beside=(left, left + width, top + height / 2),
    )
