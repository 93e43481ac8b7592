"""Rows over seeds of networks against V4 and IT, and tests paired over neurons: shared by the tables of Figure 3.

V4 are neurons recorded by Cowley et al. 2023 (a network connection, or the folder that HCNN_WIDGETS_DATA names), each
predicted by the area that predicts the other half of the neurons best: no neuron has a say in which area it is scored
by. IT is simulated, out of category and latent variables, so that what it says of goals and rules that use the
category follows by construction in part. With 50 neurons, differences below .03 are unresolved.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import wilcoxon

import hcnn_widgets as hw

SIDE, N_KERNELS = 32, (16, 24, 32, 48)
Floats = NDArray[np.float64]


@dataclass
class Row:
    """A network over seeds: its score on new images, V4 neuron by neuron, simulated IT, seconds of the processor."""

    score: str = ""
    reached: list[float] = field(default_factory=list)
    v4: list[Floats] = field(default_factory=list)
    it: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def line(self, name: str, others: dict[str, "Row"]) -> str:
        """Return the row in words, with what parts it from others."""
        reached = f"{np.mean(self.reached):.3f} ± {np.std(self.reached):.3f}" if self.reached else ""
        medians = [float(np.nanmedian(of_seed)) for of_seed in self.v4]
        v4 = f"{np.mean(medians):.3f} [{min(medians):.3f}, {max(medians):.3f}]"
        seconds = f"{np.mean(self.seconds):.0f} s" if self.seconds else ""
        cells = f"{name:26} {reached:15} {v4:22} {np.mean(self.it):6.3f} {seconds:>6}"
        return cells + "".join(f"  {self.against(other):30}" for other in others.values() if other is not self)

    def against(self, other: "Row") -> str:
        """Return the median difference of V4 neurons with its interval (bootstrap) and a Wilcoxon test, paired."""
        difference = np.mean(self.v4, axis=0) - np.mean(other.v4, axis=0)
        difference = difference[np.isfinite(difference)]
        if not difference.any():
            return "the same"
        drawn = np.random.default_rng(0).choice(difference, (2_000, len(difference)))
        low, high = np.quantile(np.median(drawn, axis=1), (0.025, 0.975))
        return f"{np.median(difference):+.3f} [{low:+.3f}, {high:+.3f}] p {wilcoxon(difference).pvalue:.3f}"


def spec() -> Any:
    """Return the trunk that all have, so that their areas can be compared."""
    return hw.architecture.hcnn(
        n_kernels=N_KERNELS, stride=1, initial_gain=1.0, l2_penalty=0.0, input_shape=(SIDE, SIDE, 1)
    )


def pictures(n_learnt: int, n_new: int) -> tuple[hw.StimulusSet, hw.StimulusSet]:
    """Return objects to learn from, and new ones."""
    return hw.stimuli.objects(n_learnt, size=SIDE, seed=0), hw.stimuli.objects(n_new, size=SIDE, seed=1)


def brains() -> list[Any]:
    """Return the recorded V4 and the simulated IT."""
    seen = hw.stimuli.objects(640, seed=1001)
    return [hw.mapping.cowley2023_v4(), hw.mapping.simulated_cortex(seen, areas=("IT",))["IT"]]


def add(row: Row, model: hw.GoalDrivenModel, recordings: list[Any], units: int) -> None:
    """Add a network's scores: V4 neurons, and the median of the simulated sites by the area IT."""
    v4, it = recordings
    row.v4.append(of_neurons(model, v4, units))
    of_it = hw.mapping.predictivity(model.record(it.stimuli.adapted_to((SIDE, SIDE, 1)), units=units), it, n_folds=5)
    row.it.append(of_it["IT"].value)


def of_neurons(model: hw.GoalDrivenModel, v4: hw.RecordingSet, units: int) -> Floats:
    """Return each neuron's score by the area that is best for the other half of the neurons."""
    activations = model.record(v4.stimuli.adapted_to((SIDE, SIDE, 1)), units=units)
    scores = hw.mapping.predictivity(activations, v4, n_folds=5)
    return best_by_the_others({area: score.per_site for area, score in scores.items()})


def best_by_the_others(per_area: dict[str, Floats]) -> Floats:
    """Return each neuron's score by the area that is best for the other half of the neurons."""
    scores = np.array(list(per_area.values()))
    halves = [np.arange(scores.shape[1]) % 2 == half for half in (0, 1)]
    chosen = np.empty(scores.shape[1])
    for mine, others in (halves, halves[::-1]):
        chosen[mine] = scores[np.nanmedian(scores[:, others], axis=1).argmax(), mine]
    return chosen


def trained(row: Row, model: hw.GoalDrivenModel, stimuli: tuple[Any, Any], epochs: float, seed: int) -> None:
    """Train a network, and add what it reaches on new images and its seconds."""
    learnt, new = stimuli
    if getattr(model.rule, "of_sequences", False):  # sees the same objects in two moments each
        learnt = hw.stimuli.object_moments(len(learnt), size=SIDE)
    began = time.process_time()
    run = model.train(learnt, validation=None, epochs=epochs, seed=seed)
    run.join()
    if run.state != "finished":
        raise SystemExit(f"{model}: {run.state_message}")
    row.seconds.append(time.process_time() - began)
    row.score = model.goal.score_kinds(model.categories)[0].name
    row.reached.append(model.evaluate(new)[row.score])


def table(made: dict[str, Callable[[int], hw.GoalDrivenModel]], chosen: Any, against: tuple[str, ...]) -> None:
    """Train what is named over seeds, and print a row each with its differences from some of them.

    The row "untrained" is made and not trained.
    """
    stimuli, recordings = pictures(chosen.images, chosen.new), brains()
    rows: dict[str, Row] = {}
    for name, make in made.items():
        rows[name] = Row()
        for seed in range(chosen.seeds):
            model = make(seed)
            if name != "untrained":
                trained(rows[name], model, stimuli, chosen.epochs, seed)
            add(rows[name], model, recordings, chosen.units)
        print(rows[name].line(name, {}), flush=True)
    others = {name: rows[name] for name in against if name in rows}
    print(f"\nV4 is the median over neurons [over {chosen.seeds} seeds]; differences, paired, from {', '.join(others)}")
    print(f"{'':26} {'on new images':15} {'V4 (recorded)':22} {'IT (sim)':>8}  training")
    for name, row in rows.items():
        print(row.line(name, others), row.score)


def options(parser: Any) -> None:
    """Add what both tables are asked for."""
    parser.add_argument("--images", type=int, default=6_000, help="images to learn from")
    parser.add_argument("--new", type=int, default=1_200, help="images to be scored on")
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--units", type=int, default=512, help="units of an area, drawn at random")
