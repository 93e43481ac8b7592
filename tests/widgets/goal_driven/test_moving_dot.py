"""The dot of a network that trains: on the axes of all others, its trail thin, the axes at rest."""

from typing import Any

import hcnn_widgets as hw
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.goal_driven.moving_dot import MOST_CORNERS, Way
from hcnn_widgets.widgets.goal_driven.sweep_scene import sweep_scene

ROWS = [SweepRow(1, accuracy=0.42, best=0.31, untrained_accuracy=0.2, untrained_best=0.24, areas={"V1": 0.3})]
SWEEP = hw.sweeps.Sweep.of_rows(ROWS, {"area": "V4"}, None)
RELATED = SWEEP.relation("best"), SWEEP.relation("untrained_best")


def group(key: str, *points: tuple[float, float], **options: Any) -> list[dict[str, Any]]:
    scene = sweep_scene(SWEEP, *RELATED, 420, "best", 260, Way(points, **options))
    return next(mark["marks"] for mark in scene.plain()["marks"] if mark["key"] == key)


def test_a_network_that_trains_stands_where_its_row_would_stand() -> None:
    trail, moving = group("way", (0.2, 0.24), (0.42, 0.31), depth=1, under_way=True)
    (dot,) = group("networks", (0.2, 0.24))
    assert (moving["x"], moving["y"], moving["fill"]) == (dot["x"], dot["y"], dot["fill"])
    assert moving["glides"]
    assert (trail["kind"], trail["stroke_width"]) == ("path", 1.2)


def test_the_trail_stays_behind_a_run_and_the_moving_dot_goes() -> None:
    assert [mark["key"] for mark in group("way", (0.2, 0.24), (0.42, 0.31))] == ["trail"]
    assert group("way") == []


def test_axes_stay_while_the_dot_moves_a_little() -> None:
    assert group("axes", (0.3, 0.28)) == group("axes", (0.3, 0.28), (0.43, 0.3))
    assert group("axes", (0.3, 0.28)) != group("axes", (0.3, 0.28), (0.9, 0.3))


def test_a_long_trail_has_few_corners_and_its_first_and_last() -> None:
    long = group("way", *((0.2 + n / 2_000, 0.25) for n in range(400)))
    ends = group("way", (0.2, 0.25), (0.2 + 399 / 2_000, 0.25))
    assert long[0]["points"].count(" ") == 3 * (MOST_CORNERS - 1) - 1
    assert long[0]["points"].split("C")[0] == ends[0]["points"].split("C")[0]
    assert long[0]["points"].split(" ")[-1] == ends[0]["points"].split(" ")[-1]
