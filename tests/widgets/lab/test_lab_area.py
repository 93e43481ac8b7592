"""An area that is pressed in one panel of the dashboard is shown in the others."""

from types import SimpleNamespace

import pytest
from brain_side import table

from hcnn_widgets.widgets.brain.brain_map import BrainMap
from hcnn_widgets.widgets.kernels.kernel_grid import KernelGrid
from hcnn_widgets.widgets.lab.lab_area import AreaChoice
from hcnn_widgets.widgets.network.network_view import NetworkView
from hcnn_widgets.widgets.predictivity.score_trace import ScoreTracePanel

IT, V4, V2, V1 = range(4)
"""Places of the brain."""


@pytest.fixture
def panels(page, run, clock, ticker, read):
    """Make the panels of a run whose recordings are V4 and, simulated, IT."""
    score = SimpleNamespace(latest=table(10, brains=2), error=None, alive=True, close=lambda: None)
    score.history = [score.latest]
    shared = {"clock": clock, "ticker": ticker}
    brain = BrainMap(score=lambda *_: score, **shared)
    trace = ScoreTracePanel(run, ["V4", "IT"], score=lambda *_: score, **shared)
    kernels, network = KernelGrid(run, read=read, **shared), NetworkView(**shared)
    network.panel.areas = ("V1", "V2", "V4")
    network.area = "V1"
    AreaChoice(brain, trace, kernels, network)
    brain.follow(run, ["V4", "IT"])
    return SimpleNamespace(brain=brain, trace=trace, kernels=kernels, network=network)


def press(page, brain, place):
    page.say(brain, kind="press", place=place, key="Enter")


def test_an_area_pressed_on_the_brain_is_chosen_for_score_kernels_and_maps(page, panels):
    assert panels.trace.brain_areas == ("V4", "IT")
    press(page, panels.brain, V4)
    assert panels.trace.area == 0
    assert (panels.brain.area, panels.kernels.area, panels.network.area) == ("V4", "V4", "V4")


def test_a_second_press_shows_the_scores_of_all_areas_again(page, panels):
    for _ in range(2):
        press(page, panels.brain, V4)
    assert panels.trace.area == -1
    assert panels.brain.area == ""


def test_an_area_without_recordings_leaves_all_areas_shown(page, panels):
    press(page, panels.brain, V2)
    assert panels.trace.area == -1
    assert panels.brain.area == ""


def test_an_area_pressed_in_the_network_is_chosen_for_score_and_kernels(panels):
    panels.network.area = "V4"
    assert panels.trace.area == 0
    assert (panels.brain.area, panels.kernels.area) == ("V4", "V4")


def test_an_area_of_the_network_without_recordings_leaves_the_score_as_it_is(panels):
    panels.network.area = "V4"
    panels.network.area = "V2"
    assert panels.trace.area == 0
    assert panels.kernels.area == "V2"


def test_the_first_area_of_another_network_is_nobodys_choice(panels):
    panels.network.panel.areas = ("conv1", "V4")
    panels.network.area = "V4"
    assert panels.trace.area == -1


def test_the_menu_of_the_score_marks_its_area_on_the_brain(panels):
    panels.trace.area = 1
    assert panels.brain.area == "IT"
    card = next(mark for mark in panels.brain.scene(640).marks if mark.key == "card-IT")
    assert card.marks[0].stroke == "ink"
    panels.trace.area = -1
    assert panels.brain.area == ""


def test_a_brain_of_its_own_takes_no_keys(page, run, clock, ticker):
    score = SimpleNamespace(latest=table(10), error=None, alive=True)
    brain = BrainMap(run, ["V4"], score=lambda *_: score, clock=clock, ticker=ticker)
    assert brain.header["keys"] == []
    assert "Enter" not in brain.header["places"][V4]["sentence"]
