import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from hcnn_widgets.mapping.similarity.rdms.rdm_checks import (
    checked_square,
    checked_vector,
    n_stimuli_of,
    upper_triangle,
)


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 3000))
def test_the_number_of_stimuli_follows_from_that_of_their_pairs(n) -> None:
    k = n * (n - 1) // 2
    assert n_stimuli_of(k) == n
    assert n_stimuli_of(k + 1) is n_stimuli_of(k - 1) is None


@pytest.mark.parametrize("k", [0, 1, 2])
def test_fewer_than_three_stimuli_are_none(k) -> None:
    assert n_stimuli_of(k) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 12))
def test_a_square_and_its_triangle_say_the_same(n) -> None:
    vector = np.arange(1.0, n * (n - 1) / 2 + 1)
    np.testing.assert_array_equal(upper_triangle(squareform(vector)), vector)
    np.testing.assert_array_equal(checked_square("rdm", squareform(vector)), checked_vector("rdm", vector))
