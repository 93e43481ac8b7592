"""A macaque-like brain seen from the left, drawn by us: the front at the left. Points in a field of 1000 x 640."""

from typing import NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.marks import Points

FIELD = (1000, 640)
"""Width and height of the field that all points lie in."""


class Region(NamedTuple):
    """An area of the ventral stream: its outline, which reaches beyond the cortex, and where its name stands.

    In a small drawing names stand at ``apart``, one higher than the next, so that none touches another.
    """

    area: str
    outline: Points
    name: tuple[int, int]
    apart: tuple[int, int]


def _points(places: str) -> Points:
    """Return points that are written as "58,318 72,258", (n_points, 2)."""
    return np.array([place.split(",") for place in places.split()], np.float64)


CORTEX = _points(
    "58,318 72,258 118,190 190,128 290,82 400,58 520,52 640,66 745,98 835,152 902,222 936,300 930,372 892,420 838,444 "
    "770,452 704,462 640,492 560,532 470,558 385,556 322,530 290,488 298,448 326,420 300,408 232,418 160,414 98,388 "
    "66,354"
)
CEREBELLUM = _points("672,492 740,468 820,462 876,482 894,528 866,580 800,606 728,598 682,560")
STEM = _points("560,520 600,498 652,492 684,540 700,590 712,636 640,638 620,590 588,552")
SULCI = (
    _points("326,420 400,392 490,352 570,306 628,262"),
    _points("338,492 420,470 510,432 590,384 650,322 690,256"),
    _points("486,62 470,130 430,206 396,272 372,322"),
    _points("262,148 292,206 286,262 250,302"),
    _points("130,272 182,254 236,256"),
    _points("566,118 622,158 680,186 726,190"),
    _points("566,292 520,268 478,272"),
)
"""Furrows: Sylvian, superior temporal, central, arcuate, principal, intraparietal, lunate."""
FOLIA = (
    _points("690,516 760,494 870,492"),
    _points("684,540 770,524 888,520"),
    _points("696,568 780,556 880,552"),
    _points("730,592 790,584 846,580"),
)
"""Folds of the cerebellum."""
SCHEMATIC = (20, 610)
"""Where the drawing says that it is one: left of the temporal lobe."""
REGIONS = (
    Region(
        "V1",
        _points("846,110 858,190 846,270 850,350 866,420 872,480 960,480 990,300 950,160"),
        (892, 316),
        (887, 372),
    ),
    Region(
        "V2",
        _points("770,70 846,110 858,190 846,270 850,350 866,420 872,480 800,480 786,410 780,340 784,260 794,180"),
        (818, 316),
        (820, 236),
    ),
    Region(
        "V4",
        _points("700,150 756,130 794,180 784,260 780,340 786,410 800,480 690,490 668,440 676,370 700,310 712,240"),
        (732, 330),
        (728, 400),
    ),
    Region(
        "IT",
        _points("690,490 668,440 674,376 610,404 520,450 430,490 346,512 280,510 290,580 460,600 600,560 660,520"),
        (520, 496),
        (520, 496),
    ),
)
"""From the back of the brain to its front."""
