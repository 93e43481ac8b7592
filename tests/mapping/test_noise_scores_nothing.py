"""A score that is shown is 0 on noise: its mean over draws, on every path by which one comes about by default."""

import inspect
from collections.abc import Callable

import numpy as np
import pytest

from hcnn_widgets import ActivationSet, RecordingSet, StimulusSet
from hcnn_widgets.mapping import area_scores, layer_area_match, predictivity
from hcnn_widgets.mapping.live.comparison import score_all
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.live.score import LiveScore

pytestmark = pytest.mark.no_cover  # what is drawn again and again here runs once in the tests of each score
N_SITES, N_UNITS = 20, 60
DRAWS = {40: 60, 92: 40, 192: 25, 640: 8}


def noise(n_stimuli: int, seed: int) -> tuple[ActivationSet, RecordingSet]:
    """Units and sites that have nothing to do with one another, and images that have nothing to do with either."""
    rng = np.random.default_rng([n_stimuli, seed])
    ids = [f"image{number:03d}" for number in range(n_stimuli)]
    stimuli = StimulusSet(rng.random((n_stimuli, 4, 4, 1), dtype=np.float32), ids)
    labels = [f"object {number % 4}" for number in range(n_stimuli)]
    responses = rng.normal(size=(1, n_stimuli, N_SITES))
    recordings = RecordingSet(responses, ids, "IT", labels=labels, stimuli=stimuli)
    return ActivationSet({"IT": rng.normal(size=(n_stimuli, N_UNITS))}, ids), recordings


def by_area_scores(activations: ActivationSet, recordings: RecordingSet) -> float:
    return float(area_scores(activations, recordings, method="ridgecv").trained[0, 0])


def by_layer_area_match(activations: ActivationSet, recordings: RecordingSet) -> float:
    return float(layer_area_match(activations, recordings).reporting[0, 0])


def by_predictivity(activations: ActivationSet, recordings: RecordingSet) -> float:
    return predictivity(activations, recordings)["IT"].value


def by_the_live_score(activations: ActivationSet, recordings: RecordingSet) -> float:
    comparisons = live_comparisons([recordings], None, 0)
    return float(score_all(comparisons, [activations])[0][0, 0])


def by_the_live_score_of_a_part(activations: ActivationSet, recordings: RecordingSet) -> float:
    """As panels show it while a network learns, and at the end of the same images."""
    drawn = inspect.signature(LiveScore).parameters["n_stimuli"].default
    comparisons = live_comparisons([recordings], drawn, 0)
    assert len(comparisons[0].stimuli) == min(drawn, len(recordings))
    return float(score_all(comparisons, [activations])[0][0, 0])


PATHS = [by_area_scores, by_layer_area_match, by_predictivity, by_the_live_score, by_the_live_score_of_a_part]


@pytest.mark.parametrize("n_stimuli", DRAWS)
@pytest.mark.parametrize("scored", PATHS, ids=lambda path: path.__name__)
def test_the_mean_score_of_noise_is_0_within_its_error(
    scored: Callable[[ActivationSet, RecordingSet], float], n_stimuli: int
) -> None:
    values = np.array([scored(*noise(n_stimuli, seed)) for seed in range(DRAWS[n_stimuli])])
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean()) < 3.5 * error, f"{values.mean():+.3f} +- {error:.3f}"
    assert error < 0.025, "too few draws would let anything pass"


@pytest.mark.parametrize("n_stimuli", [40, 92])
def test_it_would_not_be_if_folds_were_pooled(n_stimuli: int) -> None:
    values = [predictivity(*noise(n_stimuli, seed), splits="kfold", pooling="pooled")["IT"].value for seed in range(10)]
    assert np.mean(values) < -0.15


@pytest.mark.parametrize("scored", [by_area_scores, by_the_live_score], ids=lambda path: path.__name__)
def test_a_weak_signal_is_neither_lost_nor_lifted(scored: Callable[[ActivationSet, RecordingSet], float]) -> None:
    found, true = [], []
    for seed in range(30):
        activations, recordings = noise(192, seed)
        x = activations["IT"].astype(float)
        weights = np.random.default_rng(seed).normal(size=(N_UNITS, N_SITES)) / np.sqrt(N_UNITS)
        responses = recordings.responses + 0.5 * (x @ weights)
        found.append(
            scored(activations, RecordingSet(responses, recordings.stimulus_ids, "IT", stimuli=recordings.stimuli))
        )
        true.append(_known_r(x, 0.5 * weights, seed))
    assert np.mean(found) == pytest.approx(np.mean(true), abs=0.03)


def _known_r(x: np.ndarray, weights: np.ndarray, seed: int) -> float:
    """Fit as many responses as a fold has, and predict 5,000 new stimuli: what the score estimates."""
    from sklearn.linear_model import RidgeCV

    rng = np.random.default_rng([seed, 1])
    n_train = int(0.85 * len(x))
    fitted = RidgeCV(np.logspace(0, 4, 9)).fit(x[:n_train], x[:n_train] @ weights + rng.normal(size=(n_train, N_SITES)))
    new = rng.normal(size=(5000, N_UNITS))
    predicted, recorded = fitted.predict(new), new @ weights + rng.normal(size=(5000, N_SITES))
    return float(np.median([np.corrcoef(p, y)[0, 1] for p, y in zip(predicted.T, recorded.T, strict=True)]))
