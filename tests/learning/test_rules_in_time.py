"""Every rule with a network that keeps a state: it trains, on images and on sequences, or says why it cannot."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.learning import RULES

SENTENCE = r"Accepted is .*; received .*\.|^`stimuli` must be what the network takes, .*; received .*\."


def shown(in_time: bool) -> Any:
    pairs = hw.stimuli.delayed_match(n=24, delay=0, size=8)
    return pairs if in_time else pairs.still(-1)


@pytest.mark.parametrize("in_time", [False, True], ids=["images", "sequences"])
@pytest.mark.parametrize("name", list(RULES))
def test_a_network_in_time_is_trained_or_refused_in_a_sentence(name: str, in_time: bool, uncompiled: None) -> None:
    stimuli, rule = shown(in_time), RULES[name](learning_rate=1e-3, batch_size=12)
    spec = hw.architecture.recurrent_hcnn(
        areas=("V1",), n_kernels=3, kernel_size=3, stride=1, input_shape=stimuli.image_shape, time_steps=2
    )
    model = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch(), rule)
    if rule.refusal(model.build(("different", "same")), model.goal):
        with pytest.raises(ValueError, match=SENTENCE):
            model.train(stimuli)
        return
    if rule.of_sequences:  # moments of what the network sees one by one
        stimuli = shown(True)
    state = model.network.get_layer("V1.recur")
    before = [np.array(weights) for weights in state.get_weights()]
    assert model.train(stimuli, validation=stimuli, epochs=1).join(60)
    assert model.run.state == "finished", model.run.state_message
    assert np.isfinite(model.run.history.last("validation loss"))
    changed = any(not np.array_equal(a, b) for a, b in zip(before, state.get_weights(), strict=True))
    assert changed == rule.trains_areas


def test_backpropagation_goes_through_time_and_rules_of_filters_alone_are_refused(uncompiled: None) -> None:
    spec = hw.architecture.recurrent_hcnn(areas=("V1",), n_kernels=3, kernel_size=3, input_shape=(2, 8, 8, 1))
    network = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch()).build(("different", "same"))
    refused = {name for name in RULES if RULES[name]().refusal(network, hw.goal.DelayedMatch())}
    assert {"feedback alignment", "competitive hebbian", "simclr"} <= refused
    assert not {"backpropagation", "readout only"} & refused
