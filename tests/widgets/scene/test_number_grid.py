import io
import threading

import numpy as np
import pytest
from number_grid import NumberGrid
from PIL import Image
from scipy.signal import correlate2d

from hcnn_widgets.widgets.scene import scene_panel


@pytest.fixture
def grid(page, clock, ticker):
    return NumberGrid(np.arange(9).reshape(3, 3), [[0, 1], [2, 3]], clock=clock, ticker=ticker)


def sums(panel):
    said = [place.sentence for place in panel.scene(640).places]
    return [int(sentence.split("= ")[1]) for sentence in said if "= " in sentence]


def test_every_whole_window_says_its_sum_as_scipy_has_it(grid):
    assert sums(grid) == correlate2d(grid.numbers, grid.kernel, "valid").ravel().tolist() == [19, 25, 37, 43]
    assert grid.scene(640).places[0].sentence == "Row 1, column 1: 0. 0\u00d70 + 1\u00d71 + 3\u00d72 + 4\u00d73 = 19"


def test_a_digit_that_is_typed_into_a_cell_changes_the_sums_that_it_takes_part_in(page, grid, ticker):
    page.say(grid, kind="ack", sequence=grid.sequence)
    page.say(grid, kind="press", place=4, key="0")
    ticker.round()
    assert page.frames(grid)[-1]["places"][0]["sentence"].endswith("3\u00d72 + 0\u00d73 = 7")
    assert sums(grid) == correlate2d(grid.numbers, grid.kernel, "valid").ravel().tolist()


@pytest.mark.parametrize("told", [{"place": 9, "key": "1"}, {"place": -1, "key": "1"}, {"place": 0, "key": "x"}])
def test_a_place_or_key_that_the_scene_does_not_have_changes_nothing(page, grid, told):
    page.say(grid, kind="press", **told)
    assert grid.numbers.ravel().tolist() == list(range(9))


def test_the_sentence_is_the_label_and_the_picture_shows_the_cells(grid):
    assert grid.sentence() == "A grid of 3 by 3 numbers."
    assert grid.over
    picture = np.asarray(Image.open(io.BytesIO(grid.picture())).convert("L"))
    assert picture.shape == (4 * 44, 640)
    assert picture[10:34, 10:34].min() < 100  # the number in the first cell
    assert (picture[3 * 44 + 3 :, 200:] == 255).all()


def rooms(header):
    return [header["width"], *(scene["width"] for scene in header.get("others", ()))]


def test_every_view_has_the_scene_for_its_own_room_until_it_goes(page, grid, ticker):
    for view, width in (("left", 500), ("right", 300), ("right", 350), ("below", 500)):
        page.say(grid, kind="room", view=view, width=width, height=0)
    ticker.round()
    header = page.frames(grid)[-1]
    assert rooms(header) == [500, 350]
    assert header["others"][0]["marks"] == grid.scene(350).plain()["marks"]
    for view in ("left", "below"):
        page.say(grid, kind="room", view=view, width=0, height=0)
    page.say(grid, kind="room", view="right", width=10, height=0)
    ticker.round()
    assert rooms(page.frames(grid)[-1]) == [280]


def test_pages_that_never_take_leave_are_forgotten_from_the_oldest_on(page, grid, ticker):
    for view in range(9):
        page.say(grid, kind="room", view=f"view {view}", width=300 + view, height=0)
    ticker.round()
    assert rooms(page.frames(grid)[-1]) == [308, 307, 306, 305]


def test_after_presses_the_picture_is_drawn_once_and_on_another_thread(page, grid, ticker, monkeypatch):
    monkeypatch.setattr(scene_panel, "PAUSE_S", 0.05)
    drawn = []
    grid.when_over(lambda: drawn.append((threading.current_thread(), int(grid.numbers[1, 1]))))
    for key in "789":
        page.say(grid, kind="ack", sequence=grid.sequence)
        page.say(grid, kind="press", place=4, key=key)
        ticker.round()
    assert drawn == []
    grid._after_pause.wait(10)
    ((thread, number),) = drawn
    assert (thread is threading.current_thread(), number) == (False, 9)


def test_a_closed_panel_draws_no_picture(page, grid, ticker, monkeypatch):
    monkeypatch.setattr(scene_panel, "PAUSE_S", 0.05)
    drawn = []
    grid.when_over(lambda: drawn.append(True))
    page.say(grid, kind="press", place=4, key="7")
    ticker.round()
    grid.close()
    grid._after_pause.wait(10)
    assert drawn == []


def test_a_scene_that_knows_no_height_is_laid_out_for_its_width_alone(page, grid, ticker):
    page.say(grid, kind="room", view="cell", width=400, height=100)
    ticker.round()
    assert rooms(page.frames(grid)[-1]) == [400]
