import gc
import threading
import time
import weakref
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in_run import StandInModel, StandInRun, until

from hcnn_widgets.learning import training_run
from hcnn_widgets.learning.training_run import MeasuredRun
from hcnn_widgets.mapping.live.at_rest.source import AtRest
from hcnn_widgets.mapping.live.work import LiveWork, _close_all, record_at_boundary, shared_work
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@dataclass(frozen=True)
class Measured:
    """What the work of these tests measures: nothing but when."""

    step: int
    untrained: bool = False
    final: bool = False


class Work(LiveWork[Measured]):
    """Notes what it is asked for."""

    WORK = "Counting"

    def __init__(self, run, interval_s=0.0, share=1.0, cost_s=0.0, fails=False):
        self.asked: list[str] = []
        self.cost_s, self.fails = cost_s, fails
        super().__init__(run, interval_s, share)

    def _get_ready(self, model, final):
        self.asked.append(f"ready {final}")

    def _measure(self, run, final):
        self.asked.append("measure")
        if self.fails:
            raise ZeroDivisionError("division by zero")
        recorded = record_at_boundary(run, [], self._closed)
        return None if recorded is None else (Measured(recorded[0]), self.cost_s)

    def _complete(self, model, measured, final):
        return replace(measured, untrained=True, final=final)

    def _let_go(self):
        self.asked.append("let go")


def test_it_measures_again_whenever_the_network_has_learned_and_once_more_at_the_end(make_run):
    run = make_run()
    work = Work(run)
    assert until(lambda: work.latest == Measured(1, True))
    run.steps_done = 2
    assert until(lambda: work.latest == Measured(2, True))
    assert work.alive
    run.finish()
    assert work.join(20)
    assert work.history == [Measured(1, True), Measured(2, True), Measured(2, True, True)]
    assert work.asked == ["ready False", "measure", "measure", "ready True", "measure", "let go"]
    assert not work.alive
    assert work.error is None


def test_it_leaves_the_processors_to_a_network_that_is_being_compiled(make_run, monkeypatch):
    monkeypatch.setattr(training_run, "PATIENCE_S", 60.0)
    run = make_run()
    run.steps_done = 0
    work = Work(run)
    assert not until(lambda: work.asked, seconds=0.2)
    run.steps_done = 1
    assert until(lambda: work.latest == Measured(1, True))


def test_it_is_not_made_ready_where_it_is_closed_before_the_first_step(make_run, monkeypatch):
    monkeypatch.setattr(training_run, "PATIENCE_S", 60.0)
    run = make_run()
    run.steps_done = 0
    work = Work(run)
    work.close()
    assert work.join(20)
    assert work.asked == ["let go"]


def test_what_was_read_of_the_history_does_not_change_behind_the_readers_back(make_run):
    run = make_run()
    work = Work(run)
    assert until(lambda: work.latest is not None)
    read = work.history
    read.clear()
    assert work.history


def test_while_paused_nothing_is_measured_again(make_run):
    run = make_run()
    work = Work(run)
    assert until(lambda: work.latest is not None)
    run.state = "paused"
    assert not until(lambda: len(work.history) > 1, seconds=0.4)


def test_a_run_that_failed_is_not_measured_at_the_end(make_run):
    work = Work(make_run(state="failed"))
    assert work.join(20)
    assert (work.latest, work.error, work.asked) == (None, None, ["let go"])


def test_what_goes_wrong_is_said_by_the_name_of_the_work_and_ends_it(make_run):
    work = Work(make_run(), fails=True)
    assert work.join(20)
    assert work.error == "Counting stopped: ZeroDivisionError: division by zero"
    assert not work.alive


def test_closing_does_not_wait_for_a_boundary(make_run):
    run = make_run()
    run.hold()
    work = Work(run)
    assert until(lambda: run.n_asked == 1)
    work.close()
    assert not work.alive
    assert work.join(20)
    assert (work.latest, work.error) == (None, None)


def test_closing_before_the_last_measurement_drops_it(make_run):
    run = make_run(state="finished")
    run.hold()
    work = Work(run)
    assert until(lambda: run.n_asked == 1)
    work.close()
    assert work.join(20)
    assert work.latest is None


def test_what_fails_after_closing_is_no_news(make_run):
    class Closing(Work):
        def _measure(self, run, final):
            self.close()
            raise RuntimeError("the model is gone")

    work = Closing(make_run())
    assert work.join(20)
    assert work.error is None


def test_what_costs_much_is_done_less_often(make_run):
    run = make_run()
    work = Work(run, share=0.001, cost_s=1.0)
    assert until(lambda: work.latest is not None)
    run.steps_done += 1
    assert not until(lambda: len(work.history) > 1, seconds=0.4)
    run.finish()
    assert work.join(20)
    assert len(work.history) == 2


def test_of_many_measurements_every_second_or_fourth_is_kept_and_the_newest(make_run, monkeypatch):
    monkeypatch.setattr(Work, "KEPT", 4)
    run = make_run()
    work, kept = Work(run), []
    for step in range(1, 11):
        run.steps_done = step
        assert until(lambda step=step: work.latest is not None and work.latest.step == step)
        kept.append({measured.step for measured in work.history})
    assert [measured.step for measured in work.history] == [1, 5, 9, 10]
    # What has gone does not come back, so that a drawn trace stays where it is.
    gone = [before - after for before, after in pairwise(kept)]
    assert not any(steps & later for place, steps in enumerate(gone) for later in kept[place + 1 :])


def test_the_first_measurements_may_cost_more_than_the_share_and_no_more_than_the_head_start(make_run, monkeypatch):
    monkeypatch.setattr(Work, "HEAD_START_S", 3.0)
    run = make_run()
    work = Work(run, share=1e-6, cost_s=1.0)
    for step in (1, 2, 3):
        run.steps_done = step
        assert until(lambda step=step: work.latest is not None and work.latest.step == step)
    run.steps_done = 4
    assert not until(lambda: work.latest.step == 4, seconds=0.4)


def test_everyone_who_asks_with_the_same_key_gets_the_same_work_until_it_is_closed(make_run):
    run, other = make_run(state="failed"), make_run(state="failed")
    work = shared_work(run, "key", lambda: Work(run))
    assert shared_work(run, "key", lambda: Work(run)) is work
    assert shared_work(run, "another", lambda: Work(run)) is not work
    assert shared_work(other, "key", lambda: Work(other)) is not work
    work.close()
    assert shared_work(run, "key", lambda: Work(run)) is not work


def test_a_work_keeps_neither_the_run_nor_the_model_alive():
    run = StandInRun(state="finished")
    work = shared_work(run, "key", partial(Work, run))
    assert work.join(20)
    run.tidy_up()
    gone = [weakref.ref(run), weakref.ref(run.model)]
    del run
    gc.collect()
    assert [one() for one in gone] == [None, None]


def test_a_work_beside_a_training_does_not_keep_the_run_alive_and_ends_quietly_when_the_model_goes(make_run):
    run, training = StandInRun(), make_run()
    run.training = training
    work = shared_work(run, "key", partial(Work, run))
    assert shared_work(run, "key", partial(Work, run)) is work
    assert until(lambda: work.latest is not None)
    gone = weakref.ref(run)
    run.tidy_up()
    del run
    gc.collect()
    assert gone() is None
    training.steps_done += 1
    assert until(lambda: len(work.history) == 2)
    training.model = None
    training.finish()
    assert work.join(20)
    assert work.error is None


def test_work_that_is_done_stays_for_the_next_viewer(make_run):
    run, viewer = make_run(state="finished"), Measured(0)
    work = shared_work(run, "key", partial(Work, run))
    assert work.join(20)
    work.watched_by(viewer)
    work.left_by(viewer)
    assert shared_work(run, "key", partial(Work, run)) is work


def test_the_next_viewer_brings_back_what_ended_with_the_last(make_run):
    run, viewer = make_run(), Measured(0)
    work = shared_work(run, "key", partial(Work, run))
    work.watched_by(viewer)
    assert work.alive
    work.left_by(viewer)
    assert not work.alive
    again = shared_work(run, "key", partial(Work, run))
    assert again is not work
    assert until(lambda: again.latest is not None)


def test_the_end_of_the_interpreter_closes_every_work(make_run):
    works = [Work(make_run(), interval_s=1000.0) for _ in range(2)]
    _close_all()
    assert not any(work.alive for work in works)
    assert all(work.join(0) for work in works)


def test_the_training_thread_records_between_two_steps_and_says_how_long_it_waited(make_run):
    images = np.zeros((3, 4, 4, 1), np.float32)
    run = make_run(StandInModel())
    recorder = run.model.recorder(StimulusSet(images, np.array(["a", "b", "c"])))

    def slow():
        time.sleep(0.02)
        return recorder()

    step, recorded, waited_s = record_at_boundary(run, [recorder, slow], threading.Event())
    assert (step, len(recorded), len(recorded[0])) == (1, 2, 3)
    assert waited_s >= 0.02
    assert all(name.startswith("stand-in-training") for name in run.model.threads)


@given(st.sampled_from([(-0.1, 0.5), (float("nan"), 0.5), (1.0, 0.0), (1.0, 1.1), (1.0, float("nan"))]))
def test_what_makes_no_schedule_is_refused(numbers):
    with pytest.raises(ValueError, match=r"makes no schedule. Accepted are 0 s or more, and a share above 0"):
        Work(None, *numbers)


@pytest.mark.parametrize("question", ["_get_ready", "_measure", "_complete"])
def test_a_work_must_say_what_it_measures(question):
    work = LiveWork.__new__(LiveWork)
    with pytest.raises(NotImplementedError):
        getattr(work, question)(*[None] * (3 if question == "_complete" else 2))


def test_a_work_must_say_how_it_lets_go():
    with pytest.raises(NotImplementedError):
        LiveWork.__new__(LiveWork)._let_go()


def test_the_stand_in_and_a_model_at_rest_answer_all_that_is_asked_of_a_measured_run() -> None:
    run = StandInRun()
    assert isinstance(run, MeasuredRun)
    assert isinstance(AtRest(None), MeasuredRun)
    run.tidy_up()
