"""What few labels are enough for: rules with and without labels at shares of the labels, and their areas against V4.

    python benchmarks/labels.py [--images 6000] [--new 1200] [--epochs 10] [--seeds 3] [--shares .01 .1 1]

Rules without labels learn their areas from all images, and a readout beside from the labelled ones; backpropagation has
the labelled images alone. Accuracy is that on new images. V4 is the best area's prediction of recorded neurons (Cowley
et al. 2023) where they are at hand, the best area chosen on one half of the photographs and scored on the other. An
untrained network with a readout is the floor. Seeds are summed up as mean and standard deviation.
"""

import argparse

import numpy as np

import hcnn_widgets as hw
from hcnn_widgets.goal import Categorization, PartlyLabelled
from hcnn_widgets.learning import RULES

N_KERNELS, UNITS = (16, 24, 32, 48), 512
COMPARED = ("backpropagation", "simclr", "competitive hebbian", "sparse coding", "autoencoder", "readout only")
FEW = {"steps_per_area": 5, "n_patches": 50}
"""Of rules that work layer by layer, where a run has few steps."""


def trained(name: str, share: float, seed: int, learn: hw.StimulusSet, epochs: float) -> hw.GoalDrivenModel:
    """Return a network that has learned by a rule with a share of the labels."""
    kind = RULES[name]
    few = FEW if hasattr(kind, "steps_per_area") and len(learn) < 500 else {}
    spec = hw.architecture.hcnn(n_kernels=N_KERNELS, stride=1, initial_gain=1.0, input_shape=learn.image_shape)
    model = hw.GoalDrivenModel(spec, PartlyLabelled(Categorization(), share, seed), kind(**few), seed=seed)
    run = model.train(learn, validation=None, epochs=epochs, seed=seed)
    run.join()
    if run.state != "finished":
        raise RuntimeError(f"{name}: {run.state_message}")
    return model


def of_v4(model: hw.GoalDrivenModel, v4: hw.RecordingSet | None, seed: int) -> float:
    """Return r of the best area, chosen and scored on different images; NaN without recordings."""
    if v4 is None or v4.stimuli is None:
        return np.nan
    activations = model.record(v4.stimuli, units=UNITS, seed=seed)
    return float(hw.mapping.layer_area_match(activations, v4, n_folds=5, seed=seed).reported[0])


def recorded() -> hw.RecordingSet | None:
    """Return the recorded V4, None where it is not at hand."""
    try:
        return hw.mapping.cowley2023_v4()
    except (OSError, ValueError) as error:
        print(f"V4 is missing: {error}")
        return None


def table(chosen: argparse.Namespace, v4: hw.RecordingSet | None) -> list[str]:
    """Return the lines of the table: a row a rule, for each share accuracy and r of V4."""
    size = (32, 32, 1)
    learn = hw.stimuli.objects(chosen.images, variation="medium", seed=0).adapted_to(size)
    new = hw.stimuli.objects(chosen.new, variation="medium", seed=77).adapted_to(size)
    heads = "".join(f"{100 * share:>10g} % accuracy{'V4':>16}" for share in chosen.shares)
    lines = [f"{'rule':22}{heads}"]
    for name in chosen.rules:
        cells = ""
        for share in chosen.shares:
            models = [(trained(name, share, seed, learn, chosen.epochs), seed) for seed in range(chosen.seeds)]
            columns = (
                np.array([model.evaluate(new)["accuracy"] for model, _ in models]),
                np.array([of_v4(model, v4, seed) for model, seed in models]),
            )
            cells += "".join(f"{column.mean():>13.3f} ± {column.std():.3f}" for column in columns)
        lines.append(f"{name:22}{cells}")
        print(lines[-1], flush=True)
    return lines


def asked(given: list[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=6_000)
    parser.add_argument("--new", type=int, default=1_200)
    parser.add_argument("--epochs", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.01, 0.1, 1.0])
    parser.add_argument("--rules", nargs="+", default=list(COMPARED), choices=list(RULES))
    return parser.parse_args(given)


if __name__ == "__main__":
    print(table(asked(), recorded())[0])
