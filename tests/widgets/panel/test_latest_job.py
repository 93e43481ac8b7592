import threading

import pytest

from hcnn_widgets.widgets.panel.latest_job import LatestJob


def test_an_answer_is_there_once_it_has_been_worked_out():
    job, gate = LatestJob(), threading.Event()
    job.ask("question", lambda _: gate.wait(10) and "answer")
    assert job.answer("question") is None
    assert job.busy
    gate.set()
    assert job.wait(10)
    assert job.answer("question") == "answer"
    assert job.answer("another") is None
    assert not job.busy


def test_the_same_question_is_worked_on_once():
    job, asked = LatestJob(), []
    for _ in range(3):
        job.ask("question", asked.append)
    assert job.wait(10)
    job.ask("question", asked.append)
    assert len(asked) == 1


def test_of_the_questions_that_wait_only_the_newest_is_worked_on():
    job, gate, asked = LatestJob(), threading.Event(), []
    job.ask(1, lambda _: gate.wait(10))
    while job.seconds == 0:
        threading.Event().wait(0.001)
    job.ask(2, lambda _: asked.append(2))
    job.ask(3, lambda _: asked.append(3))
    job.ask(3, lambda _: asked.append("3 again"))
    gate.set()
    assert job.wait(10)
    assert asked == [3]


def test_a_question_that_comes_back_while_it_is_worked_on_takes_the_place_of_the_one_that_waits():
    job, gate, asked = LatestJob(), threading.Event(), []
    job.ask(1, lambda _: gate.wait(10) and "first")
    while job.seconds == 0:
        threading.Event().wait(0.001)
    job.ask(2, asked.append)
    job.ask(1, asked.append)
    gate.set()
    assert job.wait(10)
    assert (job.answer(1), asked) == ("first", [])


def test_what_goes_wrong_is_raised_where_the_answer_is_asked_for_and_the_next_question_is_answered():
    job = LatestJob()
    job.ask("wrong", lambda _: 1 / 0)
    assert job.wait(10)
    with pytest.raises(ZeroDivisionError):
        job.answer("wrong")
    job.ask("right", lambda _: 7)
    assert job.wait(10)
    assert job.answer("right") == 7


def test_time_and_progress_of_the_present_question_are_told(clock):
    job, gate, told = LatestJob(clock), threading.Event(), threading.Event()
    assert (job.seconds, job.progress) == (0.0, (0, 0))

    def work(progress):
        progress(2, 5)
        told.set()
        gate.wait(10)

    job.ask("question", work)
    assert told.wait(10)
    clock.now = 3.0
    assert (job.seconds, job.progress) == (3.0, (2, 5))
    assert not job.wait(0.01)
    gate.set()
    assert job.wait(10)
    assert job.seconds == 0.0
