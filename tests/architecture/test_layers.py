import numpy as np
import pytest

from hcnn_widgets.architecture import DivisiveNormalization, LpPooling
from hcnn_widgets.architecture.layers import Frames, Silence
from hcnn_widgets.architecture.operations import FORMULAS, NORMALISED_OVER
from hcnn_widgets.keras_door import keras

MAPS = np.random.default_rng(1).normal(0, 2, (2, 6, 5, 3)).astype("float32")


def _run(layer, maps) -> np.ndarray:
    return keras.ops.convert_to_numpy(layer(maps))


def _gradient(layer, maps) -> np.ndarray:
    """Return the gradient of the sum of the responses, by TensorFlow's tape."""
    tensorflow = pytest.importorskip("tensorflow")
    shown = tensorflow.constant(maps)
    with tensorflow.GradientTape() as tape:
        tape.watch(shown)
        total = tensorflow.reduce_sum(layer(shown))
    return tape.gradient(total, shown).numpy()


def _slowly_normalised(maps, size, over, formula, n, sigma, weights) -> np.ndarray:
    """Oracle: the formula, unit by unit, with plain loops."""
    maps = maps.astype("float64")
    result, reach = np.zeros_like(maps), size // 2
    for s, i, j, c in np.ndindex(maps.shape):
        window = maps[s, max(0, i - reach) : i + reach + 1, max(0, j - reach) : j + reach + 1]
        each = [float(np.mean([abs(value) ** n for value in window[..., k].ravel()])) for k in range(maps.shape[3])]
        pool = {"all": sum(each) / len(each), "own": each[c], "weighted": float(np.dot(each, weights[:, c]))}[over]
        x = maps[s, i, j, c]
        numerator = x if formula == "root" else np.sign(x) * abs(x) ** n
        result[s, i, j, c] = 1.5 * numerator / (sigma**n + pool) ** (1 / n if formula == "root" else 1)
    return result


@pytest.mark.parametrize("over", NORMALISED_OVER)
@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize(("size", "exponent"), [(3, 2.0), (5, 1.0), (1, 2.0), (9, 1.7)])
def test_normalisation_is_its_formula_unit_by_unit(over: str, formula: str, size: int, exponent: float) -> None:
    layer = DivisiveNormalization(size, over, formula, exponent, sigma=0.7)
    layer.build(MAPS.shape)
    layer.gain.assign(np.full(layer.gain.shape, 1.5))
    weights = np.random.default_rng(2).uniform(0, 1, (3, 3))
    if over == "weighted":
        layer.weights_of_pool.assign(weights)
    expected = _slowly_normalised(MAPS, size, over, formula, exponent, 0.7, weights)
    np.testing.assert_allclose(_run(layer, MAPS), expected, rtol=2e-5, atol=1e-6)


def test_long_maps_take_no_band_matrices_and_are_normalised_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    images = np.random.default_rng(0).random((2, 4, 7, 3), np.float32)
    short = DivisiveNormalization(size=3)(images)
    monkeypatch.setattr("hcnn_widgets.architecture.layers._LONGEST_BAND", 6)
    long = DivisiveNormalization(size=3)
    np.testing.assert_allclose(long(images), short, rtol=1e-5)
    assert long._bands is None


def test_maps_of_unknown_size_are_normalised_alike() -> None:
    known, unknown = (DivisiveNormalization(3, "own") for _ in range(2))
    image = keras.Input((None, None, 3))
    network = keras.Model(image, unknown(image))
    np.testing.assert_allclose(_run(network, MAPS), _run(known, MAPS), rtol=1e-5)


@pytest.mark.parametrize("over", NORMALISED_OVER)
@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("exponent", [1.0, 1.5, 2.0])
def test_normalisation_of_zeros_is_zero_with_a_finite_gradient(over: str, formula: str, exponent: float) -> None:
    layer = DivisiveNormalization(3, over, formula, exponent)
    maps = np.zeros((1, 4, 4, 2), "float32")
    assert not _run(layer, maps).any()
    assert np.isfinite(_gradient(layer, maps)).all()


def test_a_sigma_driven_to_zero_or_below_still_gives_finite_responses() -> None:
    layer = DivisiveNormalization(3)
    layer.build((None, 4, 4, 1))
    half = np.zeros((1, 4, 4, 1), "float32")
    half[:, 2:] = 1e-3
    for sigma in (0.0, -0.5):
        layer.sigma.assign([sigma])
        assert np.isfinite(_run(layer, half)).all()
        assert np.isfinite(_gradient(layer, half)).all()


def test_an_optimiser_cannot_push_gain_and_pool_weights_below_zero() -> None:
    layer = DivisiveNormalization(3, "weighted")
    layer.build(MAPS.shape)
    optimiser = keras.optimizers.SGD(learning_rate=100.0)
    variables = [layer.gain, layer.weights_of_pool]
    optimiser.apply([keras.ops.ones(one.shape) for one in variables], variables)
    assert all((keras.ops.convert_to_numpy(one) == 0).all() for one in variables)


def test_a_fixed_normalisation_has_nothing_to_train() -> None:
    layer = DivisiveNormalization(3, trainable=False)
    layer.build(MAPS.shape)
    assert layer.trainable_variables == []
    assert len(layer.non_trainable_variables) == 2


def test_normalisation_refuses_an_open_number_of_channels() -> None:
    with pytest.raises(ValueError, match="n_channels is open"):
        DivisiveNormalization().build((None, 8, 8, None))


def _slowly_pooled(maps, p, size, stride, padding) -> np.ndarray:
    """Oracle: window by window, each over what of it lies inside the map."""
    _, height, width, _ = maps.shape
    rows, columns = (_window_starts(length, size, stride, padding) for length in (height, width))
    result = np.zeros((maps.shape[0], len(rows), len(columns), maps.shape[3]))
    for a, b in np.ndindex(len(rows), len(columns)):
        top, left = rows[a], columns[b]
        window = np.abs(maps[:, max(top, 0) : top + size, max(left, 0) : left + size].astype("float64"))
        result[:, a, b] = np.mean(window**p, axis=(1, 2)) ** (1 / p)
    return result


def _window_starts(length: int, size: int, stride: int, padding: str) -> list[int]:
    if padding == "valid":
        return list(range(0, length - size + 1, stride))
    n_windows = -(-length // stride)
    before = max((n_windows - 1) * stride + size - length, 0) // 2
    return [window * stride - before for window in range(n_windows)]


@pytest.mark.parametrize("p", [1.0, 2.0, 3.5, 16.0])
@pytest.mark.parametrize(("size", "stride", "padding"), [(2, 2, "same"), (3, 2, "same"), (3, 1, "valid")])
def test_lp_pooling_is_its_formula_window_by_window(p: float, size: int, stride: int, padding: str) -> None:
    expected = _slowly_pooled(MAPS, p, size, stride, padding)
    np.testing.assert_allclose(_run(LpPooling(p, size, stride, padding), MAPS), expected, rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_lp_pooling_with_a_large_exponent_comes_near_the_maximum_at_any_scale(scale: float) -> None:
    largest = np.abs(MAPS * scale).reshape(2, 3, 2, 5, 3).max(axis=2)[:, :, :4].reshape(2, 3, 2, 2, 3).max(axis=3)
    pooled = _run(LpPooling(16.0, 2, 2, "valid"), (MAPS * scale).astype("float32"))
    np.testing.assert_allclose(pooled, largest, rtol=0.09)  # 4^(-1/16) = 0.917 at the least


@pytest.mark.parametrize("p", [1.0, 2.0, 3.0, 16.0])
def test_lp_pooling_of_zeros_is_zero_with_a_finite_gradient(p: float) -> None:
    maps = np.zeros((1, 4, 4, 2), "float32")
    maps[0, :2, :2, 0] = [[1e-12, 0], [0, 2]]
    layer = LpPooling(p)
    assert not _run(layer, maps)[0, 1:].any()
    assert np.isfinite(_gradient(layer, maps)).all()


@pytest.mark.parametrize("p", [1.5, 2.0, 5.0])
def test_the_gradient_of_lp_pooling_is_that_of_small_changes(p: float) -> None:
    maps, small = np.abs(MAPS) + 0.5, 1e-4
    gradient = _gradient(LpPooling(p, 3, 2), maps)
    for place in [(0, 0, 0, 0), (1, 3, 2, 1), (0, 5, 4, 2)]:
        above, below = maps.astype("float64"), maps.astype("float64")
        above[place] += small
        below[place] -= small
        change = sum(sign * _slowly_pooled(one, p, 3, 2, "same").sum() for sign, one in ((1, above), (-1, below)))
        assert gradient[place] == pytest.approx(change / (2 * small), rel=1e-3)


@pytest.mark.parametrize(
    "layer",
    [
        DivisiveNormalization(3, "weighted", "ratio", 1.5, 0.3, trainable=False, name="n"),
        LpPooling(3.0, 3, 2, "valid", name="p"),
    ],
    ids=lambda layer: layer.name,
)
def test_a_layer_comes_back_from_its_config(layer) -> None:
    again = keras.layers.deserialize(keras.layers.serialize(layer))
    assert type(again) is type(layer)
    assert again.get_config() == layer.get_config()
    np.testing.assert_array_equal(_run(again, MAPS), _run(layer, MAPS))


def test_a_sequence_is_taken_apart_in_its_order_in_time() -> None:
    sequence = np.random.default_rng(2).normal(size=(2, 4, 6, 5, 3)).astype("float32")
    frames = Frames()(sequence)
    assert len(frames) == 4
    for step, frame in enumerate(frames):
        np.testing.assert_array_equal(keras.ops.convert_to_numpy(frame), sequence[:, step])


def test_silence_is_a_map_of_zeros_for_each_stimulus_and_comes_back_from_its_configuration() -> None:
    silence = Silence.from_config(Silence((4, 5, 2), name="V1.silence").get_config())
    assert silence.name == "V1.silence"
    np.testing.assert_array_equal(_run(silence, MAPS), np.zeros((2, 4, 5, 2)))
    assert silence(keras.Input((6, 5, 3))).shape == (None, 4, 5, 2)
