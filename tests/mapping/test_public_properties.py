"""Properties that public functions and records keep whatever the numbers are, where no other file holds them."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.model_selection import StratifiedShuffleSplit

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.projection import random_projection
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.noise.reliability import HALVES, ceiling
from hcnn_widgets.mapping.prediction.predictivity import predictivity
from hcnn_widgets.mapping.prediction.tables.area_scores import area_scores
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

N = 40
IDS = np.array([f"image{row:02d}" for row in range(N)])
SEEDS = st.integers(0, 10_000)
QUICK = settings(max_examples=10, deadline=None)


def a_pair(seed: int, n_trials: int = 4) -> tuple[ActivationSet, RecordingSet]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(N, 6))
    responses = x @ rng.normal(size=(6, 5)) + rng.normal(size=(n_trials, N, 5))
    model = ActivationSet({"low": rng.normal(size=(N, 4)), "top": x}, IDS)
    return model, RecordingSet(responses, IDS, "IT", labels=["cat", "car"] * (N // 2))


@pytest.mark.parametrize("kind", ["sparse", "gaussian"])
@QUICK
@given(SEEDS, st.floats(-5, 5), st.floats(-5, 5), st.permutations(range(6)))
def test_a_random_projection_is_linear_and_one_for_all_stimuli(kind, seed, a, b, order) -> None:
    x, y = np.random.default_rng(seed).normal(size=(2, 6, 300)).astype(np.float32)
    of_x, of_y = (random_projection(one, 40, seed, kind) for one in (x, y))
    together = random_projection(a * x + b * y, 40, seed, kind)
    np.testing.assert_allclose(together, a * of_x + b * of_y, atol=1e-4 * (1 + abs(a) + abs(b)) * np.abs(of_x).max())
    np.testing.assert_allclose(random_projection(x[order], 40, seed, kind), of_x[order], atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(4, 20), SEEDS)
def test_brain_score_s_splits_are_stratified_tenths_and_always_the_same(n_kinds, each, seed) -> None:
    labels = np.random.default_rng(seed).permutation(np.repeat([f"kind {k}" for k in range(n_kinds)], 10 * each))
    folds = SPLITS["brain-score"](len(labels), labels, 10)
    expected = StratifiedShuffleSplit(10, train_size=0.9, random_state=1).split(np.zeros(len(labels)), labels)
    for (train, test), (their_train, their_test) in zip(folds, expected, strict=True):
        np.testing.assert_array_equal(train, their_train)
        np.testing.assert_array_equal(test, their_test)
        assert sorted([*train, *test]) == list(range(len(labels)))
        assert np.unique(labels[test], return_counts=True)[1].tolist() == [each] * n_kinds


@pytest.mark.parametrize("halves", HALVES)
@QUICK
@given(SEEDS, st.permutations(range(N)), st.permutations(range(5)), st.floats(0.01, 100), st.floats(-50, 50))
def test_a_ceiling_does_not_hang_on_order_or_unit(halves, seed, stimuli, sites, scale, shift) -> None:
    _, recordings = a_pair(seed)
    expected = ceiling(recordings, halves)
    changed = recordings.responses[:, stimuli][:, :, sites] * scale + shift
    found = ceiling(RecordingSet(changed, IDS[stimuli], "IT"), halves)
    np.testing.assert_allclose(found.per_split, expected.per_split[:, sites], rtol=1e-6)
    assert found.value == pytest.approx(expected.value, rel=1e-6)
    assert (expected.per_site <= 1).all()


@QUICK
@given(SEEDS, st.permutations(range(6)), st.floats(0.01, 100), st.floats(-10, 10))
def test_one_to_one_maps_do_not_hang_on_the_units_order_or_unit(seed, order, scale, shift) -> None:
    model, recordings = a_pair(seed)
    expected = predictivity(model, recordings, "one_to_one", "kfold")["top"]
    changed = ActivationSet({"top": scale * model["top"][:, order].astype(np.float64) + shift}, IDS)
    found = predictivity(changed, recordings, "one_to_one", "kfold")["top"]
    np.testing.assert_allclose(found.per_split, expected.per_split, atol=1e-4)


@QUICK
@given(SEEDS)
def test_held_out_predictions_give_the_score_again(seed) -> None:
    model, recordings = a_pair(seed)
    score = predictivity(model, recordings, "ridge", "kfold", pooling="pooled")["top"]
    pairs = zip(score.predictions.T, score.responses.T, strict=True)
    r = [pearsonr(predicted, recorded)[0] for predicted, recorded in pairs]
    np.testing.assert_allclose(score.per_site, r, atol=1e-9)
    assert score.value == pytest.approx(np.median(r), abs=1e-9)
    assert score.corrected("r2/c") <= score.corrected("(r/c)2") or score.ceiling > 1


@QUICK
@given(SEEDS)
def test_a_match_chooses_the_best_on_one_half_and_reports_it_on_the_other(seed) -> None:
    model, recordings = a_pair(seed)
    match = layer_area_match(model, recordings, method="ridge", n_folds=4)
    best = match.choosing.argmax(axis=1)
    assert match.chosen == tuple(match.model_areas[area] for area in best)
    np.testing.assert_array_equal(match.reported, match.reporting[[0], best])
    with pytest.raises(FrozenInstanceError):
        match.chosen_by = "hand"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="read-only"):
        match.reporting[0, 0] = 1


@QUICK
@given(SEEDS, st.permutations(range(N)))
def test_a_table_of_scores_does_not_hang_on_the_order_of_stimuli_or_areas(seed, order) -> None:
    model, recordings = a_pair(seed)
    expected = area_scores(model, recordings, method="ridge", n_folds=4)
    turned = ActivationSet({area: model[area][order] for area in ("top", "low")}, IDS[order])
    found = area_scores(turned, recordings, method="ridge", n_folds=4)
    np.testing.assert_allclose(found.trained, expected.trained[:, ::-1], atol=1e-6)
    assert found.best() == expected.best()
    with pytest.raises(FrozenInstanceError):
        found.trained = expected.trained  # type: ignore[misc]
