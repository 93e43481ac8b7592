import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from hcnn_widgets.architecture.layers import DivisiveNormalization
from hcnn_widgets.classroom import ContrastResponse, divisive_normalization, fitted_contrast_response
from hcnn_widgets.keras_door import keras

CONTRASTS = np.array([0.02, 0.05, 0.1, 0.2, 0.4])


def by_loops(x, size, over, formula, n, sigma):
    """Oracle: the formula, unit by unit."""
    result, reach = np.empty_like(x), size // 2
    for r, c, k in np.ndindex(*x.shape):
        near = x[max(0, r - reach) : r + reach + 1, max(0, c - reach) : c + reach + 1]
        pool = np.mean(np.abs(near if over == "all" else near[..., k]) ** n)
        if formula == "ratio":
            result[r, c, k] = np.sign(x[r, c, k]) * abs(x[r, c, k]) ** n / (sigma**n + pool)
        else:
            result[r, c, k] = x[r, c, k] / (sigma**n + pool) ** (1 / n)
    return result


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 99),
    st.sampled_from([1, 3, 5]),
    st.sampled_from(["all", "own"]),
    st.sampled_from(["root", "ratio"]),
    st.sampled_from([1.0, 2.0, 3.0]),
    st.sampled_from([0.1, 0.5, 2.0]),
)
def test_it_is_the_layer_of_the_networks_and_the_formula_unit_by_unit(seed, size, over, formula, n, sigma) -> None:
    x = np.random.default_rng(seed).normal(size=(4, 6, 3))
    options = {"size": size, "over": over, "formula": formula, "exponent": n, "sigma": sigma}
    found = divisive_normalization(x, **options)
    layer = keras.ops.convert_to_numpy(DivisiveNormalization(**options)(x[None].astype("float32")))[0]
    np.testing.assert_allclose(found, layer, rtol=2e-4, atol=1e-6)
    np.testing.assert_allclose(found, by_loops(x, size, over, formula, n, sigma), rtol=1e-12)


def test_a_map_without_channels_and_whole_numbers_come_out_without_channels() -> None:
    assert divisive_normalization(np.array([[3, 0]], np.uint8), 1, formula="ratio", sigma=1.0).tolist() == [[0.9, 0.0]]


def test_the_formula_saturates_and_is_suppressed() -> None:
    unit = ContrastResponse(2.0, 0.1, 0.5, 2.0)
    assert unit(0.1).item() == pytest.approx(1.0)
    assert unit(1.0).item() == pytest.approx(2 / 1.01)
    assert unit(0.1, 0.2).item() == pytest.approx(2 * 0.01 / (0.01 + 0.01 + 0.5 * 0.04))


def test_a_fit_is_that_of_scipy_where_the_responses_are_noisy_and_exact_where_they_are_not() -> None:
    c, m = np.r_[CONTRASTS, CONTRASTS], np.repeat([0.0, 0.3], len(CONTRASTS))
    response = ContrastResponse(5.0, 0.08, 0.7, 2.0)(c, m)
    exact = fitted_contrast_response(c, m, response)
    assert (exact.largest, exact.sigma, exact.weight) == pytest.approx((5.0, 0.08, 0.7))
    noisy = response * (1 + 1e-3 * np.random.default_rng(0).normal(size=len(c)))
    found = fitted_contrast_response(c, m, noisy)

    def formula(at, largest, sigma, weight):
        return largest * at[0] ** 2 / (sigma**2 + at[0] ** 2 + weight * at[1] ** 2)

    by_search, _ = curve_fit(formula, (c, m), noisy, p0=(4, 0.1, 1), bounds=(0, np.inf))
    assert (found.largest, found.sigma, found.weight) == pytest.approx(tuple(by_search), rel=0.01)


def test_responses_that_name_no_formula_have_none() -> None:
    assert fitted_contrast_response(CONTRASTS, 0 * CONTRASTS, CONTRASTS) is None
    assert fitted_contrast_response(CONTRASTS, CONTRASTS[::-1], 0 * CONTRASTS) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"size": 4}, "`size` is no neighbourhood. Accepted is an odd number of positions; received 4"),
        ({"over": "some"}, "`over='some'` is unknown. Accepted are 'all', 'own'"),
        ({"formula": "rato"}, "the nearest is 'ratio'"),
        ({"exponent": 0.5}, "`exponent` is out of range. Accepted is 1 to 100; received 0.5"),
        ({"sigma": 0}, "`sigma` is out of range. Accepted is 0.001 to 1000; received 0"),
        ({"sigma": 1e300}, "`sigma` is out of range. Accepted is 0.001 to 1000; received 1e"),
        ({"sigma": 10**400}, "`sigma` is out of range. Accepted is 0.001 to 1000; received 10"),
        ({"exponent": 1e300}, "`exponent` is out of range. Accepted is 1 to 100; received 1e"),
        ({"sigm": 1}, "`sigm` is no argument of divisive_normalization"),
    ],
)
def test_what_is_no_normalisation_is_refused(changes, words) -> None:
    with pytest.raises((TypeError, ValueError), match=words.replace("(", r"\(")):
        divisive_normalization(np.ones((2, 2)), **changes)


def test_responses_of_another_length_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"`response` must go with the contrasts. .* received \(2,\), \(2,\) and \(3,\)"
    ):
        fitted_contrast_response([0.1, 0.2], [0, 0], [1, 2, 3])
