"""Evaluating compiles once for a model, and again when its network or its goal is another."""

import logging
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import training

IMAGES = np.random.default_rng(0).random((6, 4, 4, 1), dtype=np.float32)


def stimuli(n: int = 6) -> hw.StimulusSet:
    return hw.StimulusSet.from_arrays(IMAGES[:n], labels=(["a", "b"] * 3)[:n])


def small() -> hw.GoalDrivenModel:
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(name="V1"), keras.layers.Dense(2), keras.layers.Softmax()]
    goal = hw.goal.Categorization()
    return hw.GoalDrivenModel.from_keras(keras.Sequential(layers), {"V1": "V1"}, goal, categories=("a", "b"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    compiled: list[Any] = []
    make = training.make_evaluation
    monkeypatch.setattr(training, "make_evaluation", lambda *parts: compiled.append(parts) or make(*parts))
    return compiled


def test_it_compiles_once_whatever_the_number_of_images(made: list[Any]) -> None:
    model = small()
    first, again = model.evaluate(stimuli()), model.evaluate(stimuli())
    model.evaluate(stimuli(3))
    assert first == again
    assert len(made) == 1


def test_what_is_kept_follows_the_weights(made: list[Any]) -> None:
    model = small()
    before = model.evaluate(stimuli())["loss"]
    model.network.set_weights([5 * weights for weights in model.network.get_weights()])
    after = model.evaluate(stimuli())["loss"]
    assert after != before
    assert after == pytest.approx(_loss(model), rel=1e-5)
    assert len(made) == 1


def test_another_goal_or_another_network_is_compiled_anew(made: list[Any]) -> None:
    model = small()
    model.evaluate(stimuli())
    model.goal = hw.goal.Categorization(dropout=0.0)
    model.evaluate(stimuli())
    assert len(made) == 2
    model.network.pop()  # the softmax: what is left gives logits, of the same weights
    model.evaluate(stimuli())
    assert len(made) == 3


def _loss(model: hw.GoalDrivenModel) -> float:
    shares = keras.ops.convert_to_numpy(model.network(IMAGES))
    return float(-np.log(shares[np.arange(6), [0, 1] * 3]).mean())


def test_many_models_are_evaluated_without_a_word_from_tensorflow() -> None:
    import tensorflow as tf

    words: list[str] = []
    heard = logging.Handler()
    heard.emit = lambda record: words.append(record.getMessage())
    tf.get_logger().addHandler(heard)
    try:
        for _ in range(6):
            small().evaluate(stimuli())
    finally:
        tf.get_logger().removeHandler(heard)
    assert words == []
