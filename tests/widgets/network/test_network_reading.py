"""What a panel asks of a network: only while it looks, between two steps, one question at a time."""

import gc
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from runs_by_hand import counting_run, until

from hcnn_widgets.widgets.network.network_reading import NetworkReading


class Model(SimpleNamespace):
    run = None


def counted(answers: list[Any]) -> Any:
    def make(_model: Any) -> Any:
        def ask(asked: Any) -> Any:
            answers.append((asked, threading.current_thread().name))
            return f"answer to {asked}"

        return ask

    return make


def answered(reading: NetworkReading, asked: Any) -> Any:
    def has_come() -> bool:
        read = reading.look(asked)
        return read is not None and read.asked == asked

    assert until(has_come)
    return reading.latest


def test_a_model_at_rest_is_asked_once_for_each_question() -> None:
    answers: list[Any] = []
    model = Model()
    reading = NetworkReading(model, counted(answers))
    assert not reading.trains
    assert not reading.settled(3)
    assert answered(reading, 3) == (3, 0, "answer to 3")
    for _ in range(5):
        reading.look(3)
    assert reading.settled(3)
    assert not reading.settled(4)
    assert answered(reading, 4).value == "answer to 4"
    assert reading.wait(60)
    assert [asked for asked, _ in answers] == [3, 4]


def test_a_run_is_asked_by_its_own_thread_and_again_once_it_has_trained() -> None:
    answers: list[Any] = []
    run = counting_run()
    reading = NetworkReading(run, counted(answers), interval_s=0.0, share=1.0)
    first = answered(reading, 0)
    assert until(lambda: reading.look(0).step > first.step)
    assert {name for _, name in answers} == {"hcnn-training"}
    assert reading.trains
    run.stop()
    assert run.join(60)
    assert until(lambda: reading.look(0) is not None and reading.settled(0))
    assert reading.latest.step == run.steps_done


def test_nothing_is_asked_unless_somebody_looks() -> None:
    answers: list[Any] = []
    run = counting_run()
    reading = NetworkReading(run, counted(answers), interval_s=0.0, share=1.0)
    answered(reading, 0)
    assert reading.wait(60)
    n_asked, step = len(answers), run.steps_done
    assert until(lambda: run.steps_done > step + 20)
    assert len(answers) == n_asked
    run.stop()


def test_answers_come_no_more_often_than_the_interval(clock) -> None:
    answers: list[Any] = []
    run = counting_run()
    reading = NetworkReading(run, counted(answers), interval_s=10.0, clock=clock)
    answered(reading, 0)
    step = run.steps_done
    assert until(lambda: run.steps_done > step + 5)
    reading.look(0)
    assert reading.wait(60)
    assert len(answers) == 1
    assert answered(reading, 1).value == "answer to 1"  # another question need not wait
    clock.now = 11.0
    assert until(lambda: reading.look(1).step > step and len(answers) == 3)
    run.stop()


def test_a_question_that_fails_is_not_asked_again_and_another_one_is() -> None:
    asked: list[Any] = []

    def make(_model: Any) -> Any:
        def ask(question: Any) -> Any:
            asked.append(question)
            if question == "bad":
                raise ValueError("no such image")
            return "good"

        return ask

    model = Model()
    reading = NetworkReading(model, make)
    reading.look("bad")
    assert reading.wait(60)
    for _ in range(3):
        with pytest.raises(ValueError, match="no such image"):
            reading.look("bad")
    assert reading.settled("bad")
    assert asked == ["bad"]
    assert answered(reading, "well").value == "good"


def test_a_closed_reading_waits_for_no_boundary(make_run, model) -> None:
    run = make_run(model)
    reading = NetworkReading(run, counted([]))
    reading.look(0)
    assert until(lambda: bool(run.jobs))
    reading.close()
    assert reading.wait(60)
    assert [future.cancelled() for _, future in run.jobs] == [True]
    assert reading.look(0) is None


def test_a_reading_that_has_let_go_holds_no_model() -> None:
    model = Model()
    reading = NetworkReading(model, counted([]))
    answered(reading, 0)
    assert reading.wait(60)
    reading.let_go()
    assert not reading.gone
    del model
    gc.collect()
    assert reading.gone
    assert reading.settled(1)
    assert reading.look(1).asked == 0
