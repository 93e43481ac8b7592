"""The ceiling of one animal's recordings: halves of its trials in the place of subjects."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.similarity.compare import compare
from hcnn_widgets.mapping.similarity.rdm import rdm
from hcnn_widgets.mapping.similarity.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.time_resolved_recordings import TimeResolvedRecordings

IDS = [f"image{row:02d}" for row in range(24)]


def recorded(noise: float = 1.0, n_trials: int = 6, seed: int = 0) -> tuple[np.ndarray, RecordingSet]:
    """Give a signal of 5 dimensions at 20 sites, and noisy trials of it."""
    rng = np.random.default_rng(seed)
    signal = rng.normal(size=(24, 5)) @ rng.normal(size=(5, 20)) / np.sqrt(5)
    return signal, RecordingSet(signal + noise * rng.normal(size=(n_trials, 24, 20)), IDS, area="V4")


@pytest.mark.parametrize("method", ["tau_a", "rho_a", "spearman", "pearson"])
@pytest.mark.parametrize("distance", ["correlation", "euclidean"])
@pytest.mark.parametrize("noise", [0.5, 1.5, 3.0])
def test_a_perfect_model_lies_within_the_band(method, distance, noise) -> None:
    perfect, lower, upper = [], [], []
    for seed in range(6):
        signal, recordings = recorded(noise, seed=seed)
        true = rdm(signal, distance, stimulus_ids=IDS)
        perfect.append(compare(true, rdm(recordings, distance), method))
        ceiling = rdm_ceiling(recordings, method, distance=distance)
        lower.append(ceiling.lower)
        upper.append(ceiling.upper)
    assert np.mean(lower) < np.mean(perfect) < np.mean(upper) + 0.01


def test_the_cosines_of_cross_validated_distances_are_as_good_and_those_of_others_are_refused() -> None:
    signal, recordings = recorded(3.0, n_trials=8)
    ceiling = rdm_ceiling(recordings, "cosine", distance="crossnobis")
    perfect = compare(rdm(signal, "euclidean", stimulus_ids=IDS), rdm(recordings, "crossnobis"), "cosine")
    assert ceiling.lower < perfect < ceiling.upper
    with pytest.raises(
        ValueError, match=r"takes the noise for likeness.*Accepted.*'crossnobis'.*; received 'euclidean'"
    ):
        rdm_ceiling(recordings, "whitened_cosine", distance="euclidean")


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


def test_missing_trials_are_left_out_of_the_halves_that_they_are_in() -> None:
    _, recordings = recorded()
    longer = np.concatenate([recordings.responses, np.full((1, 24, 20), np.nan)])
    longer[6, 0] = longer[0, 0]
    longer[0, 0] = np.nan
    ceiling = rdm_ceiling(replace(recordings, responses=longer))
    assert 0 < ceiling.lower < ceiling.upper < 1


def test_it_says_its_convention() -> None:
    ceiling = rdm_ceiling(recorded()[1])
    assert ceiling.convention == (
        "Kendall's tau_A; RDMs of 10 random halves of each stimulus's trials; pool: mean of ranks"
    )
    assert (ceiling.n_subjects, np.isnan(ceiling.bound)) == (1, True)


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
