"""Mixed precision: layers compute in half of it, and weights, readout, scores and the control are as ever."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.architecture.layers import DivisiveNormalization, LpPooling
from hcnn_widgets.architecture.precision import built_in, policies
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import Backpropagation, GradientRule, PerceptronRule, compiled_steps

STIMULI = hw.stimuli.digits(200).adapted_to((8, 8, 1))
HALF = {"mixed_bfloat16": "bfloat16", "mixed_float16": "float16"}


def spec(**options: Any) -> Any:
    sizes = {"n_kernels": (6, 8), "kernel_size": 3, "stride": 1, "input_shape": (8, 8, 1)}
    return hw.architecture.hcnn(areas=("V1", "IT"), **sizes, **options)


def model(precision: str | None, **options: Any) -> Any:
    rule = Backpropagation(5e-3, batch_size=50, precision=precision)
    return hw.GoalDrivenModel(spec(), hw.goal.Categorization(dropout=0.0), rule, **options)


@cache
def trained(precision: str | None, time: int = 1) -> Any:
    made = model(precision)
    assert made.train(STIMULI, epochs=12).join(60)
    assert made.run.state == "finished", made.run.state_message
    return made


@pytest.mark.no_cover
@pytest.mark.parametrize("precision", list(HALF))
def test_a_network_learns_in_mixed_precision_and_keeps_its_weights_whole(precision: str, tmp_path: Any) -> None:
    one = trained(precision)
    losses = one.run.history.series("loss").mean
    assert np.mean(losses[-4:]) < 0.85 * np.mean(losses[:4])
    filters = [layer for layer in one.network.layers if layer.name.endswith(".filter")]
    assert {layer.compute_dtype for layer in filters} == {HALF[precision]}
    assert {weights.dtype for weights in one.network.weights} == {"float32"}
    outputs = one.network(STIMULI.images, training=False)
    assert keras.backend.standardize_dtype(outputs.dtype) == "float32"
    # The score is that of the outputs, over all images: nothing is added up in half precision.
    right = np.argmax(outputs, axis=1) == one.goal.targets(STIMULI, one.categories)
    assert one.evaluate(STIMULI)["accuracy"] == pytest.approx(right.mean(), abs=1e-6)
    recorded = one.record(STIMULI)
    assert all(recorded[area].dtype == np.float32 for area in recorded.areas)
    assert one.run.setup.precision == precision
    assert repr(one).endswith(f"computes in {precision}>")

    one.run.save(tmp_path / "run")
    again = hw.load_run(tmp_path / "run")
    assert again.setup.precision == precision
    assert again.model.rule == one.rule
    assert policies(again.model.network) == (precision, "float32")
    assert again.model.evaluate(STIMULI) == pytest.approx(one.evaluate(STIMULI))
    np.testing.assert_array_equal(again.model.kernels_before("V1"), one.kernels_before("V1"))


@pytest.mark.no_cover
def test_the_same_seeds_give_the_same_curve_but_for_the_order_in_which_threads_add_up() -> None:
    first, second = (trained("mixed_bfloat16", time).run.history.series("loss").mean for time in (1, 2))
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_allclose(first, second, rtol=2e-2)  # 8 bits a number
    assert np.ptp(first) > 10 * np.abs(first - second).max()


def test_the_untrained_control_computes_as_the_network_does_from_the_weights_of_float32() -> None:
    half, whole = model("mixed_bfloat16", seed=3), model(None, seed=3)
    for each in (half, whole):
        each.build(STIMULI.categories)
    control = half.untrained()
    assert policies(control.network) == policies(half.network) == ("mixed_bfloat16", "float32")
    for mine, theirs in zip(control.network.get_weights(), whole.network.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert keras.config.dtype_policy().name == "float32"


@dataclass(frozen=True)
class Faint(GradientRule):
    """The goal's loss, so small that its gradients are zero in float16."""

    name: ClassVar[str] = "faint"
    times: float = 1e-6

    def loss(self, learner: Any, images: Any, targets: Any, training: bool) -> Any:
        result = super().loss(learner, images, targets, training)
        return replace(result, loss=self.times * result.loss)


def change_of_faint(precision: str) -> Any:
    """Return by how much a few steps change the kernels of V1; without penalties, whose gradients are not faint."""
    rule = Faint(1e4, optimizer="sgd", batch_size=50, schedule="constant", precision=precision)
    one = hw.GoalDrivenModel(spec(l2_penalty=0.0), hw.goal.Categorization(dropout=0.0), rule)
    assert one.train(STIMULI, epochs=1, validation=None).join(60)
    assert one.run.state == "finished", one.run.state_message
    return (one.kernels("V1") - one.kernels_before("V1")).ravel()


in_whole = cache(lambda: change_of_faint("float32"))


@pytest.mark.no_cover
@pytest.mark.parametrize("way", ["chunks", "one by one"])
def test_the_loss_of_float16_is_scaled_so_that_faint_gradients_arrive(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "one by one":  # as on other backends
        monkeypatch.setattr(compiled_steps, "TensorFlowSteps", compiled_steps.PortableSteps)
    whole, half = in_whole(), change_of_faint("mixed_float16")
    assert np.corrcoef(whole, half)[0, 1] > 0.99
    assert np.linalg.norm(half) == pytest.approx(np.linalg.norm(whole), rel=0.05)


def test_a_precision_that_cannot_be_had_is_refused_in_three_parts() -> None:
    with pytest.raises(ValueError, match=r"`precision` must be .* Accepted are float32, mixed_bf.*; received 'half'"):
        Backpropagation(precision="half")
    with pytest.raises(TypeError, match=r"`precision` is no argument of PerceptronRule\. Accepted are learning_rate"):
        PerceptronRule(precision="mixed_bfloat16")  # type: ignore[call-arg]
    network = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(10, name="IT")])
    rule = Backpropagation(precision="mixed_bfloat16")
    given = hw.GoalDrivenModel.from_keras(
        network, {"IT": "IT"}, hw.goal.Categorization(), rule, categories=STIMULI.categories
    )
    with pytest.raises(ValueError, match=r"Accepted is a model that is not built yet, or precision='float32'; receiv"):
        given.train(STIMULI)


def test_the_lines_of_keras_say_the_policy_and_scale_the_loss_of_float16() -> None:
    one = model("mixed_float16")
    network = one.build(STIMULI.categories)
    code = one.rule.keras_lines(one.goal, 1e-3, 1, 10)
    assert '# made after keras.config.set_dtype_policy("mixed_float16")' in code
    exec(code.partition("held_out =")[0], {"network": network})
    assert type(network.optimizer).__name__ == "LossScaleOptimizer"
    assert "set_dtype_policy" not in Backpropagation().keras_lines(one.goal, 1e-3, 1, 10)


@pytest.mark.parametrize(
    "make",
    [DivisiveNormalization, lambda: DivisiveNormalization(formula="ratio"), LpPooling, lambda: LpPooling(p=4.0)],
    ids=["root", "ratio", "L2", "L4"],
)
def test_powers_of_large_maps_are_numbers_in_half_precision(make: Any) -> None:
    maps = np.random.default_rng(0).uniform(250, 500, (2, 6, 6, 3)).astype(np.float16)
    with built_in("mixed_float16"):
        half = make()
    answer = half(maps)
    assert keras.backend.standardize_dtype(answer.dtype) == "float16"
    np.testing.assert_allclose(np.asarray(answer, np.float32), make()(maps.astype(np.float32)), rtol=2e-3)
