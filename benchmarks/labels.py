"""What few labels are enough for: rules without labels and a readout, beside learning from the labels alone.

    python benchmarks/labels.py [--images 6000] [--new 1200] [--epochs 10] [--seeds 3] [--shares .01 .1 1]

Rules without labels learn their areas from all images, of which they see pixels alone, once a seed; two moments sees
each of the same objects a second time, turned and moved. A linear readout of the top area is then fitted on the
labelled images: scikit-learn's ridge classifier on scaled units, its penalty chosen by leaving out one labelled image
at a time. Backpropagation starts from scratch with the labelled images alone, for as many steps of as many images.
Readout only, the untrained areas, is the floor. Accuracy is that on new images.

V4 are recorded neurons, each scored as `against_brains.py` says. Of areas that learn without labels it is the same
whatever the share. Seeds, which draw weights, labels and order, are summed up as mean and standard deviation.
"""

import argparse
from functools import cache

import against_brains
import numpy as np
from sklearn.linear_model import RidgeClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import hcnn_widgets as hw
from hcnn_widgets.goal import PartlyLabelled
from hcnn_widgets.learning import RULES, Backpropagation, ReadoutOnly

COMPARED = (
    "backpropagation",
    "simclr",
    "two moments",
    "competitive hebbian",
    "sparse coding",
    "autoencoder",
    "readout only",
)
PENALTIES = np.geomspace(1e-1, 1e5, 13)


@cache
def moments(n: int) -> hw.stimuli.SequenceSet:
    """Return n objects at two moments each, without labels."""
    return hw.stimuli.SequenceSet(hw.stimuli.object_moments(n, size=against_brains.SIDE).frames)


def without_labels(name: str, learn: hw.StimulusSet, epochs: float, seed: int) -> hw.GoalDrivenModel:
    """Return a network whose areas have learned from the pixels of all images."""
    kind = RULES[name]
    rule = kind()
    if isinstance(rule, ReadoutOnly):
        return built(rule, learn.categories, seed)
    if hasattr(rule, "steps_per_area"):  # a turn for each filter, also where a run has few steps
        turn = int(epochs * len(learn) / rule.batch_size / len(against_brains.N_KERNELS))
        rule = kind(steps_per_area=max(5, min(rule.steps_per_area, turn)))
    sequences = getattr(kind, "of_sequences", False)
    seen = moments(len(learn)) if sequences else hw.StimulusSet(learn.images)
    return trained(rule, seen, learn.categories, epochs, seed)


def from_scratch(labelled: hw.StimulusSet, learn: hw.StimulusSet, epochs: float, seed: int) -> hw.GoalDrivenModel:
    """Return a network that backpropagation has trained with labelled images alone, for as many steps as all take."""
    return trained(Backpropagation(), labelled, learn.categories, epochs * len(learn) / len(labelled), seed)


def built(rule, categories: tuple[str, ...], seed: int) -> hw.GoalDrivenModel:
    """Return an untrained network with all categories, of which few labels may lack some."""
    model = hw.GoalDrivenModel(against_brains.spec(), rule=rule, seed=seed)
    model.build(categories)
    return model


def trained(rule, stimuli, categories, epochs: float, seed: int) -> hw.GoalDrivenModel:
    """Return a network that a rule has trained."""
    model = built(rule, categories, seed)
    run = model.train(stimuli, validation=None, epochs=epochs, seed=seed)
    run.join()
    if run.state != "finished":
        raise RuntimeError(f"{rule.name}: {run.state_message}")
    return model


def units(model: hw.GoalDrivenModel, stimuli: hw.StimulusSet) -> np.ndarray:
    """Return all units of the top area, (n_stimuli, n_units)."""
    return np.asarray(model.record(stimuli)["IT"]).reshape(len(stimuli), -1)


def read_out(seen: np.ndarray, labels: np.ndarray, unseen: np.ndarray, answers: np.ndarray) -> float:
    """Return the accuracy on new images of a linear readout of units."""
    readout = make_pipeline(StandardScaler(), RidgeClassifierCV(PENALTIES))
    return float(readout.fit(seen, labels).score(unseen, answers))


def of_v4(model: hw.GoalDrivenModel, v4: hw.RecordingSet | None, n_units: int) -> float:
    """Return the median neuron's r by the area that the other half of the neurons choose; NaN without recordings."""
    if v4 is None or v4.stimuli is None:
        return np.nan
    return float(np.nanmedian(against_brains.of_neurons(model, v4, n_units)))


def recorded() -> hw.RecordingSet | None:
    """Return the recorded V4, None where it is not at hand."""
    try:
        return hw.mapping.cowley2023_v4()
    except (OSError, ValueError) as error:
        print(f"V4 is missing: {error}")
        return None


def scores(name: str, chosen: argparse.Namespace, sets: tuple, v4: hw.RecordingSet | None, seed: int) -> np.ndarray:
    """Return accuracy and r of V4 at each share for one seed, (n_shares, 2)."""
    learn, new = sets
    told = [PartlyLabelled(share=share, seed=seed).labelled(learn) for share in chosen.shares]
    if name == Backpropagation.name:
        models = [from_scratch(learn[which], learn, chosen.epochs, seed) for which in told]
        return np.array([(model.evaluate(new)["accuracy"], of_v4(model, v4, chosen.units)) for model in models])
    model = without_labels(name, learn, chosen.epochs, seed)
    r, seen, unseen = of_v4(model, v4, chosen.units), units(model, learn), units(model, new)
    return np.array([(read_out(seen[which], learn.labels[which], unseen, new.labels), r) for which in told])


def table(chosen: argparse.Namespace, v4: hw.RecordingSet | None) -> list[str]:
    """Return the lines of the table: a row a rule, for each share accuracy and r of V4."""
    sets = against_brains.pictures(chosen.images, chosen.new)
    heads = "".join(f"{100 * share:>10g} % accuracy{'V4':>16}" for share in chosen.shares)
    lines = [f"{'rule':22}{heads}"]
    print(lines[0], flush=True)
    for name in chosen.rules:
        seeds = np.array([scores(name, chosen, sets, v4, seed) for seed in range(chosen.seeds)])
        means, spreads = seeds.mean(axis=0).ravel(), seeds.std(axis=0).ravel()
        cells = "".join(f"{mean:>13.3f} ± {spread:.3f}" for mean, spread in zip(means, spreads, strict=True))
        lines.append(f"{name:22}{cells}")
        print(lines[-1], flush=True)
    return lines


def asked(given: list[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=6_000)
    parser.add_argument("--new", type=int, default=1_200)
    parser.add_argument("--epochs", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--units", type=int, default=512, help="units of an area that predict V4, drawn at random")
    parser.add_argument("--shares", type=float, nargs="+", default=[0.01, 0.1, 1.0])
    without = [name for name, kind in RULES.items() if not kind.uses_labels]
    parser.add_argument("--rules", nargs="+", default=list(COMPARED), choices=sorted({*COMPARED, *without}))
    return parser.parse_args(given)


if __name__ == "__main__":
    table(asked(), recorded())
