"""A share of the answers: drawn by category, the only ones that teach, while all images are scored."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hcnn_widgets as hw
from hcnn_widgets.goal import Categorization, PartlyLabelled, Position
from hcnn_widgets.goal.goals import goal_from_dict, goal_to_dict


@pytest.fixture(scope="module")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(96, size=16, cache=False)


@pytest.fixture(autouse=True)
def steps_one_by_one(uncompiled: None) -> None:
    """Have the steps done one by one: to compile them takes far longer than to do so few."""


def spec() -> Any:
    return hw.architecture.hcnn(["V1", "IT"], 4, 3, 1, initial_gain=1.0, input_shape=(16, 16, 1))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.7, 1.0])
def test_so_many_images_of_each_category_have_their_answers(objects: hw.StimulusSet, share: float) -> None:
    told = PartlyLabelled(share=share).labelled(objects)
    assert told.sum() == round(share * 96)
    counts = [told[objects.labels == name].sum() for name in objects.categories]
    assert max(counts) - min(counts) <= 1
    assert np.array_equal(told, PartlyLabelled(share=share).labelled(objects))
    if 0 < share < 1:
        assert not np.array_equal(told, PartlyLabelled(share=share, seed=1).labelled(objects))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_loss_is_that_of_the_labelled_images_alone(told: list[bool]) -> None:
    rng = np.random.default_rng(0)
    outputs, asked = rng.normal(size=(6, 3)).astype(np.float32), np.array([0, 1, 2, 0, 1, 2], np.int32)
    found = PartlyLabelled().loss()({"asked": asked, "labelled": np.array(told, np.float32)}, outputs)
    # Those that come again to fill the batch count as often as they come: first ones once more than last ones.
    rows = np.flatnonzero(told)
    expected = 0.0
    if len(rows):
        drawn = rows[np.arange(6) % len(rows)]
        logs = outputs - np.log(np.exp(outputs).sum(axis=1, keepdims=True))
        expected = -logs[drawn, asked[drawn]].mean()
    assert float(found) == pytest.approx(expected, abs=1e-5)


def test_all_labelled_is_the_goal_itself(objects: hw.StimulusSet) -> None:
    plain, partly = (
        hw.GoalDrivenModel(spec(), goal, hw.learning.Backpropagation(batch_size=32))
        for goal in (Categorization(dropout=0.0), PartlyLabelled(Categorization(dropout=0.0), share=1.0))
    )
    for model in (plain, partly):
        assert model.train(objects, epochs=2).join(60)
    assert partly.run.history.last("loss") == pytest.approx(plain.run.history.last("loss"), rel=1e-4)


def test_wrong_answers_of_images_that_are_not_labelled_teach_nothing(objects: hw.StimulusSet) -> None:
    goal = PartlyLabelled(Categorization(dropout=0.0), share=0.5)
    told = goal.labelled(objects)
    weights = []
    for shift in (0, 1):
        model = hw.GoalDrivenModel(spec(), goal, hw.learning.Backpropagation(batch_size=32))
        model.build(objects.categories)
        targets = goal.targets(objects, objects.categories)
        targets["asked"][~told] = (targets["asked"][~told] + shift) % len(objects.categories)
        object.__setattr__(goal, "targets", lambda stimuli, units, held=targets: held)
        assert model.train(objects, validation=None, epochs=1).join(60)
        weights.append(model.network.get_weights())
        object.__delattr__(goal, "targets")
    assert all(np.array_equal(a, b) for a, b in zip(*weights, strict=True))


def test_without_one_label_only_rules_without_labels_train(objects: hw.StimulusSet) -> None:
    nothing = PartlyLabelled(share=0.0)
    with pytest.raises(ValueError, match=r"leaves no image with its answer.*received 0 of 96"):
        hw.GoalDrivenModel(spec(), nothing).train(objects)
    alone = hw.GoalDrivenModel(spec(), nothing, hw.learning.CompetitiveHebbian(steps_per_area=5, n_patches=50))
    assert alone.train(objects, epochs=1).join(60)
    assert alone.run.state == "finished", alone.run.state_message


def test_it_is_written_and_comes_back_with_its_goal() -> None:
    goal = PartlyLabelled(Position(), share=0.25, seed=3)
    assert goal_from_dict(goal_to_dict(goal)) == goal
    assert (goal.needs, goal.score_kinds(())[0].name) == (("latents",), "position R2")
    assert "25 %" in goal.keras_lines().targets


def test_what_is_no_share_or_goal_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1; received 10"):
        PartlyLabelled(share=10)
    with pytest.raises(TypeError, match="received str"):
        PartlyLabelled("categorization")  # type: ignore[arg-type]
