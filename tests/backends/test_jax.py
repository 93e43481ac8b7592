"""All that a class does, with Keras on JAX and no TensorFlow: `make jax` runs this, and elsewhere it is skipped."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import hcnn_widgets as hw

pytest.importorskip("jax")

from hcnn_widgets.keras_door import keras
from hcnn_widgets.mapping.live.score import LiveScore

if keras.backend.backend() != "jax":
    pytest.skip("Keras runs on another backend here: set KERAS_BACKEND=jax", allow_module_level=True)

OBJECTS = hw.stimuli.objects(64, size=16, seed=0)
SPEC = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=3, input_shape=(16, 16, 1))


def trained(goal: object = None) -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(SPEC, goal, seed=0)
    run = model.train(OBJECTS, epochs=1)
    assert run.join(300)
    assert run.state == "finished", run.state_message
    return model


@pytest.fixture(scope="module")
def model() -> hw.GoalDrivenModel:
    return trained()


def test_training_changes_the_weights_and_is_measured(model: hw.GoalDrivenModel) -> None:
    before = model.kernels_before("V1")
    assert before is not None
    assert not np.array_equal(model.kernels("V1"), before)
    assert np.isfinite(model.evaluate(OBJECTS)["loss"])


def test_recorded_activations_are_those_of_the_layers(model: hw.GoalDrivenModel) -> None:
    layer = keras.Model(model.network.input, model.network.get_layer(model.taps["IT"]).output)
    expected = np.asarray(layer.predict_on_batch(OBJECTS.images)).reshape(len(OBJECTS), -1)
    np.testing.assert_allclose(model.record(OBJECTS)["IT"], expected, rtol=1e-4, atol=1e-5)


def test_the_untrained_control_has_the_weights_from_before(model: hw.GoalDrivenModel) -> None:
    np.testing.assert_array_equal(model.untrained().kernels("V1"), model.kernels_before("V1"))


def test_a_saved_model_comes_back_the_same(model: hw.GoalDrivenModel, tmp_path: Path) -> None:
    model.save(tmp_path / "model")
    again = hw.GoalDrivenModel.load(tmp_path / "model")
    np.testing.assert_allclose(again.record(OBJECTS)["IT"], model.record(OBJECTS)["IT"], rtol=1e-5)
    assert again.goal == model.goal


def test_a_run_is_scored_live_and_at_its_end() -> None:
    cortex = hw.mapping.simulated_cortex(OBJECTS, n_sites=4, seed=0)
    model = hw.GoalDrivenModel(SPEC, seed=0)
    score = LiveScore(model.train(OBJECTS, epochs=1), cortex, n_units=20, n_stimuli=30, interval_s=0.0, share=1.0)
    assert score.join(300)
    assert (score.error, score.latest.model_areas, score.latest.final) == (None, ("V1", "IT"), True)
    assert np.isfinite(score.latest.value).all()


@pytest.mark.parametrize("name", sorted(hw.goal.GOALS))
def test_every_goal_can_be_trained_for(name: str) -> None:
    goal = hw.goal.GOALS[name]()
    refused = goal.refusal(OBJECTS)
    if refused:
        pytest.skip(refused)
    trained(goal)


@pytest.mark.parametrize("name", sorted(hw.learning.RULES))
def test_every_rule_trains(name: str) -> None:
    spec = hw.architecture.perceptron(input_shape=(16, 16, 1)) if name == "perceptron" else SPEC
    model = hw.GoalDrivenModel(spec, rule=hw.learning.RULES[name](), seed=0)
    run = model.train(OBJECTS, epochs=1)
    assert run.join(300)
    assert run.state == "finished", run.state_message


def test_what_needs_tensorflow_says_so(model: hw.GoalDrivenModel) -> None:
    from hcnn_widgets.activations.compiled_part import compiled_gradient

    with pytest.raises(NotImplementedError, match="need Keras on TensorFlow"):
        compiled_gradient((16, 16, 1), lambda image, asked: (image,))


def test_nothing_reaches_standard_error(tmp_path: Path) -> None:
    code = (
        "import hcnn_widgets as hw; objects = hw.stimuli.objects(32, size=16, seed=0)\n"
        "spec = hw.architecture.hcnn(areas=('V1', 'IT'), n_kernels=(4, 6), input_shape=(16, 16, 1))\n"
        "model = hw.GoalDrivenModel(spec)\nmodel.build(('a', 'b'))\nmodel.untrained()\n"
        f"model.save({str(tmp_path / 'model')!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert (done.stdout, done.stderr) == ("", "")


def test_tensorflow_is_not_needed() -> None:
    assert importlib.util.find_spec("tensorflow") is None or "tensorflow" not in sys.modules
