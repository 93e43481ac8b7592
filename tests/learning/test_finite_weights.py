"""Weights that are no numbers: a run that makes them says in which layer, and gives the last good ones back."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.finite_weights import LastFiniteWeights, not_finite
from hcnn_widgets.learning.rule import StepResult

layers = keras.layers
RNG = np.random.default_rng(0)


def stimuli() -> hw.StimulusSet:
    return hw.StimulusSet.from_arrays(RNG.random((40, 8, 8, 1), np.float32), labels=np.arange(40) % 2)


def new_model(rule: Any) -> hw.GoalDrivenModel:
    image = keras.Input((8, 8, 1))
    maps = layers.BatchNormalization(name="norm")(layers.Conv2D(4, 3, name="conv1")(image))
    network = keras.Model(image, layers.Dense(2, name="readout")(layers.Flatten()(maps)))
    goal = hw.goal.Categorization(dropout=0.0)
    return hw.GoalDrivenModel.from_keras(network, {"V1": "conv1"}, goal, rule, ("0", "1"), name="patient")


class Breaking(hw.learning.Backpropagation):
    """Backpropagation, after whose fourth step a variable holds a NaN that the loss does not show."""

    variable = "conv1"

    def make_step(self, learner: Any, descend: Any) -> Any:
        weights = learner.network.get_layer(self.variable).weights[-1]
        before = super().make_step(learner, descend)

        def step(images: Any, targets: Any) -> StepResult:
            before(images, targets)
            broken = keras.ops.where(learner.optimizer.iterations >= 4, np.nan, 0.0)
            weights.assign(weights + keras.ops.cast(broken, weights.dtype))
            return StepResult(keras.ops.zeros(()), (keras.ops.zeros(()),))

        return step


class BreakingStatistics(Breaking):
    """The same in a moving variance, which no gradient reaches and training does not look at."""

    variable = "norm"


RULE = {"learning_rate": 1e-3, "batch_size": 20}


@pytest.mark.parametrize(("rule", "layer"), [(Breaking, "conv1"), (BreakingStatistics, "norm")])
def test_weights_that_are_no_numbers_end_a_run_whose_loss_stays_finite(rule: Any, layer: str, way: str) -> None:
    model = new_model(rule(**RULE))
    before = model.network.get_weights()
    run = model.train(stimuli(), validation=None, epochs=4)
    assert run.join(60)
    assert run.state == "failed"
    assert f"Weights of {layer} became NaN or infinite by step" in run.state_message
    assert "The network has been given back the weights that it started with." in run.state_message
    for ours, theirs in zip(model.network.get_weights(), before, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.no_cover
def test_after_a_loss_that_is_no_number_the_model_is_usable(way: str) -> None:
    model = new_model(hw.learning.Backpropagation(1e30, optimizer="sgd", batch_size=20))
    seen = stimuli()
    first = model.train(seen, validation=None, epochs=20)
    assert first.join(60)
    assert first.state == "failed"
    assert "became" in first.state_message
    assert "given back the weights that it started with" in first.state_message
    assert np.isfinite(model.evaluate(seen)["loss"])
    model.rule = hw.learning.Backpropagation(1e-3, batch_size=20)
    second = model.train(seen, validation=None, epochs=1)
    assert second.join(60)
    assert (second.state, second.state_message) == ("finished", "Finished.")


def test_weights_that_are_no_numbers_are_not_trained() -> None:
    model = new_model(hw.learning.Backpropagation(**RULE))
    model.network.get_layer("conv1").bias.assign([0, 0, np.inf, 0])
    model.network.get_layer("norm").moving_mean.assign(np.full(4, np.nan))
    assert not_finite(model.network) == ("conv1", "norm")
    with pytest.raises(ValueError, match=r"`patient` has weights .* cannot be trained\. Accepted .* in conv1, norm\."):
        model.train(stimuli())


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def kept(moments: list[tuple[float, float]], copying: float = 0.0) -> list[int]:
    """Return the step of the copy after each of the moments (seconds, loss), a copy lasting so many seconds."""
    clock, variable = Clock(), keras.Variable(np.zeros(2, np.float32))
    weights = LastFiniteWeights([variable], clock=clock)
    copy, steps = weights._copy, []

    def slow_copy(step: int) -> None:
        copy(step)
        clock.now += copying

    weights._copy = slow_copy  # type: ignore[method-assign]
    for step, (clock.now, loss) in enumerate(moments, start=1):
        variable.assign(np.full(2, step))
        weights.keep(step, loss)
        steps.append(weights.step)
    variable.assign(np.full(2, np.nan))
    assert weights.give_back() == steps[-1]
    np.testing.assert_array_equal(variable, [steps[-1]] * 2)
    return steps


def test_copies_are_a_second_apart() -> None:
    # The first call only starts the clock: what was compiled before it took time that says nothing.
    assert kept([(moment, 1.0) for moment in (50, 50.5, 51, 51.5, 52.1)]) == [0, 0, 3, 3, 5]


def test_copies_take_a_hundredth_of_the_time_at_most() -> None:
    assert kept([(moment, 1.0) for moment in (50, 51, 60, 101.4, 101.6)], copying=0.5) == [0, 2, 2, 2, 5]


def test_weights_of_a_run_that_goes_astray_are_not_copied() -> None:
    assert kept([(0, 2.0), (1, 19.0), (2, 21.0), (3, 1e30), (4, 2.0)]) == [0, 2, 2, 2, 5]
