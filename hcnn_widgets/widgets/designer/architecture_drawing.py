"""An architecture in a corner of a card: its areas as bars as high as their maps, and who feeds whom."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Line, Mark, Path, Rect
from hcnn_widgets.widgets.scene.smooth_path import smooth_path

Box = tuple[float, float, float, float]
LINK: dict[str, Any] = {"stroke": "furrow", "stroke_width": 1.5}
LEAST = 0.2
"""Height of an area without a map, such as a layer of units that see everything, as a share of the highest."""


def architecture_marks(spec: Any, box: Box) -> list[Mark]:
    """Draw a spec.

    Parameters
    ----------
    spec : ArchitectureSpec
    box : tuple
        Left, top, width and height, in pixels.
    """
    level, lane, n_lanes = _placed(spec)
    left, top, width, height = box
    wide = width / (max(level.values()) + 1)
    deep = height / max(n_lanes.values())
    largest = max(max(area.output_shape[:2]) for area in spec.areas)
    middle: dict[str, tuple[float, float]] = {}
    bars: list[Mark] = []
    thick = max(2.5, min(7.0, 0.5 * wide))
    for number, area in enumerate(spec.areas):
        share = LEAST + (1 - LEAST) * max(area.output_shape[:2]) / largest
        alone = n_lanes[area.name] == 1
        x = left + (level[area.name] + 0.5) * wide
        y = top + height / 2 if alone else top + (lane[area.name] + 0.5) * height / n_lanes[area.name]
        high = 0.92 * share * (height if alone else deep)
        middle[area.name] = x, y
        colour = depth_role(number, len(spec.areas))
        bars.append(Rect(f"bar-{number}", x - thick / 2, y - high / 2, thick, high, radius=1, fill=colour))
    return [*_links(spec, level, middle, box), *bars]


def _placed(spec: Any) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return each area's level, the longest way from the image; its lane in the level, and how many lanes that has."""
    level: dict[str, int] = {}
    for area in spec.areas:
        sources = [level[link.name] for link in spec.links[area.name] if not link.delayed and link.name in level]
        level[area.name] = 1 + max(sources, default=-1)
    lane = {name: list(level.values())[:number].count(level[name]) for number, name in enumerate(level)}
    n_lanes = {name: list(level.values()).count(level[name]) for name in level}
    return level, lane, n_lanes


def _links(spec: Any, level: dict[str, int], middle: dict[str, tuple[float, float]], box: Box) -> list[Mark]:
    """Return the links: straight to the next level, in an arc over others, in a ring from the time step before."""
    marks: list[Mark] = []
    for name, taken in spec.links.items():
        for link in taken:
            key, source = f"{link.name}-{name}", middle.get(link.name)
            (x, y), back = middle[name], link.name in level and level[link.name] >= level[name]
            if source is None:
                continue
            if back:
                marks.append(Rect(f"ring-{key}", x - 5, box[1] - 1, 10, 10, radius=5, **LINK))
            elif level[name] - level[link.name] > 1:
                over = box[1] + box[3] * 0.04
                corners = np.array([source, ((source[0] + x) / 2, over), (x, y)])
                marks.append(Path(f"arc-{key}", smooth_path(corners, False), **LINK))
            else:
                marks.append(Line(f"link-{key}", *source, x, y, **LINK))
    return marks
