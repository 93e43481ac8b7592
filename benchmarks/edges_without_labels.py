"""Do rules without labels find edges? How well a Gabor fits what they learn of 9 x 9 patches of objects.

The correlation of each kernel's basis with its best Gabor, the median over 32 of them, beside that of noise. What is
fitted is the basis: a network's kernels whiten as well, so that they look sharper.
"""

import sys
import time

import numpy as np
from gabor_fits import gabor_share
from numpy.lib.stride_tricks import sliding_window_view

import hcnn_widgets as hw
from hcnn_widgets.architecture import Activate, Filter, area
from hcnn_widgets.learning import RULES
from hcnn_widgets.learning.without_labels.patches import SMALLEST_VARIANCE

SIDE, N_KERNELS = 9, 32


def learnt(rule: str, stimuli: hw.StimulusSet, seed: int) -> tuple[np.ndarray, float]:
    """Return the kernels (n_kernels, side * side) after the first area's turn, and the seconds of training."""
    trunk = [area("V1", [Filter(N_KERNELS, size=SIDE, padding="valid"), Activate("relu")])]
    spec = hw.architecture.hcnn(areas=trunk, input_shape=stimuli.image_shape)
    model = hw.GoalDrivenModel(spec, rule=RULES[rule](), seed=seed)
    began = time.perf_counter()
    model.train(stimuli, validation=None, epochs=2, seed=seed).join()
    return model.kernels("V1").reshape(N_KERNELS, -1), time.perf_counter() - began


def whitening(stimuli: hw.StimulusSet) -> np.ndarray:
    """Return what makes all patches white, as the rules do that see some of them."""
    some = sliding_window_view(stimuli.images[:500, :, :, 0], (SIDE, SIDE), axis=(1, 2))[:, ::3, ::3]
    values, vectors = np.linalg.eigh(np.cov(some.reshape(-1, SIDE * SIDE).T))
    return vectors / np.sqrt(values.clip(0) + SMALLEST_VARIANCE * values.mean()) @ vectors.T


def fit(basis: np.ndarray) -> np.ndarray:
    """Return the correlation of each with its best Gabor."""
    return np.sqrt([max(0.0, gabor_share(one.reshape(SIDE, SIDE))) for one in basis])


def main(n_seeds: int = 3) -> None:
    """Print a row a rule."""
    stimuli = hw.stimuli.objects(3_000, size=32, seed=0)
    back = np.linalg.inv(whitening(stimuli))
    noise = fit(np.random.default_rng(0).normal(size=(N_KERNELS, SIDE * SIDE)))
    print(f"{'noise':22} median |r| {np.median(noise):.2f}")
    for rule in ("random whitened", "sanger", "competitive hebbian", "sparse coding"):
        rows = [learnt(rule, stimuli, seed) for seed in range(n_seeds)]
        white = RULES[rule]().white
        medians = [np.median(fit(kernels @ back if white else kernels)) for kernels, _ in rows]
        print(f"{rule:22} median |r| {', '.join(f'{m:.2f}' for m in medians)}; {np.mean([s for _, s in rows]):.1f} s")


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:]))
