"""Every rule of RULES trains a small network, and what it makes smaller falls; readouts that stand beside say so."""

from typing import Any

import numpy as np
import pytest
from dense_networks import digits

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import RULES, ReadoutOnly
from hcnn_widgets.learning.training_run import quantities_of
from hcnn_widgets.learning.without_labels.layerwise import LayerwiseRule
from hcnn_widgets.widgets.training.state_line import state_line
from hcnn_widgets.widgets.training.training_code import training_code


def small_spec(**options: Any) -> Any:
    return hw.architecture.hcnn(
        areas=("V1", "IT"), n_kernels=(6, 8), kernel_size=3, stride=1, input_shape=(8, 8, 1), **options
    )


def quick(name: str) -> Any:
    """Return a rule that comes to its end within some dozen steps."""
    kind: Any = RULES[name]
    turns = {"steps_per_area": 10, "n_patches": 200} if issubclass(kind, LayerwiseRule) else {}
    return kind(learning_rate=5e-3, batch_size=50, **turns)


def fitting(rule: Any, stimuli: hw.StimulusSet) -> Any:
    """Return stimuli, or of a rule that learns from what follows in time each of them with itself a pixel aside."""
    if not rule.of_sequences:
        return stimuli
    frames = np.stack([np.roll(stimuli.images, 1, axis=2), stimuli.images], axis=1)
    return hw.stimuli.SequenceSet(frames, stimuli.stimulus_ids, stimuli.labels)


@pytest.mark.no_cover  # the steps of each rule are followed in tests of its own
@pytest.mark.parametrize("name", list(RULES))
def test_what_a_rule_makes_smaller_falls_and_its_score_is_measured(name: str) -> None:
    stimuli, rule = digits(200), quick(name)
    spec = hw.architecture.perceptron(input_shape=(8, 8, 1)) if name == "perceptron" else small_spec()
    model = hw.GoalDrivenModel(spec, hw.goal.Categorization(dropout=0.0), rule)
    refusal = rule.refusal(model.build(stimuli.categories), model.goal)
    assert not refusal, refusal
    assert model.train(fitting(rule, stimuli), epochs=24).join(120)
    assert model.run.state == "finished", model.run.state_message
    history, losses = model.run.history, model.run.history.series("loss").mean
    assert np.mean(losses[-4:]) < 0.99 * np.mean(losses[:4])
    assert np.isfinite([history.last(curve) for curve in history.names]).all()
    held_out = model.run.held_out
    assert history.last("validation accuracy") == pytest.approx(model.evaluate(held_out)["accuracy"], abs=1e-6)
    assert history.names == (
        *("loss", "accuracy", *(measure.name for measure in rule.measures)),
        *("validation loss", "validation accuracy"),
    )
    beside = f"Accuracy is that of {rule.scored_by}"
    unit = quantities_of(model.run)[0].unit
    if rule.scored_by:
        assert beside in state_line(model.run)
        assert unit == f"fraction correct, {rule.scored_by}"
    else:
        assert "Accuracy" not in state_line(model.run)
        assert unit == "fraction correct"


@pytest.mark.no_cover  # as above
@pytest.mark.parametrize("name", [name for name, kind in RULES.items() if not kind.uses_labels])
def test_the_lines_of_a_rule_that_keras_does_not_know_run(name: str, uncompiled: None) -> None:
    stimuli, rule = digits(100), quick(name)
    model = hw.GoalDrivenModel(small_spec(), rule=rule)
    assert model.train(fitting(rule, stimuli), epochs=1).join(60)
    bare = fitting(rule, hw.StimulusSet.from_arrays(stimuli.images))
    names: dict[str, Any] = {"architecture": small_spec(), "stimuli": bare}
    exec(training_code(model.run), names)
    assert names["rule"] == rule
    assert names["model"].run.state == "finished", names["model"].run.state_message
    assert names["model"].run.history.names[0] == "loss"


@pytest.mark.no_cover
def test_frozen_areas_stay_bit_for_bit_though_their_weights_have_a_penalty(way: str) -> None:
    stimuli = digits(100)
    model = hw.GoalDrivenModel(small_spec(l2_penalty=0.1), rule=ReadoutOnly(optimizer="adamw", batch_size=25))
    assert model.train(stimuli, epochs=3).join(60)
    twin = model.untrained()
    for layer in model.network.layers:
        pairs = zip(layer.get_weights(), twin.network.get_layer(layer.name).get_weights(), strict=True)
        assert all(np.array_equal(after, before) for after, before in pairs) == (layer.name != "readout"), layer.name


@pytest.mark.no_cover
def test_the_lines_of_keras_freeze_the_areas_and_train_the_readout(uncompiled: None) -> None:
    stimuli = digits(100)
    model = hw.GoalDrivenModel(small_spec(), rule=ReadoutOnly(batch_size=25))
    assert model.train(stimuli, epochs=2).join(60)
    fresh = keras.models.clone_model(model.network)
    before = {layer.name: layer.get_weights() for layer in fresh.layers}
    names = {"network": fresh, "images": stimuli.images, "targets": model.goal.targets(stimuli, model.categories)}
    names |= {"held_out_images": stimuli.images, "held_out_targets": names["targets"]}
    exec(training_code(model.run), names)
    for layer in fresh.layers:
        same = all(np.array_equal(a, b) for a, b in zip(before[layer.name], layer.get_weights(), strict=True))
        assert same == (layer.name != "readout"), layer.name


@pytest.mark.parametrize("name", ["simclr", "autoencoder", "two moments"])
def test_a_network_whose_areas_nobody_knows_is_refused(name: str) -> None:
    network = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(3, 3, name="IT"), keras.layers.Flatten()])
    model = hw.GoalDrivenModel.from_keras(network, {"IT": "IT"}, rule=RULES[name]())
    with pytest.raises(
        ValueError, match=r"looks at the top area.*Accepted is a model made of an architecture.*received"
    ):
        model.train(fitting(RULES[name](), digits(60)))
