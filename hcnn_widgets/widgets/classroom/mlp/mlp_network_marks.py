"""The network as it is drawn in lectures: units with what they answer all over the plane, links as wide as weights."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.marks import Group, Mark, Path, Pixels, Rect, Text

from .mlp_layout import MlpLayout
from .mlp_shown import MlpShown, Unit
from .mlp_words import short_text

WIDEST = 7.0
ROOM_FOR_NUMBERS = 40.0
"""Side of a unit that has room for its name and its answer."""
MAGNIFIED = 2.4


def network_marks(shown: MlpShown, layout: MlpLayout, tiles: list[Any]) -> Group:
    """Return links and units; a pointer on one of them is on its cell of the table."""
    links = [mark for unit in shown.all_units for mark in _links(shown, unit, layout)]
    inputs = [mark for place in range(2) for mark in _input(shown, place, layout)]
    units = [mark for number in range(len(shown.all_units)) for mark in _unit(shown, number, layout, tiles[number])]
    return Group("network", (*links, *inputs, *units))


def magnified(shown: MlpShown, number: int, layout: MlpLayout, tile: Any) -> tuple[Mark, ...]:
    """Return a unit's map, larger, as it is seen while its place is marked."""
    x, y, side = _tile_box(shown, shown.all_units[number], layout)
    left, top, width, height = layout.network
    large = min(MAGNIFIED * side, height + 20)
    at = min(max(x + side / 2 - large / 2, left), left + width - large)
    above = min(max(y + side / 2 - large / 2, top - 10), top + height + 10 - large)
    return (
        Pixels("magnified", at, above, large, large, tile),
        Rect("magnified-frame", at, above, large, large, stroke="focus", stroke_width=3.0),
        Text(
            "magnified-name",
            at + 7,
            above + 18,
            shown.name_of(shown.all_units[number]),
            15,
            bold=True,
            rim=True,
            fill="ink",
        ),
    )


def link_highlight(shown: MlpShown, unit: Unit, row: int, layout: MlpLayout) -> tuple[Mark, ...]:
    """Return a link in the colour of the focus; a bias has none, and its unit is framed."""
    if row < len(shown.names_below(unit.layer)):
        return (
            Path(
                "link-marked", _curve(shown, unit, row, layout), stroke="focus", stroke_width=WIDEST + 2, opacity=0.55
            ),
        )
    x, y, side = _tile_box(shown, unit, layout)
    return (Rect("unit-marked", x - 3, y - 3, side + 6, side + 6, stroke="focus", stroke_width=3.0),)


def _tile_box(shown: MlpShown, unit: Unit, layout: MlpLayout) -> tuple[float, float, float]:
    """Return left, top and side of a unit; layer -1 is that of the inputs."""
    left, top, width, height = layout.network
    n_units = 2 if unit.layer < 0 else shown.weights[unit.layer].shape[1]
    pitch = height / max(2, *shown.n_hidden)
    side = pitch - 12
    step = (width - side) / len(shown.weights)
    middle = top + height / 2 + (unit.place - (n_units - 1) / 2) * pitch
    return left + (unit.layer + 1) * step, middle - side / 2, side


def _curve(shown: MlpShown, unit: Unit, row: int, layout: MlpLayout) -> Any:
    x1, y1, side = _tile_box(shown, Unit(unit.layer - 1, row), layout)
    x2, y2, _ = _tile_box(shown, unit, layout)
    start, end = np.array([x1 + side, y1 + side / 2]), np.array([x2, y2 + side / 2])
    bend = np.array([(end[0] - start[0]) / 2, 0])
    return np.array([start, start + bend, end - bend, end])


def _links(shown: MlpShown, unit: Unit, layout: MlpLayout) -> list[Mark]:
    """Return the links to a unit: as wide as its weights are large, in the colours of above and below 0."""
    layer = shown.weights[unit.layer][:-1]
    largest = max(float(np.abs(layer).max()), 1e-9)
    number = shown.all_units.index(unit)
    marks: list[Mark] = []
    for row, weight in enumerate(layer[:, unit.place].tolist()):
        look = {"stroke": "series-0" if weight > 0 else "series-3", "opacity": 0.8 if weight else 0.2}
        width = 1.0 + (WIDEST - 1) * abs(weight) / largest
        place = number * layout.columns + 1 + row
        key = f"link-{unit.layer}-{unit.place}-{row}"
        marks.append(Path(key, _curve(shown, unit, row, layout), stroke_width=width, place=place, **look))  # type: ignore[arg-type]
    return marks


def _input(shown: MlpShown, place: int, layout: MlpLayout) -> list[Mark]:
    """Return an input with the point in focus in it."""
    x, y, side = _tile_box(shown, Unit(-1, place), layout)
    number = len(shown.all_units) * layout.columns + 1 + place
    value = short_text(float(shown.points[shown.focus, place]))
    look = {"fill": "soft", "stroke": "muted", "place": number}
    box = Rect(f"input-{place}", x, y, side, side, radius=side / 2, **look)  # type: ignore[arg-type]
    return [box, *_labels(f"input-{place}", (x, y, side), f"x{place + 1}", value, number, middle=True)]


def _unit(shown: MlpShown, number: int, layout: MlpLayout, tile: Any) -> list[Mark]:
    """Return a unit: its map, its name, and what it answers to the point in focus."""
    unit, place = shown.all_units[number], number * layout.columns
    x, y, side = _tile_box(shown, unit, layout)
    chosen = number == shown.unit
    look: dict[str, Any] = {"stroke": "ink" if chosen else "muted", "stroke_width": 3.0 if chosen else 1.0}
    answer = short_text(float(f"{shown.now.h[unit.layer][shown.focus, unit.place]:.2g}"))
    return [
        Pixels(f"tile-{number}", x, y, side, side, tile, place=place),
        Rect(f"frame-{number}", x, y, side, side, place=place, **look),
        *_labels(f"unit-{number}", (x, y, side), shown.name_of(unit), answer, place),
    ]


def _labels(
    key: str, box: tuple[float, float, float], name: str, value: str, place: int, middle: bool = False
) -> list[Mark]:
    """Return a name in the upper corner of a unit and a value in the lower one, where they have room."""
    (x, y, side), size = box, 13 if box[2] >= ROOM_FOR_NUMBERS else 11
    roomy = side >= ROOM_FOR_NUMBERS
    if middle:
        at = y + side / 2 + (-2 if roomy else 4)
        marks: list[Mark] = [Text(f"{key}-name", x + side / 2, at, name, size, "middle", True, fill="ink", place=place)]
        below = Text(f"{key}-value", x + side / 2, at + 16, value, size, "middle", fill="ink", place=place)
        return [*marks, below] if roomy else marks
    look = {"rim": True, "fill": "ink", "place": place}
    named = Text(f"{key}-name", x + 4, y + size, name, size, bold=True, **look)  # type: ignore[arg-type]
    answer = Text(f"{key}-value", x + side - 4, y + side - 5, value, size, "end", **look)  # type: ignore[arg-type]
    return [named, answer] if roomy else [named]
