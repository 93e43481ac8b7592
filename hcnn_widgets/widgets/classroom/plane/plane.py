"""The one way to bqplot: a plane whose dots are dragged, in the colours of the theme.

bqplot is loaded late, when the first plane is made. It tells of a drag with both coordinates at once, and its colours
are variables of the page, so that a plane follows light and dark. What it cannot do stands beside it: a lab's panel has
every dot within reach of the keyboard and in words, and draws the still picture (`plane_lab.py`).
"""

import warnings
from collections.abc import Callable
from typing import Any

import ipywidgets
import numpy as np

from hcnn_widgets.widgets.panel.closing import close_parts
from hcnn_widgets.widgets.panel.comm_routing import heard_where_it_arrives

from .field_pictures import FieldPictures
from .plane_drawing import MARGINS, Area, Array, Dots, Field, PlaneDrawing, Seen, Words, corners_of

Moved = Callable[[str, int, tuple[float, float], bool], None]
CLASS = "hcnn-plane"
SIDE = 384
"""Width and height in pixels, with numbers and names."""
PAGE_COLOURS = {
    "ink": "var(--jp-ui-font-color0)",
    "text": "var(--jp-ui-font-color1)",
    "quiet": "var(--jp-ui-font-color2)",
    "muted": "var(--jp-layout-color3)",
    "border": "var(--jp-border-color2)",
    "focus": "var(--hcnn-focus)",
}
"""Roles of the scenes as variables of the page; those of the series have their names."""
MARKERS = {"circle": "circle", "square": "square", "diamond": "diamond"}
DRAGS = ("drag_start", "drag", "drag_end")
CLICK = "element_click"


class Plane:
    """A plane in bqplot that shows a drawing, and tells what is dragged.

    Parameters
    ----------
    moved : callable (key, id, (x, y), ended)
        Called once a move with what is dragged and where it is now; ``ended`` when it is let go.
    picked : callable (key, id)
        Called when a dot is pressed.
    side : int
        Width and height in pixels.

    Attributes
    ----------
    widget : ipywidgets.Box
        What is displayed.
    figure : bqplot.Figure
        Whose every trait a person may change in plain Python: ``plane.figure.marks``.
    """

    def __init__(self, moved: Moved, picked: Callable[[str, int], None], side: int = SIDE) -> None:
        self._bq, self._moved, self._picked = _bqplot(), moved, picked
        self._marks: dict[str, Any] = {}
        self._seen: dict[str, Any] = {}
        self._dragged: str | None = None
        self._scales = {name: self._bq.LinearScale(min=-1.0, max=1.0, allow_padding=False) for name in "xy"}
        edges = {"x": "bottom", "y": "left"}
        self._axes = {name: self._axis(self._scales[name], edge) for name, edge in edges.items()}
        self._pictures: dict[str, FieldPictures] = {}
        self.figure = self._bq.Figure(
            axes=list(self._axes.values()),
            scale_x=self._scales["x"],
            scale_y=self._scales["y"],
            fig_margin={side: int(room) for side, room in MARGINS.items()},
            display_toolbar=False,
            padding_y=0.0,
            layout={"width": f"{side}px", "height": f"{side}px"},
        )
        self.widget = ipywidgets.Box([self.figure], layout={"flex": "0 0 auto", "overflow": "hidden"})
        self.widget.add_class(CLASS)

    def draw(self, drawing: PlaneDrawing) -> None:
        """Show a drawing; only what has changed is sent. What is being dragged stays below the pointer."""
        for name, label, middle in zip("xy", drawing.names, drawing.middle, strict=True):
            _put(self._scales[name], min=middle - drawing.span, max=middle + drawing.span)
            _put(self._axes[name], label=label, **_numbered(drawing))
        for seen in drawing.seen:
            self._seen[seen.key] = seen
            if seen.key not in self._marks:
                self._marks[seen.key] = self._made(seen)
            _put(self._marks[seen.key], **self._values(seen, drawing.span))
        # Marks of a person's own stay above those of the lab.
        own = [mark for mark in self.figure.marks if mark not in self._marks.values()]
        _put(self.figure, marks=[*(self._marks[seen.key] for seen in drawing.seen), *own])

    def close(self) -> None:
        """Take the plane off the page, with all that it is made of."""
        close_parts(self.widget)
        drawn = [*self._marks.values(), *self._axes.values(), *self._scales.values()]
        for part in [*drawn, *self._pictures.values(), self.widget]:
            part.close()

    def _axis(self, scale: Any, side: str) -> Any:
        return self._bq.Axis(scale=scale, side=side, label_offset="30px", label_color=PAGE_COLOURS["ink"])

    def _made(self, seen: Seen) -> Any:
        """Return a mark of bqplot for what is seen."""
        if isinstance(seen, Field):
            pictures = self._pictures[seen.key] = FieldPictures(seen.pixels)
            return self._bq.Image(image=pictures.holding(seen.pixels), scales=self._scales, pixelated=False)
        kinds = {Dots: self._bq.Scatter, Words: self._bq.Label}
        mark = kinds.get(type(seen), self._bq.Lines)(x=[], y=[], scales=self._scales, **_look(seen))
        if isinstance(seen, Dots):
            mark.on_msg(lambda _mark, content, _buffers: self._hear(seen.key, content))
        heard_where_it_arrives(mark)
        return mark

    def _values(self, seen: Seen, span: float) -> dict[str, Any]:
        """Return the traits of a mark that change with what is seen."""
        if isinstance(seen, Field):
            return self._values_of_field(seen)
        at: Array = seen.at if isinstance(seen, Dots | Words) else corners_of(seen, span)
        values: dict[str, Any] = {"visible": len(at) > 0, "colors": [_page_colour(seen.colour)]}
        if isinstance(seen, Area):
            values["fill_colors"] = values["colors"]
        if isinstance(seen, Dots):
            values["default_size"] = _area_of(seen)
            if seen.names or self._marks[seen.key].names is not None:
                values["names"] = np.array(seen.names or ("",) * len(seen.at))
        if isinstance(seen, Words):
            values["text"] = np.array(seen.words)
        if len(at) and seen.key != self._dragged:
            values |= {"x": at[:, 0], "y": at[:, 1]}
        return values

    def _values_of_field(self, field: Field) -> dict[str, Any]:
        """Return the traits of a field that change: where it lies, and its picture."""
        if not len(field.at):
            return {"visible": False}
        picture = self._pictures[field.key].holding(field.pixels)
        return {"visible": True, "image": picture, "x": field.at[:, 0], "y": field.at[:, 1]}

    def _hear(self, key: str, content: Any) -> None:
        """Pass a drag on; messages are not trusted."""
        seen = self._seen[key]
        event, number = content.get("event"), content.get("index")
        if event == CLICK and not seen.moves:  # of dots that move, a drag tells that they were pressed
            told = content.get("data")
            event, number = DRAGS[0], told.get("index") if isinstance(told, dict) else None
        if event not in DRAGS or type(number) is not int or not 0 <= number < len(seen.at):
            return
        known = getattr(seen, "ids", ()) or tuple(range(len(seen.at)))
        if event == "drag_start":
            self._dragged = key if seen.moves else None
            self._picked(key, known[number])
            return
        at = content.get("point")
        ended = event == "drag_end"
        self._dragged = None if ended else key
        if isinstance(at, dict) and all(_is_finite(at.get(name)) for name in "xy"):
            self._moved(key, known[number], (float(at["x"]), float(at["y"])), ended)


def _bqplot() -> Any:
    """Return bqplot; a remark of its scales on traitlets, made while it is loaded, is theirs to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import bqplot
    return bqplot


def _look(seen: Seen) -> dict[str, Any]:
    """Return the traits of a mark that stay."""
    if isinstance(seen, Dots):
        stroke = {"fill": seen.filled, "stroke_width": 2.5 if not seen.filled else 1.0}
        place = {
            "label_display_horizontal_offset": seen.size / 2 + 3,
            "label_display_vertical_offset": seen.size / 2 + 3,
        }
        return {"marker": MARKERS[seen.marker], "enable_move": seen.moves, **stroke, **place}
    if isinstance(seen, Words):
        return {"default_size": 14.0, "font_weight": "bold"}
    if isinstance(seen, Area):
        return {"close_path": True, "fill": "inside", "stroke_width": 0.0, "fill_opacities": [seen.opacity]}
    dashed = {"line_style": "dashed" if getattr(seen, "dashed", False) else "solid"}
    return {"stroke_width": getattr(seen, "width", 2.0), **dashed}


def _numbered(drawing: PlaneDrawing) -> dict[str, Any]:
    """Return the traits of an axis with numbers, or without: where it has none bqplot would choose some."""
    style = {"font-size": "12px"} | ({} if drawing.ticks else {"display": "none"})
    lines = "solid" if drawing.ticks else "none"
    return {"tick_values": np.array(drawing.ticks or (0.0,)), "tick_style": style, "grid_lines": lines}


def _area_of(dots: Dots) -> int:
    """Return the area of a dot in pixels, by which bqplot sizes it."""
    return int(dots.size**2 * (0.785 if dots.marker == "circle" else 1.0))


def _page_colour(role: str) -> str:
    return PAGE_COLOURS.get(role) or f"var(--hcnn-{role})"


def _is_finite(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and bool(np.isfinite(given))


def _put(widget: ipywidgets.Widget, **values: Any) -> None:
    """Set the traits that change, in one message."""
    changed = {name: value for name, value in values.items() if not _same(getattr(widget, name), value)}
    if changed:
        with widget.hold_sync():
            for name, value in changed.items():
                setattr(widget, name, value)


def _same(there: Any, value: Any) -> bool:
    if isinstance(value, np.ndarray):
        equal_nan = value.dtype.kind == "f"  # NaN ends a stroke, and is the same as another one
        return there is not None and np.array_equal(np.asarray(there), value, equal_nan=equal_nan)
    return bool(there == value)
