import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from hcnn_widgets.classroom import ACTIVATIONS
from hcnn_widgets.keras_door import keras

Z = np.concatenate([np.linspace(-6, 6, 49), [-30.0, 30.0]])
IN_KERAS = {name: getattr(keras.activations, name) for name in ACTIVATIONS}
IN_KERAS["gelu"] = lambda z: keras.activations.gelu(z, approximate=False)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_slopes_are_those_of_keras(name) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    shown = tensorflow.constant(Z)
    with tensorflow.GradientTape() as tape:
        tape.watch(shown)
        expected = IN_KERAS[name](shown)
    np.testing.assert_allclose(ACTIVATIONS[name](Z), expected.numpy(), rtol=1e-6, atol=1e-12)
    slope = tape.gradient(expected, shown).numpy()
    np.testing.assert_allclose(ACTIVATIONS[name].slope(Z), slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_range_and_steepest_slope_are_what_keras_reaches_and_no_less(name) -> None:
    entry, z = ACTIVATIONS[name], np.linspace(-12, 12, 24001)
    values = keras.ops.convert_to_numpy(IN_KERAS[name](keras.ops.convert_to_tensor(z, dtype="float64")))
    assert values.min() >= entry.low
    assert values.max() <= entry.high
    for end, reached in ((entry.low, values.min()), (entry.high, values.max())):
        assert math.isinf(end) or reached == pytest.approx(end, abs=1e-5)
    assert entry.range.startswith("[") == bool(np.any(values[np.abs(z) <= 6] < entry.low + 1e-6))
    assert np.diff(values).max() / 1e-3 == pytest.approx(entry.steepest, rel=1e-3)


def test_the_lowest_value_of_gelu_is_as_found_by_scipy() -> None:
    lowest = minimize_scalar(lambda z: z * 0.5 * math.erfc(-z / math.sqrt(2)), bounds=(-2, 0), method="bounded")
    assert ACTIVATIONS["gelu"].low == pytest.approx(lowest.fun, abs=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_far_from_0_nothing_overflows(name) -> None:
    far = np.array([-1e200, -800.0, 800.0, 1e200])
    assert np.isfinite(ACTIVATIONS[name](far)).all()
    assert np.isfinite(ACTIVATIONS[name].slope(far)).all()


def test_slopes_keep_their_digits_far_from_0() -> None:
    assert ACTIVATIONS["sigmoid"].slope(40.0) == pytest.approx(math.exp(-40), rel=1e-9, abs=0)
    assert ACTIVATIONS["tanh"].slope(30.0) == pytest.approx(4 * math.exp(-60), rel=1e-9, abs=0)
    assert ACTIVATIONS["gelu"](-10.0) == pytest.approx(-10 * 7.61985302416047e-24, rel=1e-9, abs=0)


def test_dead_and_saturated_shares_are_counted() -> None:
    z = [-5.0, -1.0, 0.0, 1.0, 5.0]
    assert ACTIVATIONS["relu"].dead_share(z) == 0.6
    assert ACTIVATIONS["leaky_relu"].dead_share(z) == 0
    assert ACTIVATIONS["sigmoid"].saturated_share(z) == 0.4
    assert ACTIVATIONS["gelu"].slope([-1.5]) < -0.1
    assert ACTIVATIONS["gelu"].saturated_share([-1.5]) == 0, "a slope below 0 is a slope"
    assert ACTIVATIONS["sigmoid"].dead_share(z) == 0


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_its_lines_of_numpy_and_keras_give_the_same_when_they_are_run(name) -> None:
    entry, names = ACTIVATIONS[name], {"np": np, "math": math, "keras": keras, "z": np.linspace(-6, 6, 49)}
    exec(f"value = {entry.numpy}\nslope = {entry.numpy_slope}", names)
    np.testing.assert_allclose(entry(names["z"]), names["value"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(entry.slope(names["z"]), names["slope"], rtol=1e-9, atol=1e-12)
    exec(f"z = keras.ops.convert_to_tensor(z)\nin_keras = {entry.keras}", names)
    np.testing.assert_allclose(keras.ops.convert_to_numpy(names["in_keras"]), names["value"], rtol=1e-6, atol=1e-12)


def test_another_leak_makes_the_function_that_keras_has_with_it() -> None:
    z = np.linspace(-3, 3, 13)
    entry = ACTIVATIONS["leaky_relu"].with_leak(0.05)
    expected = keras.activations.leaky_relu(keras.ops.convert_to_tensor(z), negative_slope=0.05)
    np.testing.assert_allclose(entry(z), keras.ops.convert_to_numpy(expected), rtol=1e-6)
    assert (entry.leak, entry.formula) == (0.05, "z above 0, else 0.05 z")
    assert entry.with_leak(0).range == ACTIVATIONS["relu"].range
    assert ACTIVATIONS["leaky_relu"].leak == 0.2
    assert ACTIVATIONS["tanh"].with_leak(0.5) is ACTIVATIONS["tanh"]


@pytest.mark.parametrize(
    ("leak", "error", "words"),
    [(1.5, ValueError, "out of range. Accepted is a slope from 0 to 1; received 1.5"), ("0", TypeError, "a number")],
)
def test_a_leak_that_is_no_slope_is_refused(leak, error, words) -> None:
    with pytest.raises(error, match=words):
        ACTIVATIONS["leaky_relu"].with_leak(leak)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_usual_slope_is_how_much_a_gradient_shrinks_on_its_way_back_through_a_layer(name) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    rng = np.random.default_rng(0)
    z, arriving = rng.standard_normal((2, 200_000))
    shown = tensorflow.constant(z)
    with tensorflow.GradientTape() as tape:
        tape.watch(shown)
        value = IN_KERAS[name](shown)
    leaving = tape.gradient(value, shown, output_gradients=tensorflow.constant(arriving)).numpy()
    shrunk = np.linalg.norm(leaving) / np.linalg.norm(arriving)
    assert ACTIVATIONS[name].usual_slope(z) == pytest.approx(shrunk, rel=0.01)


def test_text_is_refused() -> None:
    with pytest.raises(TypeError, match=r"`z` must be numbers. Accepted is a float array; received dtype <U1"):
        ACTIVATIONS["relu"]("a")
