import json
import re
from pathlib import Path as FilePath

import numpy as np
import pytest

from hcnn_widgets.widgets.scene.colours import DEPTHS, DIVERGING, STOPS
from hcnn_widgets.widgets.scene.marks import ROLES, Group, Line, Path, Pixels, Rect, Text, pixels_of
from hcnn_widgets.widgets.scene.scene import CardRow, Place, Scene
from hcnn_widgets.widgets.scene.smooth_path import smooth_path

CORNERS = np.array([[0, 0], [10, 0], [10, 30], [4, 12]], float)


def test_a_mark_tells_what_is_not_as_usual():
    assert Rect("cell", 1, 2.005, 3, 4, fill="paper", place=0).plain() == {
        "kind": "rect", "key": "cell", "x": 1, "y": 2.0, "width": 3, "height": 4, "fill": "paper", "place": 0,
    }  # fmt: skip
    assert Line("axis", 0, 0, 9, 9, stroke="ink").plain() == {
        "kind": "line", "key": "axis", "x1": 0, "y1": 0, "x2": 9, "y2": 9, "stroke": "ink",
    }  # fmt: skip
    assert Text("sum", 0, 9, "19", 12, bold=True).plain()["bold"] is True


def test_a_path_is_the_d_of_svg_and_a_group_has_its_marks_and_its_clip():
    square = Path("square", np.array([[0, 0], [1, 0], [2, 0], [3, 0.25]]), closed=True)
    assert square.plain()["points"] == "M0.0,0.0C1.0,0.0 2.0,0.0 3.0,0.2Z"
    group = Group("window", (Rect("cell", 0, 0, 1, 1),), square).plain()
    assert [mark["key"] for mark in group["marks"]] == ["cell"]
    assert group["clip"] == square.plain()["points"]


def test_images_travel_as_bytes_in_the_order_of_the_marks():
    grey, coloured = np.arange(6, dtype=np.uint8).reshape(2, 3), np.full((1, 1, 3), 9, np.uint8)
    marks = (Pixels("a", 0, 0, 30, 20, grey), Group("more", (Pixels("b", 0, 0, 5, 5, coloured),)))
    assert [marks[0].plain()["image"], marks[1].marks[0].plain()["image"]] == [[2, 3, 1], [1, 1, 3]]
    assert pixels_of(marks) == bytes([0, 1, 2, 3, 4, 5, 9, 9, 9])


def test_a_scene_is_a_frame_that_json_can_carry_and_unknown_numbers_are_empty_cells():
    place = Place(
        "cell 1: 3", (Rect("mark", 0, 0, 1, 1),), "Cell", (CardRow("sum", "3"),), beside=(1, 2, np.float64(3))
    )
    numbers = (("cell", "sum"), (np.int64(1), np.float32("nan")), ("two", 0.5))
    frame = Scene("grid", "Grid", "A grid.", 30, 20, (), (place,), 3, ("Enter",), numbers).frame("done", final=True)
    told = json.loads(json.dumps(frame.header))
    assert told["numbers"] == [["cell", "sum"], [1, None], ["two", 0.5]]
    assert told["places"][0]["beside"] == [1, 2, 3]
    assert told["places"][0]["rows"] == [{"name": "sum", "value": "3", "colour": "", "strong": False}]
    assert (frame.message, frame.final, frame.values) == ("done", True, b"")


D3 = {
    False: "0,0 0,0 7.8868,-2.1132 10,0 13.6603,3.6603 11.4008,29.7727 10,30 8.886,30.1808 4,12 4,12",
    True: "10,0 13.6603,3.6603 11.4008,29.7727 10,30 8.886,30.1808 5.798,17.3939 4,12 2.532,7.5959 -1.3569,1.8826 0,0 "
    "1.2065,-1.6739 7.8868,-2.1132 10,0",
}
"""What d3-shape 3.2.0 draws through these corners with curveCatmullRom and with curveCatmullRomClosed."""


@pytest.mark.parametrize("closed", D3)
def test_a_smooth_path_is_the_one_that_d3_draws(closed):
    drawn = np.array([point.split(",") for point in D3[closed].split()], float)
    path = smooth_path(CORNERS, closed)
    # d3 begins a closed curve at its second corner.
    assert np.allclose(np.roll(path[1:], -3, 0) if closed else path[1:], drawn[1:], atol=1e-3)
    assert np.allclose(path[0], CORNERS[0])


EXTENSION = FilePath(__file__).parents[3] / "labextension"


def every_kind():
    """Return a scene with every kind of mark: the page's tests draw the same one."""
    square = Path(
        "square", np.array([[0, 0], [9, 0], [9, 9], [0, 9]], float), closed=True, fill="#21918c", hatched=True
    )
    marks = (
        Rect("cell", 0, 0, 20, 20, radius=4, glides=True, fill="paper", stroke="border", place=0),
        Line("axis", 0, 30, 60, 30, stroke="ink", stroke_width=2.0, opacity=0.5, dash=(8, 4)),
        Text("number", 10, 14, "19", 12, "middle", bold=True, italic=True, fill="series-1"),
        Text("title", 5, 20, "sc\u2026", 12, turned=True, rim=True, whole="score", fill="depth-0-2"),
        Pixels("image", 30, 0, 20, 20, np.array([[0, 255]], np.uint8)),
        Group("cut", (square,), Path("clip", square.points, closed=True)),
    )
    rows = (CardRow("sum", "19", "series-0", strong=True), CardRow("model V1", "0.3", "depth-0-2"))
    mark = Rect("focus", 0, 0, 20, 20, stroke="focus")
    places = (Place("Cell 1: 19.", (mark,), "Cell 1", rows, "simulated", "as said", (0, 20, 10)), Place("Cell 2."))
    numbers = (("cell", "number"), ("1", 19), ("2", None))
    return Scene("example", "Every kind", "One of each.", 60, 40, marks, places, 2, ("Enter", "1"), numbers)


def test_the_page_is_tested_with_the_frame_that_the_kernel_makes():
    frame = every_kind().frame()
    kept = json.loads((EXTENSION / "src" / "testing" / "every_kind.json").read_text())
    assert kept == {"header": frame.header, "values": list(frame.values)}


@pytest.mark.parametrize(("name", "stops"), [("SEQUENTIAL", STOPS), ("DIVERGING_LIGHT", DIVERGING)])
def test_kernel_and_page_mix_the_same_stops(name, stops):
    page = re.search(rf"{name}: .*? = \[(.*?)\];", (EXTENSION / "src" / "pixels.ts").read_text(), re.DOTALL)[1]
    assert tuple(tuple(map(int, stop)) for stop in re.findall(r"\[(\d+), (\d+), (\d+)\]", page)) == stops


def test_kernel_and_page_know_the_same_roles_and_the_series_have_the_same_colours_in_the_light_theme():
    page = (EXTENSION / "src" / "widgets" / "scene" / "scene_frame.ts").read_text()
    roles = re.search(r"ROLES.*?\{(.*?)\};", page, re.DOTALL)[1]
    assert re.findall(r"^\s*'?([a-z0-9-]+)'?:", roles, re.MULTILINE) == list(ROLES)
    light = (EXTENSION / "style" / "panel.css").read_text().split("}")[0]
    series = dict(re.findall(r"--hcnn-(series-\d): (#\w+);", light))
    stops = re.search(r"light: \[(.*?)\]", (EXTENSION / "src/widgets/charts/chart_colours.ts").read_text())[1]
    assert tuple(re.findall("#\\w+", stops)) == DEPTHS
    assert series == {role: colour for role, colour in ROLES.items() if role.startswith("series")}
