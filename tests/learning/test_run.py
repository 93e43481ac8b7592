"""A run's states: each ends, pauses and fails in a said way."""

import asyncio
import threading

import numpy as np
import pytest
from stand_ins import CountedSteps, started_run, until

from hcnn_widgets.learning.control import OVER, STATES
from hcnn_widgets.learning.training_run import MeasuredRun, TrainingRun


def test_a_run_takes_all_its_steps_and_says_that_it_is_finished() -> None:
    steps = CountedSteps()
    run = started_run(steps)
    assert run.join(60)
    assert (run.state, run.steps_done, sum(steps.sizes)) == ("finished", 40, 40)
    assert run.state_message == "Finished."
    assert run.epoch == 4
    assert not run.alive
    np.testing.assert_allclose(run.history.series("loss").mean, 1 / np.arange(1, 41), rtol=1e-6)


def test_held_out_images_are_measured_once_an_epoch() -> None:
    steps = CountedSteps()
    run = started_run(steps)
    run.join(60)
    assert steps.n_validations == 4
    np.testing.assert_array_equal(run.history.series("validation loss").step, [10, 20, 30, 40])
    assert run.history.last("validation accuracy") == 0.75


def test_a_chunk_never_runs_over_the_end_of_an_epoch() -> None:
    steps = CountedSteps()
    started_run(steps, n_steps=95, steps_per_epoch=7).join(60)
    ends = np.cumsum(steps.sizes)
    assert set(range(7, 95, 7)) <= set(ends.tolist())
    assert max(steps.sizes) > 1


def test_pause_halts_and_resume_goes_on() -> None:
    run = started_run(CountedSteps(seconds=0.002), n_steps=2000)
    assert until(lambda: run.steps_done > 3)
    run.pause()
    assert run.state in {"pausing", "paused"}
    assert until(lambda: run.state == "paused")
    held = run.steps_done
    threading.Event().wait(0.1)
    assert run.steps_done == held
    run.resume()
    assert until(lambda: run.steps_done > held)
    run.stop()
    assert run.join(60)


def test_a_single_step_takes_one_step_and_stays_paused() -> None:
    run = started_run(CountedSteps(seconds=0.001), n_steps=5000)
    run.pause()
    assert until(lambda: run.state == "paused")
    held = run.steps_done
    for taken in (1, 2, 3):
        run.step()
        assert until(lambda: run.steps_done == held + taken and run.state == "paused")  # noqa: B023
    run.stop()
    assert run.join(60)


def test_stop_ends_a_run_early_even_while_paused() -> None:
    run = started_run(CountedSteps(seconds=0.002), n_steps=10_000)
    run.pause()
    assert until(lambda: run.state == "paused")
    run.stop()
    assert run.join(60)
    assert run.state == "stopped"
    assert run.steps_done < 10_000


def test_a_new_learning_rate_acts_from_the_next_chunk() -> None:
    gate = threading.Semaphore(0)
    steps = CountedSteps(gate=gate)
    run = started_run(steps, validate=False)
    gate.release()
    assert until(lambda: len(steps.rates) == 2)
    run.learning_rate = 0.125
    gate.release(100)
    run.join(60)
    assert steps.rates[:3] == [0.5, 0.5, 0.125]


@pytest.mark.parametrize("rate", [float("nan"), -1, "fast", True])
def test_a_learning_rate_that_is_none_is_refused(rate: object) -> None:
    run = started_run(CountedSteps())
    with pytest.raises(ValueError, match="`learning_rate` must be a finite number of at least 0"):
        run.learning_rate = rate
    run.join(60)


def test_a_loss_that_is_no_number_fails_the_run_and_says_at_which_step() -> None:
    run = started_run(CountedSteps(loss_at=lambda k: float("nan") if k >= 17 else 1.0))
    assert run.join(60)
    assert run.state == "failed"
    assert "The loss became nan at step 17" in run.state_message
    assert "smaller" in run.state_message


def test_an_exception_in_training_fails_the_run_with_its_words() -> None:
    def broken(k: int) -> float:
        raise RuntimeError("no more memory")

    run = started_run(CountedSteps(loss_at=broken))
    assert run.join(60)
    assert (run.state, run.state_message) == ("failed", "Training failed: RuntimeError: no more memory")


def test_a_job_runs_on_the_training_thread_between_steps() -> None:
    run = started_run(CountedSteps(seconds=0.001), n_steps=5000)
    assert run.at_boundary(lambda: threading.current_thread().name).result(60) == "hcnn-training"
    run.pause()
    assert until(lambda: run.state == "paused")
    assert run.at_boundary(lambda: threading.current_thread().name).result(60) == "hcnn-training"
    run.stop()
    run.join(60)
    assert run.at_boundary(lambda: threading.current_thread() is threading.main_thread()).result(0) is True


def test_what_a_job_raises_reaches_the_one_who_asked_and_not_the_run() -> None:
    run = started_run(CountedSteps(seconds=0.001), n_steps=300)
    with pytest.raises(ZeroDivisionError):
        run.at_boundary(lambda: 1 // 0).result(60)
    assert run.join(60)
    assert run.state == "finished"


def test_an_interrupted_wait_ends_the_run_as_interrupted() -> None:
    run = started_run(CountedSteps(seconds=0.002), n_steps=100_000)

    async def cancelled() -> None:
        waiting = asyncio.ensure_future(run.wait())
        await asyncio.sleep(0.15)
        waiting.cancel()
        await waiting

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    assert run.state == "interrupted"


def test_an_interrupt_from_the_keyboard_ends_the_run_as_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    run = started_run(CountedSteps(seconds=0.002), n_steps=100_000)

    def interrupted(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("hcnn_widgets.learning.run.show_progress", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.join()
    assert run.state == "interrupted"


def test_waiting_gives_the_finished_run() -> None:
    run = started_run(CountedSteps())
    assert asyncio.run(run.wait()) is run
    assert run.state == "finished"
    assert "finished, step 40 of 40" in repr(run)


def test_the_time_left_shrinks_to_nothing() -> None:
    run = started_run(CountedSteps(seconds=0.002), n_steps=200)
    assert until(lambda: run.time_left_s is not None)
    early = run.time_left_s
    run.join(60)
    assert early is not None
    assert early > 0
    assert run.time_left_s == 0
    assert run.elapsed_s > 0.2


def test_every_state_has_a_sentence() -> None:
    assert set(STATES) >= OVER
    assert all(sentence.endswith(".") for sentence in STATES.values())


def test_a_run_answers_all_that_panels_and_the_sidebar_may_ask() -> None:
    run = started_run(CountedSteps())
    assert isinstance(run, TrainingRun)
    assert isinstance(run, MeasuredRun)
    assert run.join(60)
