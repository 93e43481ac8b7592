"""Every architecture and every goal: the loss falls on a small set; what lacks what a goal needs is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fitting import fitting, takes_sequences

import hcnn_widgets as hw
from hcnn_widgets.architecture import ARCHITECTURES
from hcnn_widgets.goal import GOALS

pytestmark = pytest.mark.no_cover  # each architecture and goal trains in a test of its own as well

N_STEPS = 4
RATE = 2e-4
"""Small enough that no network of many units overshoots in its first steps."""


def without_dropout(name: str) -> Any:
    """Return a goal whose loss is no matter of chance from step to step."""
    goal = GOALS[name]()
    return replace(goal, dropout=0.0) if hasattr(goal, "dropout") else goal


NEEDS_TIME = {(name, "next frame") for name in ARCHITECTURES if not takes_sequences(name)}
NOTHING_TO_TRAIN = {("perceptron", "nearest code")}
"""The pixels as they are, held against fixed codes: there is no weight between."""


def pairs_that_train() -> list[tuple[str, str]]:
    """Return pairs in which an architecture or a goal comes first; every other pair trains in `make triples`."""
    pairs, known = [], set()
    for pair in sorted({(a, g) for a in ARCHITECTURES for g in GOALS} - NOTHING_TO_TRAIN - NEEDS_TIME):
        if not known.issuperset(pair):
            pairs.append(pair)
        known.update(pair)
    return pairs


def test_each_architecture_and_each_goal_is_in_a_pair() -> None:
    assert {name for pair in pairs_that_train() for name in pair} == {*ARCHITECTURES, *GOALS}


@pytest.mark.parametrize(("architecture", "goal"), sorted(NOTHING_TO_TRAIN))
def test_a_pair_without_a_weight_is_refused_in_a_sentence(
    architecture: str, goal: str, objects: hw.StimulusSet
) -> None:
    spec, stimuli = fitting(architecture, objects)
    with pytest.raises(ValueError, match=r"has no weight that training may change\. Accepted is .*; received"):
        hw.GoalDrivenModel(spec, GOALS[goal]()).train(stimuli)


@pytest.mark.parametrize(("architecture", "goal"), pairs_that_train())
def test_the_loss_falls_on_a_small_set_of_rendered_objects(
    architecture: str, goal: str, objects: hw.StimulusSet, sequences: Any, uncompiled: None
) -> None:
    in_time = sequences.get(goal)
    if in_time is not None and takes_sequences(architecture):
        spec, stimuli = ARCHITECTURES[architecture](input_shape=in_time.image_shape), in_time
    else:
        spec, stimuli = fitting(architecture, objects if in_time is None else in_time.still(-1))
    model = hw.GoalDrivenModel(spec, without_dropout(goal), hw.learning.Backpropagation(RATE, batch_size=16))
    run = model.train(stimuli, validation=None, epochs=N_STEPS)
    assert run.join(60)
    assert run.state == "finished", run.state_message
    losses = run.history.series("loss").mean
    assert np.isfinite(losses).all()
    assert min(losses[-2:]) < losses[0]


def test_one_architecture_runs_in_time() -> None:
    assert takes_sequences("recurrent hcnn")


@pytest.mark.parametrize(("architecture", "goal"), sorted(NEEDS_TIME))
def test_a_network_without_time_is_refused_sequences_in_a_sentence(
    architecture: str, goal: str, sequences: Any
) -> None:
    with pytest.raises(
        ValueError, match=r"^`stimuli` must be what the network takes, images of .*; received sequences"
    ):
        hw.GoalDrivenModel(ARCHITECTURES[architecture](), GOALS[goal]()).train(sequences[goal])


@pytest.mark.parametrize("goal", GOALS)
def test_images_of_which_nothing_is_known_are_refused_in_a_sentence_unless_the_goal_needs_nothing(goal: str) -> None:
    bare = hw.StimulusSet.from_arrays(np.random.default_rng(0).uniform(0, 1, (4, 8, 8)).astype(np.float32))
    model = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)), GOALS[goal]())
    if not model.goal.needs:
        assert model.goal.refusal(bare) == ""
        return
    with pytest.raises(ValueError, match=r"^`stimuli` must .*; received .*\.$"):
        model.train(bare)
