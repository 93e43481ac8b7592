"""Receptive fields against the gradient of networks in Keras whose weights are positive, so that nothing cancels."""

import itertools

import numpy as np
import pytest

from hcnn_widgets.classroom import SlidingLayer, joined_fields, pixels_holding, receptive_fields
from hcnn_widgets.classroom.receptive_field import image_side
from hcnn_widgets.keras_door import keras

tf = pytest.importorskip("tensorflow")
LENET = [SlidingLayer(5), SlidingLayer(2, 2), SlidingLayer(5), SlidingLayer(2, 2), SlidingLayer(5)]


def pixels_that_count(layers, n_pixels):
    """Return for each unit along a side the pixels that its response changes with, by the gradient in Keras."""
    image = keras.Input((n_pixels, n_pixels, 1))
    maps = image
    for layer in layers:
        if isinstance(layer.padding, int):
            maps = keras.layers.ZeroPadding2D(layer.padding)(maps)
        maps = keras.layers.Conv2D(
            1,
            layer.kernel,
            strides=layer.stride,
            dilation_rate=layer.dilation,
            padding=layer.padding if isinstance(layer.padding, str) else "valid",
            kernel_initializer=keras.initializers.Constant(1.0),
        )(maps)
    network, shown = keras.Model(image, maps), tf.ones((1, n_pixels, n_pixels, 1))
    seen = []
    for unit in range(maps.shape[1]):
        with tf.GradientTape() as tape:
            tape.watch(shown)
            response = tf.reduce_sum(network(shown)[:, unit])
        seen.append(np.flatnonzero(tape.gradient(response, shown).numpy().sum(axis=(0, 2, 3))))
    return seen


STACKS = [
    [SlidingLayer(3, 2)],
    LENET,
    [SlidingLayer(3, padding="same"), SlidingLayer(2, 2, padding="same"), SlidingLayer(4, padding="same")],
    [SlidingLayer(3, dilation=2), SlidingLayer(3, 2, padding=1)],
    [SlidingLayer(2, 3), SlidingLayer(3, padding=2), SlidingLayer(1, 2)],
    [SlidingLayer(5, 2, padding="same"), SlidingLayer(3, dilation=3, padding="same")],
    [SlidingLayer(1, 3), SlidingLayer(2, padding=3)],
]


@pytest.mark.parametrize("number", range(len(STACKS)))
def test_each_units_pixels_are_those_that_its_gradient_reaches(number) -> None:
    layers, n_pixels = STACKS[number], 32 if STACKS[number] is LENET else 17
    last = receptive_fields(layers, n_pixels)[-1]
    seen = pixels_that_count(layers, n_pixels)
    assert last.n_units == len(seen)
    for low, high, pixels in zip(last.low, last.high, seen, strict=True):
        assert (low <= high) == bool(len(pixels))
        if len(pixels):
            assert (low, high) == (pixels[0], pixels[-1])


def test_the_first_view_of_the_lecture_is_3_by_3() -> None:
    seen = receptive_fields([SlidingLayer(3, stride=2)], 7)[-1]
    assert (seen.n_units, seen.size, seen.jump, seen.start) == (3, 3, 2, 0)


def test_lenet_5_sees_as_published() -> None:
    sides = receptive_fields(LENET, 32)[1:]
    assert [(side.size, side.jump) for side in sides] == [(5, 1), (6, 2), (14, 2), (16, 4), (32, 4)]
    assert [side.n_units for side in sides] == [28, 14, 10, 5, 1]
    assert (sides[-1].low.tolist(), sides[-1].high.tolist()) == ([0], [31])


@pytest.mark.parametrize(("kernel", "stride", "dilation"), list(itertools.product((1, 2, 5), (1, 2, 3), (1, 2))))
def test_numbers_of_units_and_outer_fields_are_those_of_the_formulas(kernel, stride, dilation) -> None:
    layers = [SlidingLayer(3, 2), SlidingLayer(kernel, stride, dilation, padding=1)]
    first, last = receptive_fields(layers, 31)[1:]
    assert last.n_units == (first.n_units + 2 - dilation * (kernel - 1) - 1) // stride + 1
    assert last.size == first.size + (kernel - 1) * dilation * first.jump
    assert last.jump == first.jump * stride
    assert last.start == first.start - first.jump
    even = last.start + last.jump * np.arange(last.n_units)
    inside = (even >= 0) & (last.low <= last.high)
    np.testing.assert_array_equal(last.low[inside], even[inside])


def test_maps_that_are_joined_see_what_any_of_them_sees() -> None:
    wide = receptive_fields([SlidingLayer(5, padding="same")], 9)[-1]
    narrow = receptive_fields([SlidingLayer(2, padding="same")], 9)[-1]
    both = joined_fields([narrow, wide])
    np.testing.assert_array_equal(both.low, np.minimum(narrow.low, wide.low))
    np.testing.assert_array_equal(both.high, np.maximum(narrow.high, wide.high))
    assert (both.size, both.jump, both.start) == (5, 1, -2)
    one = joined_fields([narrow, wide.everywhere()])
    assert (one.n_units, one.jump) == (9, None)
    assert set(one.low) == {0}
    assert set(one.high) == {8}
    with pytest.raises(ValueError, match=r"`sides` do not fit together.*received 9, 4"):
        joined_fields([narrow, image_side(4)])


def test_transposed_and_repeated_units_see_what_their_gradient_reaches() -> None:
    image = keras.Input((7, 7, 1))
    ones = keras.initializers.Constant(1.0)
    down = keras.layers.Conv2D(1, 3, 2, kernel_initializer=ones)(image)
    side = receptive_fields([SlidingLayer(3, 2)], 7)[-1]
    ways = {
        "valid": (keras.layers.Conv2DTranspose(1, 4, 2, kernel_initializer=ones)(down), side.spread(4, 2, 0, 8)),
        "same": (
            keras.layers.Conv2DTranspose(1, 4, 2, padding="same", kernel_initializer=ones)(down),
            side.spread(4, 2, 1, 6),
        ),
        "repeated": (keras.layers.UpSampling2D(2)(down), side.repeated(2)),
    }
    shown = tf.ones((1, 7, 7, 1))
    for maps, fields in ways.values():
        network = keras.Model(image, maps)
        assert fields.n_units == maps.shape[1]
        for unit in range(fields.n_units):
            with tf.GradientTape() as tape:
                tape.watch(shown)
                response = tf.reduce_sum(network(shown)[:, unit])
            pixels = np.flatnonzero(tape.gradient(response, shown).numpy().sum(axis=(0, 2, 3)))
            assert (fields.low[unit], fields.high[unit]) == (pixels[0], pixels[-1])


def test_how_few_pixels_hold_a_share_is_counted_from_the_largest_on() -> None:
    rng = np.random.default_rng(0)
    gradient = rng.standard_normal((9, 9))
    n_pixels = pixels_holding(gradient, 0.7)
    sizes = sorted(abs(gradient.ravel()), reverse=True)
    assert sum(sizes[:n_pixels]) >= 0.7 * sum(sizes) > sum(sizes[: n_pixels - 1])
    assert pixels_holding(np.zeros((3, 3))) == 0
    assert pixels_holding(np.ones((4, 4), np.uint8), 1.0) == 16


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: SlidingLayer(0), ValueError, "`kernel`"),
        (lambda: SlidingLayer(3, 1.5), (TypeError, ValueError), "`stride`"),
        (lambda: SlidingLayer(3, padding="full"), ValueError, "`padding` is no padding.*received 'full'"),
        (
            lambda: receptive_fields([SlidingLayer(3), SlidingLayer(6)], 7),
            ValueError,
            "layer 2 has no room.*received 6",
        ),
        (lambda: receptive_fields([], 0), ValueError, "`n_pixels`"),
    ],
)
def test_what_is_no_stack_is_refused(make, error, message) -> None:
    with pytest.raises(error, match=message):
        make()
