"""What a model is made of, held against what Keras says of the same model."""

import json
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.explorer.description import describe


@pytest.fixture
def planned() -> Any:
    return hw.GoalDrivenModel(architecture=hw.architecture.hcnn())


@pytest.fixture
def built(planned: Any) -> Any:
    planned.build(list("abcdefgh"))
    return planned


def kinds(node: dict[str, Any]) -> list[str]:
    return [child["kind"] for child in node["children"]]


def test_a_model_that_is_not_built_is_told_from_its_spec(planned: Any) -> None:
    node = describe(planned)
    assert kinds(node) == ["area"] * 4
    assert node["note"].startswith("Not built yet")
    assert node["n_parameters"] is None
    assert [child["name"] for child in node["children"]] == ["V1", "V2", "V4", "IT"]
    assert all(child["stride"] > 0 for child in node["children"])


def test_a_built_model_is_told_as_its_areas_then_its_goal(built: Any) -> None:
    node = describe(built)
    assert kinds(node) == ["input", "area", "area", "area", "area", "goal"]
    assert node["type"] == "GoalDrivenModel"
    assert node["note"] == ""


def test_every_parameter_is_counted_in_exactly_one_part(built: Any) -> None:
    node = describe(built)
    expected = sum(int(np.prod(weight.shape)) for weight in built.network.weights)
    assert node["n_parameters"] == expected
    assert sum(child["n_parameters"] for child in node["children"]) == expected
    for child in node["children"][1:]:
        assert child["n_parameters"] == sum(layer["n_parameters"] for layer in child["children"])


def test_an_areas_shape_is_what_its_tap_gives_for_an_image(built: Any) -> None:
    network = built.network
    taps = keras.Model(network.input, [network.get_layer(built.taps[area]).output for area in built.taps])
    outputs = taps(np.zeros((1, *network.input_shape[1:]), np.float32))
    shapes = [child["shapes"] for child in describe(built)["children"] if child["kind"] == "area"]
    assert shapes == [[list(output.shape[1:])] for output in outputs]


def test_a_planned_area_keeps_its_fields_once_it_is_built(planned: Any) -> None:
    before = [child["receptive_field"] for child in describe(planned)["children"]]
    planned.build(list("abcdefgh"))
    after = [child["receptive_field"] for child in describe(planned)["children"] if child["kind"] == "area"]
    assert after == before


def test_a_description_is_plain_data(built: Any) -> None:
    assert json.loads(json.dumps(describe(built), allow_nan=False)) == describe(built)


def test_a_network_that_came_in_by_its_taps_is_told_in_the_order_of_its_layers() -> None:
    layers = [keras.layers.Dense(3, name="early"), keras.layers.Dense(2, name="late")]
    network = keras.Sequential([keras.layers.Input((4,)), *layers])
    model = hw.GoalDrivenModel.from_keras(network, areas={"IT": "late", "V1": "early"})
    node = describe(model)
    assert [child["name"] for child in node["children"] if child["kind"] == "area"] == ["V1", "IT"]
    assert "goal" not in kinds(node)


def test_an_area_whose_tap_is_not_in_the_network_says_so() -> None:
    network = keras.Model(image := keras.Input((4,)), keras.layers.Dense(2, name="only")(image))
    model = SimpleNamespace(name="m", spec=None, network=network, taps={"V1": "elsewhere"}, goal=None)
    node = describe(model)
    assert (node["children"][1]["name"], node["children"][1]["note"]) == (
        "V1",
        "Its tap is not in the network any more.",
    )
    assert (node["children"][2]["kind"], node["children"][2]["type"]) == ("goal", "")


def test_a_keras_model_is_told_layer_by_layer() -> None:
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3), keras.layers.Dense(2)], name="net")
    node = describe(network)
    assert (node["name"], node["type"], node["shapes"], node["n_parameters"]) == ("net", "Sequential", [[2]], 23)
    assert kinds(node) == ["layer", "layer"]
    assert [child["n_parameters"] for child in node["children"]] == [15, 8]


def test_a_keras_model_that_has_seen_no_data_says_so() -> None:
    node = describe(keras.Sequential([keras.layers.Dense(3)]))
    assert node["note"].startswith("Not built yet: its shapes")
    assert (node["shapes"], node["n_parameters"]) == ([], None)


def test_a_model_that_cannot_be_described_is_told_with_the_reason() -> None:
    node = describe(SimpleNamespace(spec=None))
    assert node["kind"] == "model"
    assert node["note"].startswith("It cannot be described: AttributeError")
