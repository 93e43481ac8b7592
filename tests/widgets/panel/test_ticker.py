import gc
import threading
import time

import pytest

from hcnn_widgets.widgets.panel.ticker import Ticker


class Panel:
    def __init__(self, until=None, raises=False):
        self.n, self.over, self.until, self.raises = 0, False, until, raises
        self.ticked = threading.Event()

    def tick(self):
        self.n += 1
        self.over = self.until is not None and self.n >= self.until
        self.ticked.set()
        if self.raises:
            raise RuntimeError("broken")


def wait_for(condition, timeout=60.0):
    deadline = time.monotonic() + timeout
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    return condition()


def test_one_thread_serves_all_panels_and_ends_with_the_last_of_them():
    ticker = Ticker(rate=10)
    before = threading.active_count()
    panels = [Panel(until=2), Panel(until=3)]
    for panel in panels:
        ticker.add(panel)
    assert threading.active_count() == before + 1
    assert wait_for(lambda: not ticker.running)
    assert [panel.n for panel in panels] == [2, 3]


def test_a_panel_that_raises_stops_neither_the_thread_nor_the_others():
    ticker = Ticker(rate=10)
    broken, whole = Panel(raises=True), Panel()
    ticker.add(broken)
    ticker.add(whole)
    assert wait_for(lambda: broken.n >= 2 and whole.n >= 2)
    assert ticker.running
    ticker.discard(broken)
    ticker.discard(whole)


def test_panels_are_held_weakly():
    ticker = Ticker(rate=10)
    panel = Panel()
    ticker.add(panel)
    assert panel.ticked.wait(60)
    del panel
    gc.collect()
    assert wait_for(lambda: not ticker.running)


def test_a_panel_that_is_over_can_be_called_back():
    ticker = Ticker(rate=10)
    panel = Panel(until=1)
    ticker.add(panel)
    assert wait_for(lambda: not ticker.running)
    panel.until, panel.over = 2, False
    ticker.add(panel)
    assert wait_for(lambda: not ticker.running)
    assert panel.n == 2


def test_a_new_panel_is_served_at_once_however_slow_the_rate():
    ticker = Ticker(rate=0.2)
    first, second = Panel(), Panel()
    ticker.add(first)
    assert first.ticked.wait(60)
    started = time.monotonic()
    ticker.add(second)
    assert second.ticked.wait(4)
    assert time.monotonic() - started < 1.0
    ticker.discard(first)
    ticker.discard(second)
    ticker.add(Panel(until=1))  # wakes the thread, which then ends


@pytest.mark.parametrize("rate", [0, -1, 10.5])
def test_the_rate_is_above_zero_and_at_most_ten_a_second(rate):
    with pytest.raises(ValueError, match=r"`rate` must be above 0 and at most 10 a second; received"):
        Ticker(rate)


def test_the_rate_can_be_read_and_changed_while_panels_are_looked_after():
    ticker = Ticker(rate=5)
    ticker.rate = 10
    assert ticker.rate == 10.0


def test_a_panel_that_is_called_back_while_it_is_let_go_is_kept():
    class CalledBack(Panel):
        """Over when the ticker first looks, not over when it looks again."""

        def __init__(self):
            self.answers = [True, False, True, True]
            super().__init__()

        @property
        def over(self):
            return self.answers.pop(0)

        @over.setter
        def over(self, _value):
            pass

    ticker, panel = Ticker(rate=10), CalledBack()
    ticker.add(panel)
    assert wait_for(lambda: not ticker.running)
    assert panel.n == 2


def test_a_panel_that_is_added_again_after_its_tick_is_brought_up_to_date_once_more():
    class AddedAgain(Panel):
        """Added between its first tick and its being let go, as by another thread."""

        n_asked = 0

        @property
        def over(self):
            self.n_asked += 1
            if self.n_asked == 1:
                ticker.add(self)
            return True

        @over.setter
        def over(self, _value):
            pass

    ticker = Ticker(rate=10)
    panel = AddedAgain()
    ticker.add(panel)
    assert wait_for(lambda: not ticker.running)
    assert panel.n == 2


def test_a_panel_that_is_freed_while_the_panels_are_counted_takes_its_leave_without_waiting():
    ticker = Ticker()

    def freed_meanwhile():
        with ticker._lock:
            ticker.discard(threading.Event())

    thread = threading.Thread(target=freed_meanwhile, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
