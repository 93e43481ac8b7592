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
PAIRS, FRAMES = hw.stimuli.delayed_match(n=32, delay=1, size=8), hw.stimuli.moving_digits(32, 3)
WAIT_S = 3_000
"""To compile for JAX takes half a minute each time, and many times that on a busy machine."""
SPEC = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), kernel_size=3, input_shape=(16, 16, 1))


def in_time(sequences: hw.stimuli.SequenceSet, recurrence: str | None = "gated") -> hw.architecture.ArchitectureSpec:
    return hw.architecture.recurrent_hcnn(
        recurrence, areas=("V1",), n_kernels=3, kernel_size=3, input_shape=sequences.image_shape
    )


def trained(goal: object = None, spec: object = SPEC, stimuli: object = OBJECTS) -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(spec, goal, seed=0)
    run = model.train(stimuli, epochs=1)
    assert run.join(WAIT_S)
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
    assert score.join(WAIT_S)
    assert (score.error, score.latest.model_areas, score.latest.final) == (None, ("V1", "IT"), True)
    assert np.isfinite(score.latest.value).all()


@pytest.mark.parametrize("name", sorted(hw.goal.GOALS))
def test_every_goal_can_be_trained_for(name: str) -> None:
    goal = hw.goal.GOALS[name]()
    shown = {"delayed match": PAIRS, "next frame": FRAMES}.get(name)
    if shown is None:
        trained(goal)
    else:
        trained(goal, in_time(shown), shown)


@pytest.mark.parametrize("name", sorted(hw.learning.RULES))
def test_every_rule_trains(name: str) -> None:
    spec = hw.architecture.perceptron(input_shape=(16, 16, 1)) if name == "perceptron" else SPEC
    rule = hw.learning.RULES[name]()
    model = hw.GoalDrivenModel(spec, rule=rule, seed=0)
    run = model.train(hw.stimuli.object_moments(64, size=16) if rule.of_sequences else OBJECTS, epochs=1)
    assert run.join(WAIT_S)
    assert run.state == "finished", run.state_message


def test_networks_in_time_are_asked_after_other_delays_and_histories() -> None:
    networks = {}
    for name in ("gated", "plain", None):
        networks[str(name)] = model = hw.GoalDrivenModel(in_time(PAIRS, name), hw.goal.DelayedMatch())
        model.build(("different", "same"))
    scores = hw.in_time.accuracy_over_delays(networks, delays=(1, 2), n=20)
    assert all(0 <= scores.accuracy(name, 2).value <= 1 for name in networks)
    last = {name: states["V1"][-1] for name, states in hw.in_time.histories(networks, n=4).states.items()}
    assert np.ptp(last["None"], axis=0).max() < 1e-6 < np.ptp(last["gated"], axis=0).max()


def test_sounds_are_named_and_recorded() -> None:
    sounds = hw.stimuli.sounds(16)
    model = hw.GoalDrivenModel(hw.architecture.auditory_hcnn(input_shape=sounds.image_shape))
    model.build(sounds.categories)
    assert np.isfinite(model.evaluate(sounds)["loss"])
    assert all(np.isfinite(model.record(sounds)[area]).all() for area in model.areas)


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
