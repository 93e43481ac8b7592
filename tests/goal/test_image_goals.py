"""Goals whose outputs are images: reconstruction and segmentation, and the decoder that makes them."""

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import jaccard_score, log_loss, r2_score

import hcnn_widgets as hw
from hcnn_widgets.goal import Reconstruction, Segmentation
from hcnn_widgets.goal.segmentation import ALL_OBJECT
from hcnn_widgets.keras_door import keras
from hcnn_widgets.widgets.network.answers import answers_of
from hcnn_widgets.widgets.training.training_code import training_code

GOALS = (Reconstruction(), Segmentation())
NAMES = [goal.name for goal in GOALS]


@pytest.fixture(scope="module")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(160, size=16, cache=False)


def trained(goal: Any, stimuli: hw.StimulusSet, epochs: float = 40) -> hw.GoalDrivenModel:
    spec = hw.architecture.hcnn(
        areas=("V1", "IT"),
        n_kernels=(8, 16),
        kernel_size=3,
        stride=1,
        initial_gain=1.0,
        l2_penalty=0.0,
        input_shape=stimuli.image_shape,
    )
    model = hw.GoalDrivenModel(spec, goal, hw.learning.Backpropagation(1e-2, batch_size=20))
    assert model.train(stimuli, validation=0.25, epochs=epochs).join(60)
    assert model.run.state == "finished", model.run.state_message
    return model


@pytest.fixture(scope="module")
def models(objects: hw.StimulusSet) -> dict[str, hw.GoalDrivenModel]:
    return {goal.name: trained(goal, objects) for goal in GOALS}


@pytest.mark.no_cover
@pytest.mark.parametrize("goal", GOALS, ids=NAMES)
def test_held_out_images_do_better_than_chance_after_some_epochs(goal: Any, models: dict[str, Any]) -> None:
    (kind,) = goal.score_kinds(())
    assert models[goal.name].run.history.last(f"validation {kind.name}") > kind.chance + 0.1


def test_the_score_of_reconstruction_is_r2_weighted_by_variance(objects: hw.StimulusSet) -> None:
    goal, rng = Reconstruction(), np.random.default_rng(0)
    outputs = (0.7 * objects.images + rng.normal(0.1, 0.05, objects.images.shape)).astype(np.float32)
    targets, flat = goal.targets(objects, ()), objects.images.reshape(160, -1)
    expected = r2_score(flat, outputs.reshape(160, -1), multioutput="variance_weighted")
    assert float(goal.score(outputs, targets)) == pytest.approx(expected, abs=1e-4)
    assert float(goal.loss()(targets, outputs)) == pytest.approx(np.mean((outputs - objects.images) ** 2), rel=1e-5)
    mean = np.broadcast_to(objects.images.mean(axis=0), objects.images.shape)
    assert float(goal.score(mean, targets)) == pytest.approx(0, abs=1e-4)


def test_loss_and_score_of_segmentation_are_those_of_scikit_learn(objects: hw.StimulusSet) -> None:
    goal, rng = Segmentation(), np.random.default_rng(0)
    targets = goal.targets(objects, ())
    logits = rng.normal(2.0 * targets - 1, 1.5).astype(np.float32)
    each = [jaccard_score(mask.ravel(), seen.ravel() > 0) for mask, seen in zip(targets, logits, strict=True)]
    assert float(goal.score(logits, targets)) == pytest.approx(np.mean(each), rel=1e-5)
    expected = log_loss(targets.ravel(), 1 / (1 + np.exp(-logits.ravel().astype(float))))
    assert float(goal.loss()(targets, logits)) == pytest.approx(expected, rel=1e-4)


@pytest.mark.no_cover
@pytest.mark.parametrize("variation", ["low", "medium", "high"])
def test_calling_everything_object_scores_chance(variation: Any) -> None:
    shown = hw.stimuli.objects(320, variation=variation, size=24, seed=3, cache=False)
    targets = Segmentation().targets(shown, ())
    assert float(Segmentation().score(np.ones(targets.shape, np.float32), targets)) == pytest.approx(
        ALL_OBJECT, abs=0.02
    )


def test_nothing_called_where_nothing_is_counts_as_right() -> None:
    empty = np.zeros((2, 4, 4, 1), np.uint8)
    empty[1, 0, 0] = 1
    assert float(Segmentation().score(np.full(empty.shape, -1.0, np.float32), empty)) == 0.5


@pytest.mark.parametrize("goal", GOALS, ids=NAMES)
def test_the_lines_of_keras_run_on_the_targets_alone(
    goal: Any, models: dict[str, Any], objects: Any, uncompiled: None
) -> None:
    model = models[goal.name]
    targets = goal.targets(objects, model.categories)
    targets = targets["images"] if isinstance(targets, dict) else targets
    fresh = keras.models.clone_model(model.network)
    names = {"network": fresh, "images": objects.images, "targets": targets}
    names |= {"held_out_images": objects.images[:20], "held_out_targets": targets[:20]}
    lines = training_code(model.run).replace("epochs=40", "epochs=1")
    exec(lines, names)
    said = fresh.evaluate(objects.images, targets, verbose=0, return_dict=True)
    twin = hw.GoalDrivenModel.from_keras(fresh, {"V1": "V1"}, goal, categories=model.categories)
    penalty = float(sum(fresh.losses))
    assert twin.evaluate(objects)["loss"] == pytest.approx(said["loss"] - penalty, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize(("shape", "n_channels"), [((16, 16, 1), 1), ((15, 21, 3), 3)])
def test_a_decoder_gives_a_value_for_each_pixel_of_any_image(shape: Any, n_channels: int) -> None:
    trunk = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=4, kernel_size=3, input_shape=shape).build(seed=0)
    output = Reconstruction().head(trunk, (), 0, {})
    assert output.shape == (None, *shape[:2], n_channels)


def test_units_without_places_and_several_outputs_are_decoded_too() -> None:
    image = keras.Input((16, 16, 1))
    small = keras.layers.AveragePooling2D(4)(image)
    units = keras.layers.Dense(6)(keras.layers.Flatten()(image))
    for trunk in (keras.Model(image, units), keras.Model(image, [units, small, image])):
        network = keras.Model(image, Segmentation().head(trunk, (), 1, {}))
        assert network.output_shape == (None, 16, 16, 1)


def test_the_same_seed_gives_the_same_decoder() -> None:
    image = keras.Input((8, 8, 1))
    trunk = keras.Model(image, keras.layers.AveragePooling2D(4)(image))
    networks = [keras.Model(image, Reconstruction().head(trunk, (), seed, {})) for seed in (0, 0, 1)]
    first, again, other = ([w.copy() for w in network.get_weights()] for network in networks)
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert any((a != b).any() for a, b in zip(first, other, strict=True))


def test_a_map_of_the_images_size_is_read_out_as_it_is() -> None:
    image = keras.Input((8, 8, 2))
    network = keras.Model(image, Segmentation().head(keras.Model(image, image), (), 0, {}))
    assert [layer.name for layer in network.layers[1:]] == ["readout"]


def test_a_learning_rule_may_bring_the_layer_of_the_readout() -> None:
    image, asked = keras.Input((8, 8, 2)), []

    def readout(n_units: int, name: str, initializer: Any) -> Any:
        asked.append((n_units, name))
        return keras.layers.Dense(n_units, name=name)

    Segmentation().head(keras.Model(image, image), (), 0, {"readout": readout})
    assert asked == [(1, "readout")]


def test_photographs_have_no_masks_but_can_be_given_back() -> None:
    photographs = hw.StimulusSet.from_arrays(np.random.default_rng(0).uniform(0, 1, (4, 8, 8)).astype(np.float32))
    assert Reconstruction().refusal(photographs) == ""
    assert "`stimuli` must be rendered objects" in Segmentation().refusal(photographs)
    with pytest.raises(ValueError, match="must be rendered objects"):
        hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1",), input_shape=(8, 8, 1)), Segmentation()).train(
            photographs
        )


def test_a_single_image_is_scored_against_its_own_grey() -> None:
    image = np.random.default_rng(0).uniform(0, 1, (1, 8, 8)).astype(np.float32)
    single = hw.StimulusSet.from_arrays(image)
    targets = Reconstruction().targets(single, ())
    assert float(Reconstruction().score(np.full((1, 8, 8, 1), image.mean()), targets)) == pytest.approx(0, abs=1e-4)
    grey = hw.StimulusSet.from_arrays(np.full((1, 8, 8), 0.5, np.float32))
    assert Reconstruction().targets(grey, ())["variance"].tolist() == [1.0]


def test_answers_say_how_much_is_called_object_and_how_well_an_image_is_given_back(
    models: dict[str, Any], objects: hw.StimulusSet
) -> None:
    shown, logits = objects[:2], np.full((2, 16, 16, 1), -1.0, np.float32)
    logits[1, :4] = 1
    words = [answer.words for answer in answers_of(Segmentation(), ("object",), logits, shown)]
    assert words == ["object in 0 % of the image", "object in 25 % of the image"]
    answers = answers_of(Reconstruction(), (), shown.images, shown)
    assert [answer.words for answer in answers] == ["image R2 1.00"] * 2


def test_outputs_of_another_kind_are_refused() -> None:
    for goal in GOALS:
        assert goal.output_refusal(np.zeros((2, 8, 8, 1)), ()) == ""
        assert "received outputs of (5,) for each image" in goal.output_refusal(np.zeros((2, 5)), ())
        assert "received 2 outputs" in goal.output_refusal([0, 0], ())


def test_answers_are_drawn_as_what_is_called_object_and_as_the_image_given_back(objects: hw.StimulusSet) -> None:
    shown, logits = objects[:2], np.full((2, 16, 16, 1), -1.0, np.float32)
    logits[0, 4:8, 4:8] = 1
    tinted = Segmentation().drawn(logits, shown)
    np.testing.assert_array_equal(tinted[1], np.repeat(shown.images[1], 3, axis=-1))
    np.testing.assert_allclose(
        tinted[0, 5, 5], 0.5 * shown.images[0, 5, 5] + 0.5 * np.array([0, 0.62, 0.45]), atol=1e-6
    )
    assert Segmentation().drawn(logits, shown.adapted_to((16, 16, 3))).shape == (2, 16, 16, 3)
    given_back = answers_of(Reconstruction(), (), shown.images + 0.5, shown)[0].picture
    assert given_back is not None
    assert given_back.max() == 255
