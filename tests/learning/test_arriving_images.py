"""Training on images that are still being made: the same steps however they arrive, and never out of hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from images_by_hand import Making
from stand_ins import until

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.loop import batches
from hcnn_widgets.stimuli.arriving_stimuli import ArrivingStimuli
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK

N, SIZE, BATCH = 2 * BLOCK + 32, 4, 16
IMAGES = np.random.default_rng(0).random((N, SIZE, SIZE, 1), dtype=np.float32)
LABELS = np.where(IMAGES.mean(axis=(1, 2, 3)) > 0.5, "bright", "dark")


@pytest.fixture
def making() -> Making:
    return Making(IMAGES)


@pytest.fixture
def arriving(making: Making) -> ArrivingStimuli:
    ids = np.array([f"image{number}" for number in range(N)])
    return ArrivingStimuli(making, np.arange(N), ids, LABELS, {}, {}, 8.0, "")


def network() -> Any:
    layers = [
        keras.Input((SIZE, SIZE, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(6, activation="relu", name="V1", kernel_initializer=keras.initializers.HeNormal(seed=1)),
        keras.layers.Dense(2, kernel_initializer=keras.initializers.GlorotUniform(seed=2)),
    ]
    return keras.Sequential(layers)


def model_of(made: Any, pixels: Any = (0, 1)) -> hw.GoalDrivenModel:
    rule = hw.learning.Backpropagation(0.01, batch_size=BATCH, schedule="constant")
    goal, areas = hw.goal.Categorization(), {"V1": "V1"}
    return hw.GoalDrivenModel.from_keras(made, areas, goal, rule, categories=("bright", "dark"), pixels=pixels)


@pytest.mark.parametrize("pixels", [(0, 1), (-1, 1)], ids=str)
def test_the_first_pass_takes_the_steps_of_keras_over_the_images_in_their_order(way, making, arriving, pixels) -> None:
    making.make(0)
    ours, theirs = network(), network()
    run = model_of(ours, pixels).train(arriving, validation=None, epochs=1)
    for block in (1, 2):  # each is made when training has come to the end of what is there
        assert until(lambda: run.steps_done == arriving.n_ready // BATCH, 60)
        making.make(block)
    assert run.join(60)
    assert run.state == "finished"
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    theirs.compile(keras.optimizers.Adam(0.01), loss)
    shown, targets = pixels[0] + (pixels[1] - pixels[0]) * IMAGES, (LABELS == "dark").astype(int)
    for first in range(0, N, BATCH):
        theirs.train_on_batch(shown[first : first + BATCH], targets[first : first + BATCH])
    for mine, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, other, atol=2e-5)


def trained_as(arriving: ArrivingStimuli, make: Callable[[hw.learning.Run], None]) -> tuple[list[Any], list[Any], int]:
    """Train while images are made; return weights, curves and the number of steps."""
    run = model_of(network()).train(arriving, validation=0.25, epochs=3)
    make(run)
    assert run.join(60)
    curves = [run.history.series(name) for name in ("loss", "accuracy", "validation loss")]
    return run.model.network.get_weights(), curves, run.n_steps


def test_how_fast_they_arrive_changes_neither_curves_nor_weights(making, arriving) -> None:
    def slowly(run: hw.learning.Run) -> None:
        assert until(lambda: run.steps_done == 3, 60)  # of the first 64, 48 or a few more are to learn from
        making.make(1, 2)

    making.make(0)
    slow, at_once = trained_as(arriving, slowly), trained_as(arriving, lambda run: None)
    assert slow[2] == at_once[2] == 3 * 8
    for slow_weights, weights in zip(slow[0], at_once[0], strict=True):
        np.testing.assert_allclose(slow_weights, weights, atol=1e-5)
    for slow_curve, curve in zip(slow[1], at_once[1], strict=True):
        np.testing.assert_array_equal(slow_curve.step, curve.step)
        np.testing.assert_allclose(slow_curve.mean, curve.mean, atol=1e-5)


def test_the_images_held_out_are_those_that_a_plain_set_holds_out(making, arriving) -> None:
    making.make(0, 1, 2)
    run = model_of(network()).train(arriving, validation=0.25, epochs=2)
    assert run.join(60)
    _, held_out = arriving.whole().split(0.25, seed=0)
    assert run.history.last("validation loss") == pytest.approx(run.model.evaluate(held_out)["loss"], abs=1e-5)


def test_a_run_that_waits_for_images_hears_what_is_asked_of_it(making, arriving) -> None:
    making.make(0)
    n_steps = BLOCK // BATCH
    run = model_of(network()).train(arriving, validation=None)
    assert until(lambda: run.steps_done == n_steps, 60)
    assert run.at_boundary(lambda: "done").result(60) == "done"
    run.pause()
    assert until(lambda: run.state == "paused", 60)
    run.step()
    assert run.at_boundary(lambda: run.steps_done).result(60) == n_steps
    making.make(1)
    assert until(lambda: run.steps_done == n_steps + 1 and run.state == "paused", 60)
    run.resume()
    assert until(lambda: run.steps_done == 2 * n_steps, 60)
    run.stop()
    assert run.join(60)
    assert (run.state, run.steps_done) == ("stopped", 2 * n_steps)


def test_a_run_whose_images_cannot_be_made_says_why(making, arriving) -> None:
    making.make(0)
    run = model_of(network()).train(arriving, validation=None)
    making.growing.fail(MemoryError("There is no memory left."))
    assert run.join(60)
    assert run.state == "failed"
    assert "The images could not be drawn: There is no memory left." in run.state_message


def test_images_of_another_shape_are_refused_before_any_is_there(arriving) -> None:
    small = keras.Sequential([keras.Input((3, 3, 1)), keras.layers.Flatten(name="V1"), keras.layers.Dense(2)])
    with pytest.raises(ValueError, match=r"input shape \(3, 3, 1\); received images of \(4, 4, 1\)"):
        model_of(small).train(arriving)


@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 5))
def test_the_first_pass_in_order_leaves_the_others_at_random(n_images: int, batch_size: int, seed: int) -> None:
    in_order, at_random = batches(n_images, batch_size, seed, in_order=True), batches(n_images, 1, seed)
    n_batches = 3 * n_images // batch_size + 1
    taken = np.concatenate([next(in_order) for _ in range(n_batches)])[: 3 * n_images]
    rest = np.concatenate([next(at_random) for _ in range(2 * n_images)])
    np.testing.assert_array_equal(taken[:n_images], np.arange(n_images))
    np.testing.assert_array_equal(taken[n_images:], rest[: len(taken) - n_images])
