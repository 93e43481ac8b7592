"""What a live score costs: every model area against every brain area, beside a loop over scikit-learn's RidgeCV.

    python benchmarks/live_score_speed.py [--units 4096] [--repeats 9]

Five model areas x four brain areas of 100 simulated sites, 640 images, 5 folds. Ours runs as it does while a network
trains: on one core, with the recorded responses of every site to every image kept for the panels. scikit-learn's
RidgeCV is fitted anew for every model area, brain area and fold, on all cores, from the same 13 penalties, which it
chooses from by leave-one-out errors rather than generalised cross-validation.
"""

import argparse

import numpy as np
from sklearn.linear_model import RidgeCV
from stopwatch import linear_algebra, median_timed

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.comparison import LIVE_ALPHAS, LiveComparison
from hcnn_widgets.mapping.live.gathering import live_comparisons
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.numerics.correlation import prediction_r
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

N_STIMULI, N_HIDDEN, N_SITES = 640, 100, 100
MODEL_AREAS, BRAIN_AREAS = ("retina", "V1", "V2", "V4", "IT"), ("V1", "V2", "V4", "IT")


def simulated(n_units: int) -> tuple[LiveComparison, ActivationSet]:
    """Draw activations and responses that share hidden dimensions whose variances fall as 1/k."""
    rng = np.random.default_rng(0)
    ids = [f"image{i:03d}" for i in range(N_STIMULI)]
    images = rng.random((N_STIMULI, 4, 4, 1), dtype=np.float32)
    stimuli = StimulusSet(images, ids, labels=["object"] * N_STIMULI)
    hidden = rng.normal(size=(N_STIMULI, N_HIDDEN)) * np.arange(1, N_HIDDEN + 1) ** -0.5

    def seen_by(n: int) -> np.ndarray:
        seen = hidden @ rng.normal(size=(N_HIDDEN, n))
        return seen + seen.std() * rng.normal(size=seen.shape)

    brains = [
        RecordingSet(seen_by(N_SITES)[np.newaxis], ids, area=area, stimuli=stimuli, simulated=True)
        for area in BRAIN_AREAS
    ]
    (comparison,) = live_comparisons(brains, None, 0)
    return comparison, ActivationSet({area: np.maximum(seen_by(n_units), 0) for area in MODEL_AREAS}, ids)


def by_scikit_learn(comparison: LiveComparison, activations: ActivationSet) -> np.ndarray:
    """Score map by map, (n_brain, n_model)."""
    value = np.empty((len(comparison.responses), len(activations.areas)))
    for column, area in enumerate(activations.areas):
        x = activations[area].astype(np.float64)
        for row, y in enumerate(comparison.responses):
            medians = []
            for train, test in comparison.folds:
                alphas = LIVE_ALPHAS * x[train].var(axis=0).mean()
                held_out = RidgeCV(alphas).fit(x[train], y[train].astype(np.float64)).predict(x[test])
                medians.append(np.median(prediction_r(held_out, y[test])))
            value[row, column] = np.mean(medians)
    return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=4096, help="the live score's default")
    parser.add_argument("--repeats", type=int, default=9)
    choices = parser.parse_args()
    print(linear_algebra())
    comparison, activations = simulated(choices.units)
    with one_blas_thread():
        ours, (value, _, _) = median_timed(lambda: comparison.score(activations), choices.repeats)
    theirs, expected = median_timed(lambda: by_scikit_learn(comparison, activations), 1)
    print(
        f"{len(MODEL_AREAS)} model areas of {choices.units:,} units x {len(BRAIN_AREAS)} brain areas of {N_SITES} sites"
    )
    print(f"{N_STIMULI} images, {len(comparison.folds)} folds; scores from {value.min():.3f} to {value.max():.3f}")
    print(
        f"  ours, one core: {ours:.2f} s; scikit-learn's RidgeCV, all cores: {theirs:.1f} s; {theirs / ours:.0f} times"
    )
    print(f"  largest difference of a score: {np.abs(value - expected).max():.4f}")


if __name__ == "__main__":
    main()
