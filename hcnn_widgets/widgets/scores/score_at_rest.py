"""Scores of what does not train."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.prediction.choices import Choices, pooling_of
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.prediction.scoring import scores_of_tasks
from hcnn_widgets.mapping.prediction.task import prediction_task

from .scores_at_rest_table import ScoredTable, scored_table
from .work_at_rest import Asked, StaticWork, Tell, n_folds


class StaticScore(StaticWork[ScoredTable]):
    """Scores of given or recorded activations against recordings; the parameters are those of StaticWork."""

    def _computed(self, asked: Asked, tell: Tell) -> ScoredTable | None:
        method, splits, corrections = asked
        choices = Choices(method, splits, pooling=pooling_of(splits))
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
            yield _Job(kind, ActivationSet.taking_over({area: one[area]}, one.stimulus_ids), places)
