"""Where no splits are asked for; and what a refusal of few stimuli advises can be typed and runs."""

import re

import numpy as np
import pytest

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping import RecordingSet, TimeResolvedRecordings, predictivity, predictivity_over_time
from hcnn_widgets.mapping.maps.splits import fitting_folds

RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 6))
Y = X @ RNG.normal(size=(6, 4))
IDS = [f"image{row:02d}" for row in range(60)]
LABELS = ["cat", "dog", "car"] * 20


def scored(n, labels=None, **options):
    activations = ActivationSet({"top": X[:n]}, IDS[:n])
    brain = RecordingSet(Y[:n], IDS[:n], "IT", labels=None if labels is None else labels[:n])
    return predictivity(activations, brain, **options)["top"]


def test_one_trial_without_labels_is_scored_by_folds_that_need_none() -> None:
    score, asked_for = scored(60), scored(60, splits="kfold")
    assert score.value == asked_for.value > 0.99
    assert score.convention == asked_for.convention
    assert "10-fold cross-validation" in score.convention


def test_with_labels_the_splits_are_brain_scores() -> None:
    score = scored(60, LABELS)
    assert score.value == scored(60, LABELS, splits="brain-score").value
    assert "(Brain-Score)" in score.convention


def test_over_time_the_usual_splits_are_the_same() -> None:
    activations = ActivationSet({"top": X}, IDS)
    brain = TimeResolvedRecordings(Y[np.newaxis, np.newaxis], [(70, 170)], IDS, "IT")
    assert predictivity_over_time(activations, brain).value[0, 0] == scored(60).value


def advised(words: str) -> dict[str, object]:
    found = re.search(r"splits='(\w+)', n_folds=(\d+)", words)
    assert found, words
    return {"splits": found[1], "n_folds": int(found[2])}


@pytest.mark.parametrize("labels", [None, LABELS, [f"object{row}" for row in range(60)]], ids=["none", "three", "many"])
@pytest.mark.parametrize("n", [13, 20, 7])
def test_what_few_stimuli_are_told_to_ask_for_runs(n, labels) -> None:
    with pytest.raises(ValueError, match=r"Fewer folds fit: splits='kfold', n_folds=\d+ for") as refusal:
        scored(n, labels, n_folds=min(n, 10))
    assert np.isfinite(scored(n, labels, **advised(str(refusal.value))).value)


def test_too_few_for_any_folds_are_given_no_advice() -> None:
    assert fitting_folds(5) == ""
    with pytest.raises(ValueError, match=r"too few stimuli for a correlation in each fold\. .*; received 1\.$"):
        scored(5, n_folds=5)
