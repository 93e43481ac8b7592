"""The graph of a network, against what Keras itself computes."""

import numpy as np
import pytest

from hcnn_widgets.activations import kernels, record, taps_of
from hcnn_widgets.activations.area_layers import area_layers
from hcnn_widgets.activations.network_graph import NetworkGraph
from hcnn_widgets.activations.taps import tapped_tensors
from hcnn_widgets.keras_door import keras
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

layers = keras.layers
SHAPE = (6, 5, 2)


@pytest.fixture(scope="module")
def stimuli() -> StimulusSet:
    images = np.random.default_rng(3).uniform(0, 1, (5, *SHAPE)).astype("float32")
    return StimulusSet(images, [f"s{index}" for index in range(5)])


def flat(maps) -> np.ndarray:
    maps = keras.ops.convert_to_numpy(keras.ops.cast(maps, "float32"))
    return maps.reshape(len(maps), -1)


def backbone():
    inner = keras.Input(SHAPE)
    deep = keras.Sequential([keras.Input((6, 5, 3)), layers.Conv2D(4, 3, name="conv2")], name="deep")
    conv1 = layers.Conv2D(3, 1, name="conv1")
    return keras.Model(inner, deep(conv1(inner)), name="backbone"), conv1, deep.layers[0]


def test_layers_in_a_model_in_a_model_are_reached_by_their_path(stimuli) -> None:
    base, conv1, conv2 = backbone()
    image = keras.Input(SHAPE)
    network = keras.Model(image, layers.Flatten()(base(image)))
    areas = {"V1": "backbone/conv1", "V2": "backbone/deep/conv2"}
    recorded = record(network, areas, stimuli)
    np.testing.assert_allclose(recorded["V1"], flat(conv1(stimuli.images)), rtol=1e-5)
    np.testing.assert_allclose(recorded["V2"], flat(conv2(conv1(stimuli.images))), rtol=1e-5)


def test_a_model_that_is_applied_twice_has_its_layers_twice(stimuli) -> None:
    base, conv1, _ = backbone()
    image = keras.Input(SHAPE)
    network = keras.Model(image, layers.Subtract()([base(image), base(layers.Rescaling(3.0)(image))]))
    areas = {"once": "backbone#0/conv1", "tripled": "backbone/conv1"}
    assert taps_of(network, areas) == {"once": "backbone#0/conv1", "tripled": "backbone#1/conv1"}
    recorded = record(network, areas, stimuli)
    np.testing.assert_allclose(recorded["once"], flat(conv1(stimuli.images)), rtol=1e-5)
    np.testing.assert_allclose(recorded["tripled"], flat(conv1(3 * stimuli.images)), rtol=1e-5)


@pytest.mark.no_cover
@pytest.mark.parametrize("swapped", [False, True])
def test_a_number_means_the_same_application_in_a_clone_and_a_saved_copy(stimuli, tmp_path, swapped: bool) -> None:
    image, conv = keras.Input(SHAPE), layers.Conv2D(2, 3, name="conv")
    pair = [conv(image), conv(layers.Rescaling(3.0)(layers.ReLU()(image)))]
    network = keras.Model(image, layers.Concatenate()(pair[::-1] if swapped else pair))
    network.save(tmp_path / "kept.keras")
    for copy in (keras.models.clone_model(network), keras.saving.load_model(tmp_path / "kept.keras")):
        copy.set_weights(network.get_weights())
        for name in ("conv#0", "conv#1", "conv"):
            own, its = (record(either, [name], stimuli)[name] for either in (network, copy))
            np.testing.assert_allclose(own, its, rtol=1e-5)


def test_a_layer_whose_name_reads_like_a_number_keeps_its_name() -> None:
    image, conv = keras.Input(SHAPE), layers.Conv2D(2, 3, padding="same", name="conv")
    network = keras.Model(image, layers.ReLU(name="conv#0")(conv(conv(image))))
    assert taps_of(network, ["conv", "conv#0"]) == {"conv": "conv##1", "conv#0": "conv#0"}


def test_two_names_of_the_same_tensor_are_refused_for_two_areas() -> None:
    image, conv = keras.Input(SHAPE), layers.Conv2D(2, 3, padding="same", name="conv")
    network = keras.Model(image, conv(conv(image)))
    with pytest.raises(ValueError, match=r"`areas` gives a layer to two areas; .*; received conv, conv#1 twice"):
        taps_of(network, {"V1": "conv", "V2": "conv#1"})


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("conv1", r"it lies inside `backbone`: 'backbone/conv1'\); received 'conv1'"),
        ("conv2", r"it lies inside `backbone/deep`: 'backbone/deep/conv2'\); received 'conv2'"),
        ("backbone.conv1", r"close to it are backbone/conv1.*; received 'backbone.conv1'"),
        ("backbone/conv7", r"close to it are backbone/conv1.*; received 'backbone/conv7'"),
        ("gru", r"it lies inside `both_ways`, which runs as a single layer: 'both_ways'\); received 'gru'"),
        ("both_ways/gru", r"`areas\['V1'\]` is not in the network; .*; received 'both_ways/gru'"),
        ("", r"`areas\['V1'\]` is not in the network; .*; received ''"),
    ],
)
def test_a_refusal_says_where_a_layer_lies_and_how_it_is_reached(name: str, says: str) -> None:
    base, _, _ = backbone()
    image = keras.Input(SHAPE)
    maps = layers.Reshape((4, 12))(base(image))
    both_ways = layers.Bidirectional(layers.GRU(2, name="gru"), name="both_ways")
    both_ways.forward_layer.name = "gru"
    network = keras.Model(image, both_ways(maps))
    with pytest.raises(ValueError, match=says):
        taps_of(network, {"V1": name})


def test_a_model_with_several_outputs_is_no_tap_and_its_layers_are(stimuli) -> None:
    inner = keras.Input(SHAPE)
    conv, relu = layers.Conv2D(3, 1, name="conv"), layers.ReLU(name="relu")
    maps = conv(inner)
    two = keras.Model(inner, [maps, relu(maps)], name="two")
    image = keras.Input(SHAPE)
    network = keras.Model(image, layers.Add(name="sum")(two(image)))
    with pytest.raises(ValueError, match=r"`areas\['V1'\]` has no single output; .*; received 'two'"):
        taps_of(network, {"V1": "two"})
    recorded = record(network, {"V1": "two/relu", "V2": "sum"}, stimuli)
    np.testing.assert_allclose(recorded["V1"], flat(keras.ops.relu(conv(stimuli.images))), rtol=1e-5)
    np.testing.assert_allclose(recorded["V2"], flat(network(stimuli.images)), rtol=1e-5)


@pytest.mark.parametrize("by_name", [False, True])
def test_a_model_that_takes_its_inputs_by_name_stays_a_single_layer(stimuli, by_name: bool) -> None:
    form, colour = keras.Input(SHAPE, name="form"), keras.Input(SHAPE, name="colour")
    difference = layers.Subtract(name="difference")([form, colour])
    inputs = {"form": form, "colour": colour} if by_name else [form, colour]
    base = keras.Model(inputs, difference, name="base")
    image = keras.Input(SHAPE)
    doubled = layers.Rescaling(2.0)(image)
    given = {"form": doubled, "colour": image} if by_name else [doubled, image]
    network = keras.Model(image, base(given))
    np.testing.assert_allclose(record(network, ["base"], stimuli)["base"], flat(stimuli.images), rtol=1e-5)
    if by_name:
        with pytest.raises(ValueError, match="it lies inside `base`, which runs as a single layer: 'base'"):
            taps_of(network, {"V1": "difference"})
    else:
        assert taps_of(network, {"V1": "base/difference"}) == {"V1": "base/difference"}


class Doubled(keras.Model):
    """A graph of layers with a call of its own, which the graph knows nothing of."""

    def call(self, images, training=None, mask=None):
        return 2 * super().call(images, training=training, mask=mask)


def test_a_model_with_a_call_of_its_own_stays_a_single_layer(stimuli) -> None:
    inner, conv = keras.Input(SHAPE), layers.Conv2D(3, 1, name="conv")
    base = Doubled(inner, conv(inner), name="base")
    image = keras.Input(SHAPE)
    network = keras.Model(image, layers.ReLU()(base(image)))
    recorded = record(network, ["base"], stimuli)["base"]
    np.testing.assert_allclose(recorded, flat(2 * conv(stimuli.images)), rtol=1e-5)


def test_in_mixed_precision_every_layer_and_model_has_its_own_numbers(stimuli) -> None:
    half = {"dtype": "mixed_float16"}
    inner = keras.Input(SHAPE)  # of float32: what comes in as float16 is brought back to it
    maps = layers.Conv2D(3, 3, name="full")(layers.Conv2D(3, 1, name="conv", **half)(inner))
    base = keras.Model(inner, maps, name="base")
    image = keras.Input(SHAPE)
    network = keras.Model(image, layers.Conv2D(2, 1, name="last", **half)(base(layers.Rescaling(0.3, **half)(image))))
    recorded = record(network, {"V1": "base/conv", "IT": "last"}, stimuli)
    np.testing.assert_array_equal(recorded["IT"], network.predict(stimuli.images, verbose=0).reshape(5, -1))
    first = network.layers[1](stimuli.images)
    np.testing.assert_allclose(recorded["V1"], flat(base.layers[1](keras.ops.cast(first, "float32"))), rtol=2e-3)


def test_operations_between_layers_run_and_can_be_tapped(stimuli) -> None:
    image, conv = keras.Input(SHAPE), layers.Conv2D(2, 1, name="conv")
    network = keras.Model(image, layers.ReLU(name="relu")(conv(image) - 3 * keras.ops.mean(image)))
    expected = keras.ops.relu(conv(stimuli.images) - 3 * keras.ops.mean(stimuli.images))
    np.testing.assert_allclose(record(network, ["relu"], stimuli, batch_size=5)["relu"], flat(expected), atol=1e-5)
    subtract = next(name for name in NetworkGraph(network).names if name.startswith("subtract"))
    assert record(network, [subtract], stimuli, batch_size=5)[subtract].min() < 0


def test_masks_travel_from_layer_to_layer(stimuli) -> None:
    image = keras.Input(SHAPE)
    rows = layers.Masking(name="masked")(layers.Reshape((6, 10))(image))
    network = keras.Model(image, layers.LSTM(3, name="lstm")(rows))
    images = stimuli.images.copy()
    images[:, 3:] = 0  # masked: another answer than with rows of zeros
    shown = StimulusSet(images, stimuli.stimulus_ids)
    np.testing.assert_allclose(record(network, ["lstm"], shown)["lstm"], flat(network(images)), rtol=1e-5)


def test_nothing_runs_that_no_tap_needs() -> None:
    class Counted(keras.layers.Layer):
        calls = 0

        def call(self, maps):
            Counted.calls += 1
            return maps

    image = keras.Input(SHAPE)
    early = layers.ReLU(name="early")(image)
    network = keras.Model(image, layers.Concatenate()([early, Counted(name="beside")(image)]))
    built = Counted.calls
    blank = StimulusSet(np.zeros((1, *SHAPE), np.float32), ["blank"])
    record(network, ["early"], blank)
    assert Counted.calls == built
    record(network, ["beside"], blank)
    assert Counted.calls > built


def test_an_area_has_what_its_tap_follows_from_and_no_earlier_area_has() -> None:
    image = keras.Input(SHAPE)
    stem = layers.Conv2D(2, 3, name="stem")(image)
    dorsal, ventral = layers.Conv2D(2, 1, name="mt")(stem), layers.Conv2D(2, 1, name="v4")(stem)
    network = keras.Model(image, layers.Flatten(name="flat")(layers.Add(name="sum")([dorsal, ventral])))
    graph = NetworkGraph(network)

    def own(**taps: str) -> dict[str, list[str]]:
        parts = area_layers(graph, tapped_tensors(graph, taps))
        return {area: [application.path for application in part] for area, part in parts.items()}

    assert own(IT="flat", V4="v4", V1="stem") == {"V1": ["stem"], "V4": ["v4"], "IT": ["mt", "sum", "flat"]}
    assert own(MT="mt", V4="v4") == {"MT": ["stem", "mt"], "V4": ["stem", "v4"]}
    pixels = {"pixels": network.layers[0].name}
    assert own(**pixels) == {"pixels": []}
    with pytest.raises(ValueError, match=r"area='pixels' has no kernels; .*; received one of no layer\."):
        kernels(network, pixels, "pixels")
