"""Compiled chunks of steps against Keras's own steps, one by one."""

import logging
from unittest.mock import Mock, patch

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import loop
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.compiled_steps import PortableSteps, TensorFlowSteps, make_steps
from hcnn_widgets.learning.rule import Learner

N_IMAGES, N_STEPS = 48, 6
RATES = np.array([0.01, 0.02, 0.005, 0.01, 0.001, 0.03], np.float32)


def small_network() -> keras.Model:
    image = keras.Input((6, 6, 1))
    x = keras.layers.Conv2D(3, 3, activation="relu", kernel_initializer=keras.initializers.HeNormal(seed=1))(image)
    x = keras.layers.Flatten()(x)
    dense = keras.layers.Dense(
        4, kernel_regularizer=keras.regularizers.L2(0.01), kernel_initializer=keras.initializers.GlorotUniform(seed=2)
    )
    return keras.Model(image, dense(x))


@pytest.fixture(scope="module")
def material() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    images = rng.random((N_IMAGES, 6, 6, 1), np.float32)
    targets = rng.integers(0, 4, N_IMAGES).astype(np.int32)
    return images, targets, rng.integers(0, N_IMAGES, (N_STEPS, 8)).astype(np.int32)


@pytest.fixture(scope="module")
def both(material: tuple) -> dict:
    return {kind: taken_by(kind, small_network(), material) for kind in (TensorFlowSteps, PortableSteps)}


def taken_by(kind: type, network: keras.Model, material: tuple, parts: tuple = (slice(0, 4), slice(4, 6))) -> tuple:
    """Return what the steps measured, the weights that they left, and loss and score of all images thereafter."""
    images, targets, numbers = material
    rule = Backpropagation(learning_rate=0.01)
    steps = kind(rule, Learner(network, Categorization(), rule.make_optimizer()), images, targets)
    chunks = [steps.train(numbers[part], RATES[part]) for part in parts]
    measured = [np.concatenate(pieces) for pieces in zip(*chunks, strict=True)]
    return measured, network.get_weights(), steps.evaluate(images, targets)


def test_a_chunk_leaves_the_weights_that_single_keras_steps_leave(both: dict) -> None:
    for ours, theirs in zip(both[TensorFlowSteps][1], both[PortableSteps][1], strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", [TensorFlowSteps, PortableSteps])
def test_each_step_has_its_learning_rate_however_many_are_in_a_chunk(kind: type, both: dict, material: tuple) -> None:
    one_by_one = tuple(slice(step, step + 1) for step in range(N_STEPS))
    for parts in (one_by_one, (slice(0, N_STEPS),)):
        weights = taken_by(kind, small_network(), material, parts)[1]
        for ours, theirs in zip(weights, both[PortableSteps][1], strict=True):
            np.testing.assert_allclose(ours, theirs, atol=2e-5)


def test_a_training_is_the_same_however_fast_its_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    images = hw.StimulusSet.from_arrays(rng.random((60, 8, 8, 1)).astype(np.float32), labels=list("abc") * 20)
    spec = hw.architecture.hcnn(["V1"], 4, 3, 1, input_shape=(8, 8, 1))
    rule = Backpropagation(0.1, optimizer="sgd", batch_size=12)
    losses, sizes = [], []
    for longest in (1, 5):
        monkeypatch.setattr(loop, "MAX_CHUNK", longest)
        monkeypatch.setattr(loop, "FRAME_S", 1e3)
        model = hw.GoalDrivenModel(spec, Categorization(dropout=0.0), rule)
        run = model.train(images, epochs=4)
        assert run.join(60)
        losses.append(run.history.series("loss").mean)
        sizes.append(run.training.loop._chunk)
    assert sizes == [1, 5]
    np.testing.assert_allclose(losses[1], losses[0], rtol=1e-5)


def test_a_chunk_measures_the_losses_and_scores_that_keras_measures(both: dict) -> None:
    for ours, theirs in zip(both[TensorFlowSteps][0], both[PortableSteps][0], strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)


def test_held_out_loss_and_score_are_those_of_numpy(both: dict, material: tuple) -> None:
    images, targets, _ = material
    network = small_network()
    network.set_weights(both[TensorFlowSteps][1])
    logits = network.predict(images, verbose=0).astype(np.float64)
    shifted = logits - logits.max(axis=1, keepdims=True)
    chosen = shifted[np.arange(N_IMAGES), targets]
    loss = float(np.mean(np.log(np.exp(shifted).sum(axis=1)) - chosen))
    score = float(np.mean(logits.argmax(axis=1) == targets))
    assert both[TensorFlowSteps][2] == pytest.approx((loss, score), abs=1e-5)


def test_the_fast_way_is_chosen_on_tensorflow(material: tuple) -> None:
    rule = Backpropagation()
    learner = Learner(small_network(), Categorization(), rule.make_optimizer())
    steps = make_steps(rule, learner, *material[:2])
    expected = TensorFlowSteps if keras.backend.backend() == "tensorflow" else PortableSteps
    assert isinstance(steps, expected)


def test_steps_run_as_plain_python_where_tensorflow_is_told_so_and_are_the_same(
    both: dict, material: tuple, uncompiled: None
) -> None:
    network = small_network()
    head = network.layers[-1]
    with patch.object(head, "call", Mock(wraps=head.call)) as called:
        seen = taken_by(TensorFlowSteps, network, material)
    assert called.call_count == N_STEPS + 1, "once a step and once at the end; compiled, once a trace"
    for ours, theirs in zip(seen, both[TensorFlowSteps], strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(one, other, atol=2e-5)


@pytest.mark.no_cover
def test_many_short_runs_are_no_needless_retracings_to_tensorflow(
    material: tuple, caplog: pytest.LogCaptureFixture
) -> None:
    images, targets, numbers = material
    tensorflow = logging.getLogger("tensorflow")  # which does not hand its records on
    tensorflow.addHandler(caplog.handler)
    rule = Backpropagation(learning_rate=0.01)
    for _ in range(6):
        learner = Learner(small_network(), Categorization(), rule.make_optimizer())
        TensorFlowSteps(rule, learner, images, targets).train(numbers[:1], RATES[:1])
    tensorflow.removeHandler(caplog.handler)
    assert [record for record in caplog.records if "retracing" in record.getMessage()] == []
