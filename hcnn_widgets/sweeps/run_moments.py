"""One training as a sweep: its moments in place of networks."""

from typing import Any

import numpy as np

from hcnn_widgets.goal.quantity import HELD_OUT
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.saving.run_scores import kept_scores

from .running_sweep import Sweep
from .sweep_row import SweepRow

MEMBERS = ("history", "model", "at_boundary")


class Checkpoints(Sweep):
    """The moments of a run at which a brain area was scored, as rows; more while the run goes on.

    Parameters
    ----------
    run : Run
    settings : mapping
    brain : str, optional
        The brain area; by default the first that was scored.
    """

    def __init__(self, run: Any, settings: dict[str, Any], brain: str | None) -> None:
        self._run, self._brain = run, brain
        super().__init__(0, settings)

    @property
    def rows(self) -> tuple[SweepRow, ...]:
        """A row for each moment, by its step; what is known by now."""
        found = moments(self._run, self._brain)
        self.n, self.settings["area"] = len(found), area_words(self._run, self._brain)
        return tuple(found)

    @property
    def alive(self) -> bool:
        """Whether more may come."""
        return bool(self._run.alive)

    def stop(self) -> None:
        """Stop the training."""
        self._run.stop()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end of the training; return whether it is over."""
        return bool(self._run.join(timeout))


@checks_keywords
def checkpoints(run: Any, brain: str | None = None) -> Checkpoints:
    """Return the moments of one training as a sweep, for `hw.widgets.SweepPlot`, to see whether r rises with accuracy.

    Moments are those at which a panel such as ``ScoreTrace(run, recordings)`` or ``hw.mapping.live_score`` scored the
    network, also of a run from a folder. Accuracy is the goal's first score on held-out images at the last time before,
    and r that of the highest model area, as the best one would have to be chosen on other images.

    Parameters
    ----------
    run : Run
    brain : str, optional
        The brain area; by default the first that was scored.

    Raises
    ------
    TypeError
        If it is no run.
    """
    if not all(hasattr(run, member) for member in MEMBERS):
        raise TypeError(
            "`run` must be a run, as model.train(images) or hw.load_run(folder) gives it; received "
            f"{type(run).__name__}."
        )
    return Checkpoints(run, {"checkpoints": True}, brain)


def moments(run: Any, brain: str | None) -> list[SweepRow]:
    """Return a row for each moment at which the brain area was scored and the network had been measured."""
    steps, accuracy = _measured(run)
    rows: dict[int, SweepRow] = {}
    for score in kept_scores(run):
        for table in score.history:
            area = brain or table.brain_areas[0]
            if area not in table.brain_areas:
                continue
            place, at = table.brain_areas.index(area), int(np.searchsorted(steps, table.step, side="right")) - 1
            if at >= 0 and table.step not in rows:
                rows[table.step] = SweepRow(
                    table.step,
                    accuracy=float(accuracy[at]),
                    top=float(table.value[place, -1]),
                    best_area=table.model_areas[-1],
                    ceiling=float(table.ceiling[place]),
                    areas=dict(zip(table.model_areas, table.value[place].tolist(), strict=True)),
                    title=f"step {table.step:,}",
                )
    return [row for _, row in sorted(rows.items())]


def area_words(run: Any, brain: str | None) -> str:
    """Return the brain area, and whether its recordings are simulated; empty before it was scored."""
    for score in kept_scores(run):
        table = score.history[-1]
        area = brain or table.brain_areas[0]
        if area in table.brain_areas:
            return f"{area} (simulated)" if table.simulated[table.brain_areas.index(area)] else str(area)
    return ""


def _measured(run: Any) -> tuple[Any, Any]:
    """Return steps and values of the first score of the goal, on held-out images where there are any."""
    kinds = () if run.model.goal is None else run.model.goal.score_kinds(run.model.categories)
    for name in [prefix + kinds[0].name for prefix in (HELD_OUT, "")] if kinds else []:
        series = run.history.series(name)
        if len(series):
            return np.asarray(series.step), np.asarray(series.mean)
    return np.empty(0), np.empty(0)
