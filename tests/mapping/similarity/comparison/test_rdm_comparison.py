from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008 import kriegeskorte2008
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = ["cat", "dog", "car", "cup", "cow"]


def random_rdm(seed, ids=IDS):
    return Rdm(np.random.default_rng(seed).random(len(ids) * (len(ids) - 1) // 2), ids)


def vectors(*seeds):
    return np.array([random_rdm(seed).vector for seed in seeds])


BRAIN = {"EVC": [random_rdm(0), random_rdm(1), random_rdm(2)], "IT": random_rdm(3)}


@pytest.mark.parametrize("method", COMPARISONS)
def test_every_area_is_compared_with_every_subject(method):
    scores = RdmComparison(BRAIN).scores(("V1", "V2"), vectors(7, 8), "correlation", method)
    expected = [[compare(random_rdm(model), subject, method) for subject in BRAIN["EVC"]] for model in (7, 8)]
    np.testing.assert_allclose(scores.per_subject[0], expected)
    np.testing.assert_allclose(scores.value[0], np.mean(expected, axis=1))
    np.testing.assert_allclose(scores.error[0], np.std(expected, axis=1, ddof=1) / np.sqrt(3))
    np.testing.assert_allclose(scores.value[1, 0], compare(random_rdm(7), BRAIN["IT"], method))
    assert np.isnan(scores.error[1]).all()


def test_an_rdm_that_is_not_defined_has_no_score():
    rows = vectors(7, 8, 9)
    rows[0] = np.nan
    rows[1] = 0.5
    scores = RdmComparison(BRAIN).scores(("V1", "V2", "IT"), rows, "correlation", "tau_a")
    assert np.isnan(scores.value[:, :2]).all()
    assert np.isfinite(scores.value[:, 2]).all()
    by_cosine = RdmComparison(BRAIN).scores(("V1", "V2", "IT"), rows, "correlation", "cosine").value
    assert np.isfinite(by_cosine).tolist() == [[False, True, True]] * 2
    assert by_cosine[1, 1] == pytest.approx(compare(rows[1], BRAIN["IT"].vector, "cosine"))


def test_progress_is_told_comparison_by_comparison():
    told = []
    RdmComparison(BRAIN).scores(("V1", "V2"), vectors(7, 8), "x", "tau_a", lambda *both: told.append(both))
    assert told == [(done, 8) for done in range(1, 9)]


def test_ceilings_and_other_models_are_worked_out_once():
    comparison = RdmComparison(BRAIN, {"animacy": random_rdm(5), "pixels": random_rdm(6).matrix})
    assert not comparison.knows("correlation", "tau_a")
    ceiling, reason = comparison.ceilings("correlation", "tau_a")
    expected = rdm_ceiling(BRAIN["EVC"])
    assert (ceiling.lower, ceiling.upper, ceiling.bound) == (expected.lower, expected.upper, expected.bound)
    assert reason == "one RDM"
    assert comparison.knows("correlation", "tau_a")
    assert comparison.ceilings("correlation", "tau_a")[0] is ceiling
    scores = comparison.reference_scores("correlation", "tau_a")
    assert scores.names == ("animacy", "pixels")
    np.testing.assert_allclose(scores.value[1], [compare(random_rdm(seed), BRAIN["IT"]) for seed in (5, 6)])
    assert list(comparison.references) == ["animacy", "pixels"]


def test_a_brain_area_among_the_other_models_is_not_compared_with_itself():
    value = RdmComparison(BRAIN, {"one": random_rdm(5), "IT": BRAIN["IT"]}).reference_scores("x", "tau_a").value
    assert np.isfinite(value).tolist() == [[True, True], [True, False]]


def test_without_other_models_there_are_none():
    scores = RdmComparison(BRAIN).reference_scores("correlation", "tau_a")
    assert (scores.names, scores.value.shape) == ((), (2, 0))


@settings(max_examples=20, deadline=None)
@given(st.permutations(IDS))
def test_other_models_are_joined_by_id(order):
    one = random_rdm(5).select(order)
    comparison = RdmComparison(BRAIN, {"one": one})
    np.testing.assert_array_equal(comparison.references["one"].vector, random_rdm(5).vector)


def test_recordings_follow_the_distance_and_what_was_given_as_it_is_counts_with_correlation(make_recordings):
    recordings = make_recordings(n_stimuli=8)
    comparison = RdmComparison(recordings)
    for distance, meant in {"euclidean": "euclidean", "as given": "correlation"}.items():
        np.testing.assert_array_equal(comparison.brains(distance)[0].mean.vector, rdm(recordings, meant).vector)


def test_recordings_have_the_ceiling_of_halves_of_their_trials_by_the_distance_that_is_compared(make_recordings):
    recordings = make_recordings(n_stimuli=8)
    comparison = RdmComparison([recordings, replace(recordings, responses=recordings.responses[:1])])
    for distance in ("correlation", "cosine"):
        ceiling, reason = comparison.ceilings(distance, "tau_a")
        expected = rdm_ceiling(recordings, distance=distance)
        assert (ceiling.lower, ceiling.upper) == (expected.lower, expected.upper)
        assert reason == "one trial"
        assert comparison.ceilings(distance, "tau_a")[0] is ceiling
    assert comparison.ceilings("euclidean", "tau_a") == ["noise lifts this distance", "one trial"]


def test_some_of_the_stimuli_are_compared_alone_and_their_ceilings_worked_out_once():
    comparison = RdmComparison(BRAIN, {"one": random_rdm(5)})
    ids = np.array(["cow", "cat", "car"])
    part = comparison.part(ids, "correlation")
    assert part.stimulus_ids.tolist() == ids.tolist()
    subjects = [one.select(ids) for one in BRAIN["EVC"]]
    assert part.ceilings("correlation", "spearman")[0].lower == rdm_ceiling(subjects, "spearman").lower
    expected = np.mean([compare(random_rdm(5).select(ids), one, "spearman") for one in subjects])
    assert part.reference_scores("correlation", "spearman").value[0, 0] == pytest.approx(expected)
    assert comparison.part(ids, "correlation") is part
    assert comparison.part(ids, "cosine") is not part
    assert comparison.part(ids[::-1], "correlation").stimulus_ids.tolist() == ids[::-1].tolist()


def test_an_unknown_method_and_models_without_a_stimulus_are_refused():
    with pytest.raises(ValueError, match=r"`method='tau'` is unknown. Accepted are 'tau_a'"):
        RdmComparison(BRAIN).scores(("V1",), vectors(7), "correlation", "tau")
    with pytest.raises(ValueError, match=r"`rdm` lacks 1 of 5 ids"):
        RdmComparison(BRAIN, {"one": random_rdm(5, ["cat", "dog", "car", "cup"])})


def test_the_same_rdms_have_the_same_fingerprint_and_others_another():
    prints = [
        RdmComparison(BRAIN).fingerprint,
        RdmComparison(BRAIN, {"one": random_rdm(5)}).fingerprint,
        RdmComparison({"EVC": BRAIN["EVC"]}).fingerprint,
        RdmComparison({"V1": BRAIN["EVC"]}).fingerprint,
    ]
    assert len(set(prints)) == 4
    assert RdmComparison(dict(BRAIN)).fingerprint == prints[0]


def test_recordings_with_the_same_mean_and_other_trials_have_another_fingerprint(make_recordings):
    recordings = make_recordings(n_stimuli=8)
    mean = replace(recordings, responses=recordings.mean_over_trials()[np.newaxis])
    brains = [recordings, mean, {"IT": rdm(mean)}]
    np.testing.assert_allclose(*(RdmComparison(one).brains()[0].vectors for one in brains[:2]))
    assert len({RdmComparison(one).fingerprint for one in brains}) == 3
    assert RdmComparison(replace(recordings)).fingerprint == RdmComparison(recordings).fingerprint


def test_the_92_images_have_the_published_ceiling_and_their_models_scores(data_folder):
    comparison = RdmComparison(kriegeskorte2008(data_folder))
    scores = comparison.reference_scores("correlation", "tau_a")
    assert dict(zip(scores.names, scores.value[0], strict=True))["animacy"] == pytest.approx(0.223028, abs=1e-6)
    ceiling = comparison.ceilings("correlation", "tau_a")[0]
    assert (ceiling.lower, ceiling.upper) == (pytest.approx(0.253943879610), pytest.approx(0.476654416696))
