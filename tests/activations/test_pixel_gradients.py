"""Gradients with respect to pixels against small changes of each pixel."""

import numpy as np
import pytest

from hcnn_widgets.activations.pixel_gradients import prepared_gradients
from hcnn_widgets.activations.unit_fields import unit_fields
from hcnn_widgets.keras_door import keras

pytest.importorskip("tensorflow")
layers = keras.layers
SHAPE = (7, 6, 2)
IMAGE = np.random.default_rng(0).uniform(0.2, 0.8, SHAPE).astype(np.float32)


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(1)
    return keras.Sequential(
        [
            keras.Input(SHAPE),
            layers.Conv2D(3, 3, activation="tanh", name="first"),
            layers.AveragePooling2D(2, name="pool"),
            layers.Flatten(),
            layers.Dense(4, activation="softplus", name="dense"),
        ]
    )


def by_small_changes(network, layer, pick):
    part = keras.Model(network.inputs[0], network.get_layer(layer).output)
    step, found = 1e-2, np.zeros(SHAPE)
    for at in np.ndindex(SHAPE):
        change = np.zeros(SHAPE, np.float32)
        change[at] = step
        more, less = (np.asarray(part((IMAGE + sign * change)[None]))[0] for sign in (1, -1))
        found[at] = (pick(more) - pick(less)) / (2 * step)
    return np.sqrt((found**2).sum(axis=-1))


@pytest.mark.no_cover
@pytest.mark.parametrize(("layer", "place"), [("first", (4, 0, 2)), ("pool", (1, 1, 0)), ("dense", (0, 0, 3))])
def test_it_is_what_small_changes_of_each_pixel_make(network, layer, place) -> None:
    found = prepared_gradients(network, layer, SHAPE)(IMAGE, *place)
    index = place if layer != "dense" else place[2:]
    expected = by_small_changes(network, layer, lambda maps: float(maps[index]))
    np.testing.assert_allclose(found.gradient, expected, rtol=2e-3, atol=2e-5)
    whole = np.asarray(keras.Model(network.inputs[0], network.get_layer(layer).output)(IMAGE[None]))[0]
    assert found.response == pytest.approx(float(whole[index]), rel=1e-5)
    np.testing.assert_allclose(found.map, np.atleast_2d(whole[..., place[2]]), rtol=1e-5)


def test_the_strongest_map_at_the_place_is_taken_where_none_is_named(network) -> None:
    found = prepared_gradients(network, "first", SHAPE)(IMAGE, 2, 3)
    there = np.asarray(keras.Model(network.inputs[0], network.get_layer("first").output)(IMAGE[None]))[0, 2, 3]
    assert (found.number, found.response) == (int(there.argmax()), pytest.approx(float(there.max())))


def test_no_pixel_outside_of_the_theoretical_field_changes_anything(network) -> None:
    seen, ask = unit_fields(network, SHAPE)["pool"], prepared_gradients(network, "pool", SHAPE)
    found = ask(IMAGE, 1, 0).gradient
    rows, columns = (slice(side.low[at], side.high[at] + 1) for side, at in ((seen.rows, 1), (seen.columns, 0)))
    inside = found[rows, columns].sum()
    assert inside > 0
    assert found.sum() == pytest.approx(inside)


def test_pixels_are_those_in_0_to_1_whatever_the_network_expects(network) -> None:
    plain = prepared_gradients(network, "first", SHAPE, pixels=(0, 1))(IMAGE / 255, 1, 1, 0)
    scaled = prepared_gradients(network, "first", SHAPE, pixels=(0, 1 / 255))(IMAGE, 1, 1, 0)
    np.testing.assert_allclose(scaled.gradient, plain.gradient / 255, rtol=1e-4)


def test_a_network_of_whole_numbers_is_refused() -> None:
    network = keras.Sequential([keras.Input(SHAPE, dtype="uint8"), layers.Rescaling(1 / 255), layers.Conv2D(1, 3)])
    with pytest.raises(ValueError, match="`model` takes whole numbers"):
        prepared_gradients(network, "conv2d", SHAPE)
