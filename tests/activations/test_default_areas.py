"""Areas that nobody has named: filters of a chain, blocks of a network with skips, few enough to be read."""

from itertools import pairwise

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.activations.default_areas import MOST_AREAS, NoMaps, default_areas
from hcnn_widgets.keras_door import keras

layers = keras.layers


def chain(n_filters: int) -> keras.Model:
    stack = [layers.Conv2D(2, 3, padding="same", name=f"conv{number}") for number in range(n_filters)]
    return keras.Sequential([keras.Input((8, 8, 1)), *stack, layers.Flatten(), layers.Dense(2)])


def test_an_area_of_a_chain_reaches_from_a_filter_to_the_next_and_has_the_filters_name():
    network = keras.Sequential(
        [
            keras.Input((16, 16, 1)),
            layers.Rescaling(2.0, name="scaled"),
            layers.Conv2D(2, 3, name="first"),
            layers.BatchNormalization(name="normalised"),
            layers.ReLU(name="rectified"),
            layers.MaxPooling2D(name="pooled"),
            layers.DepthwiseConv2D(3, name="second"),
            layers.Conv2D(2, 1, name="third", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ]
    )
    assert list(default_areas(network).items()) == [("first", "pooled"), ("second", "second"), ("third", "third")]


def test_between_skips_an_area_is_a_block_with_the_name_of_its_last_layer():
    image = keras.Input((16, 16, 1))
    maps = layers.Conv2D(2, 3, padding="same", name="stem")(image)
    for block in ("a", "b"):
        inner = layers.Conv2D(2, 3, padding="same", name=f"{block}.1")(maps)
        inner = layers.Conv2D(2, 3, padding="same", name=f"{block}.2")(layers.ReLU(name=f"{block}.relu")(inner))
        maps = layers.ReLU(name=f"{block}.out")(layers.Add(name=f"{block}.add")([maps, inner]))
    network = keras.Model(image, layers.Dense(2)(layers.Flatten()(maps)))
    assert default_areas(network) == {"stem": "stem", "a.out": "a.out", "b.out": "b.out"}


def test_streams_side_by_side_are_one_area_where_they_meet():
    image = keras.Input((8, 8, 1))
    streams = [layers.Conv2D(2, size, padding="same", name=f"by{size}")(image) for size in (1, 3, 5)]
    maps = layers.Concatenate(name="mixed")(streams)
    assert default_areas(keras.Model(image, layers.Flatten()(maps))) == {"mixed": "mixed"}


def test_a_model_inside_is_opened_up():
    backbone = chain(2)
    backbone.name = "backbone"
    image = keras.Input((8, 8, 1))
    trunk = keras.Model(backbone.inputs, backbone.layers[-3].output, name="trunk")
    network = keras.Model(image, layers.Dense(2)(layers.Flatten()(trunk(image))))
    assert default_areas(network) == {"trunk/conv0": "trunk/conv0", "trunk/conv1": "trunk/conv1"}


def test_of_several_outputs_the_areas_lead_to_the_first():
    image = keras.Input((8, 8, 1))
    first = layers.Conv2D(2, 3, name="first")(image)
    beside = layers.Dense(1, name="beside")(layers.Flatten()(layers.Conv2D(1, 1, name="aside")(first)))
    second = layers.Conv2D(2, 3, name="second")(first)
    network = keras.Model(image, [layers.Dense(2, name="kind")(layers.Flatten()(second)), beside])
    assert list(default_areas(network)) == ["first", "second"]


def test_of_many_the_last_of_each_size_are_taken():
    image = maps = keras.Input((32, 32, 1))
    for stage in range(4):
        for number in range(3):
            maps = layers.Conv2D(1, 3, padding="same", name=f"stage{stage}.{number}")(maps)
        maps = layers.MaxPooling2D(name=f"stage{stage}.pool")(maps)
    network = keras.Model(image, layers.Flatten()(maps))
    assert default_areas(network) == {f"stage{stage}.2": f"stage{stage}.pool" for stage in range(4)}


def test_where_sizes_do_not_tell_they_are_evenly_spread_with_the_first_and_the_last():
    assert len(default_areas(chain(MOST_AREAS))) == MOST_AREAS
    assert list(default_areas(chain(10))) == [f"conv{number}" for number in (0, 1, 3, 4, 5, 6, 8, 9)]
    image = maps = keras.Input((64, 64, 1))
    for number in range(20):
        maps = layers.Conv2D(1, 3, name=f"conv{number}")(maps)  # each map is smaller than the one before
    areas = list(default_areas(keras.Model(image, maps)))
    assert len(areas) == MOST_AREAS
    assert (areas[0], areas[-1]) == ("conv0", "conv19")
    assert {int(late[4:]) - int(early[4:]) for early, late in pairwise(areas)} <= {2, 3}


VGG = ["block1_conv2", "block2_conv2", "block3_conv3", "block4_conv3", "block5_conv3"]
RESNET = ["conv1_conv", "conv2_block3_out", "conv3_block4_out", "conv4_block6_out", "conv5_block3_out"]


@pytest.mark.no_cover
@pytest.mark.parametrize(("application", "areas"), [("VGG16", VGG), ("ResNet50", RESNET)])
def test_a_network_of_keras_has_an_area_for_each_size_of_its_maps(application, areas):
    build = getattr(keras.applications, application)
    assert list(default_areas(build(weights=None, input_shape=(32, 32, 3), include_top=False))) == areas


def test_a_model_lets_in_without_areas_and_records_them():
    network = chain(2)
    model = hw.GoalDrivenModel.from_keras(network)
    images = np.random.default_rng(0).random((4, 8, 8, 1)).astype(np.float32)
    first = keras.Model(network.inputs[0], network.layers[0].output)(images).numpy()
    assert model.taps == {"conv0": "conv0", "conv1": "conv1"}
    np.testing.assert_allclose(
        model.record(hw.StimulusSet.from_arrays(images))["conv0"], first.reshape(4, -1), atol=1e-6
    )


def test_a_model_says_of_how_many_its_areas_are_some():
    network = chain(9)
    model = hw.GoalDrivenModel.from_keras(network)
    assert "conv8 (8 of 9 filters and blocks; areas={...} names others);" in repr(model)
    assert "filters and blocks" not in repr(hw.GoalDrivenModel.from_keras(network, {"V1": "conv0"}))
    assert "filters and blocks" not in repr(hw.GoalDrivenModel.from_keras(chain(2)))


def test_a_network_without_maps_is_refused_with_the_line_to_write():
    network = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(3, name="hidden")], name="flat")
    with pytest.raises(NoMaps, match=r'of flat must be named.*areas=\{"area 1": "hidden"\}; received none\.'):
        hw.GoalDrivenModel.from_keras(network)
