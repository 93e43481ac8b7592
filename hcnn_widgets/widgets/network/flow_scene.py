"""The way of an image through the network: sheets of maps of each area, the links between areas, and the answer."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Pixels, Rect, Text
from hcnn_widgets.widgets.scene.smooth_path import smooth_path
from hcnn_widgets.widgets.scene.word_room import clipped, shortened, wrapped

from .network_layout import SHEETS, STEP, Cell, NetworkLayout
from .network_told import NetworkTold
from .strip_scene import percent, picture_box, verdict_marks

LINK: dict[str, Any] = {"stroke": "furrow", "stroke_width": 1.5}
N_ANSWERS = 3


def flow_marks(told: NetworkTold, layout: NetworkLayout, first_place: int) -> list[Mark]:
    """Return image, areas, links and answer.

    Parameters
    ----------
    told : NetworkTold
    layout : NetworkLayout
    first_place : int
        Place of the image; those of the areas follow, then that of the answer.
    """
    image, *areas, answer = layout.cells
    return [
        Group("image", tuple(_image(told, layout, image, first_place))),
        *(
            Group(f"area-{name}", tuple(_area(told, layout, cell, place, first_place + 1 + place)))
            for place, (name, cell) in enumerate(zip(told.names, areas, strict=True))
        ),
        Group("answer", tuple(_answer(told, layout, answer, first_place + 1 + len(areas)))),
        Group("links", tuple(_links(told, layout))),
    ]


def station_box(layout: NetworkLayout, cell: Cell) -> tuple[float, float, float, float]:
    """Return left, top, width and height of all of a cell."""
    return cell.left + 2, cell.top + layout.arc, cell.width - 4, layout.row_height - layout.arc - 4


def _image(told: NetworkTold, layout: NetworkLayout, cell: Cell, place: int) -> list[Mark]:
    return [
        *_named(layout, cell, told.probe.kind, ""),
        Pixels("picture", *_picture(told, layout, cell), told.probe.pictures[told.image], place=place),
        *_below(layout, cell, [told.probe.name(told.image)]),
    ]


def _picture(told: NetworkTold, layout: NetworkLayout, cell: Cell) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the picture that is sent."""
    side = layout.sheet
    middle, centre = cell.left + cell.width / 2, layout.sheet_box(cell)[1] + side / 2
    return picture_box(told.probe.pictures.shape[1:3], middle, centre, side)


def _area(told: NetworkTold, layout: NetworkLayout, cell: Cell, number: int, place: int) -> list[Mark]:
    """Return an area: its name, the sheets of its maps, and how many there are."""
    name, opened = told.names[number], told.names[number] == told.area
    frame = Rect("cell", *station_box(layout, cell), radius=4, fill="soft" if opened else "", place=place)
    marks: list[Mark] = [frame, *_named(layout, cell, name, depth_role(number, len(told.names)), bold=True)]
    if name not in told.areas:
        return marks
    words = told.size_of(name)
    lines = words.split(" of ", 1)
    return [*marks, *_sheets(told, layout, cell, name), *_below(layout, cell, lines)]


def _named(layout: NetworkLayout, cell: Cell, name: str, colour: str, bold: bool = False) -> list[Mark]:
    font, top = layout.font, cell.top + layout.arc
    words = clipped(name, cell.width - 6, font, bold)
    whole = name if words != name else ""
    middle = cell.left + cell.width / 2
    marks: list[Mark] = [Text("name", middle, top + 1.1 * font, words, font, "middle", bold, fill="ink", whole=whole)]
    if colour:
        marks.append(Rect("depth", middle - 12, top + 1.1 * font + 3, 24, 3, 1.5, fill=colour))
    return marks


def _below(layout: NetworkLayout, cell: Cell, lines: list[str]) -> list[Mark]:
    font = layout.font
    foot = layout.sheet_box(cell)[1] + layout.sheet + 1.2 * font
    return [
        Text(
            f"line-{n}",
            cell.left + cell.width / 2,
            foot + 1.2 * n * font,
            clipped(line, cell.width - 4, font),
            font,
            "middle",
            fill="quiet",
            whole=line if clipped(line, cell.width - 4, font) != line else "",
        )
        for n, line in enumerate(lines[:2])
    ]


def _sheets(told: NetworkTold, layout: NetworkLayout, cell: Cell, name: str) -> list[Mark]:
    """Return maps one behind the other, the strongest in front; units without a place as one sheet of pixels."""
    maps, side = told.areas[name], layout.sheet
    left, top = layout.sheet_box(cell)
    look: dict[str, Any] = {"stroke": "paper", "stroke_width": 1.0}
    if not maps.has_places:
        n_columns = int(np.ceil(np.sqrt(maps.n_maps)))
        image = np.zeros((n_columns * -(-maps.n_maps // n_columns), *maps.shades.shape[3:]), np.uint8)
        image[: maps.n_maps] = maps.shades[0, 0]
        square = image.reshape(-1, n_columns, *maps.shades.shape[3:])
        return [Pixels("units", *picture_box(square.shape[:2], left + side / 2, top + side / 2, side), square)]
    marks: list[Mark] = []
    shown = list(told.order[name][:SHEETS])
    if told.area == name and told.number is not None:
        shown = [told.number, *[number for number in shown if number != told.number]][:SHEETS]
    for depth, number in reversed(list(enumerate(shown))):
        shift = depth * STEP * side
        box = picture_box(maps.maps.shape[:2], left + shift + side / 2, top - shift + side / 2, side)
        marks += [Pixels(f"sheet-{depth}", *box, maps.shades[:, :, number]), Rect(f"edge-{depth}", *box, **look)]
    return marks


def _answer(told: NetworkTold, layout: NetworkLayout, cell: Cell, place: int) -> list[Mark]:
    """Return the likeliest categories with their bars; or how well the network does; or why there is no answer."""
    font, left, room = layout.font, cell.left + 10, cell.width - 16
    top, answer = cell.top + layout.arc + 1.5 * font, told.answer
    marks: list[Mark] = [Rect("cell", *station_box(layout, cell), radius=4, place=place)]
    if answer is None or not answer.ranked:
        lines = wrapped(answer.words if answer else told.note or ("" if told.areas else "…"), room, font)[:5]
        return [
            *marks,
            *_named(layout, cell, "answer", ""),
            *(
                Text(f"word-{n}", left, top + (1.6 + 1.3 * n) * font, shortened(line, room, font), font, fill="text")
                for n, line in enumerate(lines)
            ),
        ]
    for n, (name, chance) in enumerate(answer.ranked[:N_ANSWERS]):
        foot, size = top + (1.6 + n * 2.2) * font, font + (1 if n == 0 else 0)
        words = clipped(name, room - 2.9 * font - 4, size, n == 0)
        whole = name if words != name else ""
        marks += [
            Text(f"name-{n}", left, foot, words, size, bold=n == 0, fill="text", whole=whole),
            Text(f"chance-{n}", left + room, foot, percent(chance), font, "end", fill="quiet"),
            Rect(f"track-{n}", left, foot + 4, room, 5, 2, fill="muted"),
            Rect(f"bar-{n}", left, foot + 4, max(1.0, room * chance), 5, 2, fill="text"),
        ]
    if answer.right is None:
        return [*marks, *_named(layout, cell, "answer", "")]
    foot = cell.top + layout.arc + 1.1 * font
    return [
        *marks,
        *verdict_marks(answer.right, left + 7, foot - 0.35 * font),
        Text("verdict", left + 20, foot, answer.verdict, font, bold=True, fill="ink"),
    ]


def _links(told: NetworkTold, layout: NetworkLayout) -> list[Mark]:
    """Return the links from cell to cell: straight to the next one, in an arc over others."""
    names, last = told.names, len(told.names) + 1
    pairs = [
        (names.index(source) + 1, place + 1) for place, name in enumerate(names) for source in told.links.into[name]
    ]
    pairs += [(0, place + 1) for place, name in enumerate(names) if not told.links.into[name]]
    pairs += [(names.index(source) + 1, last) for source in told.links.read_out]
    return [mark for source, target in pairs for mark in _link(told, layout, source, target)]


def _link(told: NetworkTold, layout: NetworkLayout, source: int, target: int) -> list[Mark]:
    start, end = layout.cells[source], layout.cells[target]
    middle = layout.sheet_box(start)[1] + layout.sheet / 2
    right, left = _right_end(told, layout, source) + 2, layout.sheet_box(end)[0] - 3
    if target == len(layout.cells) - 1:
        left = end.left + 7
    key = f"{source}-{target}"
    if start.row != end.row:
        below = layout.sheet_box(end)[1] + layout.sheet / 2
        return [
            Line(f"out-{key}", right, middle, start.left + start.width + 2, middle, **LINK),
            *_arrow(f"in-{key}", end.left + 1, left, below),
        ]
    if target == source + 1:
        return _arrow(key, right, left, middle)
    over = start.top + 0.35 * layout.arc
    from_x, to_x = start.left + start.width / 2, end.left + end.width / 2
    foot = start.top + layout.arc
    corners = np.array([(from_x, foot), (from_x + 14, over), (to_x - 14, over), (to_x, foot)])
    head = [(to_x - 4, foot - 6), (to_x, foot), (to_x + 3, foot - 7)]
    return [
        Path(f"arc-{key}", smooth_path(corners, closed=False), **LINK),
        *(Line(f"arc-{key}-{n}", *head[1], *head[2 * n], **LINK) for n in range(2)),
    ]


def _right_end(told: NetworkTold, layout: NetworkLayout, source: int) -> float:
    """Return where what a link comes from ends: the picture, or the last sheet of an area."""
    start = layout.cells[source]
    if source == 0:
        x, _, width, _ = _picture(told, layout, start)
        return x + width
    return layout.sheet_box(start)[0] + layout.sheet + (SHEETS - 1) * STEP * layout.sheet


def _arrow(key: str, start: float, end: float, y: float) -> list[Mark]:
    size = min(4.0, max(2.0, (end - start) / 2))
    return [
        Line(f"line-{key}", start, y, end, y, **LINK),
        Line(f"up-{key}", end - size, y - size, end, y, **LINK),
        Line(f"down-{key}", end - size, y + size, end, y, **LINK),
    ]
