"""What the first notebook's model reaches: accuracy on new objects, and the score of every area against V4 neurons.

    python benchmarks/notebook_model.py [--seeds 3]

Needs the V4 recordings: a network, or the folder that HCNN_WIDGETS_DATA names.
"""

import argparse
import statistics

import numpy as np

import hcnn_widgets as hw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(parser.parse_args().seeds)
    images = hw.stimuli.objects(n=8000, variation="medium", seed=0)
    new = hw.stimuli.objects(n=1600, variation="medium", seed=1)
    seen = hw.stimuli.objects(n=640, variation="medium", seed=2)
    v4, cortex = hw.mapping.cowley2023_v4(), hw.mapping.simulated_cortex(seen)
    accuracies, tables = [], []
    for seed in seeds:
        model = hw.GoalDrivenModel(hw.architecture.hcnn(), seed=seed)
        run = model.train(images, seed=seed)
        run.join()
        held_out = run.history.series("validation accuracy").mean
        accuracies.append(model.evaluate(new)["accuracy"])
        untrained = model.untrained()
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
    print(f"median of {len(seeds)} seeds: accuracy {statistics.median(accuracies):.3f} of new objects")
    print(f"r with V4 neurons, median (range) over seeds: {areas}; pixels {tables[0].pixels[0]:.3f}")


def _over_seeds(values: np.ndarray) -> str:
    """Write the median over seeds, and the range."""
    return f"{np.median(values):.3f} ({values.min():.3f} to {values.max():.3f})"


if __name__ == "__main__":
    main()
