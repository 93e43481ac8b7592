"""Scores of what does not train, computed beside the panel for whatever map, splits and correction a person chooses."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.conventions import Choices
from hcnn_widgets.mapping.corrections import CORRECTIONS
from hcnn_widgets.mapping.live_recordings import recordings_tuple
from hcnn_widgets.mapping.pixels import pixels
from hcnn_widgets.mapping.prediction_task import prediction_task
from hcnn_widgets.mapping.recordings import RecordingSet
from hcnn_widgets.mapping.score import Score
from hcnn_widgets.mapping.scoring import scores_of_tasks
from hcnn_widgets.mapping.splits import BY_GROUP, EACH_ONCE

from .latest_job import LatestJob
from .score_measure import NO_CORRECTION
from .score_source import ScoreSource
from .scored_table import ScoredTable, scored_table
from .words import duration, in_words

N_FOLDS = 10
Tell = Callable[[int, int], None]
Asked = tuple[str, str, tuple[str, ...]]


class StaticScore:
    """Scores of given or recorded activations against recordings; in the form of a LiveScore, so that panels show both.

    Parameters
    ----------
    source : ScoreSource
        Gives the activations.
    recordings : RecordingSet, or sequence or mapping of them

    Attributes
    ----------
    recordings : tuple of RecordingSet
    """

    def __init__(self, source: ScoreSource, recordings: Any) -> None:
        self.recordings = recordings_tuple(recordings)
        self._source, self._job = source, LatestJob()
        self._asked: Asked | None = None
        self._latest: ScoredTable | None = None
        self._stage = ""

    def use(self, method: str, splits: str, correction: str = NO_CORRECTION) -> None:
        """Compute with these choices; what was under way is given up, what was there last stays until it is done."""
        needs_trials = correction in CORRECTIONS and CORRECTIONS[correction].needs_trials
        asked = method, splits, (correction,) if needs_trials else ()
        self._asked = asked
        self._job.ask(asked, lambda tell: self._scored(asked, tell))

    @property
    def latest(self) -> ScoredTable | None:
        """The scores of the last choices that could be computed, or None before the first."""
        self._look()
        return self._latest

    @property
    def error(self) -> str | None:
        """What is wrong with the choices, in a sentence, or None."""
        return self._look()

    @property
    def alive(self) -> bool:
        """Whether something is being computed that is still wanted."""
        return self._asked is not None and self._job.busy

    @property
    def words(self) -> str:
        """What is being computed, and how long the rest may take; empty when all is done."""
        if not self.alive:
            return ""
        done, total = self._job.progress
        left = f", {duration(self._job.seconds / done * (total - done))} left" if done else ""
        part = f": {done + 1} of {total}{left}" if total else ""
        return f"{self._stage or 'scoring'}{part}…"

    def close(self) -> None:
        """Give up what is under way."""
        self._asked = None

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is being computed; say whether that is so."""
        return self._job.wait(timeout)

    def _look(self) -> str | None:
        """Take up what has been computed; give what went wrong."""
        try:
            answer = self._job.answer(self._asked) if self._asked is not None else None
        except Exception as error:  # whatever it was, a panel must be able to say it
            return in_words(error)
        self._latest = answer if answer is not None else self._latest
        return None

    # --- the job's thread ---------------------------------------------------------------------------------------
    def _scored(self, asked: Asked, tell: Tell) -> ScoredTable | None:
        method, splits, corrections = asked
        choices = Choices(method, splits, pooling="pooled" if splits in EACH_ONCE else "per split")
        tasks = [prediction_task(one, replace(choices, n_folds=n_folds(one, splits))) for one in self.recordings]
        self._stage = self._source.words
        sources: dict[str, Sequence[ActivationSet | None]] = {
            "model area": self._source.trained(self.recordings),
            "untrained": self._source.untrained(self.recordings),
            "image": [None if one.stimuli is None else pixels(one.stimuli) for one in self.recordings],
        }
        scores: dict[str, list[dict[str, Score]]] = {kind: [{} for _ in tasks] for kind in sources}
        jobs = [job for kind, activations in sources.items() for job in _jobs(kind, activations)]
        for number, job in enumerate(jobs):
            if self._asked != asked:
                return None
            self._stage = f"scoring {job.kind} {job.activations.areas[0]}"
            tell(number, len(jobs))
            of_job = scores_of_tasks(job.activations, [tasks[place] for place in job.places], choices, corrections)
            for place, score in zip(job.places, of_job, strict=True):
                scores[job.kind][place] |= score
        grey = [next(iter(row.values()), None) for row in scores["image"]]
        return scored_table(self.recordings, scores["model area"], scores["untrained"], grey, self._source.note)


def n_folds(recordings: RecordingSet, splits: str) -> int:
    """Give how many folds there are: ten, or as many as there are categories to be kept together.

    Examples
    --------
    >>> import numpy as np
    >>> recordings = RecordingSet(np.ones((1, 3, 1)), ["a", "b", "c"], area="IT", labels=["cat", "dog", "cat"])
    >>> n_folds(recordings, "kfold"), n_folds(recordings, "grouped")
    (10, 2)
    """
    if splits not in BY_GROUP or recordings.labels is None:
        return N_FOLDS
    return min(N_FOLDS, len(set(recordings.labels.tolist())))


class _Job(NamedTuple):
    """One model area against all recordings that share its activations."""

    kind: str
    activations: ActivationSet
    places: tuple[int, ...]


def _jobs(kind: str, activations: Sequence[ActivationSet | None]) -> Iterator[_Job]:
    """Give a job per area of each set of activations; None, of recordings without images, gives none."""
    for one in {id(one): one for one in activations if one is not None}.values():
        places = tuple(place for place, other in enumerate(activations) if other is one)
        for area in one.areas:
            yield _Job(kind, ActivationSet({area: one[area]}, one.stimulus_ids), places)
