import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.prediction.difference import score_difference
from hcnn_widgets.mapping.prediction.gains import N_BOOTSTRAP, WORDS
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.stimuli.stratified_split import smaller_part

N = 80
IDS = np.array([f"{number:02d}" for number in range(N)])
LABELS = np.repeat(["cat", "dog", "car", "cup"], 20)
RNG = np.random.default_rng(0)
LOW, HIGH = RNG.normal(size=(2, N, 8))
MODEL = ActivationSet({"low": LOW, "high": HIGH}, IDS)
QUICK = {"method": "ridge", "n_folds": 4}


def brain(x: np.ndarray, area: str, n_trials: int = 3, noise: float = 1.0, **fields) -> RecordingSet:
    rng = np.random.default_rng(len(area))
    responses = x @ rng.normal(size=(8, 5)) + noise * rng.normal(size=(n_trials, N, 5))
    return RecordingSet(responses, IDS, area, **{"labels": LABELS, **fields})


def test_each_brain_area_gets_the_model_area_behind_it() -> None:
    match = layer_area_match(MODEL, [brain(LOW, "V1"), brain(HIGH, "IT")], **QUICK)
    assert match.brain_areas == ("V1", "IT")
    assert match.chosen == ("low", "high")
    assert (match.reported > 0.7).all()


def test_the_halves_are_scored_as_if_each_stood_alone() -> None:
    recordings = brain(HIGH, "IT")
    match = layer_area_match(MODEL, recordings, seed=3, **QUICK)
    first = smaller_part(np.unique(LABELS, return_inverse=True)[1], 0.5, 3)
    for half, value, error in (
        (first, match.choosing, match.choosing_error),
        (~first, match.reporting, match.reporting_error),
    ):
        alone = predictivity(MODEL, recordings.select(IDS[half]), splits="kfold", **QUICK)
        assert value[0].tolist() == [alone[area].value for area in MODEL.areas]
        assert error[0].tolist() == [alone[area].error for area in MODEL.areas]
    assert match.reliability[0] == alone["low"].ceiling
    assert (match.n_choosing[0], match.n_reporting[0], match.n_sites[0]) == (40, 40, 5)
    assert np.unique(LABELS[first], return_counts=True)[1].tolist() == [10] * 4
    assert match.convention == alone["low"].convention


def test_the_chosen_area_is_held_against_its_neighbour_on_the_other_half() -> None:
    recordings = brain(HIGH, "IT")
    match = layer_area_match(MODEL, recordings, seed=3, **QUICK)
    first = smaller_part(np.unique(LABELS, return_inverse=True)[1], 0.5, 3)
    other = predictivity(MODEL, recordings.select(IDS[~first]), splits="kfold", **QUICK)
    beside = score_difference(other["high"], other["low"], n_bootstrap=N_BOOTSTRAP)
    assert match.neighbours == (f"IT: model area high less low {beside.words}",)
    assert f"{match.neighbours[0]}.\n{WORDS}; on the other half." in repr(match)


def test_what_is_reported_is_not_lifted_by_the_choice() -> None:
    rng = np.random.default_rng(1)
    lifted, honest = [], []
    for seed in range(15):
        model = ActivationSet({f"layer{number}": rng.normal(size=(N, 4)) for number in range(8)}, IDS)
        match = layer_area_match(model, brain(HIGH, "IT"), seed=seed, **QUICK)
        lifted.append(match.choosing.max() - match.choosing.mean())
        honest.append(match.reported[0] - match.reporting.mean())
    assert np.mean(lifted) > 0.05, "the best of several layers of noise looks good where it was chosen"
    assert abs(np.mean(honest)) < np.mean(lifted) / 3


@given(st.permutations(range(N)), st.permutations(range(N)), st.floats(0.1, 10), st.floats(-5, 5))
@settings(max_examples=5, deadline=None)
def test_order_and_unit_do_not_matter(rows, others, scale, shift) -> None:
    recordings = brain(HIGH, "IT")
    expected = layer_area_match(MODEL, recordings, **QUICK)
    changed = RecordingSet((recordings.responses * scale + shift)[:, rows], IDS[rows], "IT", LABELS[rows])
    match = layer_area_match(MODEL.select(IDS[others]), changed, **QUICK)
    assert match.chosen == expected.chosen
    np.testing.assert_allclose(match.reporting, expected.reporting, atol=1e-6)


def test_one_image_stays_in_one_half() -> None:
    images = np.random.default_rng(0).random((N, 3, 3))
    images[1::2] = images[::2]
    stimuli = StimulusSet.from_arrays(images, stimulus_ids=IDS)
    match = layer_area_match(MODEL, brain(HIGH, "IT", stimuli=stimuli), **QUICK)
    assert match.n_choosing[0] % 2 == match.n_reporting[0] % 2 == 0
    assert match.n_choosing[0] + match.n_reporting[0] == N
    assert any("under several ids" in note for note in match.notes)


def test_recordings_without_labels_and_other_splits_are_matched_too() -> None:
    groups = {one: f"scene {number % 5}" for number, one in enumerate(IDS)}
    choices = {"splits": "grouped", "groups": groups, **QUICK}
    match = layer_area_match(MODEL, {"IT": brain(HIGH, "IT", labels=None)}, **choices)
    assert match.chosen == ("high",)
    assert "per site and fold" in match.convention


def test_notes_say_which_half_they_are_of() -> None:
    recordings = brain(HIGH, "IT", simulated=True)
    first = smaller_part(np.unique(LABELS, return_inverse=True)[1], 0.5, 0)
    responses = recordings.responses.copy()
    responses[:, first, 1], responses[:, ~first, 2] = 1.0, 1.0
    flat = RecordingSet(responses, IDS, "IT", LABELS, simulated=True)
    assert layer_area_match(MODEL, flat, **QUICK).notes == (
        "IT: 1 of 5 sites are constant and were left out",
        "IT: the recordings are simulated",
    )
    responses[:, ~first, 3] = 1.0
    flat = RecordingSet(responses, IDS, "IT", LABELS, simulated=True)
    assert layer_area_match(MODEL, flat, **QUICK).notes == (
        "IT: the recordings are simulated",
        "IT, choosing half: 1 of 5 sites are constant and were left out",
        "IT, other half: 2 of 5 sites are constant and were left out",
    )


def test_three_images_have_no_halves() -> None:
    with pytest.raises(ValueError, match=r"`recordings` of IT have too few images.*Accepted are 4 or more; received 3"):
        layer_area_match(MODEL, brain(HIGH, "IT").select(IDS[:3]))
