"""What 1,000 bootstrap samples of tau_A cost beside rsatoolbox: 92 images, 4 subjects, 5 models.

    python benchmarks/rdm_bootstrap_speed.py [--samples 1000] [--repeats 5] [--theirs 200]

Images and subjects are drawn again. rsatoolbox is timed on some of the samples, without its ceiling (which it can also
compute per sample), and its time scaled to all of them; its samples are others, so that what is compared is the
standard error of each model. Medians count.
"""

import argparse
import contextlib
import io
import warnings
from typing import Any

import numpy as np
from rsatoolbox_beside import in_turn, print_versions, rsatoolbox

from hcnn_widgets.mapping import rdm_bootstrap

N_STIMULI, N_SUBJECTS, N_MODELS = 92, 4, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--theirs", type=int, default=200, help="samples that rsatoolbox is timed on")
    choices = parser.parse_args()
    toolbox = rsatoolbox()
    warnings.simplefilter("ignore")
    print_versions()
    models, subjects = simulated()
    data = toolbox.rdm.RDMs(subjects)
    fixed = [
        toolbox.model.ModelFixed(f"model {row}", toolbox.rdm.RDMs(one[np.newaxis])) for row, one in enumerate(models)
    ]

    def theirs() -> Any:
        with contextlib.redirect_stderr(io.StringIO()):  # its progress bar
            return toolbox.inference.eval_bootstrap(
                fixed, data, method="tau-a", N=choices.theirs, boot_noise_ceil=False
            )

    seconds, results = in_turn(
        {"ours": lambda: rdm_bootstrap(models, subjects, n_bootstrap=choices.samples), "rsatoolbox": theirs},
        choices.repeats,
    )
    whole = seconds["rsatoolbox"] * choices.samples / choices.theirs
    print(
        f"{choices.samples:,} samples of tau_A, {N_STIMULI} images x {N_SUBJECTS} subjects x {N_MODELS} models: "
        f"{seconds['ours']:.3f} s; rsatoolbox {whole:.1f} s, {whole / seconds['ours']:.0f} times as long (medians of "
        f"{choices.repeats}; it on {choices.theirs} samples)"
    )
    print(f"standard errors: {results['ours'].errors.round(4).tolist()}")
    print(f"rsatoolbox's:    {results['rsatoolbox'].evaluations.std(axis=0, ddof=1).round(4).tolist()}")


def simulated(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Give RDMs of models and subjects that share more or less of one truth, (n, k) float64."""
    rng = np.random.default_rng(seed)
    truth = rng.random(N_STIMULI * (N_STIMULI - 1) // 2)
    models = [truth + noise * rng.random(truth.size) for noise in (0.5, 1, 2, 4, 8)]
    return np.array(models), truth + rng.random((N_SUBJECTS, truth.size))


if __name__ == "__main__":
    main()
