import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hcnn_widgets.architecture import (
    ACTIVATIONS,
    ArchitectureSpec,
    activate,
    area,
    filter,
    hcnn,
    normalise,
    pool,
)
from hcnn_widgets.keras_door import keras

MIXED = ArchitectureSpec(
    (
        area(
            "V1",
            [normalise(3, over="weighted"), filter(4, 5, 2, bias=False), activate("leaky_relu", 0.2), filter(3, 1)],
        ),
        area("V2", [pool("lp", 3, 2, p=3), pool("mean", 2), normalise(formula="ratio", over="own", trainable=False)]),
        area("IT", [filter(5, 3, padding="valid"), activate("softplus")]),
    ),
    (24, 20, 2),
    name="mixed",
    background=0.25,
)
IMAGES = np.random.default_rng(0).uniform(0, 1, (3, 24, 20, 2)).astype("float32")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_shapes_and_parameters_known_before_building_are_those_of_keras(data, random_specs) -> None:
    spec = data.draw(random_specs)
    assume(spec is not None)
    network = spec.build()
    assert network.count_params() == spec.n_parameters
    for info in spec.areas:
        own = [layer for layer in network.layers if layer.name.startswith(f"{info.name}.")]
        assert info.n_parameters == sum(layer.count_params() for layer in own)
        assert network.get_layer(info.name).output.shape == (None, *info.output_shape)


def test_layers_are_named_for_area_and_operation_and_each_area_has_one_tap() -> None:
    names = [layer.name for layer in MIXED.build().layers]
    assert names == [
        *("image", "contrast", "V1.normalise", "V1.filter", "V1.activate", "V1.filter_2", "V1"),
        *("V2.pool", "V2.pool_2", "V2.normalise", "V2", "IT.filter", "IT.activate", "IT"),
    ]


def test_the_last_area_is_the_output_and_the_background_is_nothing_to_the_network() -> None:
    spec = hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1), background=0.5)
    network = spec.build(seed=0)
    assert network.name == "hcnn"
    grey = keras.ops.convert_to_numpy(network(np.full((1, 16, 16, 1), 0.5, "float32")))
    assert grey.shape == (1, *spec.areas[-1].output_shape)
    assert not grey.any()


def test_the_same_seed_gives_the_same_weights_and_another_seed_others() -> None:
    kernels = [MIXED.build(seed=seed).get_layer("V1.filter").kernel.numpy() for seed in (4, 4, 5)]
    np.testing.assert_array_equal(kernels[0], kernels[1])
    assert not np.array_equal(kernels[0], kernels[2])


def test_filters_of_one_network_start_from_different_weights() -> None:
    network = ArchitectureSpec(tuple(area(name, [filter(4, 3)]) for name in ("A", "B")), (8, 8, 4)).build(seed=0)
    assert not np.allclose(network.get_layer("A.filter").kernel.numpy(), network.get_layer("B.filter").kernel.numpy())


@pytest.mark.parametrize("function", ACTIVATIONS)
def test_kernels_start_by_he_before_a_rectifier_and_by_glorot_elsewhere(function: str) -> None:
    spec = ArchitectureSpec((area("A", [filter(64, 7), pool("mean")]), area("B", [activate(function)])), (8, 8, 4))
    spread = spec.build(seed=1).get_layer("A.filter").kernel.numpy().std()
    fan_in, fan_out = 7 * 7 * 4, 7 * 7 * 64
    he, glorot = np.sqrt(2 / fan_in), np.sqrt(2 / (fan_in + fan_out))
    assert spread == pytest.approx(he if "relu" in function else glorot, rel=0.03)


@pytest.mark.parametrize("function", ACTIVATIONS)
def test_an_activation_is_its_formula(function: str) -> None:
    network = ArchitectureSpec((area("A", [activate(function, slope=0.2)]),), (24, 20, 2), background=0.5).build()
    x = IMAGES.astype("float64") - 0.5
    expected = {
        "relu": np.maximum(x, 0),
        "leaky_relu": np.where(x > 0, x, 0.2 * x),
        "sigmoid": 1 / (1 + np.exp(-x)),
        "tanh": np.tanh(x),
        "scaled_tanh": 1.7159 * np.tanh(2 * x / 3),
        "softplus": np.log1p(np.exp(x)),
        "linear": x,
    }[function]
    np.testing.assert_allclose(keras.ops.convert_to_numpy(network(IMAGES)), expected, rtol=1e-5, atol=1e-6)


def test_a_rule_may_hand_its_own_layers() -> None:
    class Own(keras.layers.Conv2D):
        pass

    def maker(operation, name, initializer):
        return Own(operation.n_kernels, operation.size, padding="same", kernel_initializer=initializer, name=name)

    spec = ArchitectureSpec((area("A", [filter(4, 3), activate("relu")]),), (8, 8, 1))
    own, usual = (spec.build(layers, seed=2).get_layer("A.filter") for layers in ({"filter": maker}, None))
    assert type(own) is Own
    np.testing.assert_array_equal(own.kernel.numpy(), usual.kernel.numpy())


def test_a_maker_for_no_operation_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"`layers` has a maker for no operation; accepted are filter, .*; received dense"
    ):
        MIXED.build({"dense": keras.layers.Dense})


def test_a_network_saved_and_loaded_in_safe_mode_responds_alike(tmp_path) -> None:
    network = MIXED.build(seed=0)
    network.save(tmp_path / "mixed.keras")
    again = keras.saving.load_model(tmp_path / "mixed.keras", compile=False, safe_mode=True)
    np.testing.assert_array_equal(
        keras.ops.convert_to_numpy(again(IMAGES)), keras.ops.convert_to_numpy(network(IMAGES))
    )
    assert [layer.trainable for layer in again.layers] == [layer.trainable for layer in network.layers]


@pytest.mark.parametrize(("function", "of_keras"), [("relu", "HeNormal"), ("tanh", "GlorotNormal")])
def test_kernels_begin_as_keras_noise_times_the_initial_gain(function: str, of_keras: str) -> None:
    def first_kernels(gain: float) -> np.ndarray:
        v1 = area("V1", [filter(16, 5, initial_gain=gain), activate(function)])
        return ArchitectureSpec((v1,), (16, 16, 1)).build(seed=3).get_weights()[0]

    seed = int(np.random.SeedSequence(3).generate_state(2)[0])
    expected = keras.ops.convert_to_numpy(getattr(keras.initializers, of_keras)(seed=seed)((5, 5, 1, 16)))
    np.testing.assert_allclose(first_kernels(1.0), expected, rtol=1e-6)
    np.testing.assert_allclose(first_kernels(0.25), 0.25 * expected, rtol=1e-5)


def test_a_penalty_adds_its_share_of_the_squared_kernels_to_the_loss_and_outlasts_a_file(tmp_path) -> None:
    stack = (area("V1", [filter(4, 5, l2_penalty=0.03)]), area("IT", [filter(6, 3)]))
    network = ArchitectureSpec(stack, (16, 16, 1)).build(seed=0)
    network.save(tmp_path / "network.keras")
    again = keras.saving.load_model(tmp_path / "network.keras", compile=False, safe_mode=True)
    expected = 0.03 * np.square(network.get_layer("V1.filter").kernel.numpy().astype(float)).sum()
    for one in (network, again):
        assert [float(loss) for loss in one.losses] == [pytest.approx(expected, rel=1e-5)]
