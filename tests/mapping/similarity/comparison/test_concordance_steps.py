import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.concordance_steps import concordance_steps
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = ["cat", "dog", "car", "cup"]


def test_every_pair_of_pairs_comes_in_order_with_its_verdict_and_the_count_so_far() -> None:
    counted = concordance_steps(Rdm([1, 2, 3], IDS[:3]), Rdm([1, 3, 3], IDS[:3]))
    assert [(step.first, step.second) for step in counted.steps] == [
        (("cat", "dog"), ("cat", "car")),
        (("cat", "dog"), ("dog", "car")),
        (("cat", "car"), ("dog", "car")),
    ]
    assert [(step.verdict, step.count) for step in counted.steps] == [(1, 1), (1, 2), (0, 2)]
    assert (counted.steps[1].in_a, counted.steps[1].in_b) == ((1, 3), (1, 3))
    assert [str(step) for step in counted.steps][2] == "cat-car against dog-car: tied (+0), count 2"
    assert (counted.count, len(counted), counted.number_of(1), counted.number_of(0)) == (2, 3, 2, 1)


def test_discordant_pairs_count_down() -> None:
    counted = concordance_steps([1, 2, 3], [3, 2, 1])
    assert str(counted.steps[0]) == "0-1 against 0-2: discordant (-1), count -1"
    assert repr(counted) == "ConcordanceSteps(0 concordant, 3 discordant, 0 tied; tau_A = -3 / 3 = -1.000)"


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 6), st.integers(0, 1000), st.sampled_from([2, 5, 1000]))
def test_the_last_count_is_tau_a(n, seed, n_values) -> None:
    a, b = np.random.default_rng(seed).integers(n_values, size=(2, n * (n - 1) // 2)).astype(np.float64)
    assume(np.ptp(a) > 0 and np.ptp(b) > 0)
    assert concordance_steps(a, b).tau_a == pytest.approx(compare(a, b), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.permutations(IDS))
def test_rdms_are_joined_by_id(order) -> None:
    a, b = Rdm([1, 2, 3, 4, 5, 6], IDS), Rdm([2, 1, 3, 4, 6, 5], IDS)
    assert concordance_steps(a, b.select(order)) == concordance_steps(a, b)


def test_more_than_anybody_counts_is_refused() -> None:
    rdm = Rdm(np.arange(78), [f"image{number}" for number in range(13)])
    with pytest.raises(ValueError, match=r"too many stimuli to count by hand\. Accepted are 3 to 12; received 13"):
        concordance_steps(rdm, rdm)
