import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.classroom import bitmap
from hcnn_widgets.goal import NearestCode
from hcnn_widgets.goal.goals import goal_from_dict, goal_to_dict
from hcnn_widgets.goal.nearest_code import CodeDistances
from hcnn_widgets.keras_door import keras

DIGITS = tuple("0123456789")
UNITS = np.random.default_rng(0).normal(0, 1, (5, 84)).astype("float32")


def _run(layer, units) -> np.ndarray:
    return keras.ops.convert_to_numpy(layer(units))


def test_digits_have_their_bitmaps_and_outputs_are_minus_the_squared_distances() -> None:
    expected = [
        [-sum((u - b) ** 2 for u, b in zip(unit, bitmap(d).ravel(), strict=True)) for d in range(10)] for unit in UNITS
    ]
    np.testing.assert_allclose(_run(CodeDistances(DIGITS), UNITS), expected, rtol=1e-5)


def test_other_categories_have_codes_by_the_seed_that_a_file_keeps() -> None:
    layers = [CodeDistances(("cat", "dog", "owl"), seed) for seed in (1, 1, 2)]
    first, same, other = (_run(layer, UNITS) for layer in layers)
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)
    again = keras.layers.deserialize(keras.layers.serialize(layers[0]))
    assert again.codes == layers[0].codes
    np.testing.assert_array_equal(_run(again, UNITS), first)


def test_no_code_is_trained() -> None:
    image = keras.Input((1, 1, 84))
    network = keras.Model(image, NearestCode().head(keras.Model(image, image), DIGITS, 0, {}))
    assert network.count_params() == 0
    assert network.output_shape == (None, 10)


def test_the_loss_is_the_published_criterion() -> None:
    rng = np.random.default_rng(1)
    distances, targets, j = rng.uniform(0, 9, (6, 10)), rng.integers(0, 10, 6), 4.0
    each = [d[t] + np.log(np.exp(-j) + np.exp(-d).sum()) for d, t in zip(distances, targets, strict=True)]
    loss = NearestCode(rubbish=j).loss()(targets.astype("int32"), keras.ops.convert_to_tensor(-distances, "float32"))
    assert float(loss) == pytest.approx(np.mean(each), rel=1e-5)


def test_its_lines_of_keras_give_the_same_loss() -> None:
    goal = NearestCode(rubbish=7)
    scope: dict = {"keras": keras}
    exec(f"loss = {goal.keras_lines().loss}", scope)
    targets, outputs = np.array([3, 1], "int32"), -(UNITS[:2, :10] ** 2)
    assert float(np.mean(scope["loss"](targets, outputs))) == pytest.approx(
        float(goal.loss()(targets, outputs)), rel=1e-5
    )


def test_the_nearest_code_is_the_answer() -> None:
    outputs, targets = np.array([[-3.0, -1, -9], [-3, -4, -5]], "float32"), np.array([1, 2])
    assert float(NearestCode().score(outputs, targets)) == 0.5


def test_it_is_written_and_read_as_plain_data() -> None:
    goal = NearestCode(rubbish=2.5)
    assert goal_from_dict(goal_to_dict(goal)) == goal


def test_a_rubbish_that_is_no_distance_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"`rubbish` of NearestCode is out of range; a number from 0 to 1000 .*; received -1"
    ):
        NearestCode(rubbish=-1)


def test_any_trunk_learns_codes_of_any_categories() -> None:
    images = np.zeros((60, 8, 8, 1), np.float32)
    images[::2, :4], images[1::2, 4:] = 1, 1
    stimuli = hw.StimulusSet.from_arrays(images, labels=["up", "down"] * 30)
    model = hw.GoalDrivenModel(hw.architecture.hcnn(("V1",), 4, input_shape=(8, 8, 1)), NearestCode())
    assert model.train(stimuli, None, epochs=30).join(60)
    assert model.evaluate(stimuli)["accuracy"] == 1


def test_a_rule_that_trains_the_readout_alone_is_refused_there_is_none(objects: hw.StimulusSet) -> None:
    spec = hw.architecture.hcnn(areas=("V1", "IT"), n_kernels=(4, 6), input_shape=objects.image_shape)
    model = hw.GoalDrivenModel(spec, hw.goal.NearestCode(), hw.learning.ReadoutOnly())
    with pytest.raises(
        ValueError, match=r"^`rule` 'readout only' has nothing to train: .* Accepted is a goal whose head "
    ):
        model.train(objects)
