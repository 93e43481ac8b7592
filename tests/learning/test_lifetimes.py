"""A training lives as long as somebody can reach it: by its run or by its model."""

import gc
import threading
import weakref

import numpy as np
import pytest
from stand_ins import CountedSteps, StandInModel, started_run, until

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.run import Run
from hcnn_widgets.learning.training_thread import earlier_trainings


def endless(model: StandInModel | None = None, **options: object) -> Run:
    return started_run(CountedSteps(seconds=0.001, **options), n_steps=10**6, model=model)


def test_a_training_that_nothing_leads_to_stops_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    run = endless()
    training = run.training
    assert until(lambda: training.steps_done > 2)
    del run
    assert until(lambda: not training.alive)
    assert training.state == "stopped"
    words = capsys.readouterr().out
    assert words.startswith("The training of stand-in was stopped at step ")
    assert words.endswith("of 1,000,000: no variable and no panel led to it any more.\n")


def test_a_paused_training_that_nothing_leads_to_stops_too() -> None:
    run = endless()
    training = run.training
    run.pause()
    assert until(lambda: training.state == "paused")
    del run
    assert until(lambda: not training.alive)


def test_a_run_that_only_its_model_leads_to_goes_on_until_the_model_goes() -> None:
    model = StandInModel()
    model.run = endless(model)
    training = model.run.training
    gc.collect()
    reached = training.steps_done
    assert until(lambda: training.steps_done > reached + 5)
    assert model.run is model.run
    assert model.run.state == "training"
    del model
    assert until(lambda: not training.alive)


def test_a_run_leads_to_its_model_and_the_model_to_its_run() -> None:
    run = endless(StandInModel())
    run.model.run = run
    gc.collect()
    assert run.model.run is run
    run.stop()
    assert run.join(60)


def test_a_cell_run_again_leaves_one_training() -> None:
    trainings = []
    for _ in range(3):
        model = StandInModel()
        run = model.run = endless(model)
        trainings.append(run.training)
    assert until(lambda: [training.alive for training in trainings] == [False, False, True])
    del run, model
    assert until(lambda: not trainings[-1].alive)


def test_nothing_of_a_real_training_holds_its_model() -> None:
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(name="V1"), keras.layers.Dense(2)]
    goal = hw.goal.Categorization()
    model = hw.GoalDrivenModel.from_keras(keras.Sequential(layers), {"V1": "V1"}, goal, categories=("a", "b"))
    stimuli = hw.StimulusSet.from_arrays(np.random.default_rng(0).random((8, 4, 4, 1)), labels=["a", "b"] * 4)
    training = model.train(stimuli, epochs=1e6).training
    gone = weakref.ref(model)
    model.record(stimuli)
    assert set(model.evaluate(stimuli)) == {"loss", "accuracy"}
    assert until(lambda: training.steps_done > 3, seconds=60)
    del model
    assert gone() is None
    assert until(lambda: not training.alive, seconds=60)


def test_a_run_that_is_over_stays_as_long_as_its_model_and_both_can_be_freed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    model = StandInModel()
    model.run = started_run(CountedSteps(), model=model)
    assert model.run.join(60)
    known = weakref.ref(model.run)
    assert known() is model.run
    assert known().state == "finished"
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert (known(), gone()) == (None, None)
    assert capsys.readouterr().out == ""


def test_earlier_trainings_are_those_of_the_same_name_that_nobody_has_stopped() -> None:
    first, other, second = (endless(StandInModel(name=name)) for name in ("same", "other", "same"))
    assert earlier_trainings(second) == [first.training]
    assert earlier_trainings(first) == earlier_trainings(other) == earlier_trainings(object()) == []
    first.stop()
    assert earlier_trainings(second) == []
    for run in (first, other, second):
        run.stop()
        assert run.join(60)
    assert earlier_trainings(endless(StandInModel(name="same"))) == []


def test_a_training_that_gets_no_thread_says_so_and_another_can_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    model = StandInModel()
    with monkeypatch.context() as without:
        without.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match=r"needs a thread .* can't start new thread"):
            started_run(CountedSteps(), model=model)
    assert started_run(CountedSteps(), model=model).join(10)
