"""What a noise ceiling costs: ours against Brain-Score's way of computing it, side by side.

    python benchmarks/ceiling_speed.py [--repeats 5]

800 simulated images x 46 repetitions x 168 sites. Brain-Score (vision 2.3) asks for packages that cannot be installed
beside ours, so its loop is made again here, step by step and on the library that it stands on, xarray: for each of 10
splits select the presentations of either half of the repetitions, average them per stimulus with groupby, sort by
stimulus, go through the sites with scipy.stats.pearsonr, correct with Spearman-Brown. Brain-Score's own groupby goes by
several coordinates at once and is no quicker than the one here.
"""

import argparse

import numpy as np
import xarray as xr
from scipy.stats import pearsonr
from sklearn.model_selection import ShuffleSplit
from stopwatch import median_timed

from hcnn_widgets.mapping import RecordingSet, ceiling

N_STIMULI, N_TRIALS, N_SITES = 800, 46, 168


def simulated() -> RecordingSet:
    rng = np.random.default_rng(0)
    signal = rng.normal(size=(N_STIMULI, N_SITES))
    responses = signal + 4 * rng.normal(size=(N_TRIALS, N_STIMULI, N_SITES))
    return RecordingSet(responses, [f"image{i:04d}" for i in range(N_STIMULI)], area="IT", simulated=True)


def assembly_of(recordings: RecordingSet) -> xr.DataArray:
    """Give the recordings as Brain-Score has them: one row per presentation."""
    presentations = recordings.responses.reshape(N_TRIALS * N_STIMULI, N_SITES)
    return xr.DataArray(
        presentations,
        dims=("presentation", "neuroid"),
        coords={
            "stimulus_id": ("presentation", np.tile(recordings.stimulus_ids, N_TRIALS)),
            "repetition": ("presentation", np.repeat(np.arange(N_TRIALS), N_STIMULI)),
            "neuroid_id": ("neuroid", recordings.site_ids),
        },
    )


def as_brain_score(assembly: xr.DataArray) -> float:
    """Estimate the ceiling presentation by presentation."""
    repetitions = np.unique(assembly["repetition"].values)
    medians = []
    for halves in ShuffleSplit(10, train_size=0.5, random_state=1).split(repetitions):
        averaged = []
        for half in halves:
            kept = np.isin(assembly["repetition"].values, repetitions[half])
            averaged.append(assembly[kept].groupby("stimulus_id").mean("presentation").sortby("stimulus_id"))
        one, other = averaged
        r = xr.DataArray(
            [pearsonr(one.isel(neuroid=i), other.isel(neuroid=i))[0] for i in range(one.sizes["neuroid"])],
            dims=("neuroid",),
        )
        medians.append((2 * r / (1 + r)).median("neuroid"))
    return float(np.mean(medians))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    n_repeats = parser.parse_args().repeats
    recordings = simulated()
    assembly = assembly_of(recordings)
    ceiling(recordings)  # loads scikit-learn
    ours, limit = median_timed(lambda: ceiling(recordings), 4 * n_repeats)
    theirs, value = median_timed(lambda: as_brain_score(assembly), n_repeats)
    print(f"{N_STIMULI} simulated images x {N_TRIALS} repetitions x {N_SITES} sites, 10 splits")
    print(f"  Brain-Score's loop, made again on xarray {xr.__version__}: {theirs:.2f} s, ceiling {value:.10f}")
    print(f"  ours: {ours:.4f} s, ceiling {limit.value:.10f}; {theirs / ours:.0f} times as fast")


if __name__ == "__main__":
    main()
