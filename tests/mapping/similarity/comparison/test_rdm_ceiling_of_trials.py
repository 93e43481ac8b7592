"""The ceiling of one animal's recordings: halves of its trials in the place of subjects."""

import sys
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, rankdata

from hcnn_widgets.mapping.noise.reliability import halves_per_stimulus
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.half_rdms import half_rdms
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm

IDS = [f"image{row:02d}" for row in range(24)]


def recorded(noise: float = 1.0, n_trials: int = 6, seed: int = 0) -> tuple[np.ndarray, RecordingSet]:
    """Give a signal of 5 dimensions at 20 sites, and noisy trials of it."""
    rng = np.random.default_rng(seed)
    signal = rng.normal(size=(24, 5)) @ rng.normal(size=(5, 20)) / np.sqrt(5)
    return signal, RecordingSet(signal + noise * rng.normal(size=(n_trials, 24, 20)), IDS, area="V4")


def uneven(recordings: RecordingSet, signal: np.ndarray, what: str, fold: float, seed: int) -> RecordingSet:
    """Let stimuli differ so many times in the standard deviation of their noise, or 4-fold in their trials."""
    rng = np.random.default_rng(seed)
    responses = recordings.responses.copy()
    if what == "noise":
        spread = fold ** rng.uniform(-0.5, 0.5, size=(24, 1))
        responses = signal + spread * (responses - signal)
    if what == "trials":
        few = rng.permutation(24) < 12
        responses[len(responses) // 4 :, few] = np.nan
    return replace(recordings, responses=responses)


@cache
def uneven_trials(what: str, noise: float, seed: int) -> tuple[np.ndarray, RecordingSet]:
    signal, recordings = recorded(noise, n_trials=16, seed=seed)
    return signal, uneven(recordings, signal, what, 7, seed)


@cache
def kept_halves(what: str, noise: float, seed: int, distance: str, n_splits: int) -> list[Any]:
    """Give the RDMs of halves, which hang on no way to compare them: all ways here share them."""
    return list(half_rdms(uneven_trials(what, noise, seed)[1], distance, n_splits))


@pytest.mark.no_cover  # what is drawn again and again here runs once in the tests below
@pytest.mark.parametrize("method", ["tau_a", "rho_a", "spearman", "pearson"])
@pytest.mark.parametrize("distance", ["correlation", "cosine", "crossnobis"])
@pytest.mark.parametrize("noise", [0.5, 1.5, 3.0])
@pytest.mark.parametrize("what", ["even", "noise", "trials"])
def test_a_perfect_model_lies_within_the_band(method, distance, noise, what, monkeypatch) -> None:
    perfect, lower, upper = [], [], []
    for seed in range(6):
        signal, recordings = uneven_trials(what, noise, seed)
        kept = partial(kept_halves, what, noise, seed)
        monkeypatch.setattr(sys.modules[rdm_ceiling.__module__], "half_rdms", lambda _, *how, kept=kept: kept(*how))
        true = rdm(signal, "euclidean" if distance == "crossnobis" else distance, stimulus_ids=IDS)
        perfect.append(compare(true, rdm(recordings, distance), method))
        ceiling = rdm_ceiling(recordings, method, distance=distance)
        lower.append(ceiling.lower)
        upper.append(ceiling.upper)
    above = 0.05 if distance == "crossnobis" else 0.01
    assert np.mean(lower) < np.mean(perfect) < np.mean(upper) + above


@pytest.mark.parametrize("distance", ["correlation", "cosine"])
@pytest.mark.parametrize(("fold", "within"), [(3, True), (50, False)])
def test_stimuli_that_share_their_pattern_may_differ_in_noise_but_not_by_much(distance, fold, within) -> None:
    perfect, lower = [], []
    for seed in range(6):
        signal, recordings = recorded(1.5, seed=seed)
        shared = 2 * np.random.default_rng(100 + seed).normal(size=20)
        recordings = replace(recordings, responses=recordings.responses + shared)
        recordings = uneven(recordings, signal + shared, "noise", fold, seed)
        perfect.append(compare(rdm(signal + shared, distance, stimulus_ids=IDS), rdm(recordings, distance)))
        ceiling = rdm_ceiling(recordings, distance=distance)
        lower.append(ceiling.lower)
        assert ceiling.convention.endswith("; too high where noise differs much between stimuli")
    assert (np.mean(lower) < np.mean(perfect)) == within


@pytest.mark.parametrize("distance", ["euclidean", "mahalanobis", "poisson", "seuclidean"])
@pytest.mark.parametrize("method", list(COMPARISONS))
def test_distances_that_noise_lifts_are_refused(method, distance) -> None:
    words = f"`distance='{distance}'` has no ceiling.*noise lifts.*Accepted with method='{method}' are 'crossnobis'"
    with pytest.raises(ValueError, match=words):
        rdm_ceiling(recorded()[1], method, distance=distance)


@pytest.mark.parametrize("method", ["cosine", "whitened_cosine"])
def test_the_cosines_of_cross_validated_distances_are_as_good_and_those_of_others_are_refused(method) -> None:
    signal, recordings = recorded(3.0, n_trials=8)
    ceiling = rdm_ceiling(recordings, method, distance="crossnobis")
    perfect = compare(rdm(signal, "euclidean", stimulus_ids=IDS), rdm(recordings, "crossnobis"), method)
    assert ceiling.lower < perfect < ceiling.upper
    for distance in ("correlation", "cosine"):
        with pytest.raises(ValueError, match=rf"`distance='{distance}'`.*Accepted with method=.* are 'crossnobis'\.$"):
            rdm_ceiling(recordings, method, distance=distance)


@pytest.mark.parametrize("distance", ["correlation", "cosine", "crossnobis"])
def test_it_is_the_band_of_the_rdms_of_masked_recordings(distance) -> None:
    _, recordings = recorded(n_trials=9)
    responses = recordings.responses.copy()
    responses[2, 3] = responses[7, 5] = np.nan
    recordings = replace(recordings, responses=responses)
    expected = []
    for halves in halves_per_stimulus(recordings, 10):
        parts = (np.where(half[:, :, np.newaxis], responses, np.nan) for half in halves)
        one, other = (rdm(replace(recordings, responses=part), distance) for part in parts)
        pool = rankdata(one.vector) + rankdata(other.vector)
        expected.append((compare(one, other), (compare(pool, one.vector) + compare(pool, other.vector)) / 2))
    ceiling = rdm_ceiling(recordings, distance=distance)
    assert [ceiling.lower, ceiling.upper] == pytest.approx(np.mean(expected, axis=0).tolist())


def test_trials_that_say_the_same_have_a_ceiling_of_1_and_mere_noise_has_a_lower_end_of_0() -> None:
    signal, recordings = recorded()
    alike = rdm_ceiling(replace(recordings, responses=np.repeat(signal[np.newaxis], 4, axis=0)))
    assert [alike.lower, alike.upper] == pytest.approx([1, 1])
    noise = np.random.default_rng(1).normal(size=(6, 24, 20))
    assert rdm_ceiling(replace(recordings, responses=noise)).lower == pytest.approx(0, abs=0.1)


@settings(max_examples=10, deadline=None)
@given(st.permutations(IDS), st.floats(0.1, 10), st.floats(-5, 5))
def test_the_order_of_stimuli_and_the_unit_do_not_matter(ids, scale, shift) -> None:
    _, recordings = recorded()
    other = replace(recordings, responses=scale * recordings.responses + shift).select(ids)
    expected, found = rdm_ceiling(recordings, "spearman"), rdm_ceiling(other, "spearman")
    assert [found.lower, found.upper] == pytest.approx([expected.lower, expected.upper])


@pytest.mark.no_cover
def test_missing_trials_are_left_out_of_the_halves_that_they_are_in() -> None:
    trials = np.random.default_rng(0).normal(size=(3, 6, 8))
    trials[1, 0] = trials[2, 1:] = np.nan
    # Two trials of each stimulus, so that a half is one of them: for the first stimulus the first or the third.
    pairs = [(trials[0, row], trials[1 if row else 2, row]) for row in range(6)]
    lower = []
    for first in np.ndindex(2, 2, 2, 2, 2, 2):
        halves = [[pair[half ^ way] for pair, way in zip(pairs, first, strict=True)] for half in (0, 1)]
        one, other = (1 - np.corrcoef(half)[np.triu_indices(6, 1)] for half in halves)
        lower.append(kendalltau(one, other).statistic)
    recordings = RecordingSet(trials, IDS[:6], area="V4")
    (found,) = half_rdms(recordings, "correlation", 1)
    assert kendalltau(*found).statistic in [pytest.approx(one) for one in lower]
    ceilings = [compare(*two) for two in half_rdms(recordings, "correlation", 2000)]
    assert np.mean(ceilings) == pytest.approx(np.mean(lower), abs=4 * np.std(lower) / np.sqrt(2000))


def test_it_says_its_convention() -> None:
    of_correlation, of_crossnobis = (rdm_ceiling(recorded()[1], distance=one) for one in ("correlation", "crossnobis"))
    words = "RDMs of 10 random halves of each stimulus's trials; pool: mean of ranks"
    assert of_crossnobis.convention == f"Kendall's tau_A; crossnobis {words}"
    assert of_correlation.convention == (
        f"Kendall's tau_A; correlation {words}; too high where noise differs much between stimuli"
    )
    assert (of_crossnobis.n_subjects, np.isnan(of_crossnobis.bound)) == (1, True)


def test_a_stimulus_that_is_silent_in_one_half_is_named() -> None:
    _, recordings = recorded(n_trials=2)
    responses = recordings.responses.copy()
    responses[0, 7] = 0
    silent = replace(recordings, responses=responses)
    words = "in one half of the trials, for 1 stimuli: image07. Accepted for distance='{}' are patterns that vary"
    with pytest.raises(ValueError, match="`recordings` have patterns without variance.*" + words.format("correlation")):
        rdm_ceiling(silent)
    with pytest.raises(ValueError, match="`recordings` have patterns of zeros only.*" + words.format("cosine")):
        rdm_ceiling(silent, distance="cosine")


def test_trials_without_noise_and_two_stimuli_are_refused_by_the_name_of_the_recordings() -> None:
    signal, recordings = recorded()
    alike = replace(recordings, responses=np.repeat(signal[np.newaxis], 4, axis=0))
    with pytest.raises(
        ValueError, match=r"`recordings` have no noise in one half of the trials. Accepted .*; received"
    ):
        rdm_ceiling(alike, distance="crossnobis")
    with pytest.raises(ValueError, match=r"`recordings` has too few stimuli. Accepted are 3 or more; received 2"):
        rdm_ceiling(recordings.select(IDS[:2]))


@pytest.mark.parametrize(("n_trials", "distance", "fewest"), [(1, "correlation", 2), (3, "crossnobis", 4)])
def test_too_few_trials_are_refused(n_trials, distance, fewest) -> None:
    _, recordings = recorded(n_trials=n_trials)
    words = f"too few trials to halve. Accepted are {fewest} or more of each stimulus.*; received {n_trials} of image00"
    with pytest.raises(ValueError, match=words):
        rdm_ceiling(recordings, distance=distance)


def test_a_distance_beside_rdms_and_recordings_in_time_are_refused() -> None:
    with pytest.raises(ValueError, match=r"`distance` is for recordings.*Accepted beside RDMs is None; received 'cos"):
        rdm_ceiling([[1, 2, 3], [1, 3, 2]], distance="cosine")
    binned = TimeResolvedRecordings(np.zeros((2, 2, 3, 3)), [(0, 50), (50, 100)], ["a", "b", "c"], "IT")
    with pytest.raises(
        TypeError, match="Accepted is a sequence of two or more, or a RecordingSet with trials; received"
    ):
        rdm_ceiling(binned)


def test_a_ceiling_of_simulated_trials_says_so() -> None:
    made_up = replace(recorded()[1], simulated=True)
    limit = rdm_ceiling(made_up)
    assert limit.simulated
    assert repr(limit).endswith("; the recordings are simulated)")
    assert not rdm_ceiling(recorded()[1]).simulated
