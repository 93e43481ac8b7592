import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.classroom import POOLINGS, Pooling, pooled, pooling_gradient, unpooled, winners
from hcnn_widgets.keras_door import keras

NINE = np.arange(9.0).reshape(3, 3)
CHOICES = st.tuples(st.integers(1, 3), st.integers(1, 3), st.sampled_from(["valid", "same"]))
IMAGES = st.tuples(st.integers(3, 6), st.integers(3, 6), st.integers(1, 3), st.integers(0, 99))


def drawn(sizes) -> np.ndarray:
    """Return an image of whole numbers that all differ, half of them below zero."""
    *shape, seed = sizes
    n_values = np.prod(shape)
    return (np.random.default_rng(seed).permutation(n_values) - n_values // 2).reshape(shape).astype("float64")


def by_keras(kind, image, size, stride, padding, p):
    """Oracle: Keras's poolings; L_p is a mean of powers."""
    ops = keras.ops
    if kind == "max":
        return ops.max_pool(image[None], size, stride, padding)[0]
    if kind == "mean":
        return ops.average_pool(image[None], size, stride, padding)[0]
    return ops.power(ops.average_pool(ops.power(ops.abs(image), p)[None], size, stride, padding)[0], 1 / p)


@settings(max_examples=25, deadline=None)
@given(IMAGES, CHOICES, st.sampled_from(["max", "mean", "lp"]), st.sampled_from([1.0, 2.0, 3.5]))
def test_values_and_gradients_are_those_of_keras(sizes, choices, kind, p) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    image = drawn(sizes) + 0.5
    shown = tensorflow.constant(image)
    with tensorflow.GradientTape() as tape:
        tape.watch(shown)
        expected = by_keras(kind, shown, *choices, p)
        weights = np.random.default_rng(0).normal(size=expected.shape)
        total = tensorflow.reduce_sum(expected * weights)
    np.testing.assert_allclose(pooled(image, kind, *choices, p), expected.numpy(), rtol=1e-6)
    gradient = tape.gradient(total, shown).numpy()
    np.testing.assert_allclose(pooling_gradient(image, kind, *choices, p, weights), gradient, rtol=1e-6, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(IMAGES, CHOICES, st.booleans())
def test_the_winners_are_those_of_tensorflow_also_where_values_are_equal(sizes, choices, alike) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    image, (size, stride, padding) = drawn(sizes), choices
    image = np.sign(image) if alike else image
    largest, places = tensorflow.nn.max_pool_with_argmax(image[None], size, stride, padding.upper())
    switches = winners(image, size, stride, padding)
    width, n_channels = image.shape[1:]
    numbers = (switches.rows * width + switches.columns) * n_channels + np.arange(n_channels)
    assert numbers.tolist() == places[0].numpy().tolist()
    expected = np.zeros(image.size)
    expected[places.numpy().ravel()] = largest.numpy().ravel()
    assert unpooled(pooled(image, "max", *choices), switches).tolist() == expected.reshape(image.shape).tolist()


def test_a_row_of_zeros_has_no_l_p_gradient_rather_than_no_number() -> None:
    assert pooling_gradient(np.zeros((2, 2)), "lp").tolist() == [[0, 0], [0, 0]]
    assert pooled(np.full((2, 2), 1e200), "lp", p=4.0).item() == pytest.approx(1e200)


def test_what_a_network_made_of_a_pooled_map_goes_back_to_the_winners() -> None:
    switches = winners(NINE, 2, 1)
    assert unpooled([[1, 2], [3, 4]], switches).tolist() == [[0, 0, 0], [0, 1, 2], [0, 3, 4]]
    assert (switches.rows[..., 0].tolist(), switches.columns[..., 0].tolist()) == ([[1, 1], [2, 2]], [[1, 2], [1, 2]])
    assert unpooled(np.ones((2, 2, 1)), switches).shape == (3, 3, 1)


def test_windows_follow_one_another_without_a_gap_by_default() -> None:
    image = drawn((6, 4, 1, 0))[..., 0]
    assert pooled(image).tolist() == image.reshape(3, 2, 2, 2).max(axis=(1, 3)).tolist()


def test_a_new_pooling_is_called_by_its_name(monkeypatch) -> None:
    entry = Pooling(lambda seen, inside, p: seen[:, :, 0, 0], lambda seen, inside, p: seen * 0, "the first")
    monkeypatch.setitem(POOLINGS, "first", entry)
    assert pooled(NINE, "first", 2, 1).tolist() == [[0, 1], [3, 4]]
    with pytest.raises(ValueError, match="Accepted are 'max', 'mean', 'lp', 'first'"):
        pooled(NINE, "last")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "maxi"}, "`kind='maxi'` is unknown. Accepted are 'max', 'mean', 'lp'; the nearest is 'max'"),
        ({"size": 0}, "`size` is no count. Accepted .*; received 0"),
        ({"size": 4}, "`padding` leaves no place for a window. Accepted .*; received 4 x 4 cells"),
        ({"padding": 1}, "`padding=1` is unknown. Accepted are 'valid', 'same'"),
        ({"p": 0.5}, "`p` is no exponent. Accepted is a number of 1 or more; received 0.5"),
        ({"gradient": [1, 2]}, r"`gradient` must have the shape of .* Accepted is \(1, 1, 1\); received \(2,\)"),
    ],
)
def test_what_is_no_pooling_is_refused(changes, words) -> None:
    with pytest.raises(ValueError, match=words):
        pooling_gradient(NINE, **changes)
