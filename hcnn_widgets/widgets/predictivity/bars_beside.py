"""The last scores of another run, held against the bars of a run: they outlast it."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.known_run import title_beside
from hcnn_widgets.widgets.scores.known_scores import works_of

Array = NDArray[np.float64]
Key = tuple[str, bool, str, int]
"""Brain area, whether it is simulated, model area, and the number of images: only what agrees in these is alike."""


class LevelsBeside(NamedTuple):
    """Title of another run, and its score for each bar, (n_brain, n_model); NaN where there is none."""

    title: str
    value: Array

    @property
    def known(self) -> bool:
        """Return whether there is any score."""
        return bool(np.isfinite(self.value).any())


class LastScores(NamedTuple):
    """Title and last scores of a run; the run itself is not held."""

    title: str
    known: dict[Key, float]

    @classmethod
    def of(cls, run: Any) -> "LastScores":
        """Return the newest scores that a run has by now: on as many images as its first, and those on all images.

        Raises
        ------
        TypeError
            If it is no run.
        """
        title = title_beside(run)
        newest = [table for work in works_of(run) for table in _newest_alike(list(work.history))]
        return cls(title, {key: value for table in newest for key, value in _scores(table)})

    def within(self, newest: Any) -> LevelsBeside:
        """Return what can be held against a table: the same brain and model areas, on as many images.

        Parameters
        ----------
        newest : ScoreTable
        """
        rows = [[self.known.get(key, np.nan) for key in row] for row in _keys(newest)]
        shape = len(newest.brain_areas), len(newest.model_areas)
        return LevelsBeside(self.title, np.array(rows, np.float64).reshape(shape))


def _newest_alike(tables: list[Any]) -> list[Any]:
    """Return the newest of the tables that are on the images of the first, and its scores on all images."""
    if not tables or not getattr(tables[0], "brain_areas", None):
        return []
    newest = [table for table in tables if table.n_stimuli == tables[0].n_stimuli][-1]
    whole = getattr(newest, "whole", None)
    return [newest] if whole is None else [newest, whole]


def _keys(table: Any) -> list[list[Key]]:
    areas = zip(table.brain_areas, table.simulated, strict=True)
    n_stimuli = int(table.n_stimuli)
    return [[(str(brain), bool(made), str(model), n_stimuli) for model in table.model_areas] for brain, made in areas]


def _scores(table: Any) -> list[tuple[Key, float]]:
    value = np.asarray(table.value, np.float64)
    return [(key, float(value[b, m])) for b, row in enumerate(_keys(table)) for m, key in enumerate(row)]
