import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.rdm_moment import RdmMoment, model_distances, rdm_moment, thinned
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm

IDS = ["cat", "dog", "car", "cup"]


def activations(seed=0, n_units=6):
    rng = np.random.default_rng(seed)
    return ActivationSet({"V1": rng.random((4, n_units)), "IT": rng.random((4, n_units + 3))}, IDS)


@pytest.mark.parametrize("distance", model_distances())
def test_a_moment_holds_the_rdm_of_every_area(distance):
    shown = activations()
    moment = rdm_moment(shown, step=7)
    assert (moment.step, moment.areas, moment.final, moment.notes) == (7, ("V1", "IT"), False, {})
    expected = [rdm(shown, distance, area=area).vector for area in moment.areas]
    np.testing.assert_allclose(moment.vectors[distance], expected, rtol=1e-6)


def test_the_last_moment_is_kept_exactly_and_the_others_in_half_the_room():
    shown = activations()
    last, other = rdm_moment(shown, final=True), rdm_moment(shown)
    np.testing.assert_array_equal(last.vectors["cosine"][1], rdm(shown, "cosine", area="IT").vector)
    assert other.vectors["cosine"].dtype == np.float32
    assert (last.n_bytes, other.n_bytes) == (3 * 2 * 6 * 8, 3 * 2 * 6 * 4)


def test_patterns_without_variance_leave_an_area_without_an_rdm_and_a_note_says_so():
    flat = np.ones((4, 6))
    flat[2:] = np.random.default_rng(0).random((2, 6))
    one = np.random.default_rng(1).random((4, 6))
    one[3] = 0
    moment = rdm_moment(ActivationSet({"V1": flat, "V2": one, "IT": one + 1}, IDS))
    assert np.isnan(moment.vectors["correlation"][:2]).all()
    assert np.isfinite(moment.vectors["euclidean"]).all()
    assert np.isfinite(moment.vectors["cosine"][0]).all()
    assert moment.notes == {
        "V1": "2 images leave V1 without variance over channels",
        "V2": "1 image leaves V2 without variance over channels",
        "IT": "1 image leaves IT without variance over channels",
    }


@given(st.integers(0, 50), st.floats(0.1, 10), st.permutations(IDS))
def test_scaling_and_reordering_units_and_stimuli_change_nothing_but_the_order(seed, factor, order):
    shown = activations(seed)
    rng = np.random.default_rng(seed)
    scaled = ActivationSet(
        {area: factor * shown[area][:, rng.permutation(shown[area].shape[1])] for area in shown}, IDS
    )
    before = rdm_moment(shown, distances=("correlation",)).vectors["correlation"]
    after = rdm_moment(scaled.select(order), distances=("correlation",)).vectors["correlation"]
    pairs = {frozenset(pair): place for place, pair in enumerate(all_pairs(IDS))}
    places = [pairs[frozenset(pair)] for pair in all_pairs(order)]
    np.testing.assert_allclose(after, before[:, places], atol=1e-5)


def all_pairs(names):
    return [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]


def test_every_distance_of_a_model_is_one_of_the_distances():
    assert set(model_distances()) <= set(DISTANCES)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=80, unique=True).map(sorted), st.integers(1, 20))
def test_thinning_keeps_the_first_the_newest_and_the_order(steps, limit):
    moments = [RdmMoment(step, (), {}) for step in steps]
    kept = [moment.step for moment in thinned(moments, limit)]
    assert len(kept) == min(len(steps), max(2, limit))
    assert (kept[0], kept[-1]) == (steps[0], steps[-1])
    assert kept == sorted(kept)
    assert [moment.step for moment in moments] == steps


def test_thinning_one_by_one_stays_even_over_a_long_training():
    history = []
    for step in range(0, 5000, 5):
        history = thinned([*history, RdmMoment(step, (), {})], 16)
    gaps = np.diff([moment.step for moment in history])
    assert len(history) == 16
    assert gaps.max() <= 4.5 * np.median(gaps)
