"""Runs as a table for text, Markdown, CSV and papers."""

from collections.abc import Sequence
from math import nan

from hcnn_widgets.mapping.numerics.table import Column, Table, named

from .run_choices import NAME, differing, in_words
from .run_row import RunRow
from .runs_layout import seed_words, state_words
from .runs_scene import captions


class RunsRecord(Table):
    """Rows of runs as they were at a moment; the best score of the goal is marked.

    Parameters
    ----------
    rows : sequence of RunRow
    """

    def __init__(self, rows: Sequence[RunRow]) -> None:
        self.rows = tuple(rows)

    def _columns(self) -> list[Column]:
        rows = self.rows
        shown = differing([row.choices for row in rows]) or [NAME]
        simulated = {score.brain: score.simulated for row in rows for score in row.brains}
        return [
            Column("run", "run", [row.title for row in rows], True),
            Column("choices", "choices", [in_words(row.choices, shown) for row in rows]),
            Column("seed", "seed", [seed_words(row) for row in rows]),
            Column("score", "", [row.score_words or nan for row in rows], True),
            Column("", "score name", [row.quantity.name if row.quantity else "" for row in rows]),
            Column("", "score", [nan if row.score is None else row.score for row in rows]),
            *(
                Column(f"{named(brain, is_simulated)} r", f"{named(brain, is_simulated)} r", _r(rows, brain))
                for brain, is_simulated in simulated.items()
            ),
            Column("s", "seconds", [int(row.elapsed_s) for row in rows]),
            Column("state", "state", [state_words(row) for row in rows]),
        ]

    def _conventions(self) -> list[str]:
        return [words.rstrip(".") for words in captions(self.rows)]

    def _marked_rows(self) -> list[int]:
        known = [row for row in self.rows if row.score is not None and row.quantity is not None]
        if len({row.quantity.name for row in known if row.quantity is not None}) != 1:
            return []
        higher = all(row.quantity.higher_is_better for row in known if row.quantity is not None)
        best = (max if higher else min)(row.score for row in known if row.score is not None)
        return [number for number, row in enumerate(self.rows) if row.score == best]


def _r(rows: Sequence[RunRow], brain: str) -> list[float]:
    scores = [row.brain(brain) for row in rows]
    return [nan if score is None else score.value for score in scores]
