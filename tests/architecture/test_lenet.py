import subprocess
import sys

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.architecture import ArchitectureSpec, activate, area, filter, lenet5, pool
from hcnn_widgets.architecture.lenet_layers import ConnectedConv2D, ScaledTanh, Subsampling
from hcnn_widgets.classroom import lenet5_maps, lenet5_weights
from hcnn_widgets.keras_door import keras

DIGITS = [str(digit) for digit in range(10)]
IMAGES = np.random.default_rng(0).random((2, 32, 32, 1)).astype("float32")
GOALS = {"published": hw.goal.NearestCode(), "modern": hw.goal.Categorization(dropout=0.0)}
MAPS = np.random.default_rng(1).normal(0, 1, (2, 7, 6, 4)).astype("float32")
LINKS = ((0, 2), (1,), (0, 1, 3))


def _run(layer, maps) -> np.ndarray:
    return keras.ops.convert_to_numpy(layer(maps))


def _model(variant: str) -> hw.GoalDrivenModel:
    model = hw.GoalDrivenModel(lenet5(variant), GOALS[variant])
    model.build(DIGITS)
    return model


@pytest.mark.parametrize(("variant", "n_weights"), [("published", 60_000), ("modern", 61_706)])
def test_keras_counts_the_published_number_of_weights(variant: str, n_weights: int) -> None:
    assert _model(variant).network.count_params() == n_weights


def test_the_modern_variant_is_the_network_that_is_written_in_keras_today() -> None:
    usual = keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            keras.layers.Rescaling(1, -0.1),
            keras.layers.Conv2D(6, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(16, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(120, activation="relu"),
            keras.layers.Dense(84, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    network = _model("modern").network
    shaped = zip(network.get_weights(), usual.get_weights(), strict=True)
    usual.set_weights([own.reshape(other.shape) for own, other in shaped])
    np.testing.assert_allclose(_run(network, IMAGES), _run(usual, IMAGES), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("variant", ["published", "modern"])
def test_the_arithmetic_of_the_lecture_is_that_of_the_network(variant: str) -> None:
    model = _model(variant)
    model.network.set_weights(lenet5_weights(variant, seed=2))
    stimuli = hw.StimulusSet.from_arrays(IMAGES)
    recorded, outputs = model.record(stimuli), _run(model.network, IMAGES)
    for index, image in enumerate(IMAGES[..., 0]):
        maps = lenet5_maps(image, model.network.get_weights(), variant)
        for name in model.areas:
            np.testing.assert_allclose(maps[name].ravel(), recorded[name][index].ravel(), rtol=1e-3, atol=1e-5)
        chances = -outputs[index] if variant == "published" else _run(keras.ops.softmax, outputs[index])
        np.testing.assert_allclose(maps["output"], chances, rtol=1e-3)


def test_a_kernel_sees_the_channels_that_it_is_connected_to_and_no_other() -> None:
    layer = ConnectedConv2D(LINKS, size=3, padding="valid")
    responses = _run(layer, MAPS)
    weights, bias = (keras.ops.convert_to_numpy(each) for each in (layer.connected, layer.bias))
    assert weights.shape == (3, 3, 6)
    link = 0
    for k, channels in enumerate(LINKS):
        expected = np.full((2, 5, 4), bias[k])
        for channel in channels:
            for row, column in np.ndindex(5, 4):
                window = MAPS[:, row : row + 3, column : column + 3, channel]
                expected[:, row, column] += (window * weights[:, :, link]).sum(axis=(1, 2))
            link += 1
        np.testing.assert_allclose(responses[..., k], expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("padding", ["same", "valid"])
def test_subsampling_is_the_sum_times_a_coefficient_plus_a_bias(padding: str) -> None:
    layer = Subsampling(2, 2, padding)
    maps = MAPS[:, :6]
    layer.build(maps.shape)
    assert layer.count_params() == 8
    np.testing.assert_allclose(_run(layer, maps), _run(keras.layers.AveragePooling2D(2), maps), rtol=1e-5, atol=1e-6)
    coefficient, bias = np.array([0.5, -1, 2, 0.1], "float32"), np.array([0, 1, 2, -3], "float32")
    layer.set_weights([coefficient, bias])
    expected = np.zeros((2, 3, 3, 4))
    for row, column in np.ndindex(3, 3):
        quarter = maps[:, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        expected[:, row, column] = quarter.sum(axis=(1, 2)) * coefficient + bias
    np.testing.assert_allclose(_run(layer, maps), expected, rtol=1e-4, atol=1e-5)


def test_the_scaled_tanh_keeps_one_and_minus_one_in_their_places() -> None:
    z = np.array([[-1, 0, 1, 30]], "float32")
    np.testing.assert_allclose(_run(ScaledTanh(), z), [[-1, 0, 1, 1.7159]], atol=1e-5)


@pytest.mark.parametrize(
    "layer",
    [
        ConnectedConv2D(LINKS, 3, 2, "valid", use_bias=False, kernel_regularizer="l2", name="c"),
        Subsampling(3, 2, "valid", name="s"),
        ScaledTanh(name="t"),
    ],
    ids=lambda layer: layer.name,
)
def test_a_layer_comes_back_from_its_config(layer) -> None:
    again = keras.layers.deserialize(keras.layers.serialize(layer))
    assert type(again) is type(layer)
    assert again.get_config() == layer.get_config()
    assert again.compute_output_shape(MAPS.shape) == _run(layer, MAPS).shape


def test_a_partly_connected_spec_is_measured_as_keras_counts_it_and_comes_back_from_json() -> None:
    spec = ArchitectureSpec((area("A", [filter(3, 3, connections=LINKS), pool("subsample", 3, 2)]),), (9, 8, 4))
    again = ArchitectureSpec.from_json(spec.to_json())
    assert again == spec
    assert again.build().count_params() == spec.n_parameters == 6 * 9 + 3 + 2 * 3
    assert "filter 3 3x3 partly connected, subsample 3x3 /2" in str(spec)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: filter(2, connections=[[0]]), "`connections` of filter do not say what 2 kernels see; .*received"),
        (lambda: filter(1, connections=[[1, 0]]), "`connections` of filter do not say"),
        (lambda: filter(1, connections=[[True]]), "`connections` of filter do not say"),
        (lambda: filter(1, connections=[[]]), "`connections` of filter do not say"),
        (lambda: filter(1, connections=3), "`connections` of filter do not say .* received 3"),
        (
            lambda: ArchitectureSpec((area("A", [filter(1, connections=[[0, 4]])]),), (8, 8, 4)),
            "`connections` of filter name a channel that there is not; channels from 0 to 3 .*; received 4",
        ),
        (lambda: lenet5("usual"), "`variant` of lenet5 is not known; accepted are published, modern; received 'usual'"),
        (lambda: lenet5(input_shape=(28, 28, 1)), r"`input_shape` of lenet5 .*; \(32, 32, n_channels\).*\(28, 28, 1\)"),
    ],
)
def test_what_makes_no_lenet_is_refused(make, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.no_cover  # smaller networks are trained and saved by the same lines
def test_it_learns_digits_and_comes_back_from_a_file_in_another_process(tmp_path) -> None:
    digits = hw.stimuli.digits(600).adapted_to((32, 32, 1))
    model = hw.GoalDrivenModel(lenet5(), hw.goal.NearestCode(), hw.learning.Backpropagation(batch_size=50))
    assert model.train(digits, epochs=6).join(60)
    assert model.evaluate(digits)["accuracy"] > 0.85
    assert model.kernels("C3").shape == model.kernels_before("C3").shape == (16, 5, 5, 6)
    assert not np.array_equal(model.kernels("C3"), model.kernels_before("C3"))
    assert not model.kernels("C3")[0, :, :, 3:].any()
    model.save(tmp_path / "lenet")
    code = (
        "import sys, numpy as np, hcnn_widgets as hw\n"
        f"model = hw.GoalDrivenModel.load({str(tmp_path / 'lenet')!r})\n"
        f"np.save({str(tmp_path / 'outputs.npy')!r}, model.network(np.load({str(tmp_path / 'images.npy')!r})))\n"
    )
    np.save(tmp_path / "images.npy", IMAGES)
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    np.testing.assert_allclose(np.load(tmp_path / "outputs.npy"), _run(model.network, IMAGES), rtol=1e-5)


def test_the_untrained_control_has_the_weights_of_the_beginning() -> None:
    model = _model("published")
    before = model.network.get_weights()
    model.network.set_weights([each + 1 for each in before])
    for own, first in zip(model.untrained().network.get_weights(), before, strict=True):
        np.testing.assert_array_equal(own, first)


def test_activations_of_ones_own_stand_between_its_layers() -> None:
    spec = ArchitectureSpec((area("A", [filter(2, 3), activate("scaled_tanh")]),), (8, 8, 1))
    responses = _run(spec.build(seed=0), 100 * IMAGES[:, :8, :8])
    assert 1.7 < np.abs(responses).max() <= 1.716
