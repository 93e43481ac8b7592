import pytest

from hcnn_widgets.widgets.panel.back_pressure import FrameGate


@pytest.fixture
def gate(clock):
    return FrameGate(clock)


def test_a_second_frame_waits_for_the_first_to_be_drawn(gate):
    assert gate.ready()
    gate.sent(1)
    assert not gate.ready()
    gate.acknowledged(1)
    assert gate.ready()


def test_an_answer_to_an_older_frame_changes_nothing(gate):
    gate.sent(7)
    gate.acknowledged(6)
    assert not gate.ready()


def test_an_unanswered_frame_holds_the_next_one_back_for_three_seconds(gate, clock):
    gate.sent(1)
    clock.now = 2.9
    assert not gate.ready()
    clock.now = 3.0
    assert gate.ready()


def test_the_wait_doubles_while_nobody_answers_at_all(gate, clock):
    waits = []
    for sequence in range(6):
        gate.sent(sequence)
        start = clock.now
        while not gate.ready():
            clock.now += 0.5
        waits.append(clock.now - start)
    assert waits == [3.0, 6.0, 12.0, 24.0, 24.0, 24.0]


def test_one_answer_ends_the_doubling(gate, clock):
    for sequence in range(4):
        gate.sent(sequence)
    gate.acknowledged(3)
    gate.sent(4)
    clock.now = 3.0
    assert gate.ready()


def test_a_hidden_panel_gets_nothing_but_the_last_frame_of_a_run(gate):
    gate.seen(False)
    assert not gate.ready()
    assert gate.ready(even_hidden=True)


def test_a_panel_is_seen_as_long_as_one_of_its_views_is(gate):
    gate.seen(True, "left")
    gate.seen(False, "right")
    assert gate.visible
    gate.seen(False, "left")
    assert not gate.visible


def test_a_view_that_comes_on_screen_wants_a_frame_at_once(gate):
    gate.sent(1)
    gate.seen(True)
    assert gate.wanted
    assert gate.ready()
    gate.sent(2)
    assert not gate.wanted


def test_a_new_view_asks_for_a_frame_whatever_is_in_flight(gate):
    gate.sent(1)
    gate.mounted()
    assert gate.wanted
    assert gate.ready()


def test_closing_a_second_tab_does_not_stop_the_first(gate):
    gate.seen(True, "tab 1")
    gate.seen(True, "tab 2")
    gate.seen(False, "tab 2")
    assert gate.visible
    assert gate.ready()


def test_a_page_that_went_without_a_word_is_forgotten_once_another_one_has_drawn_for_a_minute(gate, clock):
    gate.seen(True, "crashed")
    gate.seen(True, "alive")
    for sequence in range(63):
        clock.now = float(sequence)
        gate.sent(sequence)
        gate.acknowledged(sequence, "alive")
    gate.seen(False, "alive")
    assert not gate.visible


def test_a_page_that_draws_is_not_forgotten(gate, clock):
    gate.seen(True, "tab 1")
    gate.seen(True, "tab 2")
    for sequence in range(100):
        clock.now = float(sequence)
        gate.acknowledged(sequence, f"tab {1 + sequence % 2}")
    gate.seen(False, "tab 1")
    assert gate.visible
