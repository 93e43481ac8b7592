"""The picture of a receptive field: the image with what a unit sees of it, and the map that the unit stands in."""

from typing import Any

from hcnn_widgets.widgets.classroom.plane.cells import NUDGES
from hcnn_widgets.widgets.panel.words import plural, short_name
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.scene import Place, Scene
from hcnn_widgets.widgets.scene.word_room import caption_lines, clipped, shortened

from .field_layout import FieldLayout, FieldPlaces, FieldTold, field_layout, n_lines, places_of
from .field_table import HINT as TABLE_HINT
from .field_table import KEYS as TABLE_KEYS
from .field_table import NAMES, cells, table_group, table_place
from .field_table import OF_MODEL as TABLE_OF_MODEL
from .field_words import by, unit_sentence
from .heat import heated, in_bytes

MOST_LINES = 40
KEYS = ("Enter", *NUDGES, "u", "r")
MAP_KEYS = ("m", "s")
HINT = "Arrow keys walk over the map, Enter keeps a unit, with Shift they move it by one; u undoes, r resets."
MAP_HINT = " m takes the next map, s the strongest."


def field_scene(told: FieldTold, width: float) -> Scene:
    """Draw image, map and table for a width in pixels."""
    layout, places = field_layout(told, width), places_of(told)
    hint = f"{HINT}{MAP_HINT if told.of_model else ''} {TABLE_OF_MODEL if told.of_model else TABLE_HINT}"
    return Scene(
        name="field",
        title="Receptive field",
        label=f"{told.said} {hint}",
        width=width,
        height=layout.height,
        marks=(
            Group("said", tuple(_sentence(told, layout))),
            Group("image", tuple(_image(told, layout))),
            Group("map", tuple(_map(told, layout))),
            Group("boxes", tuple(_boxes(told, layout))),
            Group("sight", tuple(_sight(told, layout, told.unit, depth_role(told.opened, len(told.fields)), 4.0))),
            Group("cells", tuple(_cells(layout, places))),
            table_group(told.table, layout.table, places.of_cell),
        ),
        places=tuple(_place(told, layout, places, place) for place in range(places.n_places)),
        columns=places.columns,
        keys=(*KEYS, *(MAP_KEYS if told.of_model else TABLE_KEYS)),
        numbers=(NAMES, *(cells(fields) for fields in told.fields)),
        said=told.said,
    )


def _sentence(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    size = layout.font + 2
    lines = caption_lines(told.said, layout.width, size, n_lines(told, layout.width))
    return [
        Text(f"said-{n}", 4, (1.5 * n + 1.1) * size, line, size, fill="ink") for n, line in enumerate(lines) if line
    ]


def _image(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    (x, y, pixel), (height, width) = layout.image, told.shape
    words = f"image, {by(height, width)} px"
    marks: list[Mark] = [Text("image-name", x, y - 0.6 * layout.font, words, layout.font, bold=True, fill="ink")]
    picture = heated(told.image, None if told.measured is None else told.measured.gradient)
    if picture is not None:
        marks.append(Pixels("pixels", x, y, width * pixel, height * pixel, picture))
    else:
        marks.append(Rect("paper", x, y, width * pixel, height * pixel, fill="soft"))
        marks += _grid("pixel", layout.image, (height, width))
    marks.append(Rect("border", x, y, width * pixel, height * pixel, stroke="muted"))
    if told.measured is not None:
        foot = y + height * pixel + 1.4 * layout.font
        words = "orange: how much a pixel changes the response (its root)"
        cut = shortened(words, layout.width - x - 4, layout.font)
        marks.append(Text("heat-name", x, foot, cut, layout.font, fill="series-1"))
    return marks


def _grid(key: str, at: tuple[float, float, float], sides: tuple[int, int]) -> list[Mark]:
    """Return the lines between pixels or units, where there are not too many."""
    (x, y, size), (n_rows, n_columns) = at, sides
    if max(sides) > MOST_LINES:
        return []
    rows: list[Mark] = [
        Line(f"{key}-row-{n}", x, y + n * size, x + n_columns * size, y + n * size, stroke="muted")
        for n in range(1, n_rows)
    ]
    return rows + [
        Line(f"{key}-column-{n}", x + n * size, y, x + n * size, y + n_rows * size, stroke="muted")
        for n in range(1, n_columns)
    ]


def _map(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    (x, y, size), (n_rows, n_columns, n_maps) = layout.map, told.here.shape
    maps = f", {plural(n_maps, 'map')}" if told.of_model else ""
    words = f"{short_name(told.here.name, 30)}, {by(n_rows, n_columns)}{maps}"
    shown = clipped(words, layout.width - x - 4, layout.font, bold=True)
    colour = depth_role(told.opened, len(told.fields))
    marks: list[Mark] = [
        Text(
            "map-name",
            x,
            y - 0.6 * layout.font,
            shown,
            layout.font,
            bold=True,
            whole=words if shown != words else "",
            fill="ink",
        )
    ]
    if told.measured is not None and told.measured.map.shape == (n_rows, n_columns):
        marks.append(Pixels("responses", x, y, n_columns * size, n_rows * size, in_bytes(told.measured.map)))
    else:
        marks.append(Rect("paper", x, y, n_columns * size, n_rows * size, fill="soft"))
    if layout.step == 1:
        marks += _grid("unit", layout.map, (n_rows, n_columns))
    return [*marks, Rect("border", x, y, n_columns * size, n_rows * size, stroke=colour, stroke_width=2.0)]


def _boxes(told: FieldTold, layout: FieldLayout) -> list[Mark]:
    """Return what a unit of every other layer sees that looks at the same place."""
    box, marks = told.here.box(told.unit), list[Mark]()
    if box is None:
        return marks
    row, column = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
    for number, fields in reversed(list(enumerate(told.fields))):
        seen = fields.box(fields.nearest(row, column))
        if number != told.opened and seen is not None:
            colour = depth_role(number, len(told.fields))
            marks.append(Rect(f"box-{number}", *layout.on_image(seen), stroke=colour, stroke_width=2.0))
    return marks


def _sight(told: FieldTold, layout: FieldLayout, unit: tuple[int, int], colour: str, wide: float) -> list[Mark]:
    """Return the box of a unit, the unit, and two lines of sight between them."""
    x, y, size, _ = layout.on_map(unit)
    veil: dict[str, Any] = {"fill": "" if told.of_model else colour, "opacity": 0.2}
    marks: list[Mark] = [
        Rect("unit-veil", x, y, size, size, **veil),
        Rect("unit", x, y, size, size, stroke=colour, stroke_width=wide),
    ]
    box = told.here.box(unit)
    if box is None:
        return marks
    left, top, across, down = layout.on_image(box)
    for name, foot, end in (("upper", top, y), ("lower", top + down, y + size)):
        marks.append(Line(f"sight-{name}", left + across, foot, x, end, stroke=colour, stroke_width=1.5, dash=(5, 4)))
    marks.append(Rect("seen-veil", left, top, across, down, **veil))
    return [*marks, Rect("seen", left, top, across, down, stroke=colour, stroke_width=wide)]


def _cells(layout: FieldLayout, places: FieldPlaces) -> list[Mark]:
    """Return what a pointer on a unit is on; it is not seen."""
    marks: list[Mark] = []
    for at, row in enumerate(places.units[0]):
        for across, column in enumerate(places.units[1]):
            x, y, size, _ = layout.on_map((row, column))
            place, side = places.of_unit(at, across), size * layout.step
            marks.append(Rect(f"cell-{place}", x, y, side, side, fill="paper", opacity=0.0, place=place))
    return marks


def _place(told: FieldTold, layout: FieldLayout, places: FieldPlaces, place: int) -> Place:
    unit = places.unit_at(place)
    if unit is None:
        return table_place(told.table, layout.table, *places.cell_at(place))
    return Place(unit_sentence(told.here, unit), tuple(_sight(told, layout, unit, "focus", 3.0)))
