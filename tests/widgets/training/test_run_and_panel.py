"""A panel holds the run that it shows, names the runs before it, and catches what is printed in it."""

import sys
import threading

import pytest
from runs_by_hand import counting_run, until

from hcnn_widgets.widgets.training import printed_lines
from hcnn_widgets.widgets.training.printed_lines import PrintedLines
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor


def test_a_run_that_a_panel_shows_goes_on_and_stops_when_the_panel_is_closed(page, clock, ticker):
    monitor = TrainingMonitor(counting_run(), clock=clock, ticker=ticker)
    training = monitor._hold.get().training
    assert until(lambda: training.steps_done > 3)
    assert training.state == "training"
    monitor.close()
    assert until(lambda: not training.alive)


def test_a_panel_that_follows_another_run_lets_the_one_before_go(page, clock, ticker):
    monitor = TrainingMonitor(counting_run(), clock=clock, ticker=ticker)
    before = monitor._hold.get().training
    monitor.follow(counting_run())
    after = monitor._hold.get().training
    assert until(lambda: not before.alive)
    assert after.alive
    monitor.close()
    assert until(lambda: not after.alive)


@pytest.fixture
def runs():
    made = []
    yield lambda *names: made.extend(counting_run(name=name) for name in names) or made
    for run in made:
        run.stop()
        assert run.join(60)


def test_earlier_trainings_of_the_same_name_are_named_with_a_button_that_stops_them(page, runs, clock, ticker):
    first, _other, last = runs("hcnn", "lenet5", "hcnn")
    monitor = TrainingMonitor(last, clock=clock, ticker=ticker)
    row = monitor._earlier
    assert row.layout.display == ""
    assert (row._words.value, row._stop.description) == ("1 earlier training of hcnn still runs:", "Stop it")
    assert row._words.lost == "1 earlier training of hcnn ended with the kernel."
    page.click(row._stop)
    assert row.layout.display == "none"
    assert until(lambda: not first.alive)
    assert last.alive


def test_several_are_counted_and_a_first_training_has_none(page, runs, clock, ticker):
    first, _second, last = runs("hcnn", "hcnn", "hcnn")
    row = TrainingMonitor(last, clock=clock, ticker=ticker)._earlier
    assert (row._words.value, row._stop.description) == ("2 earlier trainings of hcnn still run:", "Stop them")
    assert TrainingMonitor(first, clock=clock, ticker=ticker)._earlier.layout.display == "none"


def test_an_earlier_training_that_ends_by_itself_is_named_no_more(page, runs, clock, ticker):
    first, last = runs("hcnn", "hcnn")
    monitor = TrainingMonitor(last, clock=clock, ticker=ticker)
    first.stop()
    assert first.join(60)
    ticker.round()
    assert monitor._earlier.layout.display == "none"


def test_what_the_training_prints_appears_in_its_panel_and_nowhere_else(page, clock, ticker, capsys):
    printed, may_print = [], threading.Event()

    def each_step():
        if may_print.is_set() and not printed:
            print("a callback\rin the training")
            print("and what warns", file=sys.stderr)
            printed.append(True)

    run = counting_run(each_step)
    monitor = TrainingMonitor(run, clock=clock, ticker=ticker)
    before = len(monitor.children)
    assert monitor._log is None
    may_print.set()
    assert until(lambda: bool(printed))
    print("the cell")
    ticker.round()
    assert monitor._log.value == "in the training\nand what warns"
    assert monitor.children[before:] == (monitor._log,)
    assert monitor._log.disabled
    run.stop()
    assert run.join(60)
    monitor.refresh()
    caught = capsys.readouterr()
    assert (caught.out, caught.err) == ("the cell\n", "")


def test_streams_are_as_before_when_nobody_listens_any_more(page, clock, ticker):
    monitors = [TrainingMonitor(counting_run(), clock=clock, ticker=ticker) for _ in range(2)]
    assert "write" in vars(sys.stdout)
    monitors[0].close()
    assert "write" in vars(sys.stdout)
    monitors[1].close()
    assert "write" not in vars(sys.stdout)


def test_the_field_of_printed_lines_grows_to_eight_rows_and_keeps_the_last_letters(page, clock, ticker):
    monitor = TrainingMonitor(counting_run(), clock=clock, ticker=ticker)
    for number in range(4000):
        monitor._printed.write(f"\x1b[1mline {number}\x1b[0m\n")
    ticker.round()
    assert monitor._log.rows == 8
    assert monitor._log.value.endswith("line 3998\nline 3999")
    assert len(monitor._log.value) <= 20_000
    monitor.close()


def test_a_panel_that_is_freed_while_another_ceases_to_listen_does_so_without_waiting():
    def freed_meanwhile():
        with printed_lines._lock:
            PrintedLines(None).stop()

    thread = threading.Thread(target=freed_meanwhile, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
