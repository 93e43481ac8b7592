"""A learning rule in a corner of a card: areas, the way forward, and the way that what teaches takes to them."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.marks import Line, Mark, Path, Rect
from hcnn_widgets.widgets.scene.smooth_path import smooth_path

Box = tuple[float, float, float, float]
N_AREAS = 3
FORTH: dict[str, Any] = {"stroke": "furrow", "stroke_width": 1.5}
ERROR: dict[str, Any] = {"stroke": "series-3", "stroke_width": 1.75}
PATHS = {
    "back": "the error comes back the way that it went",
    "back by other weights": "the error comes back by other weights",
    "direct": "the error reaches every area directly",
    "from the top": "the top area makes its own error, without labels",
    "local": "each area learns from what it sees, and no error comes back",
    "readout": "the readout learns, and the areas stay",
}


def path_of(rule: Any) -> str:
    """Return the way of a rule's error, a name in `PATHS`: as the rule says, or else as its other attributes do.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> path_of(SimpleNamespace(uses_labels=False, trains_areas=True))
    'from the top'
    """
    said = str(getattr(rule, "error_path", ""))
    if said in PATHS:
        return said
    if rule.uses_labels:
        return "back" if rule.trains_areas else "readout"
    return "from the top" if rule.trains_areas else "local"


def rule_marks(path: str, box: Box) -> list[Mark]:
    """Draw the way of an error in a box of left, top, width and height: areas are squares, what is asked is round."""
    left, top, width, height = box
    middle, step = top + 0.42 * height, width / (N_AREAS + 1)
    side = min(0.55 * step, 0.4 * height)
    x = [left + (n + 0.5) * step for n in range(N_AREAS + 1)]
    areas: list[Mark] = [
        Rect(f"area-{n}", x[n] - side / 2, middle - side / 2, side, side, radius=1, fill="muted", stroke="quiet")
        for n in range(N_AREAS)
    ]
    asked = path not in ("from the top", "local")
    goal = Rect(
        "asked",
        x[-1] - side / 2,
        middle - side / 2,
        side,
        side,
        radius=side / 2,
        fill="series-3" if asked else "paper",
        stroke="series-3" if asked else "muted",
    )
    line = Line("forth", x[0], middle, x[-1], middle, **FORTH)
    return [line, *areas, goal, *_way(path, x, middle, side, top + height)]


def _way(path: str, x: list[float], middle: float, side: float, foot: float) -> list[Mark]:
    low, out = foot - 0.08 * (foot - middle), middle + side / 2
    if path == "direct":
        return [mark for n in range(N_AREAS) for mark in _arc(f"way-{n}", x[-1], x[n], out, low, ())]
    if path in ("back", "back by other weights"):
        dash = (3, 2) if path != "back" else ()
        return [mark for n in range(N_AREAS) for mark in _arc(f"way-{n}", x[n + 1], x[n], out, low, dash)]
    if path == "from the top":
        return [mark for n in range(N_AREAS - 1) for mark in _arc(f"way-{n}", x[n + 1], x[n], out, low, ())]
    if path == "readout":
        return [Line("way", x[-2] + side / 2, middle, x[-1] - side / 2, middle, **ERROR | {"stroke_width": 3.0})]
    return [
        Rect(f"own-{n}", x[n] - side / 3, out + 1, 2 * side / 3, 2 * side / 3, radius=side / 3, **ERROR)
        for n in range(N_AREAS)
    ]


def _arc(key: str, start: float, end: float, out: float, low: float, dash: tuple[int, ...]) -> list[Mark]:
    """Return a way that bows below the areas, with a head where it arrives."""
    corners = np.array([(start, out), ((start + end) / 2, low), (end, out)])
    head = [(end - 2.5, out + 4.5), (end + 3.5, out + 3.5)]
    return [
        Path(key, smooth_path(corners, False), dash=dash, **ERROR),
        *(Line(f"{key}-head-{n}", end, out, *point, **ERROR) for n, point in enumerate(head)),
    ]
