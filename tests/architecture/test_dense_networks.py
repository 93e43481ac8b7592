import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.architecture import ArchitectureSpec, activate, mlp, perceptron
from hcnn_widgets.keras_door import keras

IMAGES = np.random.default_rng(0).uniform(0, 1, (5, 6, 6, 2)).astype("float32")


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "linear"])
def test_an_mlp_is_the_same_network_as_dense_layers_on_flattened_images(activation: str) -> None:
    ours = mlp((7, 4, 3), activation, (6, 6, 2), background=0.5).build(seed=1)
    layers = [keras.layers.Dense(n, activation=activation) for n in (7, 4, 3)]
    dense = keras.Sequential(
        [keras.Input((6, 6, 2)), keras.layers.Rescaling(1.0, -0.5), keras.layers.Flatten(), *layers]
    )
    for number, layer in enumerate(layers, start=1):
        kernel, bias = ours.get_layer(f"hidden{number}.filter").get_weights()
        bias = bias + 0.1 * number
        ours.get_layer(f"hidden{number}.filter").set_weights([kernel, bias])
        layer.set_weights([kernel.reshape(-1, layer.units), bias])
    found, expected = ours.predict(IMAGES, verbose=0), dense.predict(IMAGES, verbose=0)
    assert found.shape == (5, 1, 1, 3)
    np.testing.assert_allclose(found[:, 0, 0], expected, rtol=1e-5, atol=1e-6)
    assert ours.count_params() == dense.count_params()


def test_a_perceptron_with_its_readout_is_one_dense_layer_on_the_pixels() -> None:
    model = hw.GoalDrivenModel(perceptron((6, 6, 2)), hw.goal.Categorization(dropout=0.5))
    network = model.build(["cat", "dog", "frog"])
    kernel, bias = network.get_layer("readout").get_weights()
    assert kernel.shape == (72, 3)
    network.get_layer("readout").set_weights([kernel, bias + 1])
    expected = IMAGES.reshape(5, -1) @ kernel + 1
    np.testing.assert_allclose(network.predict(IMAGES, verbose=0), expected, rtol=1e-5, atol=1e-5)
    assert network.count_params() == 3 * 73
    assert model.areas == ("retina",)


def test_what_the_first_units_weigh_is_looked_at_as_kernels() -> None:
    model = hw.GoalDrivenModel(mlp(5, input_shape=(6, 6, 2)))
    model.build(["cat", "dog"])
    assert model.kernels("hidden1").shape == (5, 6, 6, 2)


@pytest.mark.parametrize("spec", [mlp((4, 3), "linear", (5, 5, 1)), perceptron((5, 4, 3))], ids=lambda spec: spec.name)
def test_a_dense_network_comes_back_from_json(spec: ArchitectureSpec) -> None:
    again = ArchitectureSpec.from_json(spec.to_json())
    assert str(again) == str(spec)
    assert again.stack == spec.stack


def test_one_layer_and_an_activation_of_its_own_are_said_shortly() -> None:
    spec = mlp(6, activate("leaky_relu", 0.3), (5, 5, 1))
    assert [area.operations for area in spec.stack] == [
        mlp([6], activate("leaky_relu", 0.3), (5, 5, 1)).stack[0].operations
    ]
    assert spec.stack[0].operations[1].slope == 0.3


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"n_units": ()}, TypeError, "`n_units` of mlp are no layers; .* 1 or more .*; received"),
        ({"n_units": "many"}, TypeError, "`n_units` of mlp are no layers"),
        ({"n_units": (3, 0)}, ValueError, "`n_kernels` of filter is out of range; .*; received 0"),
        ({"input_shape": (4, 5, 1)}, ValueError, r"`input_shape` of mlp is not of square images; .*; received"),
        (
            {"activation": None},
            TypeError,
            "`activation` of mlp is none; a word or activate.* is accepted; received None",
        ),
        ({"activation": "step"}, ValueError, "`function` of activate is not known"),
        ({"units": 3}, TypeError, "`units` is no argument of mlp"),
    ],
)
def test_what_is_no_mlp_is_refused(options, error, says: str) -> None:
    with pytest.raises(error, match=says):
        mlp(**options)
