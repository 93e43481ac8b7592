"""One more entry in GOALS or RULES is new everywhere: in training, curves, sidebar, code, menu and files."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_rules import FeedbackAlignment, Oja, Position, TwoViews, WhatAndWhere

import hcnn_widgets as hw
from hcnn_widgets.architecture import Filter, area
from hcnn_widgets.explorer.run_state import run_state
from hcnn_widgets.goal import GOALS, Goal
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning import RULES, Rule, compiled_steps
from hcnn_widgets.learning.rules import rule_from_dict
from hcnn_widgets.widgets.lab.lab_choices import LabChoices
from hcnn_widgets.widgets.lab.lab_menu import standard_menu
from hcnn_widgets.widgets.training.curves import Curves
from hcnn_widgets.widgets.training.training_code import training_code

GOAL, RULE = Position(scale=0.5), FeedbackAlignment(learning_rate=5e-3, batch_size=20)
BACKPROPAGATION = hw.learning.Backpropagation(5e-3, batch_size=20, schedule="constant")


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GOALS, Position.name, Position)
    monkeypatch.setitem(RULES, FeedbackAlignment.name, FeedbackAlignment)


def spots(n: int = 120) -> hw.StimulusSet:
    """Draw a bright spot somewhere, and say where."""
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-2, 2, (2, n))
    grid = np.linspace(-3, 3, 8)
    images = np.exp(-((grid - x[:, None, None]) ** 2) - (grid[:, None] - y[:, None, None]) ** 2)
    units = {"x": "deg", "y": "deg"}
    return hw.StimulusSet.from_arrays(images.astype(np.float32), latents={"x": x, "y": y}, latent_units=units)


def small_spec() -> Any:
    return hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(8, 12), kernel_size=3, stride=1, input_shape=(8, 8, 1))


def in_position() -> Any:
    model = hw.GoalDrivenModel(small_spec(), GOAL, BACKPROPAGATION)
    assert model.train(spots(), validation=0.25, epochs=12).join(60)
    assert model.run.state == "finished", model.run.state_message
    return model


@pytest.fixture(scope="module")
def model() -> Any:
    return in_position()


def distance(model: Any, stimuli: hw.StimulusSet) -> float:
    outputs = model.network.predict(stimuli.images, verbose=0)
    return 0.5 * np.mean(np.hypot(*(outputs[axis][:, 0] - stimuli.latents[axis] for axis in ("x", "y"))))


@pytest.mark.no_cover
def test_a_goal_of_two_heads_and_a_dict_of_targets_is_learnt_and_scored(model: Any) -> None:
    assert model.categories == ("x", "y")
    history = model.run.history
    names = ("loss", "position error", "validation loss", "validation position error")
    assert history.names == names
    held_out = spots().split(0.25, 0)[1]
    assert history.last("validation position error") == pytest.approx(distance(model, held_out), rel=1e-4)
    assert model.evaluate(spots())["position error"] == pytest.approx(distance(model, spots()), rel=1e-4)
    assert distance(model, held_out) < 0.5 * distance(model.untrained(), held_out)


@pytest.mark.no_cover
def test_a_dict_of_targets_is_learnt_step_by_step_as_well(monkeypatch: pytest.MonkeyPatch, model: Any) -> None:
    monkeypatch.setattr(compiled_steps, "TensorFlowSteps", compiled_steps.PortableSteps)
    other = in_position()
    assert other.evaluate(spots()) == pytest.approx(model.evaluate(spots()), rel=0.01)


@pytest.mark.no_cover
def test_several_goals_at_once_are_scored_each_by_its_own(way: str) -> None:
    stimuli = spots()
    right = np.where(np.asarray(stimuli.latents["x"]) > 0, "right", "left")
    stimuli = hw.StimulusSet.from_arrays(
        stimuli.images, labels=right, latents=dict(stimuli.latents), latent_units=dict(stimuli.latent_units)
    )
    model = hw.GoalDrivenModel(small_spec(), WhatAndWhere(share=0.7), BACKPROPAGATION)
    assert model.train(stimuli, validation=0.25, epochs=12).join(60)
    assert model.run.state == "finished", model.run.state_message
    scores = ("accuracy", "position error")
    names = ("loss", *scores)
    assert model.run.history.names == (*names, *(f"validation {name}" for name in names))
    held_out = stimuli.split(0.25, 0)[1]
    outputs = model.network.predict(held_out.images, verbose=0)
    correct = np.asarray(model.categories)[outputs["what"].argmax(axis=1)] == held_out.labels
    error = np.hypot(*(outputs[axis][:, 0] - held_out.latents[axis] for axis in ("x", "y")))
    found = [model.run.history.last(f"validation {name}") for name in scores]
    np.testing.assert_allclose(found, [correct.mean(), error.mean()], rtol=1e-4)
    assert list(model.evaluate(held_out)) == list(names)
    assert correct.mean() > 0.8
    curves = Curves(model.run)
    charts = curves.make_frame().header["charts"]
    curves.close()
    assert [(chart["label"], chart["unit"]) for chart in charts[1:]] == [
        ("accuracy", "fraction correct"),
        ("position error", "degrees"),
    ]
    assert run_state(model.run)["score"].startswith("held-out accuracy")


def test_the_goals_quantity_stands_in_the_curves_and_in_the_sidebar(model: Any) -> None:
    curves = Curves(model.run)
    _, chart = curves.make_frame().header["charts"]
    curves.close()
    assert (chart["label"], chart["unit"]) == ("position error", "degrees")
    assert [line["label"] for line in chart["series"]] == ["training", "held-out"]
    value = model.run.history.last("validation position error")
    assert run_state(model.run)["score"] == f"held-out position error {value:.3g}"


@pytest.mark.no_cover
def test_the_lines_of_keras_are_the_goals(model: Any) -> None:
    stimuli, fresh = spots(), keras.models.clone_model(model.network)
    targets = GOAL.targets(stimuli, model.categories)
    names = {"network": fresh, "images": stimuli.images, "targets": targets}
    names |= {"held_out_images": stimuli.images, "held_out_targets": targets}
    exec(training_code(model.run), names)
    twin = hw.GoalDrivenModel.from_keras(fresh, {"V1": "V1"}, GOAL, categories=("x", "y"))
    assert twin.evaluate(stimuli)["loss"] < model.untrained().evaluate(stimuli)["loss"]


def test_stimuli_that_lack_what_the_goal_needs_are_refused_in_its_words() -> None:
    bare = hw.StimulusSet.from_arrays(spots().images)
    with pytest.raises(ValueError, match="must have the latents x and y; received no x and no y"):
        hw.GoalDrivenModel(small_spec(), GOAL).train(bare)


def test_new_entries_are_offered_by_the_lab(entries: None) -> None:
    choices = LabChoices(standard_menu())
    choices.setting = type(choices.setting)(
        **{**vars(choices.setting), "goal": Position.name, "rule": FeedbackAlignment.name}
    )
    assert (choices.setting.goal, choices.setting.rule) == (Position.name, FeedbackAlignment.name)
    choices.close()


@pytest.mark.no_cover
def test_a_model_of_new_entries_comes_back_from_files(entries: None, tmp_path: Path) -> None:
    digits = hw.StimulusSet.from_arrays(spots().images, labels=np.arange(120) % 2)
    spec = hw.architecture.hcnn(areas=("V1",), n_kernels=4, kernel_size=8, stride=8, input_shape=(8, 8, 1))
    model = hw.GoalDrivenModel(spec, rule=RULE)
    assert model.train(digits, epochs=2).join(60)
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.rule == RULE
    assert again.evaluate(digits) == pytest.approx(model.evaluate(digits), abs=1e-6)
    expected = model.untrained().network.get_weights()
    for ours, theirs in zip(again.untrained().network.get_weights(), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_goal_with_fields_comes_back_from_files(entries: None, tmp_path: Path, model: Any) -> None:
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.goal == GOAL
    assert again.evaluate(spots()) == pytest.approx(model.evaluate(spots()), abs=1e-6)


def test_a_refusal_lists_new_entries(entries: None) -> None:
    with pytest.raises(ValueError, match=r"must be one of backpropagation, .*another way back; received 'hebb'"):
        rule_from_dict({"rule": "hebb"})


@pytest.mark.parametrize("part", ["goal", "rule"])
def test_what_is_no_entry_is_not_written_because_nobody_could_read_it(tmp_path: Path, model: Any, part: str) -> None:
    unknown = {"goal": GOAL} if part == "goal" else {"rule": RULE}
    stranger = hw.GoalDrivenModel(small_spec(), **unknown)
    stranger.build(("x", "y"))
    with pytest.raises(ValueError, match=f"`{part}` must be one of .* to be written; received"):
        stranger.save(tmp_path / "kept")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("goal", [*(make() for make in GOALS.values()), GOAL, WhatAndWhere()])
def test_every_goal_says_all_of_itself(goal: Any) -> None:
    assert isinstance(goal, Goal)


@pytest.mark.parametrize("rule", [*(make() for make in RULES.values()), RULE, Oja(), TwoViews()])
def test_every_rule_says_all_of_itself(rule: Any) -> None:
    assert isinstance(rule, Rule)
    for goal in [hw.goal.Categorization(), *([] if rule.uses_labels else [None])]:
        lines = rule.keras_lines(goal, 0.125, 3.0, 60)
        compile(lines, "lines of Keras", "exec")
        assert "0.125" in lines


def test_areas_that_feed_no_other_are_read_out_side_by_side() -> None:
    v1 = area("V1", [Filter(4, size=3)])
    streams = [area(name, [Filter(n, size=3)], inputs=["V1"]) for name, n in (("what", 3), ("where", 2))]
    spec = hw.architecture.hcnn(areas=(v1, *streams), input_shape=(8, 8, 1))
    digits = hw.StimulusSet.from_arrays(spots().images, labels=np.arange(120) % 2)
    model = hw.GoalDrivenModel(spec)
    assert model.train(digits, epochs=1).join(60)
    assert model.run.state == "finished"
    assert model.network.get_layer("readout").kernel.shape == (8 * 8 * (3 + 2), 2)
    assert model.record(digits).areas == ("V1", "what", "where")


@pytest.mark.no_cover
def test_a_network_without_a_head_comes_back_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(RULES, TwoViews.name, TwoViews)
    bare = hw.StimulusSet.from_arrays(spots().images)
    model = hw.GoalDrivenModel(small_spec(), rule=TwoViews(batch_size=20))
    assert model.train(bare, epochs=1).join(60)
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.categories == ()
    np.testing.assert_array_equal(again.record(bare)["IT"], model.record(bare)["IT"])
    assert again.train(bare, epochs=1).join(60)
    assert again.run.state == "finished"
