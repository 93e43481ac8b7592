import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.inference.multiple_comparisons import (
    ADJUSTMENTS,
    adjusted,
)

P = [0.001, 0.01, 0.03, 0.04, 0.5]
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("adjustment", "expected"),
    [
        ("none", P),
        ("bonferroni", [0.005, 0.05, 0.15, 0.2, 1]),
        ("holm", [0.005, 0.04, 0.09, 0.09, 0.5]),
        ("fdr", [0.005, 0.025, 0.05, 0.05, 0.5]),
    ],
)
def test_a_worked_example(adjustment, expected) -> None:
    np.testing.assert_allclose(adjusted(P, adjustment), expected)


@settings(max_examples=40, deadline=None)
@given(P_VALUES)
def test_stricter_corrections_give_larger_p(p_values) -> None:
    none, fdr, holm, bonferroni = (adjusted(p_values, name) for name in ("none", "fdr", "holm", "bonferroni"))
    assert (none <= fdr + 1e-15).all()
    assert (fdr <= holm + 1e-15).all()
    assert (holm <= bonferroni + 1e-15).all()
    assert bonferroni.max() <= 1


@pytest.mark.parametrize("adjustment", ADJUSTMENTS)
@settings(max_examples=40, deadline=None)
@given(P_VALUES, st.randoms())
def test_the_order_of_tests_does_not_matter(adjustment, p_values, random) -> None:
    order = list(range(len(p_values)))
    random.shuffle(order)
    np.testing.assert_allclose(adjusted(np.array(p_values)[order], adjustment), adjusted(p_values, adjustment)[order])


@settings(max_examples=40, deadline=None)
@given(P_VALUES)
def test_holm_rejects_step_by_step(p_values) -> None:
    rejected, ordered = [], sorted(range(len(p_values)), key=p_values.__getitem__)
    for step, row in enumerate(ordered):
        if p_values[row] * (len(p_values) - step) > 0.05:
            break
        rejected.append(row)
    assert set(np.flatnonzero(adjusted(p_values, "holm") <= 0.05)) == set(rejected)


@pytest.mark.parametrize("adjustment", ADJUSTMENTS)
def test_a_test_that_is_not_defined_is_not_counted(adjustment) -> None:
    found = adjusted([0.01, np.nan, 0.02], adjustment)
    np.testing.assert_array_equal(found, np.insert(adjusted([0.01, 0.02], adjustment), 1, np.nan))
    assert np.isnan(adjusted([np.nan], adjustment)).all()
    assert len(adjusted([], adjustment)) == 0


@pytest.mark.parametrize("p_values", [[-0.1], [1.1], [[0.1]]])
def test_what_is_no_probability_is_refused(p_values) -> None:
    with pytest.raises(ValueError, match="`p_values` are no probabilities"):
        adjusted(p_values)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`adjustment='sidak'` is unknown\. Accepted are 'fdr', 'holm'"):
        adjusted(P, "sidak")
    assert len({adjustment.words for adjustment in ADJUSTMENTS.values()}) == len(ADJUSTMENTS)
