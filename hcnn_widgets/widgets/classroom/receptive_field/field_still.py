"""A still picture of two scenes, one beneath the other."""

from dataclasses import replace
from typing import Any

import numpy as np

from hcnn_widgets.widgets.scene.marks import Group, Line, Path
from hcnn_widgets.widgets.scene.scene import Scene


def beneath(upper: Scene, lower: Scene) -> Scene:
    """Return both scenes as one, without places."""
    marks = tuple(lowered(mark, upper.height) for mark in lower.marks)
    return replace(upper, height=upper.height + lower.height, marks=(*upper.marks, Group("lower", marks)), places=())


def lowered(mark: Any, by: float) -> Any:
    """Return a mark of a scene, so many pixels further down."""
    if isinstance(mark, Group):
        clip = None if mark.clip is None else lowered(mark.clip, by)
        return replace(mark, marks=tuple(lowered(each, by) for each in mark.marks), clip=clip)
    if isinstance(mark, Path):
        return replace(mark, points=mark.points + np.array([0.0, by]))
    if isinstance(mark, Line):
        return replace(mark, y1=mark.y1 + by, y2=mark.y2 + by)
    return replace(mark, y=mark.y + by)
