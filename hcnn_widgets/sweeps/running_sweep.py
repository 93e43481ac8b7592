"""A sweep while it goes on, and afterwards: its rows, and how accuracy and predictivity go together over them."""

import asyncio
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.data_out import data_frame

from .relations import Relation, relation
from .sweep_folder import NETWORK, RUN_NETWORK
from .sweep_row import NUMBERS, SweepRow

if TYPE_CHECKING:
    from hcnn_widgets.model import GoalDrivenModel

SCORES = ("best", "top", "untrained_best", "untrained_top")


class Sweep:
    """Rows of a sweep: those that there are by now, while it goes on.

    Attributes
    ----------
    n : int
        Networks in all.
    state : str
        "running", "finished", "stopped" or "failed".
    message : str
        Why it failed.
    settings : mapping
        All that it is repeated with, as plain data.
    folder : Path or None
    """

    def __init__(self, n: int, settings: Mapping[str, Any], folder: Path | None = None) -> None:
        self.n, self.settings, self.folder = n, dict(settings), folder
        self.state, self.message = "running", ""
        self.by_number: dict[tuple[str, int], SweepRow] = {}
        self._over, self.to_stop = threading.Event(), threading.Event()

    @classmethod
    def of_rows(cls, rows: Iterable[SweepRow], settings: Mapping[str, Any], folder: Path | None) -> "Sweep":
        """Make a sweep that is over, of rows that there are."""
        listed = list(rows)
        made = cls(len(listed), settings, folder)
        for row in listed:
            made.add(row)
        made.end("finished")
        return made

    @property
    def rows(self) -> tuple[SweepRow, ...]:
        """Rows that there are, in the order of their numbers; those with an error too."""
        return tuple(row for _, row in sorted(self.by_number.items()))

    @property
    def scored(self) -> tuple[SweepRow, ...]:
        """Rows without an error."""
        return tuple(row for row in self.rows if not row.error)

    @property
    def alive(self) -> bool:
        """Whether it goes on."""
        return not self._over.is_set()

    def relation(self, score: str = "best", seed: int = 0) -> Relation:
        """Return how accuracy and predictivity go together over the networks that there are.

        Parameters
        ----------
        score : str
            "best", "top", "untrained_best" or "untrained_top", fields of a `SweepRow`.
        seed : int
            Of the bootstrap.
        """
        known_name("score", score, SCORES)
        accuracy = "untrained_accuracy" if score.startswith("untrained") else "accuracy"
        columns = [[getattr(row, name) for row in self.scored] for name in (accuracy, score, "n_units")]
        return relation(columns[0], columns[1], np.log(np.array(columns[2], float)), seed)

    def to_dataframe(self) -> Any:
        """Return the rows that there are as a pandas DataFrame, a row per network, those with an error too.

        Returns
        -------
        pandas.DataFrame
            The fields of a `SweepRow`; its options as columns "option ..." and the r of its areas as columns "r ...";
            what a network has not is missing. ``attrs`` has the recordings, the seed and the epochs.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        rows = self.rows
        columns: dict[str, list[Any]] = {name: [getattr(row, name) for row in rows] for name in NUMBERS}
        for named, field in (("option", "options"), ("r", "areas")):
            keys = dict.fromkeys(key for row in rows for key in getattr(row, field))
            empty = None if field == "options" else np.nan
            columns |= {f"{named} {key}": [getattr(row, field).get(key, empty) for row in rows] for key in keys}
        said = {name: self.settings.get(name) for name in ("recordings", "area", "epochs", "seed", "units")}
        return data_frame(columns, said)

    def model(self, number: int) -> "GoalDrivenModel":
        """Load the trained network of a number from the sweep's folder.

        Raises
        ------
        ValueError
            If the sweep keeps no networks: it was made without a folder.
        """
        from hcnn_widgets.model import GoalDrivenModel

        if self.folder is None:
            raise ValueError(
                f"`number={number}` cannot be opened: a sweep with a folder keeps its networks; this has none."
            )
        run = self.folder / RUN_NETWORK.format(number=number)
        return GoalDrivenModel.load(run if run.is_file() else self.folder / NETWORK.format(number=number))

    def stop(self) -> None:
        """End it after the networks that are under way."""
        self.to_stop.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end in a script; return whether it is over."""
        return self._over.wait(timeout)

    async def wait(self) -> "Sweep":
        """Wait for the end in a notebook: ``await sweep.wait()``; the panel goes on working meanwhile."""
        while self.alive:
            await asyncio.sleep(0.1)
        return self

    def add(self, row: SweepRow) -> None:
        """Take a row in, in place of one of the same number."""
        self.by_number[row.source, row.number] = row

    def end(self, state: str, message: str = "") -> None:
        """Say that it is over."""
        self.state, self.message = state, message
        self._over.set()

    def __repr__(self) -> str:
        """Say in a line how far it is, and what the first error is."""
        failed = [row for row in self.rows if row.error]
        words = f"{len(self.scored)} of {self.n} networks"
        if failed:
            words += f", {len(failed)} with an error, network {failed[0].number}: {failed[0].error}"
        return f"<Sweep {self.state}: {words}{f'; {self.message}' if self.message else ''}>"
