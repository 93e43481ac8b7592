"""What the first notebook's model reaches: accuracy on new objects, oriented kernels, scores with V4 neurons.

    python benchmarks/notebook_model.py [--seeds 3]

Needs the V4 recordings: a network, or the folder that HCNN_WIDGETS_DATA names. A kernel of V1 counts as oriented where
a Gabor explains 80 % of its variance, a round Gaussian does not, and its norm is at least a tenth of the largest; the
same is counted among untrained kernels and white noise of their size (`gabor_fits.py`).
"""

import argparse
import statistics

import numpy as np
from gabor_fits import gabor_share, oriented

import hcnn_widgets as hw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(parser.parse_args().seeds)
    images = hw.stimuli.objects(n=12_000, variation="medium", seed=0)
    new = hw.stimuli.objects(n=1600, variation="medium", seed=1)
    seen = hw.stimuli.objects(n=640, variation="medium", seed=2)
    v4, cortex = hw.mapping.cowley2023_v4(), hw.mapping.simulated_cortex(seen)
    accuracies, tables, counts = [], [], []
    for seed in seeds:
        model = hw.GoalDrivenModel(hw.architecture.hcnn(), seed=seed)
        run = model.train(images, seed=seed)
        run.join()
        held_out = run.history.series("validation accuracy").mean
        accuracies.append(model.evaluate(new)["accuracy"])
        untrained = model.untrained()
        counts.append(_of_v1(model.kernels("V1"), model.kernels_before("V1"), seed))
        print(
            f"seed {seed}: {accuracies[-1]:.3f} of {len(new)} new objects after {run.elapsed_s:.0f} s of training; "
            f"held-out accuracy by epoch {' '.join(f'{value:.2f}' for value in held_out)}"
        )
        tables.append(hw.mapping.area_scores(model.record(v4.stimuli), v4, untrained=untrained.record(v4.stimuli)))
        print(tables[-1])
        print(hw.mapping.area_scores(model.record(seen), cortex, untrained=untrained.record(seen)))
    trained, untrained = (np.array([getattr(table, way)[0] for table in tables]).T for way in ("trained", "untrained"))
    rows = zip(tables[0].model_areas, trained, untrained, strict=True)
    areas = "; ".join(f"{area} {_over_seeds(now)}, untrained {_over_seeds(before)}" for area, now, before in rows)
    print(f"oriented kernels of V1, by seed: {', '.join(map(str, counts))}")
    print(f"median of {len(seeds)} seeds: accuracy {statistics.median(accuracies):.3f} of new objects")
    print(f"r with V4 neurons, median (range) over seeds: {areas}; pixels {tables[0].pixels[0]:.3f}")


def _of_v1(kernels: np.ndarray, before: np.ndarray, seed: int) -> int:
    """Print how many kernels are oriented, trained, untrained and of white noise; return how many trained ones are."""
    noise = np.random.default_rng(seed).standard_normal(kernels.shape)
    counts = []
    for name, group in (("trained", kernels[..., 0]), ("untrained", before[..., 0]), ("white noise", noise[..., 0])):
        shares, counted = [gabor_share(kernel) for kernel in group], int(oriented(group).sum())
        print(f"V1 {name}: {counted} of {len(group)} oriented; median share of a Gabor {np.median(shares):.2f}")
        counts.append(counted)
    return counts[0]


def _over_seeds(values: np.ndarray) -> str:
    """Write the median over seeds, and the range."""
    return f"{np.median(values):.3f} ({values.min():.3f} to {values.max():.3f})"


if __name__ == "__main__":
    main()
