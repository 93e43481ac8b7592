"""Several goals at once: heads that do not disturb each other, weights, scores, streams, files."""

import json
from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.goal import GOALS, Categorization, Identity, Position, Reconstruction, Segmentation, Several, Size
from hcnn_widgets.goal.goals import goal_from_dict, goal_to_dict
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.network.answers import answers_of
from hcnn_widgets.widgets.training.training_code import training_code

ALL = Several([Categorization(), Identity(), Position(), Segmentation()], weights=[1, 0.5, 2, 3])


@pytest.fixture(scope="module")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(128, size=16, cache=False)


def spec(**options: Any) -> Any:
    return hw.architecture.hcnn(
        areas=("V1", "IT"), n_kernels=4, kernel_size=3, stride=1, input_shape=(16, 16, 1), **options
    )


def on_numpy(goal: Any, outputs: Any, stimuli: hw.StimulusSet, units: Any) -> tuple[float, list[float]]:
    """Return loss and score of a goal alone."""
    targets = goal.targets(stimuli, units)
    return float(goal.loss()(targets, outputs)), [float(goal.score(outputs, targets))]


@pytest.fixture(scope="module")
def model(objects: hw.StimulusSet) -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(spec(), ALL, hw.learning.Backpropagation(5e-3, batch_size=32))
    assert model.train(objects, validation=0.25, epochs=4).join(60)
    assert model.run.state == "finished", model.run.state_message
    return model


@pytest.mark.no_cover
def test_the_loss_is_the_weighted_sum_and_each_score_its_goals_own(
    model: hw.GoalDrivenModel, objects: hw.StimulusSet
) -> None:
    outputs = model.network.predict(objects.images, verbose=0)
    losses, scores = 0.0, []
    for goal, weight in zip(ALL.goals, (1, 0.5, 2, 3), strict=True):
        units = goal.units(objects)
        loss, score = on_numpy(goal, outputs[goal.name], objects, units)
        losses, scores = losses + weight * loss, scores + score
    found = model.evaluate(objects)
    assert found["loss"] == pytest.approx(losses, rel=1e-3)
    assert list(found.values())[1:] == pytest.approx(scores, abs=1e-3)
    assert list(found)[1:] == ["accuracy", "identity accuracy", "position R2", "mask IoU"]
    history = model.run.history
    assert f"validation {ALL.goals[2].score_kinds(())[0].name}" in history.names


def test_a_head_is_what_it_is_alone(objects: hw.StimulusSet) -> None:
    together = hw.GoalDrivenModel(spec(), Several([Categorization(), Position()]))
    alone = hw.GoalDrivenModel(spec(), Position())
    both = together.build(together.goal.units(objects))
    single = alone.build(alone.goal.units(objects))
    given = objects.images[:8]
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(both(given)["position"]), keras.ops.convert_to_numpy(single(given)), atol=1e-5
    )
    assert {"readout", "position_readout"} < {layer.name for layer in both.layers}


def test_the_lines_of_keras_run(objects: hw.StimulusSet, uncompiled: None) -> None:
    goal = Several([Categorization(), Size()], weights=[1, 0.25])
    model = hw.GoalDrivenModel(spec(), goal, hw.learning.Backpropagation(batch_size=32, schedule="constant"))
    assert model.train(objects, epochs=1, validation=None).join(60)
    fresh = keras.models.clone_model(model.network)
    targets = goal.targets(objects, model.categories)
    targets["size"] = targets["size"]["values"]
    names = {"network": fresh, "images": objects.images, "targets": targets}
    names |= {"held_out_images": objects.images, "held_out_targets": targets}
    exec(training_code(model.run), names)
    said = fresh.evaluate(objects.images, targets, verbose=0, return_dict=True)
    twin = hw.GoalDrivenModel.from_keras(fresh, {"V1": "V1"}, goal, categories=model.categories)
    ours = twin.evaluate(objects)
    assert ours["loss"] == pytest.approx(said["loss"] - float(sum(fresh.losses)), rel=1e-3)
    assert ours["accuracy"] == pytest.approx(said["categorization_accuracy"], abs=1e-4)
    assert ours["size R2"] == pytest.approx(said["size_r2_score"], abs=1e-3)


def test_each_stream_may_have_a_goal_of_its_own(objects: hw.StimulusSet) -> None:
    streams = hw.architecture.two_streams(input_shape=(16, 16, 1))
    goal = Several([Categorization(dropout=0.0), Position()], areas=["IT", "LIP"])
    model = hw.GoalDrivenModel(streams, goal)
    network = model.build(goal.units(objects))
    shapes = {info.name: info.n_units for info in streams.areas}
    assert network.get_layer("readout").kernel.shape == (shapes["IT"], 8)
    assert network.get_layer("position_readout").kernel.shape == (shapes["LIP"], 2)
    assert model.train(objects, validation=None, epochs=0.5).join(60)
    assert model.run.state == "finished", model.run.state_message
    assert model.areas == ("V1", "V2", "V4", "IT", "V3A", "LIP")


def test_an_area_that_is_not_there_is_named() -> None:
    goal = Several([Categorization(), Position()], areas=["IT", "MT"])
    with pytest.raises(ValueError, match=r"`areas` of Several hold 'MT', .* received one of V1, IT"):
        hw.GoalDrivenModel(spec(), goal).build(("categorization: a", "categorization: b", "position: x"))


def test_what_one_goal_lacks_is_said_in_its_words() -> None:
    digits = hw.StimulusSet.from_arrays(np.zeros((4, 8, 8), np.float32), labels=list("abab"))
    assert Several().refusal(digits).startswith("`stimuli` must have the latent variables horizontal_position")
    assert Several([Categorization(), Reconstruction()]).refusal(digits) == ""
    assert Several().needs == ("labels", "latents")


def test_answers_name_what_and_where(objects: hw.StimulusSet) -> None:
    units = Several().units(objects)
    outputs = {"categorization": np.eye(8, dtype=np.float32)[[2, 5]], "position": np.array([[0.5, 0], [-1, 1]])}
    words = [answer.words for answer in answers_of(Several(), units, outputs, objects[:2])]
    assert words == ["cars, +0.5 deg right, +0 deg up", "fruits, \u22121 deg right, +1 deg up"]
    assert [answer.brief for answer in answers_of(Several(), units, outputs, objects[:2])] == ["cars", "fruits"]


@pytest.mark.parametrize("name", GOALS)
def test_every_goal_comes_back_from_plain_data(name: str) -> None:
    goal = GOALS[name]()
    assert goal_from_dict(json.loads(json.dumps(goal_to_dict(goal)))) == goal
    assert goal_from_dict(json.loads(json.dumps(goal_to_dict(ALL)))) == ALL


@pytest.mark.no_cover
def test_a_model_of_several_goals_comes_back_from_a_file(
    model: hw.GoalDrivenModel, objects: hw.StimulusSet, tmp_path: Any
) -> None:
    model.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept")
    assert again.goal == ALL
    assert again.evaluate(objects) == pytest.approx(model.evaluate(objects), abs=1e-5)


def test_goals_without_end_in_a_file_are_refused() -> None:
    data: dict[str, Any] = {"goal": "position"}
    for _ in range(400):
        data = {"goal": "several", "goals": [data, {"goal": "size"}]}
    with pytest.raises(ValueError, match="`goal` is made of goals too deep"):
        goal_from_dict(data)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (([Categorization()],), ValueError, "must be two or more of different names; received categorization"),
        (([Position(), Position()],), ValueError, "different names; received position, position"),
        ((["position", "size"],), TypeError, r"`goals` of Several are no goals; .*received \['position', 'size'\]"),
        (([Position(), Size()], [1]), ValueError, r"`weights` of Several do not fit.*received \[1\]"),
        (([Position(), Size()], [1, 0]), ValueError, "2 numbers above 0 are accepted"),
        (([Position(), Size()], [1, float("nan")]), ValueError, "2 numbers above 0 are accepted"),
        (([Position(), Size()], [], ["IT"]), ValueError, "2 names of areas, or none, are accepted"),
    ],
)
def test_what_makes_no_goals_is_refused(arguments: Any, error: Any, says: str) -> None:
    with pytest.raises(error, match=says):
        Several(*arguments)


def test_scores_of_one_name_are_told_apart() -> None:
    class Second(Categorization):
        name = "second"

    kinds = Several([Categorization(), Second()]).score_kinds(("categorization: a", "second: a", "second: b"))
    assert [(kind.name, kind.chance) for kind in kinds] == [("accuracy", 1.0), ("second accuracy", 0.5)]


def test_outputs_that_are_no_dict_of_the_goals_are_refused() -> None:
    assert "Accepted is a dict of categorization, position; received ndarray" in Several().output_refusal(
        np.zeros((2, 3)), ()
    )
    right = {"categorization": np.array([[1.0, -2.0]]), "position": np.zeros((1, 2))}
    units = ("categorization: a", "categorization: b", "position: x", "position: y")
    assert Several().output_refusal(right, units) == ""
    assert "does not end in a number for each" in Several().output_refusal({**right, "position": np.zeros(3)}, units)
