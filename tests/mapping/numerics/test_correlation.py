import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr

from hcnn_widgets.mapping.numerics.correlation import pearson_per_site, prediction_r, varying_columns

RNG = np.random.default_rng(0)
A, B = RNG.normal(size=(30, 5)), RNG.normal(size=(30, 5))


def test_it_is_scipys_pearson_of_every_site() -> None:
    np.testing.assert_allclose(pearson_per_site(A, B), [pearsonr(a, b)[0] for a, b in zip(A.T, B.T, strict=True)])


@given(st.floats(0.001, 1e3), st.floats(-1e4, 1e4))
def test_scale_and_shift_leave_it_unchanged(scale, shift) -> None:
    np.testing.assert_allclose(pearson_per_site(scale * A + shift, B), pearson_per_site(A, B), atol=1e-6)


def test_a_constant_site_has_none() -> None:
    flat = A.copy()
    flat[:, 2] = 0.1
    assert np.isnan(pearson_per_site(flat, B)).tolist() == [False, False, True, False, False]
    assert np.isnan(pearson_per_site(B, flat)).tolist() == [False, False, True, False, False]


def test_rounding_is_not_taken_for_variation() -> None:
    almost = np.full((30, 1), 1e6) + 1e-10 * RNG.normal(size=(30, 1))
    assert np.isnan(pearson_per_site(almost, B[:, :1])).all()


def test_a_constant_prediction_counts_as_zero_and_a_constant_response_as_unknown() -> None:
    predictions, responses = A.copy(), B.copy()
    predictions[:, :2], responses[:, 1:3] = 1.0, 2.0
    r = prediction_r(predictions, responses)
    assert r[0] == 0
    assert np.isnan(r[1:3]).all()
    np.testing.assert_allclose(r[3:], pearson_per_site(A, B)[3:])


@given(st.floats(-1e6, 1e6), st.lists(st.booleans(), min_size=5, max_size=5))
def test_columns_that_vary_are_told_from_those_that_do_not(level, constant) -> None:
    columns = A + level
    columns[:, constant] = level
    assert varying_columns(columns).tolist() == [not one for one in constant]
