"""A plane as marks of a scene, for still pictures: what bqplot draws in the page, drawn again."""

from dataclasses import replace
from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.marks import Group, Line, Mark, Path, Pixels, Rect, Text

from .plane_drawing import MARGINS, Area, Array, Dots, Field, PlaneDrawing, Seen, Words, corners_of


def plane_marks(drawing: PlaneDrawing, left: float, top: float, side: float) -> Group:
    """Return the same plane as marks of a scene, for a still picture.

    Parameters
    ----------
    drawing : PlaneDrawing
    left, top, side : float
        Upper left corner and width in pixels, with room for numbers and names.
    """
    inner = side - MARGINS["left"] - MARGINS["right"]
    x, y = left + MARGINS["left"], top + MARGINS["top"]

    def placed(at: Array) -> Array:
        return np.array([x, y]) + inner * (0.5 + np.array([0.5, -0.5]) / drawing.span * (at - drawing.middle))

    frame = np.array([[x, y], [x + inner, y], [x + inner, y + inner], [x, y + inner]])
    shapes = [mark for seen in drawing.seen for mark in _marks(seen, placed, drawing.span)]
    inside = Group("inside", tuple(shapes), _polygon("frame", frame, closed=True))
    border = Rect("border", x, y, inner, inner, stroke="muted")
    return Group("plane", (inside, border, *_axes(drawing, placed, (x, y, inner))))


def _marks(seen: Seen, placed: Any, span: float) -> list[Mark]:
    if not len(seen.at):
        return []
    if isinstance(seen, Dots):
        return _dots(seen, placed(seen.at))
    if isinstance(seen, Words):
        return [
            Text(f"{seen.key}-{n}", x, y, word, 14, bold=True, rim=True, fill=seen.colour)
            for n, (word, (x, y)) in enumerate(zip(seen.words, placed(seen.at), strict=True))
        ]
    if isinstance(seen, Field):
        return [_picture(seen, placed)]
    if isinstance(seen, Area):
        return [_polygon(seen.key, placed(seen.at), closed=True, fill=seen.colour, opacity=seen.opacity)]
    look: dict[str, Any] = {"stroke": seen.colour, "stroke_width": getattr(seen, "width", 2.0)}
    dash = (7, 5) if getattr(seen, "dashed", False) else ()
    return [
        _polygon(f"{seen.key}-{n}" if n else seen.key, placed(part), dash=dash, **look)
        for n, part in enumerate(_unbroken(corners_of(seen, span)))
    ]


def _unbroken(corners: Array) -> list[Array]:
    """Return the parts of a stroke between corners that are NaN."""
    breaks = np.flatnonzero(np.isnan(corners).any(axis=1))
    parts = np.split(corners, breaks)
    return [kept for part in parts if len(kept := part[~np.isnan(part).any(axis=1)]) > 1]


def _picture(field: Field, placed: Any) -> Pixels:
    """Return the picture on white, as a still picture has it."""
    (left, bottom), (right, top) = placed(field.at)
    share = field.pixels[..., 3:] / 255
    image = np.round(share * field.pixels[..., :3] + 255 * (1 - share)).astype(np.uint8)
    return Pixels(field.key, left, top, right - left, bottom - top, image)


def _dots(dots: Dots, spots: Array) -> list[Mark]:
    look = {"fill": dots.colour} if dots.filled else {"stroke": dots.colour, "stroke_width": 2.5}
    half, radius = dots.size / 2, dots.size / 2 if dots.marker == "circle" else 0.0
    marks: list[Mark] = [
        Rect(f"{dots.key}-{n}", x - half, y - half, dots.size, dots.size, radius=radius, **look)
        for n, (x, y) in enumerate(spots)
    ]
    named = zip(dots.names, spots, strict=False)
    return marks + [
        Text(f"{dots.key}-name-{n}", x + half + 3, y - half, name, 14, bold=True, rim=True, fill="ink")
        for n, (name, (x, y)) in enumerate(named)
    ]


def _axes(drawing: PlaneDrawing, placed: Any, box: tuple[float, float, float]) -> list[Mark]:
    (x, y, inner), foot = box, box[1] + box[2]
    marks: list[Mark] = []
    for value in drawing.ticks:
        spot = placed(np.array([value, value]))
        marks += [
            Line(f"tick-x-{value:g}", spot[0], foot, spot[0], foot + 4, stroke="muted"),
            Line(f"tick-y-{value:g}", x - 4, spot[1], x, spot[1], stroke="muted"),
            Text(f"number-x-{value:g}", spot[0], foot + 17, f"{value:g}", 12, "middle", fill="quiet"),
            Text(f"number-y-{value:g}", x - 7, spot[1] + 4, f"{value:g}", 12, "end", fill="quiet"),
        ]
    first, second = drawing.names
    name_x = Text("name-x", x + inner / 2, foot + 34, first, 13, "middle", fill="ink")
    return [*marks, name_x, Text("name-y", x - 30, y + inner / 2, second, 13, "middle", turned=True, fill="ink")]


def _polygon(key: str, corners: Array, closed: bool = False, **look: Any) -> Path:
    """Return straight lines from corner to corner as a path of curves."""
    around = np.vstack([corners, corners[:1]]) if closed else corners
    steps = np.diff(around, axis=0)
    curves = np.stack([around[:-1] + steps / 3, around[:-1] + 2 * steps / 3, around[1:]], axis=1).reshape(-1, 2)
    return Path(key, np.vstack([around[:1], curves]), closed, **look)


def shifted(mark: Any, right: float, down: float = 0.0) -> Any:
    """Return a mark of a scene, so many pixels further to the right and further down."""
    if isinstance(mark, Group):
        clip = None if mark.clip is None else shifted(mark.clip, right, down)
        return replace(mark, marks=tuple(shifted(each, right, down) for each in mark.marks), clip=clip)
    if isinstance(mark, Path):
        return replace(mark, points=mark.points + np.array([right, down]))
    if isinstance(mark, Line):
        return replace(mark, x1=mark.x1 + right, x2=mark.x2 + right, y1=mark.y1 + down, y2=mark.y2 + down)
    return replace(mark, x=mark.x + right, y=mark.y + down)
