"""What Lab says, and offers, where recordings are on their way or cannot be had."""

import threading
from types import SimpleNamespace

import pytest
from stand_in_lab import Images

from hcnn_widgets.widgets.lab.lab import Lab
from hcnn_widgets.widgets.lab.lab_menu import LabMenu, LabSetting, RecordingsAtHand

NO_NETWORK = "V4 is missing; there is no network."


class Shelf:
    """Where recordings lie, or not."""

    def __init__(self):
        self.reachable, self.asked, self.may_answer = False, threading.Event(), threading.Event()
        self.may_answer.set()

    def some(self):
        self.asked.set()
        self.may_answer.wait(10)
        at_hand = RecordingsAtHand(["V1", "V4", "IT"] if self.reachable else ["V1", "IT"])
        at_hand.missing = "" if self.reachable else NO_NETWORK
        return at_hand

    def all_or_nothing(self):
        if not self.reachable:
            raise ConnectionError("there is no network.")
        return ["V4"]


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def scores():
    return []


@pytest.fixture
def lab(page, clock, ticker, read, model, make_run, shelf, scores):
    def score(run, recordings):
        scores.append(SimpleNamespace(recordings=recordings, latest=None, error=None, alive=True, close=lambda: None))
        return scores[-1]

    def train(images, epochs):
        run = make_run(model)
        run.join = lambda timeout: True
        return run

    menu = LabMenu(
        architectures={"hcnn": lambda **_: SimpleNamespace()},
        goals={"categorization": lambda: "goal"},
        rules={"backpropagation": lambda: "rule"},
        images={"objects": Images},
        recordings={"some": shelf.some, "all or nothing": shelf.all_or_nothing, "none": list},
        model=lambda *_: SimpleNamespace(train=train),
    )
    return Lab(menu, clock=clock, ticker=ticker, score=score, read=read)


def choose(lab, recordings):
    lab.choices.setting = LabSetting("hcnn", "categorization", "backpropagation", "objects", recordings, 100, 2)


def train(page, lab, recordings):
    choose(lab, recordings)
    page.click(lab._train)
    assert lab._work.wait(10)


def offered(lab):
    return lab.missing.button.layout.display != "none"


def test_areas_at_hand_are_scored_and_what_is_missing_stays_said_frame_after_frame(page, lab, ticker, scores):
    train(page, lab, "some")
    assert [score.recordings for score in scores] == [["V1", "IT"]] * 3
    for _ in range(3):
        lab.run.train(10)
        ticker.round()
        page.say(lab.bars.panel, kind="ack", sequence=lab.bars.panel.sequence)
    assert lab.bars.panel.notice == NO_NETWORK
    assert lab.bars.panel.message == "scoring…"
    assert offered(lab)


def test_trying_again_brings_what_was_missing_and_takes_the_words_away(page, lab, shelf, scores):
    train(page, lab, "some")
    shelf.reachable = True
    page.click(lab.missing.button)
    assert lab._work.wait(10)
    assert lab.recordings == scores[-1].recordings == ["V1", "V4", "IT"]
    assert lab.bars.panel.notice == ""
    assert not offered(lab)


def test_trying_again_in_vain_leaves_the_scores_as_they_are(page, lab, scores):
    train(page, lab, "some")
    page.click(lab.missing.button)
    assert lab._work.wait(10)
    assert len(scores) == 3
    assert lab.bars.panel.notice == NO_NETWORK
    assert offered(lab)


def test_where_nothing_can_be_had_training_goes_on_and_the_score_panel_says_why(page, lab, shelf, scores):
    train(page, lab, "all or nothing")
    assert lab.run is not None
    assert lab.bars.panel.notice == "The recordings could not be had. there is no network."
    assert lab.brain.message == lab.bars.panel.notice
    assert lab.monitor.panel.notice == ""
    shelf.reachable = True
    page.click(lab.missing.button)
    assert lab._work.wait(10)
    assert scores[-1].recordings == ["V4"]


def test_recordings_on_their_way_are_not_called_none(page, lab, shelf):
    shelf.may_answer.clear()
    choose(lab, "some")
    page.click(lab._train)
    assert shelf.asked.wait(10)
    assert lab.bars.panel.message == lab.brain.message == "Making the recordings ready…"
    shelf.may_answer.set()
    assert lab._work.wait(10)


def test_only_who_chose_none_reads_that_there_are_none(page, lab):
    train(page, lab, "none")
    assert lab.bars.panel.message == lab.brain.message == "No recordings to compare with."
    assert not offered(lab)


def test_starting_over_takes_the_words_along_and_undoing_brings_them_back(page, lab, shelf, scores):
    train(page, lab, "some")
    page.click(lab._start_over)
    assert lab.bars.panel.notice == ""
    assert not offered(lab)
    page.click(lab._start_over)
    assert lab.bars.panel.notice == NO_NETWORK
    shelf.reachable = True
    page.click(lab.missing.button)
    assert lab._work.wait(10)
    assert scores[-1].recordings == ["V1", "V4", "IT"]


def test_recordings_given_up_while_they_were_made_ready_are_offered_when_that_is_undone(page, lab, shelf):
    shelf.may_answer.clear()
    choose(lab, "some")
    page.click(lab._train)
    work = lab._work
    assert shelf.asked.wait(10)
    page.click(lab._start_over)
    shelf.may_answer.set()
    assert work.wait(10)
    page.click(lab._start_over)
    assert "not ready" in lab.bars.panel.notice
    page.click(lab.missing.button)
    assert work.wait(10)
    assert lab.recordings == ["V1", "IT"]


def test_a_second_training_clears_what_is_of_the_first_at_once(page, lab, ticker, shelf):
    train(page, lab, "some")
    lab.run.train(10)
    for _ in range(2):
        ticker.round()
        lab.run.do_jobs()
        page.say(lab.kernels.panel, kind="ack", sequence=lab.kernels.panel.sequence)
    assert lab.monitor.panel.header
    assert lab.kernels.panel.header
    images = threading.Event()
    lab._menu.images["objects"] = lambda n: images.wait(10)
    lab._made_from = None
    page.click(lab._train)
    assert [panel.header for panel in (lab.monitor.panel, lab.kernels.panel, lab.bars.panel)] == [{}] * 3
    assert lab.monitor._state.value == ""
    page.click(lab._start_over)
    images.set()
    assert lab._work.wait(10)
