"""Every architecture with every goal: the loss falls on a small set; what lacks what a goal needs is refused."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

import hcnn_widgets as hw
from hcnn_widgets.architecture import ARCHITECTURES
from hcnn_widgets.goal import GOALS

N_STEPS = 5
RATE = 2e-4
"""Small enough that no network of many units overshoots in its first steps."""


@pytest.fixture
def uncompiled() -> Iterator[None]:
    """Have the steps done one by one: to compile them takes a hundred times as long as to do so few."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture(scope="module")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(16, size=16, cache=False)


def without_dropout(name: str) -> Any:
    """Return a goal whose loss is no matter of chance from step to step."""
    goal = GOALS[name]()
    return replace(goal, dropout=0.0) if hasattr(goal, "dropout") else goal


@pytest.fixture(scope="module")
def sequences() -> dict[str, hw.stimuli.SequenceSet]:
    """Return the stimuli of goals that are about time."""
    return {"delayed match": hw.stimuli.delayed_match(n=16, delay=1), "next frame": hw.stimuli.moving_digits(16, 3)}


def takes_sequences(architecture: str) -> bool:
    try:
        return ARCHITECTURES[architecture](input_shape=(3, 16, 16, 1)).time_steps == 3
    except ValueError:
        return False


def fitting(architecture: str, stimuli: hw.StimulusSet) -> tuple[Any, hw.StimulusSet]:
    """Return the architecture for such images, or as it is with the images in its size."""
    try:
        return ARCHITECTURES[architecture](input_shape=stimuli.image_shape), stimuli
    except ValueError:
        spec = ARCHITECTURES[architecture]()
        return spec, stimuli.adapted_to(spec.input_shape)


NEEDS_TIME = {(name, "next frame") for name in ARCHITECTURES if not takes_sequences(name)}
NOTHING_TO_TRAIN = {("perceptron", "nearest code")}
"""The pixels as they are, held against fixed codes: there is no weight between."""


@pytest.mark.parametrize(("architecture", "goal"), sorted(NOTHING_TO_TRAIN))
def test_a_pair_without_a_weight_is_refused_in_a_sentence(
    architecture: str, goal: str, objects: hw.StimulusSet
) -> None:
    spec, stimuli = fitting(architecture, objects)
    with pytest.raises(ValueError, match=r"has no weight that training may change\. Accepted is .*; received"):
        hw.GoalDrivenModel(spec, GOALS[goal]()).train(stimuli)


@pytest.mark.parametrize(
    ("architecture", "goal"), sorted({(a, g) for a in ARCHITECTURES for g in GOALS} - NOTHING_TO_TRAIN - NEEDS_TIME)
)
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
