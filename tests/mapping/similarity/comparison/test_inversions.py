import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.comparison.inversions import inversions


def slowly(places: np.ndarray) -> int:
    return sum(int(np.count_nonzero(places[:at] > places[at])) for at in range(len(places)))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200).flatmap(lambda k: st.permutations(range(k))))
def test_it_counts_what_a_slow_loop_counts(places) -> None:
    assert inversions(np.array(places, dtype=int)) == slowly(np.array(places, dtype=int))


@pytest.mark.parametrize("k", [32, 63, 64, 65, 1023, 1024, 1025, 2047, 2048, 2049, 33_000])
def test_it_counts_right_where_levels_and_chunks_begin_and_end(k) -> None:
    places = np.random.default_rng(k).permutation(k)
    assert inversions(places) == slowly(places)


@pytest.mark.parametrize("k", [1, 31, 1000, 40_000])
def test_order_has_none_and_its_reverse_has_all(k) -> None:
    assert inversions(np.arange(k)) == 0
    assert inversions(np.arange(k)[::-1]) == k * (k - 1) // 2


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(50)))
def test_a_permutation_and_its_reverse_share_all_pairs(places) -> None:
    there, back = np.array(places), np.array(places)[::-1]
    assert inversions(there) + inversions(back) == 50 * 49 // 2
