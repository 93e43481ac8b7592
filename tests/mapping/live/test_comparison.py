from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr, zscore
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.comparison import (
    CONVENTION,
    LIVE_ALPHAS,
    N_FOLDS,
    LiveComparison,
    notes_in_order,
    score_all,
)
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.maps.splits import kfold
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def a_network(comparison: LiveComparison, seed: int = 0, n_units: int = 30) -> ActivationSet:
    seen = comparison.stimuli.images.reshape(len(comparison.stimuli), -1)[:, :n_units]
    noise = np.random.default_rng(seed).random(seen.shape)
    return ActivationSet({"V1": noise, "IT": seen + 0.1 * noise}, comparison.stimuli.stimulus_ids)


def scored_slowly(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Score one area by scikit-learn, with every penalty's generalised cross-validation error by its formula."""
    held_out, medians = np.empty_like(y), []
    for train, test in KFold(N_FOLDS, shuffle=True, random_state=0).split(x):
        scaler = StandardScaler(with_std=False).fit(x[train])
        length = np.sqrt(x[train].var(axis=0).mean())
        fit, new = scaler.transform(x[train]) / length, scaler.transform(x[test]) / length
        target, n, errors = y[train] - y[train].mean(axis=0), len(train), []
        for alpha in LIVE_ALPHAS:
            hat = fit @ np.linalg.solve(fit.T @ fit + alpha * np.eye(fit.shape[1]), fit.T)
            errors.append((n * (target - hat @ target) ** 2).sum(axis=0).mean() / (n - 1 - np.trace(hat)) ** 2)
        held_out[test] = Ridge(LIVE_ALPHAS[np.argmin(errors)]).fit(fit, y[train]).predict(new)
        medians.append(np.median([pearsonr(a, b)[0] for a, b in zip(held_out[test].T, y[test].T, strict=True)]))
    return np.mean(medians), np.std(medians) / np.sqrt(N_FOLDS)


def test_value_and_error_are_scikit_learns_step_by_step_for_all_brain_areas_at_once(make_recordings) -> None:
    brains = [make_recordings(area="V4"), make_recordings(area="IT", seed=1, n_sites=9)]
    (comparison,) = live_comparisons(brains, None, 0)
    network = a_network(comparison)
    value, error, _ = comparison.score(network)
    assert value.shape == error.shape == (2, 2)
    for column, area in enumerate(network.areas):
        for row, y in enumerate(comparison.responses):
            expected = scored_slowly(network[area].astype(float), y.astype(float))
            assert (value[row, column], error[row, column]) == pytest.approx(expected, abs=2e-3)


@given(st.randoms(use_true_random=False), st.floats(0.01, 100), st.floats(-10, 10))
@settings(max_examples=8, deadline=None)
def test_neither_the_order_of_rows_nor_the_units_scale_matters(make_recordings, random, scale, shift) -> None:
    (comparison,) = live_comparisons([make_recordings()], None, 0)
    network = a_network(comparison)
    ids = network.stimulus_ids.tolist()
    rescaled = ActivationSet({area: network[area] * scale + shift for area in network.areas}, ids)
    *ours, _ = comparison.score(rescaled.select(random.sample(ids, len(ids))))
    *expected, _ = comparison.score(network)
    np.testing.assert_allclose(ours, expected, atol=5e-3)


def test_details_are_the_held_out_predictions_behind_the_values_and_share_what_was_recorded(make_recordings) -> None:
    brain = make_recordings()
    responses = brain.responses.copy()
    responses[:, :, 2] = 1.0
    flat = RecordingSet(responses, brain.stimulus_ids, area="IT", labels=brain.labels, stimuli=brain.stimuli)
    (comparison,) = live_comparisons([flat], 30, 0)
    value, _, ((first, second),) = comparison.score(a_network(comparison))
    assert first.stimulus_ids.tolist() == comparison.stimuli.stimulus_ids.tolist()
    assert first.site_ids.tolist() == [f"IT-000{site}" for site in (0, 1, 3, 4, 5)]
    mean = flat.select(first.stimulus_ids).mean_over_trials()[:, [0, 1, 3, 4, 5]]
    np.testing.assert_allclose(first.recorded, zscore(mean), atol=1e-5)
    assert np.shares_memory(first.recorded, second.recorded)
    for detail, expected in zip((first, second), value[0], strict=True):
        r = [
            [pearsonr(a, b)[0] for a, b in zip(detail.predicted[test].T, detail.recorded[test].T, strict=True)]
            for _, test in comparison.folds
        ]
        np.testing.assert_allclose(detail.r, np.mean(r, axis=0), atol=1e-5)
        assert np.mean(np.median(r, axis=1)) == pytest.approx(expected, abs=1e-5)


def test_scores_come_in_the_order_of_the_recordings(make_recordings) -> None:
    brains = [make_recordings(area="V4"), make_recordings(20, area="V1"), make_recordings(area="IT", seed=1)]
    comparisons = live_comparisons(brains, None, 0)
    networks = [a_network(one) for one in comparisons]
    value, error, details = score_all(comparisons, networks)
    first, second = (one.score(network) for one, network in zip(comparisons, networks, strict=True))
    np.testing.assert_array_equal(value, [first[0][0], second[0][0], first[0][1]])
    np.testing.assert_array_equal(error, [first[1][0], second[1][0], first[1][1]])
    assert [row[0].site_ids[0] for row in details] == ["V4-0000", "V1-0000", "IT-0000"]


def twins(n_images: int = 40) -> tuple[RecordingSet, ActivationSet]:
    """Give recordings to images under two ids each, and units that have nothing to do with them."""
    rng = np.random.default_rng(0)
    twice = np.tile(np.arange(n_images), 2)
    ids = [f"image{i:03d}" for i in range(2 * n_images)]
    stimuli = StimulusSet(rng.random((n_images, 8, 8, 1), dtype=np.float32)[twice], ids)
    responses = rng.normal(size=(n_images, 6))[twice] + 0.1 * rng.normal(size=(4, 2 * n_images, 6))
    units = rng.normal(size=(n_images, 60))[twice]
    return RecordingSet(responses, ids, "IT", stimuli=stimuli), ActivationSet({"unrelated": units}, ids)


def test_one_image_under_several_ids_is_never_on_both_sides() -> None:
    recordings, _ = twins()
    (comparison,) = live_comparisons([recordings], None, 0)
    for (train, test), (all_train, all_test) in zip(comparison.folds, kfold(80, None, N_FOLDS), strict=True):
        assert not set(train % 40) & set(test % 40)
        assert set(train) == {row for row in all_train if row % 40 not in test % 40}
        assert test.tolist() == all_test.tolist()
    assert comparison.notes[0][0].startswith("80 stimuli show 40 images under several ids")


def test_units_unrelated_to_what_was_recorded_predict_no_more_of_twins_than_in_predictivity() -> None:
    recordings, network = twins()
    (comparison,) = live_comparisons([recordings], None, 0)
    value, _, _ = comparison.score(network)
    score = predictivity(network, recordings, "ridgecv", "kfold", n_folds=N_FOLDS)["unrelated"]
    assert value[0, 0] == pytest.approx(score.value, abs=0.15)
    assert value[0, 0] < 0.2
    leaking = replace(comparison, images=np.arange(80))
    assert leaking.score(network)[0][0, 0] > 0.8


def test_of_few_images_there_are_fewer_folds_so_that_each_has_an_r(make_recordings) -> None:
    for n_stimuli, sizes in ((12, [3, 3, 3, 3]), (10, [4, 3, 3])):
        (few,) = live_comparisons([make_recordings(n_stimuli)], None, 0)
        assert [len(test) for _, test in few.folds] == sizes
        value, error, ((detail, _),) = few.score(a_network(few))
        medians = [
            np.median(
                [pearsonr(a, b)[0] for a, b in zip(detail.predicted[test].T, detail.recorded[test].T, strict=True)]
            )
            for _, test in few.folds
        ]
        assert value[0, 0] == pytest.approx(np.mean(medians), abs=1e-5)
        assert error[0, 0] == pytest.approx(np.std(medians) / np.sqrt(len(sizes)), abs=1e-5)


def test_notes_come_in_the_order_of_the_recordings(make_recordings) -> None:
    brains = [make_recordings(area="V4"), make_recordings(20, area="V1"), make_recordings(area="IT", seed=1)]
    brains[1:] = [replace(one, simulated=True) for one in brains[1:]]
    said = "the recordings are simulated"
    assert notes_in_order(live_comparisons(brains, None, 0)) == [(), (said,), (said,)]


@pytest.mark.parametrize("constant", [0, 0.1, -1e6])
def test_of_a_dead_area_the_mean_response_of_the_other_folds_is_predicted_and_no_more(
    make_recordings, constant
) -> None:
    (comparison,) = live_comparisons([make_recordings()], None, 0)
    dead = ActivationSet({"dead": np.full((48, 5), constant)}, comparison.stimuli.stimulus_ids)
    (y,) = comparison.responses
    means = np.empty_like(y)
    for train, test in KFold(N_FOLDS, shuffle=True, random_state=0).split(y):
        means[test] = y[train].mean(axis=0)
    value, error, ((detail,),) = comparison.score(dead)
    np.testing.assert_allclose(detail.predicted, means, atol=1e-6)
    # Where a fold is low, the others' mean is high: over all folds together, r would be below 0 of what knows nothing.
    assert np.median([pearsonr(a, b)[0] for a, b in zip(means.T, y.T, strict=True)]) < -0.1
    assert (value[0, 0], error[0, 0]) == (0, 0)


def test_missing_stimuli_are_listed(make_recordings) -> None:
    (comparison,) = live_comparisons([make_recordings()], None, 0)
    some = a_network(comparison).select(comparison.stimuli.stimulus_ids[1:])
    with pytest.raises(ValueError, match=r"`activations` lacks 1 of 48 ids.*missing are image000"):
        comparison.score(some)


def test_the_convention_says_as_many_penalties_as_there_are() -> None:
    assert f"from {len(LIVE_ALPHAS)} between {LIVE_ALPHAS[0]:g} and 1e6" in CONVENTION
    assert LIVE_ALPHAS[-1] == 1e6
