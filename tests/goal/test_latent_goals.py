"""Goals that ask for what the images were made from: targets, loss and score, and training on rendered objects."""

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import mean_squared_error, r2_score

import hcnn_widgets as hw
from hcnn_widgets.goal import Identity, Pose, Position, Size
from hcnn_widgets.goal.latent_regression import LatentRegression
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.network.answers import answers_of
from hcnn_widgets.widgets.training.training_code import training_code

REGRESSIONS = (Position(), Size(), Pose())
NAMES = [goal.name for goal in REGRESSIONS]


@pytest.fixture(scope="module")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(192, size=16, cache=False)


def in_units_of_the_goal(goal: LatentRegression, stimuli: hw.StimulusSet) -> np.ndarray:
    """Say what the outputs should be, written out for each goal."""
    latents = stimuli.latents
    if goal.name == "position":
        return np.column_stack([latents["horizontal_position"], latents["vertical_position"]])
    if goal.name == "size":
        return (latents["size"][:, None] - 0.6) / 0.1
    turns = ("rotation_about_vertical", "rotation_about_horizontal", "rotation_in_plane")
    return np.column_stack([latents[turn] for turn in turns]) / 30


@pytest.mark.parametrize("goal", REGRESSIONS, ids=NAMES)
def test_loss_and_score_are_those_of_scikit_learn(goal: LatentRegression, objects: hw.StimulusSet) -> None:
    expected, rng = in_units_of_the_goal(goal, objects), np.random.default_rng(0)
    targets = goal.targets(objects, goal.units(objects))
    np.testing.assert_allclose(targets["values"], expected, rtol=1e-6, atol=1e-6)
    outputs = (expected + rng.normal(0, 0.5, expected.shape)).astype(np.float32)
    assert float(goal.loss()(targets, outputs)) == pytest.approx(mean_squared_error(expected, outputs), rel=1e-5)
    assert float(goal.score(outputs, targets)) == pytest.approx(r2_score(expected, outputs), abs=1e-5)


@pytest.mark.parametrize("goal", REGRESSIONS, ids=NAMES)
def test_the_score_of_parts_is_the_score_of_the_whole_however_it_is_parted(
    goal: LatentRegression, objects: hw.StimulusSet
) -> None:
    targets = goal.targets(objects, ())
    outputs = np.random.default_rng(1).normal(0, 1, targets["values"].shape).astype(np.float32)
    parts = [slice(0, 1), slice(1, 100), slice(100, 192)]
    scores = [float(goal.score(outputs[part], {key: all_[part] for key, all_ in targets.items()})) for part in parts]
    whole = np.average(scores, weights=[1, 99, 92])
    assert whole == pytest.approx(r2_score(targets["values"], outputs), abs=1e-4)


@pytest.mark.parametrize("goal", REGRESSIONS, ids=NAMES)
def test_who_always_says_the_mean_scores_chance(goal: LatentRegression, objects: hw.StimulusSet) -> None:
    targets = goal.targets(objects, ())
    mean = np.broadcast_to(targets["values"].mean(axis=0), targets["values"].shape)
    (kind,) = goal.score_kinds(())
    assert kind.chance == 0
    assert float(goal.score(mean, targets)) == pytest.approx(0, abs=1e-5)
    assert float(goal.score(targets["values"], targets)) == kind.highest


def spots(n: int = 160) -> hw.StimulusSet:
    """Draw a bright spot of some size somewhere, and say where and how large: what a small network learns at once."""
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-1, 1, (2, n))
    size = rng.uniform(0.5, 0.7, n)
    grid = np.linspace(-3, 3, 8)
    distance = (grid - x[:, None, None]) ** 2 + (-grid[:, None] - y[:, None, None]) ** 2
    latents = {"horizontal_position": x, "vertical_position": y, "size": size}
    return hw.StimulusSet.from_arrays(
        np.exp(-distance / (4 * size[:, None, None] ** 2)).astype(np.float32),
        latents=latents,
        latent_units={"horizontal_position": "deg", "vertical_position": "deg", "size": "fraction of image width"},
    )


def trained(goal: Any, stimuli: hw.StimulusSet, epochs: float, **options: Any) -> hw.GoalDrivenModel:
    spec = hw.architecture.hcnn(
        areas=("V1", "IT"), n_kernels=(8, 12), kernel_size=3, stride=1, input_shape=stimuli.image_shape, **options
    )
    model = hw.GoalDrivenModel(spec, goal, hw.learning.Backpropagation(5e-3, batch_size=20))
    assert model.train(stimuli, validation=0.25, epochs=epochs).join(60)
    assert model.run.state == "finished", model.run.state_message
    return model


@pytest.fixture(scope="module")
def model() -> hw.GoalDrivenModel:
    return trained(Position(), spots(), epochs=12)


@pytest.mark.no_cover
def test_a_network_learns_where_a_spot_is_and_its_held_out_score_is_r2(model: hw.GoalDrivenModel) -> None:
    held_out = spots().split(0.25, 0)[1]
    outputs = model.network.predict(held_out.images, verbose=0)
    expected = np.column_stack([held_out.latents["horizontal_position"], held_out.latents["vertical_position"]])
    score = model.run.history.last("validation position R2")
    assert score == pytest.approx(r2_score(expected, outputs), abs=1e-4)
    assert score > 0.8
    assert model.evaluate(held_out)["position R2"] == pytest.approx(score, abs=1e-5)


@pytest.mark.no_cover
def test_the_lines_of_keras_train_the_same_on_the_values_alone(model: hw.GoalDrivenModel) -> None:
    stimuli, fresh = spots(), keras.models.clone_model(model.network)
    targets = Position().targets(stimuli, ())["values"]
    names = {"network": fresh, "images": stimuli.images, "targets": targets}
    names |= {"held_out_images": stimuli.images, "held_out_targets": targets}
    exec(training_code(model.run), names)
    said = fresh.evaluate(stimuli.images, targets, verbose=0, return_dict=True)
    twin = hw.GoalDrivenModel.from_keras(fresh, {"V1": "V1"}, Position(), categories=model.categories)
    assert twin.evaluate(stimuli)["position R2"] == pytest.approx(said["r2_score"], abs=1e-4)


def test_answers_are_said_in_the_units_of_the_world_with_the_minus_of_print(model: hw.GoalDrivenModel) -> None:
    outputs = np.array([[0.5, -1.25], [-0.25, -0.0004]], np.float32)
    shown = hw.StimulusSet.from_arrays(spots().images[:2])  # nobody says where the spots are
    answers = answers_of(Position(), model.categories, outputs, shown)
    assert [answer.words for answer in answers] == [
        "+0.5 deg right, \u22121.25 deg up",
        "\u22120.25 deg right, +0 deg up",
    ]
    assert [answer.brief for answer in answers] == ["0.5, \u22121.2", "\u22120.2, 0.0"]
    assert Size().in_words([[1.2]], ()) == [("0.72", "0.72 of the image's width")]
    assert Pose().in_words([[1, -0.5, 0]], ()) == [("30 \u221215 0", "turned by +30, \u221215, +0 deg")]
    assert Pose().in_words([[1 / 9, 0, 0]], ()) == [("3 0 0", "turned by +3.33, +0, +0 deg")]


@pytest.mark.parametrize("goal", [*REGRESSIONS, Identity()], ids=[*NAMES, "identity"])
def test_images_without_latents_are_refused_at_the_door(goal: Any) -> None:
    digits = hw.StimulusSet.from_arrays(np.zeros((8, 8, 8), np.float32), labels=list("abababab"))
    with pytest.raises(ValueError, match=r"`stimuli` must .*received none\."):
        hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)), goal).train(digits)


def test_what_is_the_same_in_all_images_cannot_be_learnt() -> None:
    same = hw.StimulusSet.from_arrays(
        np.zeros((4, 8, 8), np.float32), latents={"size": np.ones(4)}, latent_units={"size": "fraction"}
    )
    assert Size().refusal(same) == "`stimuli` must differ in size; received 4 that are all the same in it."
    assert Size().targets(same, ())["spread"].tolist() == [[1.0]] * 4


def test_text_is_no_latent_variable_to_be_regressed() -> None:
    text = hw.StimulusSet.from_arrays(
        np.zeros((2, 8, 8), np.float32), latents={"size": ["big", "small"]}, latent_units={"size": "name"}
    )
    with pytest.raises(ValueError, match="must have the latent variables size as numbers; received none"):
        Size().targets(text, ())


def test_whole_numbers_are_latent_variables_too() -> None:
    whole = hw.StimulusSet.from_arrays(
        np.zeros((3, 8, 8), np.float32), latents={"size": np.array([1, 2, 3])}, latent_units={"size": "px"}
    )
    np.testing.assert_allclose(Size().targets(whole, ())["values"][:, 0], [4, 14, 24], rtol=1e-5)


def test_outputs_of_another_shape_are_refused() -> None:
    assert Position().output_refusal(np.zeros((3, 2)), ()) == ""
    assert "received outputs of (3,) for each image" in Position().output_refusal(np.zeros((3, 3)), ())
    assert "received 2 outputs" in Position().output_refusal([0, 0], ())


def test_the_readout_may_see_means_over_positions_and_leave_inputs_out() -> None:
    image = keras.Input((4, 4, 3))
    output = Position("average", 0.5).head(keras.Model(image, image), (), 0, {})
    network = keras.Model(image, output)
    assert [layer.name for layer in network.layers[1:]] == ["readout_average", "readout_dropout", "readout"]
    with pytest.raises(ValueError, match="`pooling` of Pose is not known; accepted are average, flatten"):
        Pose("max")


def test_identities_are_the_64_objects_and_targets_their_places(objects: hw.StimulusSet) -> None:
    goal = Identity()
    units = goal.units(objects)
    assert len(units) == 64
    targets = goal.targets(objects, units)
    assert [units[target] for target in targets] == objects.latents["exemplar"].tolist()
    (kind,) = goal.score_kinds(units)
    assert (kind.name, kind.chance) == ("accuracy", 1 / 64)


@pytest.mark.no_cover
def test_objects_that_only_held_out_images_show_have_their_place_among_the_outputs() -> None:
    shown = hw.stimuli.objects(64, size=8, cache=False)  # each object once: a tenth of them is held out
    model = trained(Identity(), shown, epochs=1)
    assert model.network.output_shape == (None, 64)
    assert np.isfinite(model.run.history.last("validation accuracy"))


def test_objects_that_a_network_does_not_have_are_named(objects: hw.StimulusSet) -> None:
    with pytest.raises(ValueError, match="show objects that the network does not have; accepted are desk, dog; rec"):
        Identity().targets(objects, ("desk", "dog"))
    one = objects[np.flatnonzero(np.asarray(objects.latents["exemplar"]) == "desk")]
    assert Identity().refusal(one) == "`stimuli` must show at least two objects; received desk."


@pytest.mark.no_cover
def test_two_tables_are_told_apart_which_are_one_category() -> None:
    many = hw.stimuli.objects(640, variation="low", size=16, cache=False)
    tables = many[np.flatnonzero(np.isin(many.latents["exemplar"], ["desk", "billiard_table"]))]
    assert tables.categories == ("tables",)
    model = trained(Identity(dropout=0.0), tables, epochs=30)
    assert model.categories == ("billiard_table", "desk")
    assert model.evaluate(tables)["accuracy"] > 0.7
