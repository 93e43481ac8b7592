"""The front door: train, look into, save and load, and refuse what does not fit."""

import gc
import json
import random
from pathlib import Path

import numpy as np
import pytest
from model_archives import members, rewritten
from sklearn.datasets import load_digits

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras

AREAS = ("V1", "IT")


def digits(n: int = 300) -> hw.StimulusSet:
    bunch = load_digits()
    return hw.StimulusSet.from_arrays(
        (bunch.images[:n] / 16).astype(np.float32), labels=bunch.target[:n], name="digits"
    )


def small_spec() -> object:
    return hw.architecture.hcnn(areas=AREAS, n_kernels=(8, 16), input_shape=(8, 8, 1))


def new_model(**options: object) -> hw.GoalDrivenModel:
    rule = hw.learning.Backpropagation(learning_rate=5e-3, batch_size=25)
    return hw.GoalDrivenModel(small_spec(), hw.goal.Categorization(dropout=0.0), rule, **options)


@pytest.fixture(scope="module")
def trained() -> hw.GoalDrivenModel:
    model = new_model(name="reader")
    assert model.train(digits(), validation=0.2, epochs=16).join(60)
    return model


@pytest.mark.no_cover
def test_a_model_learns_to_read_digits(trained: hw.GoalDrivenModel) -> None:
    assert trained.run.state == "finished"
    assert trained.run.history.last("validation accuracy") > 0.7
    assert trained.evaluate(digits())["accuracy"] > 0.9


def test_the_untrained_twin_has_the_initial_weights_and_guesses(trained: hw.GoalDrivenModel) -> None:
    twin, fresh = trained.untrained(), new_model()
    fresh.build(trained.categories)
    for ours, theirs in zip(twin.network.get_weights(), fresh.network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert twin.evaluate(digits())["accuracy"] < 0.4
    assert twin not in hw.GoalDrivenModel.instances()


def test_recorded_activations_are_those_of_keras(trained: hw.GoalDrivenModel) -> None:
    stimuli = digits(20)
    recorded = trained.record(stimuli)
    assert recorded.areas == AREAS
    for area in AREAS:
        part = keras.Model(trained.network.input, trained.network.get_layer(area).output)
        expected = part.predict(stimuli.images, verbose=0).reshape(20, -1)
        np.testing.assert_allclose(recorded[area], expected, atol=1e-5)


def test_kernels_are_a_copy_of_the_filters(trained: hw.GoalDrivenModel) -> None:
    kernels = trained.kernels("V1")
    layer = trained.network.get_layer("V1.filter")
    np.testing.assert_array_equal(kernels[3], np.asarray(layer.kernel)[..., 3])
    kernels[:] = 0
    assert np.abs(np.asarray(layer.kernel)).max() > 0


@pytest.mark.no_cover
def test_a_penalty_of_the_architecture_holds_the_kernels_of_its_area_small_and_no_others() -> None:
    sizes = {}
    for penalty in (0.0, 0.3):
        spec = hw.architecture.hcnn(areas=AREAS, n_kernels=(8, 16), input_shape=(8, 8, 1), l2_penalty=(penalty, 0))
        model = hw.GoalDrivenModel(spec, rule=hw.learning.Backpropagation(batch_size=25))
        assert model.train(digits(100), validation=None, epochs=20).join(60)
        sizes[penalty] = [np.square(model.kernels(area)).sum() for area in AREAS]
    assert sizes[0.3][0] < 0.3 * sizes[0.0][0]
    assert sizes[0.3][1] > 0.7 * sizes[0.0][1]


def test_kernels_before_any_training_are_kept_with_the_model(trained: hw.GoalDrivenModel) -> None:
    fresh = new_model()
    fresh.build(trained.categories)
    for area in AREAS:
        np.testing.assert_array_equal(trained.kernels_before(area), fresh.kernels(area))
        assert not np.array_equal(trained.kernels_before(area), trained.kernels(area))


def test_of_a_network_that_came_with_its_weights_nobody_knows_the_kernels_before(trained: hw.GoalDrivenModel) -> None:
    entered = hw.GoalDrivenModel.from_keras(trained.network, {"V1": "V1"}, pretrained=True)
    assert entered.kernels_before("V1") is None


def test_a_saved_model_comes_back_whole(trained: hw.GoalDrivenModel, tmp_path: Path) -> None:
    trained.save(tmp_path / "kept")
    again = hw.GoalDrivenModel.load(tmp_path / "kept.keras")
    assert (again.name, again.areas, again.categories) == ("reader", AREAS, trained.categories)
    assert (again.spec, again.goal, again.rule) == (trained.spec, trained.goal, trained.rule)
    assert again.evaluate(digits()) == pytest.approx(trained.evaluate(digits()), abs=1e-5)
    for ours, theirs in zip(
        again.untrained().network.get_weights(), trained.untrained().network.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("text", ['{"format": "something else"}', "[1, 2]", '{"format": "hcnn_widgets model 1"}'])
def test_a_description_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "kept.json").write_text(text)
    with pytest.raises(ValueError, match="must be a description of format 'hcnn_widgets model 1'"):
        hw.GoalDrivenModel.load(tmp_path / "kept")


def test_a_model_that_is_not_there_is_said_to_be_missing(trained: hw.GoalDrivenModel, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no .*nothing\.json"):
        hw.GoalDrivenModel.load(tmp_path / "nothing")
    trained.save(tmp_path / "kept")
    (tmp_path / "kept.keras").unlink()
    with pytest.raises(FileNotFoundError, match=r"kept\.keras and kept\.json"):
        hw.GoalDrivenModel.load(tmp_path / "kept")


def test_a_goal_that_is_not_known_is_refused(trained: hw.GoalDrivenModel, tmp_path: Path) -> None:
    trained.save(tmp_path / "kept")
    data = json.loads(members(tmp_path / "kept.keras")["hcnn_widgets.json"])
    data["goal"]["goal"] = "world domination"
    rewritten(tmp_path / "kept.keras", {"hcnn_widgets.json": json.dumps(data)})
    with pytest.raises(ValueError, match=r"`goal` must be one of categorization, .*; received 'world domination'"):
        hw.GoalDrivenModel.load(tmp_path / "kept")


def test_a_second_start_is_refused_while_the_first_goes_on() -> None:
    model = new_model()
    run = model.train(digits(), epochs=500)
    try:
        with pytest.raises(RuntimeError, match=r"being trained already; one run at a time .* model\.run\.stop\(\)"):
            model.train(digits())
    finally:
        run.stop()
        assert run.join(30)
    assert model.train(digits(), validation=None, epochs=1).join(60)


@pytest.mark.no_cover
def test_reading_while_training_waits_for_a_step_boundary() -> None:
    model = new_model()
    run = model.train(digits(), epochs=500)
    recorder = model.recorder(digits(10), units=5)
    assert run.at_boundary(recorder).result(30)["IT"].shape == (10, 5)
    assert model.kernels("IT").shape == (16, 3, 3, 8)
    assert run.alive
    run.stop()
    assert run.join(30)


def test_a_loss_that_explodes_fails_the_run_in_words() -> None:
    stimuli = digits(100)
    model = hw.GoalDrivenModel(
        hw.architecture.hcnn(areas=AREAS, n_kernels=(8, 16), input_shape=(8, 8, 1), normalisation=None),
        rule=hw.learning.Backpropagation(learning_rate=1e30, optimizer="sgd", batch_size=25),
    )
    run = model.train(stimuli, epochs=50)
    assert run.join(60)
    assert run.state == "failed"
    assert "start again with a smaller one" in run.state_message


def keras_network() -> keras.Model:
    image = keras.Input((8, 8, 1))
    x = keras.layers.Conv2D(4, 3, activation="relu", name="conv1")(image)
    x = keras.layers.Flatten(name="flat")(x)
    return keras.Model(image, keras.layers.Dense(10, name="logits")(x), name="mine")


def test_a_keras_model_enters_with_areas_and_can_be_trained() -> None:
    network = keras_network()
    names = tuple(str(k) for k in range(10))
    areas = {"V1": "conv1", "IT": "logits"}
    model = hw.GoalDrivenModel.from_keras(network, areas, goal=hw.goal.Categorization(), categories=names)
    assert model.network is network
    assert model.areas == ("V1", "IT")
    before = model.evaluate(digits())["loss"]
    assert model.train(digits(), validation=None, epochs=3).join(60)
    assert model.evaluate(digits())["loss"] < before
    assert model.untrained().evaluate(digits())["loss"] == pytest.approx(before, abs=1e-4)


def test_a_saved_keras_model_has_lost_its_initial_weights_and_draws_new_ones(tmp_path: Path) -> None:
    model = hw.GoalDrivenModel.from_keras(keras_network(), {"V1": "conv1"})
    model.save(tmp_path / "mine")
    again = hw.GoalDrivenModel.load(tmp_path / "mine")
    assert again.goal is None
    assert_drawn_anew(again)


@pytest.mark.parametrize("said", [None, True])
def test_a_pretrained_network_has_newly_drawn_weights_as_its_control(said: bool | None) -> None:
    network = keras_network()
    if said is None:
        network.get_layer("conv1").bias.assign(np.array([0.0, 0.0, 0.3, 0.0]))
    assert_drawn_anew(hw.GoalDrivenModel.from_keras(network, {"V1": "conv1"}, pretrained=said))


def test_weights_that_are_said_to_be_initial_are_the_control_whatever_they_look_like() -> None:
    network = keras_network()
    network.get_layer("conv1").bias.assign(np.full(4, 0.1))
    twin = hw.GoalDrivenModel.from_keras(network, {"V1": "conv1"}, pretrained=False).untrained().network
    for weights, its in zip(network.get_weights(), twin.get_weights(), strict=True):
        np.testing.assert_array_equal(weights, its)


def assert_drawn_anew(model: hw.GoalDrivenModel) -> None:
    random.seed(5)
    first, expected = model.untrained().network, random.random()
    random.seed(5)
    assert random.random() == expected, "the person's own random numbers have been taken"
    again = model.untrained().network
    own, drawn = (np.ravel(network.get_layer("conv1").kernel) for network in (model.network, first))
    assert abs(np.corrcoef(own, drawn)[0, 1]) < 0.9
    assert np.std(drawn) == pytest.approx(np.sqrt(2 / (9 * (1 + 4))), rel=0.3), "Glorot and Bengio's scale"
    assert not np.any(first.get_layer("conv1").bias)
    np.testing.assert_array_equal(drawn, np.ravel(again.get_layer("conv1").kernel))


def test_a_model_without_a_goal_cannot_be_trained() -> None:
    model = hw.GoalDrivenModel.from_keras(keras_network(), {"V1": "conv1"})
    with pytest.raises(ValueError, match="`mine` has no goal"):
        model.train(digits())


def test_models_are_listed_and_not_kept_alive() -> None:
    model = new_model(name="short-lived")
    assert model in hw.GoalDrivenModel.instances()
    del model
    gc.collect()
    assert "short-lived" not in [one.name for one in hw.GoalDrivenModel.instances()]


def test_a_model_without_a_network_says_so() -> None:
    model = new_model()
    assert "not built yet" in repr(model)
    with pytest.raises(ValueError, match="has no network yet"):
        model.record(digits(10))
    model.build(["a", "b"])
    assert "parameters" in repr(model)
    with pytest.raises(ValueError, match="built for, a, b; received a, c"):
        model.build(["a", "c"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"epochs": 0}, "`epochs` must be a finite number above 0; received 0"),
        ({"epochs": float("inf")}, "`epochs` must be a finite number above 0; received inf"),
        ({"validation": 0.9}, "0.9"),
    ],
)
def test_training_refuses_what_makes_no_sense(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        new_model().train(digits(50), **change)


def test_training_refuses_images_of_another_shape_or_without_labels() -> None:
    big = digits(50).adapted_to((16, 16, 1))
    with pytest.raises(ValueError, match=r"input shape \(8, 8, 1\); received images of \(16, 16, 1\)"):
        new_model().train(big)
    bare = hw.StimulusSet.from_arrays(np.zeros((4, 8, 8), np.uint8))
    with pytest.raises(ValueError, match="labels of at least two categories; received none"):
        new_model().train(bare)


def test_what_is_no_architecture_and_no_network_is_refused() -> None:
    with pytest.raises(TypeError, match=r"`architecture` must be a spec, .* received Functional"):
        hw.GoalDrivenModel(keras_network())
    with pytest.raises(TypeError, match=r"Accepted is a keras.Model that was built; received str"):
        hw.GoalDrivenModel.from_keras("resnet", {"V1": "conv1"})


def test_a_run_knows_the_images_that_it_does_not_learn_from(uncompiled: None) -> None:
    images = digits()
    model = new_model()
    for validation, held_out in ((0.25, images.split(0.25, 0)[1]), (images[:5], images[:5]), (None, None)):
        run = model.train(images, validation=validation, epochs=0.1)
        assert run.join(60)
        found = model.run.held_out
        assert (found is None) == (held_out is None)
        assert found is None or found.stimulus_ids.tolist() == held_out.stimulus_ids.tolist()
