from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.projection import random_projection
from hcnn_widgets.mapping.maps.ridge import ALPHAS
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

NAMES = {"ridge": "ridge", "ridgecv": "ridgecv", "pls": "pls", "one_to_one": "neuron_to_neuron"}


def a_model(recordings: RecordingSet, n_units: int = 30, seed: int = 0) -> ActivationSet:
    pixels = recordings.stimuli.images.reshape(len(recordings), -1)[:, :n_units]
    noise = np.random.default_rng(seed).random((len(recordings), n_units))
    return ActivationSet({"good": pixels, "bad": noise}, recordings.stimulus_ids)


@pytest.mark.parametrize("method", list(NAMES))
def test_scores_errors_and_corrections_are_brain_scores(brainscore, method) -> None:
    alphas = {"alphas": "brain-score"} if method == "ridgecv" else {}
    score = predictivity(brainscore["activations"], brainscore["recordings"], method, **alphas)["a"]
    values, name = brainscore["values"], NAMES[method]
    assert score.value == pytest.approx(values[f"{name}_raw"], abs=1e-6)
    assert score.error == pytest.approx(values[f"{name}_error"], abs=1e-6)
    assert score.ceiling == pytest.approx(values["ceiling"], abs=1e-6)
    assert score.corrected("r2/c") == pytest.approx(values[f"{name}_r2_over_c"], abs=1e-6)
    assert score.corrected("(r/c)2") == pytest.approx(values[f"{name}_r_over_c_squared_legacy"], abs=1e-6)


def test_pls_is_brain_scores_at_every_split_and_site(brainscore) -> None:
    score = predictivity(brainscore["activations"], brainscore["recordings"], "pls")["a"]
    np.testing.assert_allclose(score.per_split, brainscore["values"]["pls_split_neuroid"], atol=1e-6)
    np.testing.assert_allclose(score.per_site, np.mean(brainscore["values"]["pls_split_neuroid"], axis=0), atol=1e-6)


@pytest.mark.parametrize("scaling", ["none", "z-score"])
def test_pooled_scores_are_scikit_learn_and_scipy_step_by_step(make_recordings, scaling) -> None:
    recordings = make_recordings()
    model = a_model(recordings)
    x, y = model["good"].astype(float), recordings.mean_over_trials()
    held_out = np.empty_like(y)
    for train, test in KFold(10, shuffle=True, random_state=0).split(x):
        scaler = StandardScaler(with_mean=scaling == "z-score", with_std=scaling == "z-score").fit(x[train])
        fitted = RidgeCV(ALPHAS).fit(scaler.transform(x[train]), y[train])
        held_out[test] = fitted.predict(scaler.transform(x[test]))
    expected = [pearsonr(a, b)[0] for a, b in zip(held_out.T, y.T, strict=True)]
    choices = {"splits": "kfold", "pooling": "pooled", "scaling": scaling, "alphas": "brain-score"}
    score = predictivity(model, recordings, **choices)["good"]
    np.testing.assert_allclose(score.per_site, expected, atol=1e-6)
    assert score.value == pytest.approx(np.median(expected), abs=1e-6)


def test_a_score_holds_what_was_recorded_and_what_was_predicted_while_held_out(make_recordings) -> None:
    recordings = make_recordings()
    shuffled = recordings.select(np.random.default_rng(0).permutation(recordings.stimulus_ids))
    score = predictivity(a_model(recordings), shuffled, splits="kfold", pooling="pooled")["good"]
    assert score.stimulus_ids.tolist() == sorted(recordings.stimulus_ids)
    assert score.site_ids.tolist() == recordings.site_ids.tolist()
    np.testing.assert_array_equal(score.responses, recordings.mean_over_trials())
    r = [pearsonr(a, b)[0] for a, b in zip(score.predictions.T, score.responses.T, strict=True)]
    np.testing.assert_allclose(r, score.per_site)


def test_predictions_are_means_over_the_folds_that_held_a_stimulus_out(brainscore) -> None:
    score = predictivity(brainscore["activations"], brainscore["recordings"], "ridge")["a"]
    for row in range(80):
        predicted = [values[rows == row] for rows, values in score.held_out if row in rows]
        mean = np.concatenate(predicted).mean(axis=0) if predicted else np.full(5, np.nan)
        np.testing.assert_allclose(score.predictions[row], mean)
    assert not score.predictions.flags.writeable
    assert np.isnan(score.predictions).any(), "Brain-Score's splits hold some stimuli out never"


def test_the_features_behind_the_responses_score_above_others(make_recordings) -> None:
    scores = predictivity(a_model(make_recordings()), make_recordings(), splits="kfold")
    assert scores["good"].value > 0.7
    assert abs(scores["bad"].value) < 0.4


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_rows_does_not_matter(make_recordings, random) -> None:
    recordings = make_recordings()
    model = a_model(recordings)
    ids = recordings.stimulus_ids.tolist()
    shuffled, other = random.sample(ids, len(ids)), random.sample(ids, len(ids))
    expected = predictivity(model, recordings, "ridge")["good"]
    score = predictivity(model.select(shuffled), recordings.select(other), "ridge")["good"]
    np.testing.assert_allclose(score.per_split, expected.per_split, atol=1e-6)


@given(st.floats(0.01, 100), st.floats(-50, 50))
@settings(max_examples=5, deadline=None)
def test_the_unit_of_the_responses_does_not_matter(make_recordings, scale, shift) -> None:
    recordings = make_recordings()
    model = a_model(recordings)
    rescaled = RecordingSet(
        recordings.responses * scale + shift, recordings.stimulus_ids, area="IT", labels=recordings.labels
    )
    expected = predictivity(model, recordings, "ridge")["good"].per_split
    np.testing.assert_allclose(predictivity(model, rescaled, "ridge")["good"].per_split, expected, atol=1e-5)


def test_many_stimuli_leave_numpy_its_threads_and_score_the_same(make_recordings, monkeypatch) -> None:
    recordings = make_recordings()
    model = a_model(recordings)
    few = predictivity(model, recordings, "ridge")["good"].per_split
    monkeypatch.setattr(import_module("hcnn_widgets.mapping.prediction.area_maps"), "SMALL", 0)
    np.testing.assert_allclose(predictivity(model, recordings, "ridge")["good"].per_split, few, atol=1e-9)


def test_stimuli_that_were_not_recorded_are_not_looked_at(make_recordings) -> None:
    recordings = make_recordings()
    some = recordings.select(recordings.stimulus_ids[:40])
    model = a_model(recordings)
    expected = predictivity(model.select(some.stimulus_ids), some, splits="kfold")["good"].value
    assert predictivity(model, some, splits="kfold")["good"].value == expected


def test_recorded_stimuli_without_activations_are_listed(make_recordings) -> None:
    recordings = make_recordings()
    model = a_model(recordings).select(recordings.stimulus_ids[2:])
    with pytest.raises(ValueError, match=r"`activations` lacks 2 of 48 ids.*missing are image000, image001"):
        predictivity(model, recordings)


def test_constant_sites_are_left_out_and_counted(make_recordings) -> None:
    recordings = make_recordings()
    responses = recordings.responses.copy()
    responses[:, :, 2] = 5.0
    with_flat = RecordingSet(responses, recordings.stimulus_ids, area="IT", labels=recordings.labels)
    without = RecordingSet(np.delete(responses, 2, 2), recordings.stimulus_ids, area="IT", labels=recordings.labels)
    score = predictivity(a_model(recordings), with_flat)["good"]
    assert score.notes == ("1 of 6 sites are constant and were left out",)
    assert np.isnan(score.per_site).tolist() == [False, False, True, False, False, False]
    assert np.isnan(score.predictions[:, 2]).all()
    assert (score.responses[:, 2] == 5).all()
    assert score.value == predictivity(a_model(recordings), without)["good"].value


def test_recordings_that_never_vary_are_refused(make_recordings) -> None:
    recordings = make_recordings()
    flat = RecordingSet(np.ones((2, 48, 3)), recordings.stimulus_ids, area="IT", labels=recordings.labels)
    with pytest.raises(ValueError, match=r"no site that varies. Accepted is one or more; received constant sites only"):
        predictivity(a_model(recordings), flat)


def test_one_trial_gives_a_score_without_a_ceiling(make_recordings) -> None:
    recordings = make_recordings(n_trials=1)
    score = predictivity(a_model(recordings), recordings)["good"]
    assert np.isnan(score.ceiling)
    assert score.notes == ("one trial per stimulus: no ceiling",)
    assert np.isnan(score.corrected("r2/c"))


def test_the_notes_say_what_is_simulated_or_inferred(make_recordings) -> None:
    one = make_recordings()
    doubtful = RecordingSet(
        one.responses, one.stimulus_ids, area="IT", labels=one.labels, simulated=True, labels_inferred=True
    )
    notes = predictivity(a_model(one), doubtful)["good"].notes
    assert notes == ("the labels that the splits go by are inferred", "the recordings are simulated")


def test_a_dead_model_area_predicts_the_mean_of_the_training_images_which_runs_against_those_held_out(
    make_recordings,
) -> None:
    recordings = make_recordings()
    dead = ActivationSet({"dead": np.zeros((48, 3))}, recordings.stimulus_ids)
    score = predictivity(dead, recordings, splits="kfold", pooling="pooled", scaling="z-score")["dead"]
    recorded = recordings.select(np.sort(recordings.stimulus_ids)).responses.mean(axis=0)
    predicted = np.empty_like(recorded)
    for train, test in KFold(10, shuffle=True, random_state=0).split(recorded):
        predicted[test] = recorded[train].mean(axis=0)
    expected = [pearsonr(one, other)[0] for one, other in zip(predicted.T, recorded.T, strict=True)]
    np.testing.assert_allclose(score.per_site, expected, atol=1e-9)
    assert score.value < 0


def test_more_units_than_wanted_are_projected(make_recordings) -> None:
    recordings = make_recordings()
    wide = a_model(recordings, n_units=200)
    score = predictivity(wide, recordings, "ridge", max_units=50)["good"]
    assert "random projection to 50 features" in score.convention
    assert score.value != predictivity(wide, recordings, "ridge")["good"].value
    by_hand = ActivationSet({"good": random_projection(wide["good"], 50)}, wide.stimulus_ids)
    expected = predictivity(by_hand, recordings, "ridge")["good"]
    np.testing.assert_allclose(score.per_split, expected.per_split, atol=1e-6)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (
            {"method": "lasso"},
            "`method='lasso'` is unknown. Accepted are 'ridge', 'ridgecv', 'pls', 'pls_exact', 'one_to_one'",
        ),
        ({"splits": "half"}, "`splits='half'` is unknown. Accepted are 'brain-score', 'kfold'"),
        ({"pooling": "all"}, "`pooling='all'` is unknown. Accepted are 'per split', 'pooled'"),
        ({"scaling": "minmax"}, "`scaling='minmax'` is unknown. Accepted are 'none', 'z-score'"),
        (
            {"pooling": "pooled"},
            "held out exactly once. Accepted are splits 'kfold', .*; received splits='brain-score'",
        ),
    ],
)
def test_unknown_choices_are_refused(make_recordings, choice, words) -> None:
    with pytest.raises(ValueError, match=words):
        predictivity(a_model(make_recordings()), make_recordings(), **choice)


@pytest.mark.parametrize(("n_folds", "known"), [(20, True), (30, False)])
def test_folds_of_two_stimuli_give_no_error_since_two_points_always_lie_on_a_line(n_folds, known) -> None:
    rng = np.random.default_rng(0)
    x, ids = rng.normal(size=(60, 5)), [f"{number:02d}" for number in range(60)]
    recordings = RecordingSet((x @ rng.normal(size=(5, 4)))[np.newaxis] + rng.normal(size=(1, 60, 4)), ids, "IT")
    model = ActivationSet({"top": x}, ids)
    score = predictivity(model, recordings, "ridge", "kfold", n_folds=n_folds, pooling="pooled")["top"]
    assert score.value > 0.5
    assert np.isfinite(score.error) == known
