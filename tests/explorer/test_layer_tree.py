"""Layers as plain data, read from what Keras has written down, changing nothing."""

import sys
from types import SimpleNamespace

import keras
import pytest

from hcnn_widgets.explorer.layer_tree import (
    MOST_LAYERS,
    is_keras_model,
    layer_nodes,
    node,
    shapes_of,
    without_inputs,
)


def test_a_layer_is_told_with_its_class_shape_and_parameters() -> None:
    layer = keras.layers.Conv2D(5, 3, name="filter")
    keras.Sequential([keras.layers.Input((8, 8, 2)), layer])
    (told,) = layer_nodes([layer])
    assert told == {
        "kind": "layer",
        "name": "filter",
        "type": "Conv2D",
        "shapes": [[6, 6, 5]],
        "n_parameters": 5 * (3 * 3 * 2 + 1),
        "note": "",
        "children": [],
    }


def test_a_layer_that_was_never_called_has_no_shape_and_is_not_built_by_looking() -> None:
    layer = keras.layers.Dense(3)
    (told,) = layer_nodes([layer])
    assert (told["shapes"], told["n_parameters"], layer.built) == ([], None, False)


@pytest.mark.no_cover
def test_of_a_long_model_the_rest_is_counted() -> None:
    layers = [keras.layers.Identity(name=f"layer_{index}") for index in range(MOST_LAYERS + 1200)]
    told = layer_nodes(layers)
    assert len(told) == MOST_LAYERS + 1
    assert (told[-1]["kind"], told[-1]["name"]) == ("more", "and 1,200 more layers")


def test_a_model_inside_a_model_shows_its_layers_where_asked() -> None:
    inner = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3, name="deep")])
    assert layer_nodes([inner])[0]["children"] == []
    assert [child["name"] for child in layer_nodes([inner], nested=True)[0]["children"]] == ["deep"]


def test_a_size_that_is_not_fixed_is_none() -> None:
    layer = keras.layers.Conv2D(5, 3, padding="same")
    keras.Sequential([keras.layers.Input((None, None, 2)), layer])
    assert shapes_of(layer) == [[None, None, 5]]


@pytest.mark.parametrize("collect", [list, tuple, lambda two: dict(zip("ab", two, strict=True))])
def test_several_outputs_have_a_shape_each(collect: object) -> None:
    two = [SimpleNamespace(shape=(None, 3)), SimpleNamespace(shape=(None, 4, 5))]
    assert shapes_of(SimpleNamespace(output=collect(two))) == [[3], [4, 5]]  # type: ignore[operator]


def test_inputs_are_parted_from_the_layers() -> None:
    network = keras.Model(image := keras.Input((4,), name="image"), keras.layers.Dense(2, name="d")(image))
    inputs, layers = without_inputs(network.layers)
    assert [(one["kind"], one["name"], one["shapes"]) for one in inputs] == [("input", "image", [[4]])]
    assert [layer.name for layer in layers] == ["d"]


def test_a_name_that_is_too_long_is_cut() -> None:
    assert len(node("layer", "x" * 1000, "y" * 1000)["name"]) == 120


def test_without_keras_nothing_is_a_model_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    model = keras.Sequential()
    assert is_keras_model(model)
    assert not is_keras_model("model")
    monkeypatch.delitem(sys.modules, "keras")
    assert not is_keras_model(model)
