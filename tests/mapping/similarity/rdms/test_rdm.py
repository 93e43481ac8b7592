import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm

RNG = np.random.default_rng(0)
IDS = [f"image{number}" for number in range(6)]
PATTERNS = RNG.gamma(2, size=(6, 8))
TRIALS = RNG.gamma(2, size=(4, 6, 8))


def test_it_says_what_it_is() -> None:
    made = rdm(PATTERNS, stimulus_ids=IDS, name="mine")
    assert (made.distance, made.name, made.convention) == ("correlation", "mine", DISTANCES["correlation"].words)
    assert made.stimulus_ids.tolist() == IDS
    assert not made.simulated
    assert rdm(PATTERNS).stimulus_ids[5] == "row0005"


@pytest.mark.parametrize("distance", DISTANCES)
def test_every_distance_by_name_of_recordings_with_trials(distance) -> None:
    recordings = RecordingSet(TRIALS, IDS, "V4", source="somebody", simulated=True)
    made = rdm(recordings, distance)
    assert (made.name, made.source, made.simulated, made.distance) == ("V4", "somebody", True, distance)
    np.testing.assert_array_equal(made.vector, rdm(TRIALS, distance).vector)
    whitens = distance in ("mahalanobis", "crossnobis")
    assert ("shrinkage (Ledoit & Wolf 2004)" in made.convention) == whitens


def test_recordings_count_with_the_mean_over_trials() -> None:
    recordings = RecordingSet(TRIALS, IDS, "V4")
    np.testing.assert_allclose(rdm(recordings).vector, rdm(TRIALS.mean(axis=0)).vector, atol=1e-12)
    assert np.abs(rdm(recordings, "crossnobis").vector - rdm(recordings, "mahalanobis").vector).min() > 1e-3


def test_a_model_area_is_named_unless_there_is_one() -> None:
    activations = ActivationSet({"V1": PATTERNS, "IT": PATTERNS[::-1]}, IDS)
    made = rdm(activations, area="IT")
    assert (made.name, made.stimulus_ids.tolist()) == ("IT", IDS)
    np.testing.assert_allclose(made.vector, rdm(PATTERNS[::-1]).vector, atol=1e-6)
    assert rdm(ActivationSet({"top": PATTERNS}, IDS)).name == "top"
    for area in (None, "V3"):
        with pytest.raises(ValueError, match=rf"`area={area!r}` is not one of the model's. Accepted are V1, IT"):
            rdm(activations, area=area)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_stimuli_does_not_matter_to_a_pair(order) -> None:
    shuffled = rdm(PATTERNS[order], stimulus_ids=[IDS[row] for row in order])
    np.testing.assert_allclose(shuffled.select(IDS).vector, rdm(PATTERNS).vector, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_any_kind_of_number_is_taken(dtype) -> None:
    patterns = (10 * PATTERNS).astype(dtype)
    np.testing.assert_allclose(rdm(patterns).vector, rdm(patterns.astype(np.float64)).vector)


def test_a_pattern_without_variance_is_refused_with_its_id() -> None:
    patterns = PATTERNS.copy()
    patterns[3] = 0.7
    with pytest.raises(ValueError, match=r"without variance over channels for 1 stimuli: image3\. .*'euclidean'"):
        rdm(patterns, stimulus_ids=IDS)
    with pytest.raises(ValueError, match="without variance over channels for 1 stimuli: row0003"):
        rdm(patterns)
    assert rdm(patterns, "cosine").vector.min() > 0


def test_an_unknown_distance_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`distance='manhattan'` is unknown\. Accepted are 'correlation', 'eucl"):
        rdm(PATTERNS, "manhattan")


def test_crossnobis_needs_two_trials_of_every_stimulus() -> None:
    with pytest.raises(ValueError, match="two trials or more of every stimulus; received one for 6 of 6 stimuli"):
        rdm(PATTERNS, "crossnobis")
    trials = TRIALS.copy()
    trials[1:, 2] = np.nan
    with pytest.raises(ValueError, match="received one for 1 of 6 stimuli"):
        rdm(RecordingSet(trials, IDS, "V4"), "crossnobis")


def test_mahalanobis_of_single_patterns_needs_a_precision() -> None:
    with pytest.raises(ValueError, match="needs noise to be estimated from"):
        rdm(PATTERNS, "mahalanobis")
    np.testing.assert_allclose(
        rdm(PATTERNS, "mahalanobis", noise_precision=np.eye(8)).vector, rdm(PATTERNS, "euclidean").vector, atol=1e-12
    )
