"""Scores of given activations, or of a model that does not train."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.at_rest.scored_table import ScoredTable, scored_table
from hcnn_widgets.mapping.live.at_rest.source import AtRest
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.maps.splits import SPLITS
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.prediction.scoring import scores_of_tasks
from hcnn_widgets.mapping.prediction.task import prediction_task, with_fitting_folds
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Progress = Callable[[str, int, int], bool]
"""Takes the work in words, the parts done, and all parts (0 where unknown); returns whether to go on."""
N_FOLDS = 10


def scores_at_rest(
    source: AtRest,
    recordings: Sequence[RecordingSet],
    method: str,
    splits: str,
    corrections: tuple[str, ...],
    progress: Progress,
) -> ScoredTable | None:
    """Score given or recorded activations, those of the untrained network and the pixels against recordings.

    Parameters
    ----------
    source : AtRest
    recordings : sequence of RecordingSet
    method, splits : str
        Names in `MAPS` and `SPLITS`.
    corrections : tuple of str
        Names in `CORRECTIONS` that need maps fitted on parts of the trials.
    progress : callable
        See `Progress`.

    Returns
    -------
    ScoredTable or None
        None if `progress` ends the work.

    Raises
    ------
    ValueError
        If the recordings do not allow these choices.
    """
    choices = Choices(method, splits)
    tasks = [prediction_task(brain, replace(choices, n_folds=n_folds(brain, splits))) for brain in recordings]
    progress(source.words, 0, 0)
    sources: dict[str, Sequence[ActivationSet | None]] = {
        "model area": source.trained(recordings),
        "untrained": source.untrained(recordings),
        "image": [None if brain.stimuli is None else pixels(brain.stimuli) for brain in recordings],
    }
    scores: dict[str, list[dict[str, Score]]] = {kind: [{} for _ in tasks] for kind in sources}
    jobs = [job for kind, activations in sources.items() for job in _jobs(kind, activations)]
    for number, job in enumerate(jobs):
        if not progress(f"scoring {job.kind} {job.activations.areas[0]}", number, len(jobs)):
            return None
        of_job = scores_of_tasks(job.activations, [tasks[place] for place in job.places], choices, corrections)
        for place, score in zip(job.places, of_job, strict=True):
            scores[job.kind][place] |= score
    grey = [next(iter(row.values()), None) for row in scores["image"]]
    note = "; ".join(filter(None, (source.note, source.about_control)))
    return scored_table(recordings, scores["model area"], scores["untrained"], grey, note)


class _Job(NamedTuple):
    """A model area to be scored against all recordings that share its activations."""

    kind: str
    activations: ActivationSet
    places: tuple[int, ...]


def _jobs(kind: str, activations: Sequence[ActivationSet | None]) -> Iterator[_Job]:
    """Yield a job per area of each set of activations; skip None, which stands for recordings without images."""
    for shared in {id(of_recording): of_recording for of_recording in activations if of_recording is not None}.values():
        places = tuple(place for place, of_recording in enumerate(activations) if of_recording is shared)
        for area in shared.areas:
            yield _Job(kind, ActivationSet.taking_over({area: shared[area]}, shared.stimulus_ids, shared.notes), places)


def n_folds(recordings: RecordingSet, splits: str) -> int:
    """Return the number of folds: ten, or as many as there are categories to be kept together if fewer.

    Fewer where a fold would hold too few stimuli for a correlation.

    Examples
    --------
    >>> import numpy as np
    >>> ids, labels = [f"image{n:02d}" for n in range(40)], ["cat", "dog"] * 20
    >>> recordings = RecordingSet(np.ones((1, 40, 1)), ids, area="IT", labels=labels)
    >>> n_folds(recordings, "kfold"), n_folds(recordings.select(ids[:12]), "kfold"), n_folds(recordings, "grouped")
    (10, 4, 2)
    """
    if not SPLITS[splits].by_group or recordings.labels is None:
        return with_fitting_folds(Choices(splits=splits, n_folds=N_FOLDS), recordings).n_folds
    return min(N_FOLDS, len(set(recordings.labels.tolist())))
