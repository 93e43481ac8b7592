"""What is asked for at a step boundary never hangs, and nobody who reads waits for it."""

import threading
from typing import Any

import pytest
from stand_ins import CountedSteps, started_run, until


def test_a_job_that_asks_for_another_has_it_done_at_once() -> None:
    run = started_run(CountedSteps(seconds=0.001), n_steps=5000)
    order: list[str] = []

    def outer() -> str:
        run.at_boundary(lambda: order.append("a job that is asked for by a job")).result(0)
        order.append("the job")
        return run.at_boundary(lambda: run.at_boundary(lambda: "deeper").result(0)).result(0)

    assert run.at_boundary(outer).result(60) == "deeper"
    assert order == ["a job that is asked for by a job", "the job"]
    reached = run.steps_done
    assert until(lambda: run.steps_done > reached)
    run.pause()
    assert until(lambda: run.state == "paused")
    assert run.at_boundary(outer).result(60) == "deeper"
    run.stop()
    assert run.join(60)
    assert run.at_boundary(outer).result(0) == "deeper"


def test_what_a_job_within_a_job_raises_reaches_the_one_who_asked() -> None:
    run = started_run(CountedSteps())
    assert run.join(60)
    inner = run.at_boundary(lambda: run.at_boundary(lambda: 1 // 0)).result(0)
    assert isinstance(inner.exception(0), ZeroDivisionError)


def test_steps_that_ask_for_a_job_themselves_have_it_done_at_once() -> None:
    asked: list[Any] = []

    def loss(k: int) -> float:
        asked.append(run.at_boundary(lambda: k).result(0))
        return 1.0

    ready = threading.Semaphore(0)
    run = started_run(CountedSteps(loss_at=loss, gate=ready), n_steps=3)
    ready.release(10)
    assert run.join(60)
    assert (run.state, asked) == ("finished", [1, 2, 3])


def test_while_a_late_job_runs_the_state_can_be_read_and_other_jobs_are_left_to_its_thread() -> None:
    run = started_run(CountedSteps())
    assert run.join(60)
    began, may_end = threading.Event(), threading.Event()
    who: list[str] = []

    def slow() -> None:
        began.set()
        may_end.wait(60)

    late = threading.Thread(target=lambda: run.at_boundary(slow), name="late")
    late.start()
    assert began.wait(60)
    answer = run.at_boundary(lambda: who.append(threading.current_thread().name))
    assert (run.state, run.state_message, answer.done()) == ("finished", "Finished.", False)
    may_end.set()
    answer.result(60)
    late.join(60)
    assert who == ["late"]


def test_the_last_jobs_of_a_run_do_not_hold_its_lock_either() -> None:
    run = started_run(CountedSteps(seconds=0.001), n_steps=10**6)
    began, may_end = threading.Event(), threading.Event()

    def slow() -> str:
        began.set()
        may_end.wait(60)
        run.stop()
        return "done before the end"

    answer, second = run.at_boundary(slow), run.at_boundary(lambda: run.state)
    assert began.wait(60)
    assert run.state in {"starting", "training"}
    may_end.set()
    assert (answer.result(60), second.result(60)) == ("done before the end", "stopping")
    assert run.join(60)


def test_an_interrupted_wait_does_not_wait_for_a_long_step(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float | None] = []

    class Over(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            return self.is_set()

    def interrupted(*_: object) -> bool:
        raise KeyboardInterrupt

    gate = threading.Semaphore(0)
    run = started_run(CountedSteps(gate=gate))
    run.control.over = Over()
    monkeypatch.setattr("hcnn_widgets.learning.run.show_progress", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.join()
    assert waits == [0.25]
    assert run.state == "stopping"
    gate.release(100)
    assert until(lambda: run.state == "interrupted")
