"""One more distance, comparison or adjustment is new everywhere: in calls, conventions, and what refusals list."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.distance import pdist
from scipy.stats import rankdata

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping import (
    ADJUSTMENTS,
    COMPARISONS,
    DISTANCES,
    Adjustment,
    Comparison,
    Distance,
    Pool,
    Rdm,
    RecordingSet,
    adjusted,
    compare,
    rdm,
    rdm_bootstrap,
    rdm_ceiling,
    rdm_inference,
    reweighted,
)
from hcnn_widgets.mapping.live.at_rest.source import AtRest, GivenActivations
from hcnn_widgets.mapping.live.given_rdms import GivenRdms
from hcnn_widgets.mapping.live.rdm_moment import rdm_moment
from hcnn_widgets.mapping.live.rdms import live_rdms
from hcnn_widgets.mapping.similarity.comparison.area_ceiling import area_ceiling
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import brain_rdms
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

RNG = np.random.default_rng(0)
IDS = [f"{row:02d}" for row in range(12)]
PATTERNS = RNG.normal(size=(12, 5))
TRIALS = PATTERNS + 0.5 * RNG.normal(size=(4, 12, 5))
BRAIN = RecordingSet(TRIALS, IDS, "V4")
TRUTH = RNG.random(66)
SUBJECTS = TRUTH + 0.3 * RNG.random((4, 66))
SUBJECT_RDMS = {"IT": [Rdm(vector) for vector in SUBJECTS]}
MODELS = {"true": TRUTH, "random": RNG.random(66)}


def city_block(trials):
    return pdist(np.nanmean(trials, axis=0), "cityblock") / trials.shape[2]


def halves_agree(x, y):
    """Share of pairs that lie on the same side of the median in both, from -1 to 1."""
    return float(np.mean(np.sign(x - np.median(x)) * np.sign(y - np.median(y))))


@pytest.fixture
def distance(monkeypatch) -> str:
    monkeypatch.setitem(DISTANCES, "city", Distance(city_block, "city block distance / n_channels", "city block / n"))
    return "city"


@pytest.fixture
def method(monkeypatch) -> str:
    ranks = Pool(lambda vector: rankdata(vector), "mean of their ranks")
    monkeypatch.setitem(COMPARISONS, "halves", Comparison(halves_agree, "agreement of halves", ranks))
    return "halves"


def test_a_new_distance_makes_rdms_of_anything(distance) -> None:
    expected = pdist(TRIALS.mean(axis=0), "cityblock") / 5
    made = rdm(BRAIN, distance)
    np.testing.assert_allclose(made.vector, expected)
    assert (made.distance, made.convention) == ("city", "city block distance / n_channels")
    np.testing.assert_allclose(brain_rdms(BRAIN, distance)[0].mean.vector, expected)
    moment = rdm_moment(ActivationSet({"top": PATTERNS}, IDS), final=True)
    assert list(moment.vectors) == ["correlation", "euclidean", "cosine", "city"]
    np.testing.assert_allclose(moment.vectors["city"][0], pdist(PATTERNS, "cityblock") / 5, rtol=1e-6)


def test_rdms_of_a_run_come_by_a_new_distance_and_those_of_an_earlier_one_stay_without(monkeypatch) -> None:
    run, images = AtRest(GivenActivations(ActivationSet({"top": PATTERNS}, IDS))), np.zeros((12, 4, 4, 1), np.float32)
    before = live_rdms(run, BRAIN, StimulusSet(images, IDS))
    monkeypatch.setitem(DISTANCES, "city", Distance(city_block, "city block distance / n_channels", "city block / n"))
    after = live_rdms(run, BRAIN, StimulusSet(images, IDS))
    for live in (before, after):
        live.join(20)
        assert tuple(live.latest.vectors) == live.distances
    assert (before.distances[-1], after.distances[-1]) == ("cosine", "city")
    expected = compare(pdist(PATTERNS, "cityblock"), pdist(TRIALS.mean(axis=0), "cityblock"))
    assert after.compared.of(after.latest, "city", "tau_a").value[0, 0] == pytest.approx(expected)


def test_given_rdms_keep_the_name_of_a_new_distance(distance) -> None:
    given = GivenRdms({"top": rdm(PATTERNS, distance, stimulus_ids=IDS)}, RdmComparison(BRAIN))
    assert given.distances == ("city",)


def test_a_new_distance_that_noise_lifts_has_no_ceiling_and_one_that_it_leaves_has(monkeypatch, distance) -> None:
    with pytest.raises(
        ValueError, match=r"`distance='city'` has no ceiling.*are 'crossnobis', 'correlation', 'cosine'"
    ):
        rdm_ceiling(BRAIN, distance=distance)
    assert area_ceiling(brain_rdms(BRAIN, distance)[0], "tau_a") == "noise lifts this distance"
    monkeypatch.setitem(DISTANCES, distance, replace(DISTANCES[distance], noise="leaves"))
    found = rdm_ceiling(BRAIN, distance=distance)
    assert found.convention.startswith("Kendall's tau_A; city RDMs of 10 random halves")
    assert area_ceiling(brain_rdms(BRAIN, distance)[0], "tau_a").lower == pytest.approx(found.lower)
    with pytest.raises(ValueError, match=r"Accepted with method='cosine' are 'crossnobis', 'city'\."):
        rdm_ceiling(BRAIN, "cosine", distance="correlation")


def test_a_new_distance_across_trials_is_given_them_and_refused_without(monkeypatch, distance) -> None:
    def across(trials):
        return pdist(trials[0]) + pdist(trials[1])

    entry = Distance(
        across, "first and second trial", "1st + 2nd", cross_validated=True, noise="leaves", of_models=False
    )
    monkeypatch.setitem(DISTANCES, distance, entry)
    np.testing.assert_allclose(rdm(BRAIN, distance).vector, pdist(TRIALS[0]) + pdist(TRIALS[1]))
    with pytest.raises(ValueError, match=r"`distance='city'` leaves one trial out\. Accepted are two trials or more"):
        rdm(PATTERNS, distance)
    three = RecordingSet(TRIALS[:3], IDS, "V4")
    with pytest.raises(ValueError, match=r"too few trials to halve\. Accepted are 4 or more.*distance='city'"):
        rdm_ceiling(three, distance=distance)
    assert area_ceiling(brain_rdms(three, distance)[0], "tau_a") == "too few trials"
    assert "city" not in rdm_moment(ActivationSet({"top": PATTERNS}, IDS)).vectors


def test_a_new_whitened_distance_is_given_whitened_trials_and_says_so(monkeypatch, distance) -> None:
    monkeypatch.setitem(DISTANCES, distance, replace(DISTANCES[distance], whitened=True))
    made = rdm(BRAIN, distance, noise_precision="identity")
    np.testing.assert_allclose(made.vector, pdist(TRIALS.mean(axis=0), "cityblock") / 5)
    assert made.convention == "city block distance / n_channels; noise not weighed"


def test_a_new_comparison_compares_everywhere(method) -> None:
    assert compare(TRUTH, SUBJECTS[0], method) == pytest.approx(halves_agree(TRUTH, SUBJECTS[0]))
    pools = [np.mean([rankdata(other) for other in np.delete(SUBJECTS, row, axis=0)], axis=0) for row in range(4)]
    band = rdm_ceiling(SUBJECTS, method)
    assert band.lower == pytest.approx(np.mean([halves_agree(*two) for two in zip(pools, SUBJECTS, strict=True)]))
    assert band.convention == "agreement of halves; 4 subjects; pool: mean of their ranks"
    assert np.isnan(band.bound)
    inferred = rdm_inference(MODELS, SUBJECTS, method)
    assert inferred.ceiling.lower == pytest.approx(band.lower)
    drawn = rdm_bootstrap(MODELS, SUBJECTS, method, n_bootstrap=20)
    assert drawn.values.shape == (20, 2)
    weighed = reweighted([TRUTH, MODELS["random"]], SUBJECTS, method, n_folds=2)
    assert all(one.convention.startswith("agreement of halves; ") for one in (inferred, drawn, weighed))
    trials = rdm_ceiling(BRAIN, method)
    assert trials.convention.startswith("agreement of halves; correlation RDMs of 10 random halves")
    scores = RdmComparison(SUBJECT_RDMS).scores(("true",), TRUTH[np.newaxis], "correlation", method)
    assert scores.per_subject[0][0].tolist() == pytest.approx([halves_agree(TRUTH, one) for one in SUBJECTS])


def test_a_new_comparison_with_a_bound_has_one(monkeypatch, method) -> None:
    monkeypatch.setitem(COMPARISONS, method, replace(COMPARISONS[method], bound=lambda vectors: 0.75))
    assert rdm_ceiling(SUBJECTS, method).bound == 0.75
    assert np.isnan(rdm_ceiling(SUBJECTS, method, bound=False).bound)


def test_a_new_comparison_without_a_pool_compares_and_has_no_ceiling(monkeypatch, method) -> None:
    monkeypatch.setitem(COMPARISONS, method, Comparison(halves_agree, "agreement of halves"))
    words = r"`method='halves'` has no noise ceiling.*Accepted are 'tau_a', .*, 'whitened_cosine'\."
    for refused in (lambda: rdm_ceiling(SUBJECTS, method), lambda: rdm_inference(MODELS, SUBJECTS, method)):
        with pytest.raises(ValueError, match=words):
            refused()
    with pytest.raises(ValueError, match=words):
        rdm_ceiling(BRAIN, method)
    comparison = RdmComparison(SUBJECT_RDMS, {"true": Rdm(TRUTH)})
    assert comparison.ceilings("correlation", method) == ["no pool of subjects for this comparison"]
    assert np.isfinite(comparison.reference_scores("correlation", method).value).all()
    assert np.isfinite(rdm_bootstrap(MODELS, SUBJECTS, method, n_bootstrap=5).values).all()


def test_what_a_new_comparison_cannot_take_is_said_by_the_entry(monkeypatch, method) -> None:
    constant = np.ones(66)
    with pytest.raises(ValueError, match=r"`a` is constant.*Accepted for `method='halves'` are RDMs that tell"):
        compare(constant, TRUTH, method)
    monkeypatch.setitem(COMPARISONS, method, replace(COMPARISONS[method], from_zero=True, each_once=True))
    assert compare(constant, TRUTH, method) == 0
    with pytest.raises(ValueError, match=r"`distance='correlation'` has no ceiling.*are 'crossnobis'\."):
        rdm_ceiling(BRAIN, method)
    words = r"`method='halves'` supposes that every stimulus comes once.*Accepted are 'tau_a', .*; received over='both'"
    with pytest.raises(ValueError, match=words):
        rdm_bootstrap(MODELS, SUBJECTS, method)
    assert np.isfinite(rdm_bootstrap(MODELS, SUBJECTS, method, over="subjects", n_bootstrap=5).values).all()


def test_tau_a_by_another_name_is_drawn_again_as_tau_a_is_and_another_function_of_its_name_is_not(monkeypatch) -> None:
    usual = rdm_bootstrap(MODELS, SUBJECTS, "tau_a", n_bootstrap=20).values
    monkeypatch.setitem(COMPARISONS, "kendall", COMPARISONS["tau_a"])
    np.testing.assert_array_equal(rdm_bootstrap(MODELS, SUBJECTS, "kendall", n_bootstrap=20).values, usual)
    monkeypatch.setitem(COMPARISONS, "tau_a", Comparison(lambda x, y: 0.25, "a quarter"))
    assert (rdm_bootstrap(MODELS, SUBJECTS, "tau_a", n_bootstrap=5).values == 0.25).all()


def test_a_new_adjustment_corrects_and_says_its_words(monkeypatch) -> None:
    entry = Adjustment(lambda p: np.minimum(2 * p, 1), "each p doubled")
    monkeypatch.setitem(ADJUSTMENTS, "twice", entry)
    np.testing.assert_allclose(adjusted([0.1, np.nan, 0.7], "twice"), [0.2, np.nan, 1])
    found, plain = (rdm_inference(MODELS, SUBJECTS, adjustment=name) for name in ("twice", "none"))
    np.testing.assert_allclose(found.p_zero, np.minimum(2 * plain.p_zero, 1))
    assert found.convention.endswith("each p doubled")


def test_refusals_list_new_entries_and_name_the_nearest(distance, method) -> None:
    with pytest.raises(ValueError, match=r"`distance='citi'` is unknown\. Accepted are .*, 'city'; the nearest is 'ci"):
        rdm(BRAIN, "citi")
    with pytest.raises(ValueError, match=r"`method='halve'` is unknown\. Accepted are .*, 'halves'; the nearest is 'h"):
        compare(TRUTH, TRUTH, "halve")
    with pytest.raises(ValueError, match=r"`adjustment='hulm'` is unknown\..*; the nearest is 'holm'\."):
        adjusted([0.1], "hulm")
