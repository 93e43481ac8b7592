"""What a predictivity score costs: all folds from one Gram matrix against scikit-learn fold by fold, side by side.

    python benchmarks/predictivity_speed.py [--features 4096 25088] [--maps pls ridge] [--scikit-learn-folds 1]

3,200 simulated images x 168 sites, 10 folds: activations and responses share 200 hidden dimensions, whose variances
fall as 1/k, and have noise of their own. Our time is the whole job, the Gram matrix included; scikit-learn's is that of
the folds it is timed on, times the number of folds, since all cost the same. It is given its activations in double
precision beforehand. Single predictions are compared with those of scikit-learn run to a tight tolerance, in units of
the responses' standard deviation.
"""

import argparse
import statistics
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import pearsonr
from sklearn.cross_decomposition import PLSRegression
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import KFold
from stopwatch import linear_algebra, timed

from hcnn_widgets.mapping import FoldMaps
from hcnn_widgets.mapping.maps.ridge import ALPHAS

N_STIMULI, N_SITES, N_FOLDS, N_HIDDEN = 3200, 168, 10, 200
TIGHT = {"tol": 1e-16, "max_iter": 20_000}
MAPS: dict[str, list[tuple[str, Callable[[], Any]]]] = {
    "pls": [
        ("pls", lambda: PLSRegression(25, scale=False)),
        ("pls_exact", lambda: PLSRegression(25, scale=False, **TIGHT)),
    ],
    "ridge": [("ridge", lambda: Ridge(1.0)), ("ridgecv", lambda: RidgeCV(ALPHAS))],
}
"""Which maps of ours are compared with which of scikit-learn's."""


def simulated(n_features: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Draw activations (n_stimuli, n_features) float32 and responses (n_stimuli, n_sites) float64."""
    rng = np.random.default_rng(seed)
    hidden = rng.standard_normal((N_STIMULI, N_HIDDEN), dtype=np.float32)
    hidden *= (np.arange(1, N_HIDDEN + 1) ** -0.5).astype(np.float32)
    x = hidden @ rng.standard_normal((N_HIDDEN, n_features), dtype=np.float32)
    x += rng.standard_normal(x.shape, dtype=np.float32) * (0.5 * x.std()) + 1
    y = hidden @ rng.standard_normal((N_HIDDEN, N_SITES), dtype=np.float32)
    return x, (y + rng.standard_normal(y.shape, dtype=np.float32) * y.std()).astype(np.float64)


def site_r(predicted: np.ndarray, recorded: np.ndarray) -> np.ndarray:
    return np.array([pearsonr(a, b)[0] for a, b in zip(predicted.T, recorded.T, strict=True)])


def compare(name: str, make: Callable[[], Any], x: np.ndarray, y: np.ndarray, n_timed: int, n_repeats: int) -> None:
    """Print our time beside scikit-learn's, and how far apart predictions are."""
    folds = list(KFold(N_FOLDS, shuffle=True, random_state=0).split(x))
    exact = x.astype(np.float64)
    theirs = [timed(lambda f=fold: make().fit(exact[f[0]], y[f[0]]).predict(exact[f[1]])) for fold in folds[:n_timed]]
    job = N_FOLDS * statistics.median(seconds for (seconds,), _ in theirs)
    print(f"  {name}: scikit-learn {job:.1f} s ({n_timed} of {N_FOLDS} folds timed)")
    for precision in (np.float32, np.float64):
        runs, ours = timed(lambda p=precision: FoldMaps(x, folds, p).predict(y, name, ALPHAS), n_repeats)
        seconds = statistics.median(runs)
        off = max(np.abs(a - b).max() for a, (_, b) in zip(ours, theirs, strict=False)) / y.std()
        pairs = zip(ours, theirs, folds, strict=False)
        r = max(np.abs(site_r(a, y[test]) - site_r(b, y[test])).max() for a, (_, b), (_, test) in pairs)
        each = " ".join(f"{one:.2f}" for one in runs)
        print(
            f"    {precision.__name__}: {seconds:.2f} s ({each}), {job / seconds:.0f} times as fast; largest "
            f"difference of a prediction {off:.1e}, of a site's r {r:.1e}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--features", type=int, nargs="+", default=[4096, 25088])
    parser.add_argument("--maps", nargs="+", choices=list(MAPS), default=list(MAPS))
    parser.add_argument("--scikit-learn-folds", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    choices = parser.parse_args()
    warnings.simplefilter("ignore")
    print(linear_algebra())
    for n_features in choices.features:
        x, y = simulated(n_features)
        print(f"{N_STIMULI:,} simulated images x {n_features:,} features x {N_SITES} sites, {N_FOLDS} folds")
        for maps in choices.maps:
            for name, make in MAPS[maps]:
                compare(name, make, x, y, choices.scikit_learn_folds, choices.repeats)


if __name__ == "__main__":
    main()
