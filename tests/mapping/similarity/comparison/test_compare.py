import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

RNG = np.random.default_rng(0)
IDS = [f"image{number}" for number in range(6)]
A, B = Rdm(RNG.random(15), IDS), Rdm(RNG.random(15), IDS)


@pytest.mark.parametrize("method", COMPARISONS)
@settings(max_examples=40, deadline=None)
@given(order=st.permutations(IDS))
def test_rdms_are_joined_by_stimulus_id(method, order) -> None:
    assert compare(A, B.select(order), method) == pytest.approx(compare(A, B, method), abs=1e-12)
    assert compare(A.select(order), B, method) == pytest.approx(compare(A, B, method), abs=1e-12)


@pytest.mark.parametrize("method", COMPARISONS)
def test_squares_and_vectors_are_taken_in_the_others_order(method) -> None:
    expected = compare(A, B, method)
    for a, b in ((A, B.matrix), (A.matrix, B.matrix), (A.vector, B), (A.vector.tolist(), B.vector)):
        assert compare(a, b, method) == pytest.approx(expected, abs=1e-12)


def test_missing_stimuli_are_listed() -> None:
    with pytest.raises(ValueError, match=r"`b` lacks 2 of 6 ids.* missing are image4, image5\."):
        compare(A, B.select(IDS[:4]))


def test_stimuli_too_many_are_listed() -> None:
    with pytest.raises(ValueError, match=r"`b` has 2 stimuli that the other RDM lacks: image4, image5\. .*select"):
        compare(A.select(IDS[:4]), B)


def test_arrays_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`b` has other stimuli than `a`.* received 10 beside 15"):
        compare(A, squareform(np.arange(1, 11.0)))


@pytest.mark.parametrize("method", ["tau_a", "spearman", "pearson", "whitened_pearson"])
def test_a_constant_rdm_is_refused(method) -> None:
    with pytest.raises(ValueError, match=r"`b` is constant: every pair of stimuli is 0\.5 apart"):
        compare(A, np.full(15, 0.5), method)


@pytest.mark.parametrize("method", ["cosine", "whitened_cosine"])
def test_cosines_take_a_constant_one_unless_it_is_zero(method) -> None:
    assert 0 < compare(A, np.full(15, 0.5), method) < 1
    with pytest.raises(ValueError, match=r"`a` is constant: every pair of stimuli is 0 apart"):
        compare(np.zeros(15), A, method)


def test_what_is_no_rdm_is_refused_by_name() -> None:
    crooked = A.matrix.copy()
    crooked[0, 1] = 7
    with pytest.raises(ValueError, match="`b` is not symmetric"):
        compare(A, crooked)
    with pytest.raises(ValueError, match="`a` has NaN or infinity"):
        compare(np.full(15, np.nan), B)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`method='kendall'` is unknown\. Accepted are 'tau_a', 'tau_b'"):
        compare(A, B, "kendall")
