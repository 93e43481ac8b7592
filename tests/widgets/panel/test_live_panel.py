import threading

import numpy as np
import pytest

from hcnn_widgets.widgets.lab.lab import Lab
from hcnn_widgets.widgets.panel.frame import Frame, as_float32
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.training.curves import Curves
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor


class Counter(LivePanel):
    """Shows a number; raises when it is negative, is over when told to."""

    def __init__(self, **traits):
        self.number, self.ended, self.made = 1, False, 0
        super().__init__(**traits)

    def make_frame(self):
        self.made += 1
        if self.number < 0:
            raise ValueError(f"`number` must not be negative; received {self.number}.")
        return Frame({"number": self.number}, bytes([self.number]), final=self.ended)

    def source_over(self):
        return self.ended


@pytest.fixture
def counter(page, clock, ticker):
    return Counter(clock=clock, ticker=ticker)


def numbers(page, counter):
    return [header["number"] for header in page.frames(counter)]


def test_a_frame_is_one_message_with_header_and_values(page, counter):
    counter.tick()
    (update,) = page.updates(counter)
    assert update["header"] == {"number": 1, "sequence": 1}
    assert counter.values == b"\x01"


def test_words_that_a_frame_takes_back_go_with_it_in_one_message(page, counter):
    counter.say("scoring…")
    before = len(page.updates(counter))
    counter.tick()
    (update,) = page.updates(counter)[before:]
    assert (update["message"], update["header"]["number"]) == ("", 1)


def test_only_one_frame_is_in_flight_and_the_newest_follows_it(page, counter):
    for counter.number in (1, 2, 3):
        counter.tick()
    assert numbers(page, counter) == [1]
    page.say(counter, kind="ack", sequence=1)
    counter.tick()
    assert numbers(page, counter) == [1, 3]


def test_the_last_frame_waits_for_no_answer_where_no_page_was_ever_heard(page, counter, clock):
    counter.tick()
    counter.number, counter.ended = 2, True
    counter.tick()
    assert numbers(page, counter) == [1, 2]
    assert counter.over


def test_the_last_frame_waits_for_the_answer_of_a_page_that_was_heard(page, counter):
    page.say(counter, kind="visible", visible=True)
    counter.tick()
    counter.number, counter.ended = 2, True
    counter.tick()
    assert numbers(page, counter) == [1]


def test_without_an_answer_the_next_frame_goes_after_three_seconds(page, counter, clock):
    counter.tick()
    counter.number, clock.now = 2, 2.9
    counter.tick()
    assert numbers(page, counter) == [1]
    clock.now = 3.0
    counter.tick()
    assert numbers(page, counter) == [1, 2]


def test_a_hidden_panel_neither_sends_nor_makes_frames(page, counter):
    page.say(counter, kind="visible", visible=False)
    assert not counter.tick()
    assert counter.made == 0
    page.say(counter, kind="visible", visible=True)
    assert counter.tick()


def test_an_unchanged_frame_is_not_sent_again(page, counter):
    counter.tick()
    page.say(counter, kind="ack", sequence=1)
    assert not counter.tick()
    assert len(page.frames(counter)) == 1


def test_a_view_that_asks_for_a_snapshot_gets_one_even_if_nothing_is_new(page, counter):
    counter.tick()
    page.say(counter, kind="snapshot")
    assert counter.tick()
    assert [header["sequence"] for header in page.frames(counter)] == [1, 2]


def test_an_error_in_making_a_frame_becomes_words_and_goes_when_it_is_mended(page, counter):
    counter.number = -5
    counter.tick()
    assert (counter.message, counter.wrong) == ("`number` must not be negative; received -5.", True)
    counter.number = 5
    counter.tick()
    assert (counter.message, counter.wrong) == ("", False)


@pytest.mark.parametrize("content", [{}, {"kind": "ack"}, {"kind": "ack", "sequence": "three"}, [1, 2], "ack", None])
def test_a_message_that_no_view_sends_is_passed_over(page, counter, content):
    counter.tick()
    counter._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
    assert (counter.message, counter.wrong) == ("", False)
    page.say(counter, kind="ack", sequence=1)
    counter.number = 2
    assert counter.tick()


def test_the_last_frame_goes_out_even_off_screen_and_then_the_panel_costs_nothing(page, counter, ticker):
    counter.start()
    page.say(counter, kind="visible", visible=False)
    counter.ended = True
    page.say(counter, kind="ack", sequence=1)
    counter.number = 9
    ticker.round()
    assert numbers(page, counter) == [1, 9]
    assert not ticker.looks_after(counter)


def test_a_finished_panel_that_comes_back_on_screen_is_served_once_more(page, counter, ticker):
    counter.ended = True
    counter.start()
    assert not ticker.looks_after(counter)
    page.say(counter, kind="visible", visible=True)
    assert ticker.looks_after(counter)
    ticker.round()
    assert len(page.frames(counter)) == 2
    assert not ticker.looks_after(counter)


def test_what_waits_for_the_end_is_told_once(page, counter):
    told = []
    counter.when_over(lambda: told.append(counter.sequence))
    counter.ended = True
    counter.start()
    page.say(counter, kind="visible", visible=True)
    counter.tick()
    assert told == [1]


def test_what_is_asked_for_while_the_last_frame_is_made_is_shown_in_another(page, ticker, clock):
    class Asked(Counter):
        def make_frame(self):
            frame = super().make_frame()
            if self.made == 1:  # a message on another of the kernel's threads
                self.number = 2
                self.renew()
            return frame

    asked = Asked(clock=clock, ticker=ticker)
    asked.ended = True
    told = []
    asked.when_over(lambda: told.append(asked.number))
    asked.start()
    assert (numbers(page, asked), told) == ([1], [])
    ticker.round()
    assert (numbers(page, asked), told) == ([1, 2], [2])
    assert not ticker.looks_after(asked)


def test_what_is_asked_for_between_the_last_frame_and_the_end_is_shown(page, ticker, clock):
    class Asked(Counter):
        is_over, asker = False, None

        @property
        def over(self):
            return self.is_over

        @over.setter
        def over(self, over):
            if over and self.asker is None:
                self.asker = threading.Thread(target=self.renew)
                self.asker.start()
                self.asker.join(0.2)
            self.is_over = over

    asked = Asked(clock=clock, ticker=ticker)
    asked.ended = True
    ticker.add(asked)
    ticker.round()
    asked.asker.join(10)
    assert not asked.over
    assert ticker.looks_after(asked)


def test_a_source_that_ends_in_an_error_is_over(counter):
    counter.number, counter.ended = -1, True
    counter.start()
    assert counter.over


def test_closing_a_panel_takes_it_from_the_ticker(page, counter, ticker):
    counter.start()
    assert ticker.looks_after(counter)
    counter.close()
    assert not ticker.looks_after(counter)
    assert counter.comm is None


def test_a_panel_is_not_called_back_by_a_late_message_after_closing(page, counter, ticker):
    counter.close()
    counter._hear({"kind": "visible", "visible": True})
    assert not ticker.looks_after(counter)


def test_a_note_stays_until_the_next_one(page, counter):
    counter.note("The learning rate must be above 0.")
    counter.tick()
    assert (counter.message, counter.wrong) == ("The learning rate must be above 0.", True)
    counter.say("scoring…")
    assert (counter.message, counter.wrong) == ("scoring…", False)
    counter.note("")
    assert (counter.message, counter.wrong) == ("", False)


def test_a_note_is_kept_beside_what_is_awaited(page, counter):
    counter.note("V4 is missing.")
    page.say(counter, kind="ack", sequence=1)
    counter.make_frame = lambda: Frame({"number": 1}, message="scoring…")
    counter.tick()
    assert (counter.message, counter.wrong, counter.notice) == ("scoring…", False, "V4 is missing.")
    counter.clear()
    assert (counter.message, counter.notice) == ("", "")


def test_a_header_that_json_cannot_carry_is_refused():
    with pytest.raises(ValueError, match=r"`header` must hold finite numbers and words alone; received .*nan"):
        Frame({"step": float("nan")})


def test_numbers_beyond_float32_are_not_known():
    assert np.array_equal(as_float32([1e39, -np.inf, 2.5]), np.array([np.nan, np.nan, 2.5], "f4"), equal_nan=True)
    assert as_float32([1.0]).tobytes() == b"\x00\x00\x80?"


def test_the_repr_says_what_is_shown_and_holds_no_numbers(counter):
    counter.tick()
    assert repr(counter) == "<Counter: Counter>"


def test_the_page_is_told_which_script_draws_the_panel(counter):
    state = counter.get_state()
    assert state["_model_module"] == state["_view_module"] == "hcnn-widgets"
    assert state["_model_module_version"].startswith("^")


def test_a_panel_must_say_what_it_shows_and_by_itself_never_ends(page, clock, ticker):
    bare = LivePanel(clock=clock, ticker=ticker)
    assert not bare.source_over()
    with pytest.raises(NotImplementedError):
        bare.make_frame()


def test_messages_of_an_unknown_kind_change_nothing(page, counter):
    counter.tick()
    page.say(counter, kind="later version")
    assert counter.message == ""
    assert numbers(page, counter) == [1]


@pytest.mark.parametrize("kind", [Counter, TrainingMonitor, Lab, Curves])
def test_a_widget_that_could_not_be_made_can_still_be_closed(page, kind):
    half_made = kind.__new__(kind)
    half_made.close()
    assert half_made.comm is None


def test_a_panel_asks_its_pages_for_the_stage_for_itself_alone(counter, monkeypatch):
    asked = []
    monkeypatch.setattr(counter, "send", asked.append)
    counter.stage()
    assert asked == [{"kind": "stage", "whole": False}]
