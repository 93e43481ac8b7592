import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.widgets.rdms.rdm_order import ORDERS, groups_in, triangle

LABELS = ["face", "house", "face", "car", "house", "face"]


def two_clusters():
    """Give the RDM of six stimuli of which 0, 2, 4 and 1, 3, 5 are alike."""
    kinds = np.array([0, 1] * 3)
    square = (kinds[:, None] != kinds) + 0.1 * (1 - np.eye(6))
    return square[np.triu_indices(6, 1)]


@pytest.mark.parametrize("order", ORDERS)
@given(seed=st.integers(0, 50))
def test_every_order_shows_each_stimulus_once(order, seed):
    brain, model = np.random.default_rng(seed).random((2, 15))
    assert sorted(ORDERS[order](LABELS, brain, model)) == list(range(6))


def test_categories_stand_together_in_the_order_in_which_they_first_come():
    rows = ORDERS["by category"](LABELS, None, None)
    assert [LABELS[row] for row in rows] == ["face"] * 3 + ["house"] * 2 + ["car"]
    assert rows.tolist() == [0, 2, 5, 1, 4, 3]
    assert ORDERS["as given"](LABELS, None, None).tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("order", "place"), [("by likeness in the brain", 0), ("by likeness in the model", 1)])
def test_what_is_alike_stands_together(order, place):
    vectors = [np.random.default_rng(0).random(15)] * 2
    vectors[place] = two_clusters()
    rows = ORDERS[order](LABELS, *vectors)
    assert {frozenset(rows[:3]), frozenset(rows[3:])} == {frozenset([0, 2, 4]), frozenset([1, 3, 5])}


def test_an_rdm_that_is_not_defined_puts_nothing_together():
    assert ORDERS["by likeness in the model"](LABELS, two_clusters(), np.full(15, np.nan)).tolist() == list(range(6))


def test_groups_are_neighbours_with_one_label():
    assert [(group.name, group.start, group.stop) for group in groups_in(["a", "a", "b", "c", "c"])] == [
        ("a", 0, 2),
        ("b", 2, 3),
        ("c", 3, 5),
    ]
    assert groups_in(["a", "b", "a"]) == []
    assert groups_in(["", ""]) == []


@given(st.permutations(range(6)), st.integers(2, 6))
def test_the_triangle_of_some_stimuli_in_another_order_is_that_of_the_rdm(order, n):
    rdm = Rdm(np.random.default_rng(0).random(15))
    rows = np.array(order[:n])
    expected = rdm.matrix[np.ix_(rows, rows)][np.triu_indices(n, 1)]
    np.testing.assert_array_equal(triangle(rdm.vector, rows), expected)
