import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.live.given_rdms import GivenRdms
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = ["cat", "dog", "car", "cup"]


def random_rdm(seed, **fields):
    return Rdm(np.random.default_rng(seed).random(6), IDS, **fields)


@pytest.fixture
def comparison():
    return RdmComparison({"IT": [random_rdm(0), random_rdm(1)]})


@given(st.permutations(IDS))
def test_given_rdms_are_joined_by_id_and_compared_exactly(order):
    comparison = RdmComparison({"IT": [random_rdm(0), random_rdm(1)]})
    one = random_rdm(5, distance="cosine").select(order)
    held = GivenRdms({"conv1": one, "conv2": random_rdm(6, distance="cosine")}, comparison)
    assert held.distances == ("cosine",)
    scores = held.compared.of(held.latest, "cosine", "tau_a")
    assert scores.per_subject[0][0].tolist() == [compare(one, subject) for subject in (random_rdm(0), random_rdm(1))]


def test_matrices_are_taken_to_be_in_the_order_of_the_brain(comparison):
    held = GivenRdms({"conv1": random_rdm(5).matrix}, comparison)
    np.testing.assert_array_equal(held.latest.vectors["as given"][0], random_rdm(5).vector)
    assert held.history == [held.latest]
    assert (held.alive, held.error, held.untrained, held.latest.final) == (False, None, None, True)
    held.close()
    assert not held.alive


def test_rdms_of_several_distances_or_of_none_are_as_given(comparison):
    mixed = {"a": random_rdm(5, distance="cosine"), "b": random_rdm(6, distance="euclidean")}
    assert GivenRdms(mixed, comparison).distances == ("as given",)
    assert GivenRdms({"a": random_rdm(5, distance="my own")}, comparison).distances == ("as given",)


def test_no_area_and_an_area_without_a_stimulus_are_refused(comparison):
    with pytest.raises(ValueError, match=r"`source` names no model area. Accepted is one or more; received an empty"):
        GivenRdms({}, comparison)
    with pytest.raises(ValueError, match=r"`rdm` lacks 1 of 4 ids"):
        GivenRdms({"a": Rdm([1, 2, 3], IDS[:3])}, comparison)
