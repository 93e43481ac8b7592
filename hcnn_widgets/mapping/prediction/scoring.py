"""Score every model area against every task, with maps shared between tasks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.projection import random_projection
from hcnn_widgets.mapping.maps.splits import FEWEST
from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.mapping.numerics.correlation import prediction_r, varying_columns
from hcnn_widgets.mapping.numerics.known_values import mean_known, median_known
from hcnn_widgets.mapping.numerics.scales import check_scale
from hcnn_widgets.mapping.prediction.area_maps import AreaMaps
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.prediction.task import PredictionTask
from hcnn_widgets.mapping.prediction.trial_corrections import check_trials
from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.records.joining import rows_of

Array = NDArray[np.float64]
ACTIVATIONS_HINT = ", made of arrays by ActivationSet({area: array}, stimulus_ids)"


def scores_of_tasks(
    activations: ActivationSet,
    tasks: Sequence[PredictionTask],
    choices: Choices,
    corrections: tuple[str, ...] = (),
) -> list[dict[str, Score]]:
    """Score every model area against every task.

    Parameters
    ----------
    activations : ActivationSet
        With all the tasks' stimuli.
    tasks : sequence of PredictionTask
        Brain areas or time bins; tasks with the same stimuli and folds share their maps.
    choices : Choices
    corrections : tuple of str
        Names in `CORRECTIONS` that need trials.

    Returns
    -------
    list of dict of model area to Score
        One dict per task.

    Raises
    ------
    ValueError
        As `each_score`.
    """
    scores: list[dict[str, Score]] = [{} for _ in tasks]
    for number, area, score in each_score(activations, tasks, choices, corrections):
        scores[number][area] = score
    return scores


def each_score(
    activations: ActivationSet, tasks: Sequence[PredictionTask], choices: Choices, corrections: tuple[str, ...] = ()
) -> Iterator[tuple[int, str, Score]]:
    """Yield the scores in turn, so that the predictions of all need not be in memory together.

    Parameters
    ----------
    activations, tasks, choices, corrections
        As in `scores_of_tasks`.

    Yields
    ------
    number, area, score
        Index of the task, model area, and score.

    Raises
    ------
    TypeError
        If `activations` is no ActivationSet.
    ValueError
        If a task's stimuli have no activations, or its trials do not allow a correction.
    """
    check_kind("activations", activations, ActivationSet, ACTIVATIONS_HINT)
    for task in tasks:
        check_trials(corrections, task, choices)
    tasks = [replace(task, notes=(*task.notes, *activations.notes)) for task in tasks]
    for together in _groups(tasks):
        first = tasks[together[0]]
        rows = rows_of(first.recordings.stimulus_ids, activations.stimulus_ids, "activations")
        in_order = np.array_equal(rows, np.arange(len(activations)))
        for area in activations.areas:
            x = activations[area] if in_order else activations[area][rows]
            if choices.reverse:
                for number in together:
                    yield number, area, _reverse_score(x, area, tasks[number], choices)
                continue
            if choices.max_units is not None:
                x = random_projection(x, choices.max_units, choices.seed)
            maps = AreaMaps(x, first.folds, choices)
            for number in together:
                yield number, area, _forward_score(maps, area, tasks[number], choices, corrections)


def _groups(tasks: Sequence[PredictionTask]) -> Iterator[list[int]]:
    """Yield, group by group, the indices of tasks that share stimuli and folds."""
    left = list(range(len(tasks)))
    while left:
        together = [number for number in left if tasks[number].shares_rows_with(tasks[left[0]])]
        yield together
        left = [number for number in left if number not in together]


def _forward_score(
    maps: AreaMaps, area: str, task: PredictionTask, choices: Choices, corrections: tuple[str, ...]
) -> Score:
    """Score one model area against one task."""
    recorded = task.responses[:, task.varying]
    result = _Result(task, recorded, maps.predict(recorded), choices)
    corrected = {
        name: _whole(of_trials(maps, task, result.evaluated, choices.pooling), task.varying)
        for name in corrections
        if (of_trials := CORRECTIONS[name].of_trials) is not None
    }
    assert task.recordings.site_ids is not None
    notes = (*task.notes, *(f"model area {area}: {note}" for note in maps.notes()))
    return result.score(
        task.responses, task.varying, task.recordings.site_ids, task.ceiling, task.site_ceilings, notes, corrected
    )


def _reverse_score(x: NDArray[np.float32], area: str, task: PredictionTask, choices: Choices) -> Score:
    """Score how well the recorded sites predict the units of one model area."""
    check_scale("recordings", task.responses.T)
    units = np.arange(x.shape[1])
    if choices.max_units is not None and len(units) > choices.max_units:
        units = np.sort(np.random.default_rng(choices.seed).choice(units, choices.max_units, replace=False))
    activity = x[:, units].astype(np.float64)
    varying = varying_columns(activity)
    if not varying.any():
        raise ValueError(
            f"`activations[{area!r}]` has no unit that varies over the recorded stimuli. Accepted is one or more; "
            "received constant units only."
        )
    notes = [*task.notes, "reverse: no ceiling; noise in the recordings, which predict here, lowers the score"]
    if constant := int((~varying).sum()):
        notes.insert(0, f"{constant} of {len(varying)} units are constant and were left out")
    activity.setflags(write=False)
    maps = AreaMaps(task.responses[:, task.varying], task.folds, choices)
    result = _Result(task, activity[:, varying], maps.predict(activity[:, varying]), choices)
    unit_ids = np.array([f"{area}-{unit:05d}" for unit in units])
    unknown = np.full(len(units), np.nan)
    return result.score(activity, varying, unit_ids, float("nan"), unknown, (*notes, *maps.notes()), {})


@dataclass(frozen=True, eq=False)
class _Result:
    """Held-out predictions and recorded responses, without constant columns."""

    task: PredictionTask
    recorded: Array
    predicted: list[NDArray[np.floating]]
    choices: Choices

    @property
    def _pairs(self) -> Iterator[tuple[NDArray[np.intp], NDArray[np.floating]]]:
        return zip((test for _, test in self.task.folds), self.predicted, strict=True)

    @cached_property
    def per_split(self) -> Array:
        """Pearson r of each site in each fold, (n_folds, n_sites)."""
        return np.array([prediction_r(predicted, self.recorded[test]) for test, predicted in self._pairs])

    @cached_property
    def evaluated(self) -> Array:
        """Pearson r behind the score: a row per fold, or a single row over all folds together."""
        if self.choices.pooling == "per split":
            return self.per_split
        together = np.empty_like(self.recorded)
        for test, predicted in self._pairs:
            together[test] = predicted
        return prediction_r(together, self.recorded)[np.newaxis]

    def score(
        self,
        responses: Array,
        varying: NDArray[np.bool_],
        site_ids: NDArray[np.str_],
        ceiling: float,
        site_ceilings: Array,
        notes: tuple[str, ...],
        corrected: dict[str, Array],
    ) -> Score:
        """Return the score, with NaN for constant columns."""
        evaluated, per_split = self.evaluated, self.per_split
        medians = median_known(per_split, axis=1)
        enough = np.array([len(test) >= FEWEST for test, _ in self._pairs])
        known = medians[enough & ~np.isnan(medians)]
        return Score(
            value=float(mean_known(median_known(evaluated, axis=1), axis=0)),
            error=float(known.std() / np.sqrt(len(known))) if len(known) else float("nan"),
            per_site=_whole(mean_known(evaluated, axis=0), varying),
            per_split=_whole(per_split, varying),
            ceiling=ceiling,
            method=self.choices.method,
            splits=self.choices.splits,
            convention=self.choices.convention(len(self.task.folds)),
            notes=notes,
            pooling=self.choices.pooling,
            stimulus_ids=self.task.recordings.stimulus_ids,
            site_ids=site_ids,
            responses=responses,
            held_out=tuple((test, _whole(predicted, varying)) for test, predicted in self._pairs),
            site_ceilings=site_ceilings,
            site_corrections=corrected,
            simulated=self.task.recordings.simulated,
        )


def _whole(values: NDArray[np.floating], varying: NDArray[np.bool_]) -> Array:
    """Return all columns, with NaN for those that do not vary."""
    whole = np.full((*values.shape[:-1], len(varying)), np.nan)
    whole[..., varying] = values
    return whole
