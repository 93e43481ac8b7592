"""What a press makes anew before it is answered, counted: no test asserts a time."""

import json

import numpy as np
import pytest

from hcnn_widgets.widgets.classroom.convolution import convolution_scene
from hcnn_widgets.widgets.scene.scene_panel import HAND_S

BOARD = np.arange(256).reshape(16, 16) % 10
COLUMNS, KERNEL = 16 + 3 + 14, 16
OUTPUT = KERNEL + 3


@pytest.fixture
def lab(make_lab, page, ticker):
    lab = make_lab("ConvolutionLab", BOARD, np.eye(3))
    page.say(lab.panel, kind="room", view="wide", width=900, height=0)
    ticker.round()
    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    return lab


@pytest.fixture
def described(monkeypatch):
    """Return the sentences of the places that were described, in order."""
    told = []
    describe = convolution_scene.cell_sentence
    monkeypatch.setattr(convolution_scene, "cell_sentence", lambda *given: told.append(describe(*given)) or told[-1])
    return told


def with_marks(header):
    return {number for number, place in enumerate(header["places"]) if place["marks"]}


def test_a_press_is_answered_by_a_frame_that_describes_the_place_of_the_press_and_the_one_at_rest_alone(
    page, lab, ticker, clock, described
):
    page.say(lab.panel, kind="press", place=2, key="9")
    ticker.round()
    first = page.frames(lab.panel)[-1]
    assert with_marks(first) == {2}
    assert described == ["Image, row 1, column 3: 9. 3 windows see it."]
    assert first["places"][2]["sentence"] == described[0]
    assert len(first["places"]) == 16 * COLUMNS

    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    ticker.round()
    assert (page.frames(lab.panel)[-1], len(described)) == (first, 1)  # whoever types on is answered first
    clock.now += HAND_S
    ticker.round()
    whole = page.frames(lab.panel)[-1]
    assert with_marks(whole) == set(range(16 * COLUMNS))
    assert whole["marks"] == first["marks"]
    assert len(json.dumps(first)) < len(json.dumps(whole)) / 2


def test_the_window_that_moves_on_takes_its_new_place_with_it(page, lab, ticker):
    page.say(lab.panel, kind="press", place=OUTPUT, key=" ")
    ticker.round()
    header = page.frames(lab.panel)[-1]
    assert header["rest"] == OUTPUT + 1
    assert with_marks(header) == {OUTPUT, OUTPUT + 1}


def test_a_hurried_frame_leaves_no_picture_and_the_whole_one_does(page, lab, ticker, clock):
    page.say(lab.panel, kind="press", place=2, key="9")
    ticker.round()
    assert not lab.panel.over
    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    clock.now += HAND_S
    ticker.round()
    assert lab.panel.over


def test_of_keys_that_follow_one_another_faster_than_frames_each_is_answered_in_a_hurry(page, lab, ticker):
    for key in "12":
        page.say(lab.panel, kind="press", place=2, key=key)
        ticker.round()
        assert with_marks(page.frames(lab.panel)[-1]) == {2}


def test_what_asks_for_the_state_of_now_has_all_of_it(page, lab):
    page.say(lab.panel, kind="press", place=2, key="9")
    lab.panel.show_now()
    assert with_marks(lab.panel.header) == set(range(16 * COLUMNS))


def test_a_choice_in_a_menu_hurries_like_a_key(page, lab, ticker):
    lab.choose(lambda: lab.shown.changed(bias=2.0))
    ticker.round()
    assert with_marks(page.frames(lab.panel)[-1]) == {OUTPUT}


def test_a_scene_of_few_places_is_sent_whole(make_lab, page, ticker):
    lab = make_lab("ConvolutionLab")
    page.say(lab.panel, kind="ack", sequence=lab.panel.sequence)
    page.say(lab.panel, kind="press", place=0, key="9")
    ticker.round()
    assert lab.panel.over
    assert with_marks(page.frames(lab.panel)[-1]) == set(range(3 * 7))


def test_no_frame_goes_out_while_a_press_is_half_done(page, lab, monkeypatch):
    sent = []
    monkeypatch.setattr(lab, "pressed", lambda *_: sent.append(lab.panel.tick()))
    page.say(lab.panel, kind="press", place=2, key="9")
    assert sent == [False]
