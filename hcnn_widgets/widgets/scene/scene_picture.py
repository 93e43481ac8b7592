"""A scene as a still picture: the same marks in the colours of the light theme, without a page."""

import math
from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.picture_page import DPI, new_figure, png_of

from .colours import depth_colour
from .marks import ROLES, Group, Line, Mark, Path, Pixels, Rect, Text
from .scene import Scene

POINTS = 72 / DPI
"""Points in a pixel."""
LETTERS = 0.92
"""Letters are so much smaller than on a page: matplotlib's own font is the widest that a scene is laid out for."""
STRIPES = {"fill": False, "hatch": "////", "edgecolor": (1.0, 1.0, 1.0, 0.5), "linewidth": 0}


def scene_picture(scene: Scene) -> bytes:
    """Draw a scene.

    Returns
    -------
    bytes
        PNG, a pixel for each pixel of the scene.
    """
    figure = new_figure(math.ceil(scene.width) / DPI, math.ceil(scene.height) / DPI, layout=None)
    axis = figure.add_axes((0, 0, 1, 1))
    axis.set_axis_off()
    _draw(axis, scene.marks, None)
    if scene.rest >= 0:
        _draw(axis, scene.places[scene.rest].marks, None)
    axis.set(xlim=(0, math.ceil(scene.width)), ylim=(math.ceil(scene.height), 0), aspect="auto")
    return png_of(figure)


def _draw(axis: Any, marks: tuple[Mark, ...], clip: Any) -> None:
    for mark in marks:
        if isinstance(mark, Group):
            _draw(axis, mark.marks, clip if mark.clip is None else _outline(mark.clip))
            continue
        for artist in _artists(axis, mark):
            artist.set_zorder(len(axis.get_children()))
            if clip is not None:
                artist.set_clip_path(clip, axis.transData)


def _artists(axis: Any, mark: Mark) -> list[Any]:
    """Add a mark to the axis; return what was added."""
    if isinstance(mark, Text):
        return [_words(axis, mark)]
    if isinstance(mark, Pixels):
        return [_image(axis, mark)]
    if isinstance(mark, Line):
        from matplotlib.lines import Line2D

        line = Line2D([mark.x1, mark.x2], [mark.y1, mark.y2], color=colour_of(mark.stroke), alpha=mark.opacity)
        line.set(linewidth=mark.stroke_width * POINTS, linestyle=_dash_of(mark), solid_capstyle="butt")
        return [axis.add_line(line)]
    look = {
        "facecolor": colour_of(mark.fill),
        "edgecolor": colour_of(mark.stroke),
        "linewidth": mark.stroke_width * POINTS if mark.stroke else 0.0,
        "linestyle": _dash_of(mark),
        "alpha": mark.opacity if mark.opacity < 1 else None,
        "capstyle": "round",
    }
    return [axis.add_patch(_shape(mark, style)) for style in ([look, STRIPES] if mark.hatched else [look])]


def _dash_of(mark: Mark) -> Any:
    """Return the dashes of a stroke; matplotlib counts them in widths of the stroke."""
    return (0, [length / mark.stroke_width for length in mark.dash]) if mark.dash else "solid"


def _shape(mark: Mark, look: dict[str, Any]) -> Any:
    from matplotlib.patches import FancyBboxPatch, PathPatch

    if isinstance(mark, Rect):
        corner = f"round,pad=0,rounding_size={mark.radius}" if mark.radius else "square,pad=0"
        return FancyBboxPatch((mark.x, mark.y), mark.width, mark.height, boxstyle=corner, **look)
    assert isinstance(mark, Path)
    return PathPatch(_outline(mark), **look)


def _outline(path: Path) -> Any:
    """Return a path as matplotlib's: a move, then three points a curve."""
    from matplotlib.path import Path as Outline

    codes = [Outline.MOVETO, *[Outline.CURVE4] * (len(path.points) - 1)]
    if not path.closed:
        return Outline(path.points, codes)
    return Outline(np.vstack([path.points, path.points[:1]]), [*codes, Outline.CLOSEPOLY])


def _words(axis: Any, mark: Text) -> Any:
    look = {
        "ha": {"start": "left", "middle": "center", "end": "right"}[mark.anchor],
        "fontweight": "bold" if mark.bold else "normal",
        "fontstyle": "italic" if mark.italic else "normal",
        "fontsize": mark.size * LETTERS * POINTS,
        "color": colour_of(mark.fill),
        "alpha": mark.opacity,
        "parse_math": False,
        "rotation": 90 if mark.turned else 0,
        "rotation_mode": "anchor",
    }
    words = axis.text(mark.x, mark.y, mark.words, va="baseline", **look)
    if mark.rim:
        from matplotlib.patheffects import withStroke

        words.set_path_effects([withStroke(linewidth=4 * POINTS, foreground=ROLES["paper"])])
    return words


def _image(axis: Any, mark: Pixels) -> Any:
    pixels = mark.image if mark.image.ndim == 3 and mark.image.shape[2] == 3 else np.dstack([mark.image] * 3)
    extent = (mark.x, mark.x + mark.width, mark.y + mark.height, mark.y)
    return axis.imshow(pixels, extent=extent, interpolation="nearest", aspect="auto")


def colour_of(role: str) -> str:
    """Return a colour as matplotlib takes it: that of a role, "#rrggbb" as it is, "none" of ""."""
    if role.startswith("depth-"):
        return depth_colour(role)
    return ROLES.get(role, role or "none")
