"""Recordings that a dashboard makes while it waits for Train."""

import threading
from dataclasses import replace

import pytest
from stand_in_lab import train

from hcnn_widgets.widgets.lab.lab import Lab
from hcnn_widgets.widgets.lab.lab_ahead import MadeAhead, begin_ahead
from hcnn_widgets.widgets.lab.lab_menu import RecordingsAtHand, standard_menu


class Maker:
    """Makes recordings when it may, counts how often, and says where it was asked."""

    def __init__(self) -> None:
        self.times, self.threads = 0, []
        self.may, self.asked = threading.Event(), threading.Event()
        self.missing, self.error = "", None
        self.may.set()

    def __call__(self) -> RecordingsAtHand:
        self.times += 1
        self.threads.append(threading.current_thread())
        self.asked.set()
        assert self.may.wait(10)
        if self.error is not None:
            raise self.error
        made = RecordingsAtHand(["V4"])
        made.missing = self.missing
        return made


@pytest.fixture
def maker():
    return Maker()


def begun(maker):
    ahead = MadeAhead(maker)
    begin_ahead(ahead)
    return ahead


def test_the_first_recordings_are_made_before_train_is_pressed_and_train_takes_them(page, lab, ticker, maker):
    ahead = MadeAhead(maker)
    early = Lab(replace(lab._menu, recordings={"early": ahead, **lab._menu.recordings}), ticker=ticker)
    assert maker.asked.wait(10)
    train(page, early)
    assert early.recordings == ["V4"]
    assert maker.times == 1
    early.close()


def test_train_waits_for_recordings_under_way_and_does_not_make_them_twice(maker):
    maker.may.clear()
    ahead = begun(maker)
    assert maker.asked.wait(10)
    threading.Timer(0.05, maker.may.set).start()
    assert ahead() == ["V4"]
    assert maker.times == 1
    assert maker.threads[0] is not threading.main_thread()


def test_recordings_that_nobody_began_are_made_when_they_are_asked_for(maker):
    assert MadeAhead(maker)() == ["V4"]
    assert maker.threads == [threading.current_thread()]


def test_what_failed_ahead_is_tried_again_and_nobody_hears_of_the_first_failure(maker):
    maker.error = OSError("no network")
    ahead = begun(maker)
    assert ahead._job.wait(10)
    maker.error = None
    assert ahead() == ["V4"]
    assert maker.times == 2


def test_what_was_missing_ahead_is_looked_for_again(maker):
    maker.missing = "V4 is missing"
    ahead = begun(maker)
    assert ahead._job.wait(10)
    maker.missing = ""
    assert ahead().missing == ""


@pytest.mark.parametrize("error", [None, OSError("no network")])
def test_the_outcome_of_what_is_under_way_counts_so_that_a_slow_failure_is_waited_for_once(maker, error):
    maker.may.clear()
    maker.error, maker.missing = error, "V4 is missing"
    ahead = begun(maker)
    assert maker.asked.wait(10)
    threading.Timer(0.05, maker.may.set).start()
    if error is None:
        assert ahead().missing == "V4 is missing"
    else:
        with pytest.raises(OSError, match="no network"):
            ahead()
    assert maker.times == 1


def test_plain_functions_are_not_called_ahead(maker):
    begin_ahead(maker)
    assert maker.times == 0


def test_the_dashboard_s_own_first_recordings_are_made_ahead():
    menu = standard_menu()
    assert isinstance(menu.recordings[menu.first.recordings], MadeAhead)
