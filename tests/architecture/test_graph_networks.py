"""Networks of graphs against the same graph written by hand: each layer's weights, and operations of Keras's own."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.filter_kernels import kernels
from hcnn_widgets.activations.recorder import record
from hcnn_widgets.architecture import ArchitectureSpec, activate, area, filter, hcnn, normalise, pool
from hcnn_widgets.architecture.initial_weights import drawn_anew
from hcnn_widgets.explorer.description import describe
from hcnn_widgets.keras_door import keras
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

RNG = np.random.default_rng(0)
IMAGES = RNG.uniform(0, 1, (3, 16, 16, 2)).astype("float32")
SEQUENCES = RNG.uniform(0, 1, (3, 4, 16, 16, 2)).astype("float32")
SIX = [filter(6, 3), activate("tanh")]


class _ByHand:
    """What the areas of a network compute, by correlation with the network's kernels and nothing else of it."""

    def __init__(self, network: Any) -> None:
        self.network = network

    def __call__(self, area: str, *maps: Any, stride: int = 1) -> Any:
        kernel, bias = self.network.get_layer(f"{area}.filter").get_weights()
        joined = np.concatenate([np.asarray(each) for each in maps], axis=-1)
        return np.tanh(keras.ops.convert_to_numpy(keras.ops.conv(joined, kernel, stride, "same")) + bias)


def _built(*stack: Any, **options: Any) -> tuple[Any, _ByHand]:
    network = ArchitectureSpec(stack, **{"input_shape": (16, 16, 2), **options}).build(seed=1)
    # Biases begin as zeros: as they are, a test could not tell a first step of zeros from no first step.
    network.set_weights([RNG.normal(0, 0.2, weights.shape) for weights in network.get_weights()])
    return network, _ByHand(network)


def _equal(response: Any, expected: Any) -> None:
    np.testing.assert_allclose(keras.ops.convert_to_numpy(response), expected, rtol=1e-4, atol=1e-5)


def test_a_skip_connection_sets_the_channels_side_by_side_in_the_order_of_the_inputs() -> None:
    v4 = area("V4", SIX, inputs=("V2", "V1", "image"))
    network, do = _built(area("V1", SIX), area("V2", [filter(3, 5), activate("tanh")]), v4)
    v1 = do("V1", IMAGES)
    _equal(network(IMAGES), do("V4", do("V2", v1), v1, IMAGES))


def test_a_residual_connection_adds_unit_by_unit() -> None:
    it = area("IT", SIX, inputs=("V2", "V1"), join="add")
    network, do = _built(area("V1", SIX), area("V2", SIX), it, background=0.25)
    v1 = do("V1", IMAGES - 0.25)
    _equal(network(IMAGES), do("IT", v1 + do("V2", v1)))


def test_two_streams_that_nobody_joins_are_two_outputs() -> None:
    spec = ArchitectureSpec(
        (area("V1", SIX), area("MT", SIX, ["V1"]), area("V4", SIX, ["V1"]), area("IT", SIX)), (16, 16, 2)
    )
    assert spec.output_names == ("MT", "IT")
    network, do = _built(*spec.stack)
    dorsal, ventral = network(IMAGES)
    v1 = do("V1", IMAGES)
    _equal(dorsal, do("MT", v1))
    _equal(ventral, do("IT", do("V4", v1)))


def test_two_streams_are_joined_at_equal_strides() -> None:
    fine = area("fine", [filter(6, 3, 2), activate("tanh")], ["V1"])
    coarse = area("coarse", [filter(6, 5, 2), activate("tanh")], ["V1"])
    network, do = _built(area("V1", SIX), fine, coarse, area("IT", SIX, ["fine", "coarse"]))
    v1 = do("V1", IMAGES)
    _equal(network(IMAGES), do("IT", do("fine", v1, stride=2), do("coarse", v1, stride=2)))


def test_a_network_of_two_inputs_takes_them_in_their_order_or_by_name() -> None:
    sounds = RNG.uniform(0, 1, (3, 16, 16, 1)).astype("float32")
    stack = (area("V1", SIX), area("A1", SIX, ["sound"]), area("STS", SIX, ["V1", "A1"]))
    network, do = _built(*stack, input_shape=(64, 64, 1), inputs={"image": (16, 16, 2), "sound": (16, 16, 1)})
    assert [tensor.name for tensor in network.inputs] == ["image", "sound"]
    expected = do("STS", do("V1", IMAGES), do("A1", sounds))
    _equal(network([IMAGES, sounds]), expected)
    _equal(network({"sound": sounds, "image": IMAGES}), expected)


def test_a_loop_is_unrolled_with_the_same_weights_from_a_first_step_of_zeros() -> None:
    stack = (area("V1", SIX, ["image", "IT"]), area("V2", SIX, ["V1", "V2"]), area("IT", SIX))
    network, do = _built(*stack, time_steps=3)
    v2 = it = np.zeros((3, 16, 16, 6), "float32")
    for _ in range(3):
        v1 = do("V1", IMAGES, it)
        v2 = do("V2", v1, v2)
        it = do("IT", v2)
    _equal(network(IMAGES), it)
    assert network.count_params() == 6 * (3 * 3 * (8 + 12 + 6) + 3)


def test_a_loop_that_adds_has_as_many_weights_as_without_it() -> None:
    stack = (area("V1", SIX), area("IT", SIX, ["V1", "IT"], "add"))
    network, do = _built(*stack, time_steps=3)
    v1 = do("V1", IMAGES)
    _equal(network(IMAGES), do("IT", v1 + do("IT", v1 + do("IT", v1))))
    assert network.count_params() == ArchitectureSpec((*stack[:1], area("IT", SIX)), (16, 16, 2)).n_parameters


def test_the_areas_of_a_sequence_see_one_frame_after_the_other() -> None:
    stack = (area("V1", SIX), area("IT", SIX, ["V1", "IT"]))
    network, do = _built(*stack, input_shape=(4, 16, 16, 2), time_steps=4, background=0.5)
    it = np.zeros((3, 16, 16, 6), "float32")
    for step in range(4):
        it = do("IT", do("V1", SEQUENCES[:, step] - 0.5), it)
    _equal(network(SEQUENCES), it)


def test_an_image_stays_in_view_beside_a_sequence() -> None:
    inputs = {"cue": (16, 16, 2), "film": (4, 16, 16, 2)}
    network, do = _built(area("V1", SIX, ["film", "cue", "V1"]), inputs=inputs, input_shape=(64, 64, 1), time_steps=4)
    v1 = np.zeros((3, 16, 16, 6), "float32")
    for step in range(4):
        v1 = do("V1", SEQUENCES[:, step], IMAGES, v1)
    _equal(network([IMAGES, SEQUENCES]), v1)


def test_an_image_shown_at_every_step_is_a_sequence_of_the_same_frame() -> None:
    stack = (area("V1", [*SIX, normalise(3)], ["image", "V1"]),)
    still, _ = _built(*stack, time_steps=4)
    moving, _ = _built(*stack, time_steps=4, input_shape=(4, 16, 16, 2))
    moving.set_weights(still.get_weights())
    repeated = np.repeat(IMAGES[:, np.newaxis], 4, axis=1)
    np.testing.assert_array_equal(*map(keras.ops.convert_to_numpy, (still(IMAGES), moving(repeated))))


def test_areas_that_stand_from_the_top_down_pass_activity_on_by_an_area_a_time_step() -> None:
    v1, it = area("V1", SIX, ["image"]), area("IT", SIX, ["V1"])
    network, do = _built(it, v1, input_shape=(4, 16, 16, 2), time_steps=4)
    _equal(network(SEQUENCES)[0], do("IT", do("V1", SEQUENCES[:, 2])))  # the frame before the last has reached IT


def test_the_tap_of_an_area_is_its_last_time_step_whichever_way_is_longer() -> None:
    # V1's last step is three areas from the output and the step before, by way of MT, only two.
    stack = [area("MT", SIX, ["image", "V1"]), area("V1", SIX, ["image"]), area("V2", SIX), area("V4", SIX)]
    network, do = _built(*stack, area("IT", SIX, ["MT", "V4"]), input_shape=(4, 16, 16, 2), time_steps=4)
    tapped = keras.Model(network.input, network.get_layer("V1").output)
    _equal(tapped(SEQUENCES), do("V1", SEQUENCES[:, 3]))


def test_a_recurrent_network_records_and_shows_the_kernels_of_each_area() -> None:
    stack = (area("V1", SIX, ["image", "IT"]), area("IT", SIX, ["V1"]))
    network, do = _built(*stack, input_shape=(16, 16, 1), time_steps=2)
    stimuli = StimulusSet.from_arrays(IMAGES[..., :1])
    recorded = record(network, ("V1", "IT"), stimuli)
    first = do("IT", do("V1", stimuli.images, np.zeros((3, 16, 16, 6), "float32")))
    v1 = do("V1", stimuli.images, first)
    _equal(recorded["V1"], v1.reshape(3, -1))
    _equal(recorded["IT"], do("IT", v1).reshape(3, -1))
    for name in ("V1", "IT"):
        own = network.get_layer(f"{name}.filter").kernel.numpy().transpose(3, 0, 1, 2)
        np.testing.assert_array_equal(kernels(network, ("V1", "IT"), name), own)


@pytest.mark.parametrize("shape", [(16, 16, 2), (4, 16, 16, 2)])
def test_a_recurrent_network_saved_and_loaded_or_copied_responds_alike(tmp_path, shape) -> None:
    network, _ = _built(area("V1", SIX, ["image", "IT"]), area("IT", SIX, ["V1"]), input_shape=shape, time_steps=4)
    network.save(tmp_path / "loop.keras")
    again = keras.saving.load_model(tmp_path / "loop.keras", compile=False, safe_mode=True)
    copy = drawn_anew(network, 0)
    copy.set_weights(network.get_weights())
    images = SEQUENCES if len(shape) == 4 else IMAGES
    expected = keras.ops.convert_to_numpy(network(images))
    for twin in (again, copy):
        np.testing.assert_array_equal(keras.ops.convert_to_numpy(twin(images)), expected)


def test_a_rule_hands_a_layer_once_for_all_time_steps() -> None:
    made = []

    def maker(operation, name, initializer):
        made.append(name)
        return keras.layers.Conv2D(operation.n_kernels, 3, padding="same", kernel_initializer=initializer, name=name)

    stack = (area("V1", SIX, ["image", "V1"]), area("IT", [filter(2), pool()]))
    ArchitectureSpec(stack, (16, 16, 2), time_steps=3).build({"filter": maker}, seed=0)
    assert made == ["V1.filter", "IT.filter"]


def test_names_of_areas_stand_beside_areas_that_say_their_inputs() -> None:
    spec = hcnn(areas=["V1", area("V2", SIX, ["V1", "V2"]), "IT"], n_kernels=4, input_shape=(16, 16, 1), time_steps=2)
    assert [tuple(spec.links[name]) for name in spec.area_names] == [
        (("image", False),),
        (("V1", False), ("V2", True)),
        (("V2", False),),
    ]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_shapes_parameters_and_outputs_of_any_graph_are_those_of_keras(data, random_graphs) -> None:
    spec = data.draw(random_graphs)
    assume(spec is not None)
    network = spec.build()
    assert network.count_params() == spec.n_parameters
    for info in spec.areas:
        assert network.get_layer(info.name).output.shape == (None, *info.output_shape)
    shapes = {info.name: (None, *info.output_shape) for info in spec.areas}
    assert [tensor.shape for tensor in network.outputs] == [shapes[name] for name in spec.output_names]


@pytest.mark.parametrize(
    "links",
    [{"V2": ("V1", "V2")}, {"V1": ("image", "IT")}, {"V2": ("V1", "IT")}],
    ids=["V2 to itself", "IT back to V1", "IT back to V2"],
)
@pytest.mark.parametrize("shape", [(16, 16, 2), (3, 16, 16, 2)], ids=["image", "sequence"])
def test_in_a_loop_every_area_has_its_own_kernels_and_parameters(links: Any, shape: Any) -> None:
    sizes = {"V1": 3, "V2": 4, "IT": 5}
    stack = [area(name, [filter(n, 3), activate("tanh")], links.get(name, ())) for name, n in sizes.items()]
    spec = ArchitectureSpec(stack, input_shape=shape, time_steps=3)
    network = spec.build(seed=1)
    groups = {
        part["name"]: part
        for part in describe(GoalDrivenModel.from_keras(network, {name: name for name in sizes}))["children"]
    }
    for name in sizes:
        layer = network.get_layer(f"{name}.filter")
        own = np.moveaxis(keras.ops.convert_to_numpy(layer.kernel), -1, 0)
        np.testing.assert_array_equal(kernels(network, spec.area_names, name), own)
        assert groups[name]["n_parameters"] == layer.count_params()
