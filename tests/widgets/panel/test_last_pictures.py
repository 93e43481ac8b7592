import gc
from types import SimpleNamespace

import pytest

from hcnn_widgets.widgets.panel.last_pictures import LONGEST_S, SETTLING_S, LastPictures


class Panel:
    """Owes its picture until a time."""

    def __init__(self, clock, until):
        self.clock, self.until = clock, until

    @property
    def owes_picture(self):
        return self.clock.now < self.until


class Shell:
    def __init__(self):
        self.kernel, self.hooks = object(), []
        self.events = SimpleNamespace(register=lambda name, hook: self.hooks.append((name, hook)))

    def end_cell(self):
        for name, hook in self.hooks:
            assert name == "post_run_cell"
            hook(None)


@pytest.fixture
def time():
    clock = SimpleNamespace(now=100.0)
    clock.sleep = lambda seconds: setattr(clock, "now", clock.now + seconds)
    return clock


@pytest.fixture
def pictures(time):
    return LastPictures(lambda: time.now, time.sleep)


def test_the_end_of_a_cell_waits_for_a_picture_that_is_owed_and_no_longer(time, pictures):
    shell, panel = Shell(), Panel(time, 107.0)
    pictures.expect(panel, shell)
    time.sleep(SETTLING_S)
    shell.end_cell()
    assert 107.0 <= time.now < 107.2
    shell.end_cell()
    assert time.now < 107.2


def test_a_page_has_time_to_say_that_it_shows_the_panel(time, pictures):
    shell, panel = Shell(), Panel(time, 107.0)
    pictures.expect(panel, shell)
    shell.end_cell()
    assert time.now == 100.0
    shell.end_cell()  # of the next cell: by then a page has said so
    assert time.now >= 107.0


def test_cells_wait_so_long_for_one_panel_and_then_no_more(time, pictures):
    shell, panel = Shell(), Panel(time, 1e9)
    pictures.expect(panel, shell)
    time.sleep(SETTLING_S)
    shell.end_cell()
    assert time.now == pytest.approx(100 + SETTLING_S + LONGEST_S, abs=0.2)
    before = time.now
    shell.end_cell()
    assert time.now == before


def test_whoever_interrupts_waits_no_more(time):
    def interrupted(_seconds):
        raise KeyboardInterrupt

    shell, panel = Shell(), Panel(time, 1e9)
    pictures = LastPictures(lambda: time.now, interrupted)
    pictures.expect(panel, shell)
    time.sleep(SETTLING_S)
    shell.end_cell()
    assert not pictures._displayed


def test_a_panel_displayed_twice_in_a_shell_is_looked_after_once_and_held_weakly(time, pictures):
    shell, panel = Shell(), Panel(time, 1e9)
    pictures.expect(panel, shell)
    pictures.expect(panel, shell)
    assert len(shell.hooks) == 1
    del panel
    gc.collect()
    time.sleep(SETTLING_S)
    shell.end_cell()
    assert time.now == 100 + SETTLING_S


@pytest.mark.parametrize("shell", [None, SimpleNamespace()], ids=["no shell", "a terminal"])
def test_what_is_no_kernel_of_a_notebook_keeps_no_pictures(time, pictures, shell):
    panel = Panel(time, 1e9)
    pictures.expect(panel, shell)
    assert not pictures._displayed
