from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_in_run import StandInModel, until

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping import live_score as function
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.live.match import LiveMatch
from hcnn_widgets.mapping.live.score import LiveScore
from hcnn_widgets.mapping.prediction.tables.layer_area_match import image_halves, layer_area_match
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

QUICK = {"n_units": 20, "n_stimuli": 30, "interval_s": 0.0, "share": 1.0}


def a_match(*recordings):
    comparisons = live_comparisons(recordings, None, 0)
    return LiveMatch(recordings, comparisons, n_units=100, seed=0), comparisons


def random_recordings(responses, area="V4"):
    n_stimuli = responses.shape[1]
    images = np.random.default_rng(7).random((n_stimuli, 8, 8), dtype=np.float32)
    stimuli = StimulusSet.from_arrays(images, stimulus_ids=[f"image{i:03d}" for i in range(n_stimuli)])
    return RecordingSet(responses, stimuli.stimulus_ids, area=area, stimuli=stimuli)


def test_either_half_is_scored_as_if_the_other_were_not_there() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 8)).astype(np.float32)
    recordings = random_recordings(x @ rng.normal(size=(8, 5)) + rng.normal(size=(3, 60, 5)))
    match, _ = a_match(recordings)
    activations = ActivationSet({"random": rng.normal(size=(60, 8)), "right": x}, recordings.stimulus_ids)
    found = match.score([activations])
    halves = [live_comparisons([half], None, 0)[0] for half in image_halves(recordings, 0)]
    for half, value, error in zip(
        halves, (found.choosing, found.reporting), (found.choosing_error, found.reporting_error), strict=True
    ):
        expected = half.score(activations.select(half.stimuli.stimulus_ids))
        np.testing.assert_array_equal(value, expected[0])
        np.testing.assert_array_equal(error, expected[1])
    assert found.chosen == ("right",)
    assert (found.n_choosing.tolist(), found.n_reporting.tolist(), found.n_sites.tolist()) == ([30], [30], [5])
    assert 0 < found.reliability[0] < 1
    assert "on 30 images" in found.convention
    assert repr(found).count("reliability") == 1, "the ceiling's convention is said once"


@settings(max_examples=15, deadline=None)
@given(scale=st.floats(0.01, 100.0), shift=st.floats(-50.0, 50.0), seed=st.integers(0, 9))
def test_neither_the_unit_of_a_recording_nor_the_order_of_its_images_changes_a_match(scale, shift, seed) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(40, 6)).astype(np.float32)
    recordings = random_recordings(x @ rng.normal(size=(6, 4)) + rng.normal(size=(2, 40, 4)))
    other = replace(recordings.select(rng.permutation(recordings.stimulus_ids)), site_ids=None)
    other = replace(other, responses=shift + scale * other.responses)
    activations = ActivationSet({"random": rng.normal(size=(40, 6)), "right": x}, recordings.stimulus_ids)
    found, again = (a_match(one)[0].score([activations]) for one in (recordings, other))
    np.testing.assert_allclose(again.choosing, found.choosing, atol=2e-3)
    np.testing.assert_allclose(again.reporting, found.reporting, atol=2e-3)
    np.testing.assert_allclose(again.reliability, found.reliability, atol=1e-6)


def test_stimuli_that_are_the_same_image_are_in_the_same_half_and_never_on_both_sides_within_it() -> None:
    rng = np.random.default_rng(2)
    twice = np.tile(np.arange(40), 2)
    ids = np.array([f"image{i:03d}" for i in rng.permutation(80)])
    stimuli = StimulusSet.from_arrays(rng.random((40, 8, 8))[twice], stimulus_ids=ids)
    responses = rng.normal(size=(40, 5))[twice] + 0.1 * rng.normal(size=(4, 80, 5))
    # Twins with different labels would be parted, each label in proportion.
    recordings = RecordingSet(responses, ids, "IT", labels=[f"kind{i % 3}" for i in range(80)], stimuli=stimuli)
    match, _ = a_match(recordings)
    image_of = dict(zip(ids.tolist(), twice.tolist(), strict=True))
    halves = [[image_of[one] for one in half[0].stimuli.stimulus_ids] for half in (match._choosing, match._reporting)]
    assert sorted(halves[0] + halves[1]) == sorted(twice)
    assert not set(halves[0]) & set(halves[1])
    found = match.score([ActivationSet({"unrelated": rng.normal(size=(40, 60))[twice]}, ids)])
    assert max(found.choosing[0, 0], found.reporting[0, 0]) < 0.3
    assert found.notes[0].startswith("IT")
    assert "under several ids" in found.notes[0]


def test_what_is_left_out_and_what_has_no_ceiling_is_said_as_the_other_match_says_it() -> None:
    rng = np.random.default_rng(4)
    responses = rng.normal(size=(3, 60, 4))
    responses[:, :, 1] = 0.1
    flat = random_recordings(responses, "V4")
    once = replace(random_recordings(rng.normal(size=(1, 60, 3)), "V1"), stimuli=flat.stimuli, simulated=True)
    activations = ActivationSet({"area": rng.normal(size=(60, 6))}, flat.stimulus_ids)
    found = a_match(flat, once)[0].score([activations])
    expected = layer_area_match(activations, [flat, once], n_folds=5)
    assert found.notes == expected.notes
    assert "V4: 1 of 4 sites are constant and were left out" in found.notes
    np.testing.assert_array_equal(found.reliability, expected.reliability)
    np.testing.assert_array_equal(found.n_sites, [3, 3])


def test_recordings_to_other_images_are_matched_with_the_activations_to_those() -> None:
    rng = np.random.default_rng(1)
    first, second = (random_recordings(rng.normal(size=(1, n, 4)), area) for n, area in ((40, "V1"), (50, "IT")))
    match, comparisons = a_match(second, first)
    assert len(comparisons) == 2
    activations = [
        ActivationSet({"area": rng.normal(size=(len(one.stimuli), 6))}, one.stimuli.stimulus_ids) for one in comparisons
    ]
    found = match.score(activations)
    assert found.brain_areas == ("IT", "V1")
    assert found.n_reporting.tolist() == [25, 20]
    assert np.isnan(found.reliability).all()


def test_halves_of_fewer_than_ten_images_are_refused() -> None:
    with pytest.raises(ValueError, match="10 or more; received 9 images"):
        a_match(random_recordings(np.random.default_rng(0).normal(size=(1, 18, 3))))


def lift(reported, of_all):
    """Give how much higher a report is than the mean over model areas, which no choice has lifted."""
    difference = np.asarray(reported) - np.asarray(of_all)
    return difference.mean(), difference.std() / np.sqrt(len(difference))


@pytest.mark.no_cover
def test_a_choice_among_models_of_nothing_lifts_no_report_as_held_out_predictions_read_by_halves_would() -> None:
    within, read = [], []
    for seed in range(24):
        rng = np.random.default_rng(seed)
        noise = rng.normal(size=(1, 160, 1)) + rng.normal(size=(1, 160, 12))
        recordings = random_recordings(noise)
        match, (comparison,) = a_match(recordings)
        models = {f"area{i}": rng.normal(size=(160, 100)) for i in range(6)}
        activations = ActivationSet(models, recordings.stimulus_ids)
        found = match.score([activations])
        within.append((found.reported[0], found.reporting[0].mean()))
        choosing, _ = image_halves(recordings, 0)
        first = np.isin(comparison.stimuli.stimulus_ids, choosing.stimulus_ids)
        r = np.array([medians_by_half(one, first) for one in comparison.score(activations)[2][0]])
        read.append((r[r[:, 0].argmax(), 1], r[:, 1].mean()))
    honest, error = lift(*zip(*within, strict=True))
    assert abs(honest) < 2.5 * error
    lifted, error = lift(*zip(*read, strict=True))
    assert lifted > 4 * error


def medians_by_half(detail, first):
    return [
        np.median([np.corrcoef(detail.recorded[half, s], detail.predicted[half, s])[0, 1] for s in range(12)])
        for half in (first, ~first)
    ]


def test_a_score_holds_a_match_from_the_time_that_somebody_wants_it(make_recordings, make_run) -> None:
    run = make_run(StandInModel(learned=1.0))
    score = LiveScore(run, make_recordings(), **QUICK)
    assert until(lambda: score.latest is not None)
    assert score.latest.match is None
    score.want_match()
    score.want_match()
    run.steps_done = 2
    assert until(lambda: score.latest.step == 2)
    assert score.latest.match.n_reporting.tolist() == [15]
    run.steps_done = 3
    assert until(lambda: score.latest.step == 3)
    assert score.latest.match.chosen == ("V1",)
    run.finish()
    assert score.join(20)
    assert score.latest.match.n_reporting.tolist() == [15], (
        "all scores of a run are on the same images, and so is the match"
    )


def test_all_panels_share_the_score_with_the_match_and_one_that_ended_without_is_made_anew(
    make_recordings, make_run
) -> None:
    run, recordings = make_run(state="stopped"), make_recordings()
    without = function(run, recordings)
    assert without.join(20)
    matched = function(run, recordings, match=True)
    assert matched is not without
    assert matched.join(20)
    assert matched.latest.match is not None
    assert function(run, recordings, match=True) is matched
    assert function(run, recordings) is matched


def test_a_training_under_way_is_not_scored_twice_for_a_match(make_recordings, make_run) -> None:
    run, recordings = make_run(), make_recordings()
    score = function(run, recordings)
    assert function(run, recordings, match=True) is score
    score.close()


def test_recordings_too_few_for_halves_are_refused_where_the_match_is_asked_for(make_recordings, make_run) -> None:
    recordings = make_recordings()
    few = recordings.select(recordings.stimulus_ids[:12])
    with pytest.raises(ValueError, match="10 or more; received 6 images"):
        function(make_run(), few, match=True)
