from dataclasses import dataclass

import pytest

from hcnn_widgets.widgets.classroom import lab_steps
from hcnn_widgets.widgets.classroom.lab_steps import KeepsSteps, takes_state


@dataclass(frozen=True)
class Number:
    value: float

    def plain(self):
        return {"value": self.value}


class Counter(KeepsSteps[Number]):
    @takes_state
    def __init__(self, value=0.0):
        self.begin(Number(value))


@pytest.fixture
def lab():
    return Counter()


def test_changes_are_taken_back_one_by_one_and_the_first_view_stays(lab):
    for value in (1.0, 2.0):
        lab.go_to(Number(value))
    lab.undo()
    assert lab.state == {"value": 1.0}
    lab.undo()
    lab.undo()
    assert lab.state == {"value": 0.0}


def test_moves_of_a_drag_are_taken_back_at_once(lab):
    lab.go_to(Number(1.0))
    for value in (1.5, 2.0, 2.5):
        lab.go_to(Number(value), same_step=value > 1.5)
    lab.undo()
    assert lab.state == {"value": 1.0}


def test_nothing_to_show_is_no_step(lab):
    lab.go_to(None)
    assert len(lab._passed) == 1


def test_many_steps_are_forgotten_from_the_oldest_on_but_for_the_first(lab, monkeypatch):
    monkeypatch.setattr(lab_steps, "MOST_STEPS", 3)
    for value in range(1, 9):
        lab.go_to(Number(float(value)))
    assert [shown.value for shown in lab._passed] == [0, 5, 6, 7, 8]
    lab.reset()
    assert lab.state == {"value": 0.0}


def test_a_state_in_place_of_the_first_argument_is_shown_again():
    assert Counter({"value": 3.0}).state == {"value": 3.0}
    assert Counter({"value": 3.0}, value=4.0).state == {"value": 4.0}
    with pytest.raises(TypeError):
        Counter({"size": 3.0})


def test_the_line_writes_whole_numbers_without_a_point(lab):
    lab.go_to(Number(2.0))
    assert lab.line == "hw.widgets.Counter(value=2)"


def test_what_is_changed_in_python_is_shown_on_the_page(page, make_perceptron, make_gates, make_lab, ticker):
    lab, gates, cells = make_perceptron("OR"), make_gates("XOR"), make_lab("ConvolutionLab")
    for panel in (lab.panel, gates.panel, cells.panel):
        page.say(panel, kind="ack", sequence=panel.sequence)
    lab.step()
    gates.solve()
    cells.act(lambda: cells.pressed(0, "9"))
    ticker.round()
    assert lab._slider.value == 1
    assert page.frames(lab.panel)[-1]["said"] == lab.sentence()
    assert page.frames(gates.panel)[-1]["said"].startswith("XOR: the line gets 3 of 4 right.")
    assert page.frames(cells.panel)[-1]["places"][0]["sentence"].startswith("Image, row 1, column 1: 9.")
    for each, panel in ((lab, lab.panel), (gates, gates.panel), (cells, cells.panel)):
        page.say(panel, kind="ack", sequence=panel.sequence)
        each.undo()
    ticker.round()
    assert page.frames(gates.panel)[-1]["said"].startswith("XOR: the line gets 2 of 4 right.")
    assert page.frames(cells.panel)[-1]["places"][0]["sentence"].startswith("Image, row 1, column 1: 0.")
