"""What a network's goal does to its areas: each goal on new images, and its areas against V4 and IT, over seeds.

    python benchmarks/goals.py [--images 6000] [--new 1200] [--epochs 10] [--seeds 3] [--units 512] [--goals size ...]

V4 are neurons recorded by Cowley et al. 2023 (a network connection, or the folder that HCNN_WIDGETS_DATA names); IT is
simulated, out of category and latent variables, so that what it says of goals follows by construction in part. Beside
the goals stand the untrained networks, and a Wilcoxon test of each goal against category, paired over V4 neurons whose
scores are averaged over seeds. The seconds are of the processor, for the training alone.
"""

import argparse
import time
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import wilcoxon

import hcnn_widgets as hw
from hcnn_widgets.goal import GOALS

SIDE, N_KERNELS = 32, (16, 24, 32, 48)
FIRST = "categorization"


@dataclass
class Row:
    """A goal over seeds: its score on new images, V4 neuron by neuron in the best area, simulated IT, seconds."""

    reached: list[float] = field(default_factory=list)
    v4: list[np.ndarray] = field(default_factory=list)
    it: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def built(goal: str, seed: int) -> hw.GoalDrivenModel:
    # Segmentation and reconstruction have the same trunk as the others, with a decoder: areas can be compared.
    spec = hw.architecture.hcnn(
        n_kernels=N_KERNELS, stride=1, initial_gain=1.0, l2_penalty=0.0, input_shape=(SIDE, SIDE, 1)
    )
    return hw.GoalDrivenModel(spec, GOALS[goal](), seed=seed)


def against_brains(model: hw.GoalDrivenModel, brains: list, units: int) -> tuple[np.ndarray, float]:
    """Return the scores of all V4 neurons by the best area, and the median of the simulated IT sites by IT."""
    v4, it = brains
    shown = v4.stimuli.adapted_to((SIDE, SIDE, 1))
    of_v4 = hw.mapping.predictivity(model.record(shown, units=units), v4, n_folds=5)
    best = max(of_v4.values(), key=lambda score: score.value)
    of_it = hw.mapping.predictivity(model.record(it.stimuli.adapted_to((SIDE, SIDE, 1)), units=units), it, n_folds=5)
    return best.per_site, of_it["IT"].value


def add(row: Row, goal: str, seed: int, stimuli: tuple[hw.StimulusSet, hw.StimulusSet], brains: list, chosen) -> Row:
    learnt, new = stimuli
    model, began = built(goal, seed), time.process_time()
    run = model.train(learnt, validation=None, epochs=chosen.epochs, seed=seed)
    run.join()
    if run.state != "finished":
        raise SystemExit(f"{goal}: {run.state_message}")
    row.seconds.append(time.process_time() - began)
    row.reached.append(model.evaluate(new)[model.goal.score_kinds(model.categories)[0].name])
    v4, it = against_brains(model, brains, chosen.units)
    row.v4.append(v4)
    row.it.append(it)
    return row


def untrained(seed: int, stimuli: tuple[hw.StimulusSet, hw.StimulusSet], brains: list, units: int, row: Row) -> Row:
    model = built(FIRST, seed)
    model.build(model.goal.units(stimuli[0]))
    v4, it = against_brains(model.untrained(), brains, units)
    row.v4.append(v4)
    row.it.append(it)
    return row


def line(name: str, row: Row, category: Row | None) -> str:
    neurons = np.mean(row.v4, axis=0)
    cells = [f"{name:16}", f"{np.mean(row.reached):8.3f}" if row.reached else 8 * " "]
    medians = [np.nanmedian(of_seed) for of_seed in row.v4]
    cells += [f"{np.mean(medians):8.3f} [{min(medians):.3f}, {max(medians):.3f}]", f"{np.mean(row.it):8.3f}"]
    cells.append(f"{np.mean(row.seconds):6.0f} s" if row.seconds else 8 * " ")
    if category is not None and row is not category:
        known = np.isfinite(neurons)
        difference = (neurons - np.mean(category.v4, axis=0))[known]
        cells.append(f"V4 {np.median(difference):+.3f}, p {wilcoxon(difference).pvalue:.3f}")
    return "  ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=int, default=6000, help="images to learn from")
    parser.add_argument("--new", type=int, default=1200, help="images to be scored on")
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--units", type=int, default=512, help="units of an area, drawn at random")
    parser.add_argument("--goals", nargs="+", help="by default all that rendered objects can be trained for")
    chosen = parser.parse_args()
    stimuli = tuple(hw.stimuli.objects(n, size=SIDE, seed=seed) for n, seed in ((chosen.images, 0), (chosen.new, 1)))
    fitting = [goal for goal in GOALS if goal != "several" and not GOALS[goal]().refusal(stimuli[0])]
    chosen.goals = chosen.goals or fitting
    seen = hw.stimuli.objects(640, seed=1001)
    brains = [hw.mapping.cowley2023_v4(), hw.mapping.simulated_cortex(seen, areas=("IT",))["IT"]]
    rows: dict[str, Row] = {"untrained": Row()}
    for seed in range(chosen.seeds):
        rows["untrained"] = untrained(seed, stimuli, brains, chosen.units, rows["untrained"])
        for goal in chosen.goals:
            rows[goal] = add(rows.get(goal, Row()), goal, seed, stimuli, brains, chosen)
    print(f"{'goal':16}  {'new':>8}  {'V4 (recorded) [over seeds]':24}  {'IT (sim)':>8}  training  against {FIRST}")
    for name, row in rows.items():
        kind = "" if name == "untrained" else GOALS[name]().score_kinds(())[0].name
        print(line(name, row, rows.get(FIRST)), kind)


if __name__ == "__main__":
    main()
