"""How often intervals hold the truth that they are for, in simulations with a known one.

    python benchmarks/interval_coverage.py [--repeats 300]

The 95 % interval of a score over stimuli: images, responses and noise are drawn again and again for the same sites, and
scored by 10 folds of fitted maps. Two truths: the mean score over all repeats, which other images would give, and the
median over sites of r over 4,000 images. Then tests of two equally good RDM models at 5 %: how often each of the
bootstraps calls them different, when stimuli and subjects are drawn anew. Beside each count stands its binomial error.
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from hcnn_widgets import ActivationSet, RecordingSet
from hcnn_widgets.mapping import MAPS, predictivity, rdm_bootstrap, rdm_inference

N_FOLDS = 10
NOISE = 40.0
"""Of a measured dissimilarity; those of a subject without noise have a standard deviation of about 13."""


class Case(NamedTuple):
    """A simulated experiment."""

    n_images: int
    n_sites: int
    n_units: int
    noise: float
    unlike: float
    """Least noise times this is the noise of the middle site, and that times this the most."""


CASES = (
    Case(200, 15, 10, 1.5, 1.0),
    Case(200, 15, 100, 4.0, 2.0),
    Case(200, 15, 100, 12.0, 1.0),
    Case(200, 50, 30, 3.0, 2.0),
    Case(80, 15, 30, 3.0, 1.0),
    Case(40, 30, 10, 2.0, 1.0),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=300)
    repeats = parser.parse_args().repeats
    print("95 % interval of a score over stimuli: share that holds the mean score, and the median r of many images")
    for case in CASES:
        found = [scored(case, seed) for seed in range(repeats)]
        value, low, high, population = np.array(found).T
        words = [share((low <= truth) & (truth <= high)) for truth in (value.mean(), population.mean())]
        print(f"  {case}: r {value.mean():.3f}, {words[0]}; r of many images {population.mean():.3f}, {words[1]}")
    print("two equally good models at 5 %, new stimuli and subjects: share called different")
    for name, called in false_alarms(repeats).items():
        print(f"  {name}: {share(np.array(called))}")


def scored(case: Case, seed: int) -> tuple[float, float, float, float]:
    """Score new images of the same sites: the score, both ends of its interval, and the median r over many images."""
    weights = np.random.default_rng(99).normal(size=(case.n_units, case.n_sites))
    noise = case.noise * np.geomspace(1 / case.unlike, case.unlike, case.n_sites)
    rng = np.random.default_rng(seed)

    def shown(n: int) -> tuple[np.ndarray, np.ndarray]:
        x = rng.normal(size=(n, case.n_units))
        return x, x @ weights + noise * rng.normal(size=(n, case.n_sites))

    ids = [f"image{number:04d}" for number in range(case.n_images)]
    x, y = shown(case.n_images)
    activations, recordings = ActivationSet({"area": x}, ids), RecordingSet(y[np.newaxis], ids, "IT")
    score = predictivity(activations, recordings, "ridge", "kfold", n_folds=N_FOLDS)["area"]
    interval = score.interval(n_bootstrap=300)
    train = slice(case.n_images // N_FOLDS, None)
    new, responses = shown(4000)
    predicted = MAPS["ridge"](x[train], y[train], new)
    r = [np.corrcoef(predicted[:, site], responses[:, site])[0, 1] for site in range(case.n_sites)]
    return score.value, interval.low, interval.high, float(np.median(r))


def false_alarms(repeats: int, n_stimuli: int = 20, n_subjects: int = 12) -> dict[str, list[bool]]:
    """Compare two models that are equally near the brain, in new stimuli and subjects each time."""
    called: dict[str, list[bool]] = {}
    for models, subjects in experiments(repeats, n_stimuli, n_subjects):
        for over in ("stimuli", "subjects", "both", "corrected"):
            sampled = rdm_bootstrap(models, subjects, over=over, n_bootstrap=300)
            called.setdefault(f"bootstrap over {over}", []).append(bool(sampled.p_pairs()[0, 1] < 0.05))
        tested = rdm_inference(models, subjects, adjustment="none")
        called.setdefault("t-test over subjects", []).append(bool(tested.p_pairs[0, 1] < 0.05))
    return called


def experiments(repeats: int, n_stimuli: int, n_subjects: int) -> Iterator[tuple[list[np.ndarray], list[np.ndarray]]]:
    """Yield RDMs of two models, each of half of the features that drive the brain, and of subjects that weigh them."""
    first, second = np.triu_indices(n_stimuli, 1)
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        features = rng.normal(size=(n_stimuli, 20))
        apart = (features[first] - features[second]) ** 2
        weights = rng.uniform(0.5, 1.5, size=(n_subjects, 20))
        subjects = [apart @ weight + NOISE * rng.normal(size=len(apart)) for weight in weights]
        yield [apart[:, :10].sum(axis=1), apart[:, 10:].sum(axis=1)], subjects


def share(hits: np.ndarray) -> str:
    """Write a share in percent with its binomial error."""
    held = hits.mean()
    return f"{100 * held:.1f} +- {100 * np.sqrt(held * (1 - held) / len(hits)):.1f} %"


if __name__ == "__main__":
    main()
