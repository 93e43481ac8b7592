import itertools

import numpy as np
import pytest
from sklearn.datasets import make_moons

from hcnn_widgets.classroom import (
    CORNERS,
    GATES,
    POINT_SETS,
    UNIT_KINDS,
    cross_entropy,
    is_separable,
    mlp_pass,
    mlp_weights,
)
from hcnn_widgets.keras_door import keras

POINTS = np.random.default_rng(0).normal(0, 1.5, (9, 3)).round(3)
HARD_STEP = {"step": lambda z: keras.ops.cast(z > 0, "float32")}


def in_keras(weights, units):
    """Oracle: the same network of Dense layers."""
    layers = [keras.layers.Dense(layer.shape[1], activation=HARD_STEP.get(units, units)) for layer in weights[:-1]]
    layers.append(keras.layers.Dense(1, activation=HARD_STEP.get(units, "sigmoid")))
    network = keras.Sequential([keras.Input((weights[0].shape[0] - 1,)), *layers])
    network.set_weights([part for layer in weights for part in (layer[:-1], layer[-1])])
    return network, layers


@pytest.mark.parametrize("units", UNIT_KINDS)
@pytest.mark.parametrize("n_units", [(3, 2, 1), (3, 5, 4, 1)])
def test_answers_of_every_layer_are_those_of_keras(units: str, n_units) -> None:
    random = np.random.default_rng(1)
    weights = [random.normal(0, 1, (below + 1, above)) for below, above in itertools.pairwise(n_units)]
    network, layers = in_keras(weights, units)
    found = mlp_pass(POINTS, weights, units)
    every = keras.Model(network.inputs, [layer.output for layer in layers])
    for ours, theirs in zip(found.h, every.predict(POINTS, verbose=0), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)
    np.testing.assert_array_equal(found.output, found.h[-1][:, 0])


def test_or_and_nand_make_xor_exactly() -> None:
    lines = [GATES[name].best_line for name in ("OR", "NAND", "AND")]
    weights = [np.transpose(lines[:2]), np.reshape(lines[2], (3, 1))]
    found = mlp_pass(CORNERS, weights, "step")
    assert found.h[0].tolist() == [[0, 1], [1, 1], [1, 1], [1, 0]]
    assert found.output.tolist() == list(GATES["XOR"].outputs) == [0, 1, 1, 0]


def test_a_sum_of_0_gives_0_in_a_step() -> None:
    assert mlp_pass([[0, 0]], [[[1], [1], [0]], [[1], [0]]], "step").output.tolist() == [0]


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_whole_numbers_and_bytes_are_points(dtype) -> None:
    weights = mlp_weights((2, 3, 1), seed=2)
    np.testing.assert_array_equal(
        mlp_pass(np.array(CORNERS, dtype), weights).output, mlp_pass(np.array(CORNERS, float), weights).output
    )


def test_cross_entropy_is_that_of_keras_where_answers_are_certain_too() -> None:
    outputs, targets = np.array([0.9, 0.2, 1.0, 0.0, 1.0]), np.array([1, 0, 1, 1, 0])
    expected = keras.losses.binary_crossentropy(targets[None].astype("float32"), outputs[None].astype("float32"))
    assert cross_entropy(outputs, targets) == pytest.approx(float(expected[0]), rel=1e-2)
    assert cross_entropy([0.25, 0.5], [1, 0]) == pytest.approx((np.log(4) + np.log(2)) / 2)


def test_first_weights_are_spread_as_keras_spreads_them_and_hang_on_the_seed() -> None:
    first, again, other = (np.concatenate([part.ravel() for part in mlp_weights((2, 400, 1), s)]) for s in (0, 0, 1))
    assert (first == again).all()
    assert not (first == other).all()
    kernel = mlp_weights((2, 400, 1), 0)[0]
    keras_kernel = np.asarray(keras.initializers.GlorotUniform(0)((2, 400)))
    assert kernel[:-1].std() == pytest.approx(keras_kernel.std(), rel=0.1)
    assert np.abs(kernel).max() == pytest.approx(np.abs(keras_kernel).max(), rel=0.05)
    assert not kernel[-1].any()


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([[[1], [1], [0]]], "2 or more arrays in a sequence; received 1"),
        ("ab", "`weights` must be those of hidden layers"),
        ([np.ones((2, 3)), np.ones((4, 1))], r"layer 1 do not fit. Accepted is \(3, n_units\).*received \(2, 3\)"),
        ([np.ones((3, 3)), np.ones((3, 1))], r"layer 2 do not fit. Accepted is \(4, 1\).*received \(3, 1\)"),
        ([np.ones((3, 3)), np.ones((4, 2))], r"layer 2 do not fit. Accepted is \(4, 1\)"),
    ],
)
def test_layers_that_do_not_fit_are_refused(weights, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        mlp_pass(CORNERS, weights)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: mlp_pass(CORNERS, mlp_weights((2, 2, 1)), "steps"), "`units='steps'` is unknown.*'step'"),
        (lambda: mlp_weights((2, 2)), r"`n_units` are no layers.*received \(2, 2\)"),
        (lambda: mlp_weights((2, 0, 1)), "`n_units` are no layers"),
        (lambda: mlp_weights((2, 3, 2)), "`n_units` are no layers"),
        (lambda: cross_entropy([0.5, 0.5], [1]), r"`targets` must be 0 or 1 .* received \(1,\)"),
        (lambda: cross_entropy([0.5], [2]), "`targets` must be 0 or 1"),
        (lambda: POINT_SETS["moons"].drawn(noise=-1), "`noise` must be a number of at least 0; received -1"),
        (lambda: POINT_SETS["moons"].drawn(0), "`n_points` is no count"),
    ],
)
def test_what_cannot_be_is_refused(make, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        make()


def test_moons_without_noise_are_those_of_scikit_learn() -> None:
    points, targets = make_moons(40, shuffle=False)
    found = POINT_SETS["moons"].drawn(40, noise=0.0)
    np.testing.assert_allclose(found.points, points - [0.5, 0.25], atol=1 / 64)
    np.testing.assert_array_equal(found.targets, targets)


def test_circles_lie_around_one_another_and_arms_of_the_spiral_are_opposite() -> None:
    circles = POINT_SETS["circles"].drawn(noise=0.0)
    radii = np.hypot(*circles.points.T)
    np.testing.assert_allclose(radii, np.where(circles.targets == 1, 0.5, 1.25), atol=1 / 64)
    spiral = POINT_SETS["spiral"].drawn(noise=0.0)
    np.testing.assert_allclose(spiral.points[spiral.targets == 0], -spiral.points[spiral.targets == 1], atol=1 / 32)


@pytest.mark.parametrize("name", POINT_SETS)
def test_no_line_separates_a_set_of_points_whose_classes_are_of_one_size(name: str) -> None:
    found, again, other = (POINT_SETS[name].drawn(seed=seed) for seed in (3, 3, 4))
    assert not is_separable(found.points, found.targets)
    assert found.targets.mean() == 0.5
    np.testing.assert_array_equal(found.points, again.points)
    assert np.array_equal(found.points, other.points) == (POINT_SETS[name].noise == 0)
    assert np.array_equal(found.points * 64, np.round(found.points * 64))
