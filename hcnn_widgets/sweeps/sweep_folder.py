"""A sweep in a folder: settings and rows as JSON and CSV that are read without this package, and the networks."""

import itertools
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hcnn_widgets.saving.text_tables import write_json, write_table
from hcnn_widgets.saving.whole_file import written_whole

from .sweep_row import NUMBERS, SweepRow

SETTINGS, TABLE, ROW, NETWORK = "sweep.json", "networks.csv", "network_{number:04}.json", "network_{number:04}"
CLAIM = "network_{number:04}.taken"
"""An empty file that says whose number it is: of the kernel that could make it."""
RUN_FOLDER = "run_{number:04}"
RUN_NETWORK = f"{RUN_FOLDER}/network.keras"
"""Where the row is of a run that was kept as a whole."""
LARGEST_BYTES = 1_000_000
"""Of a file of settings or a row: what is larger was not written here."""


class SweepFolder:
    """A folder that a sweep writes its rows to as they come, and goes on from.

    Parameters
    ----------
    path : path
        Made where it is missing.
    settings : mapping
        All that the sweep is repeated with, as plain data.

    Raises
    ------
    ValueError
        If the folder holds a sweep with other settings, or files of something else.
    """

    def __init__(self, path: "str | os.PathLike[str]", settings: Mapping[str, Any]) -> None:
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)
        held = self.path / SETTINGS
        if held.exists():
            _refuse_other(self.path, read_json(held), json.loads(json.dumps(settings)))
        elif any(self.path.iterdir()):
            raise ValueError(
                f"`folder` must be new, empty, or that of a sweep, with {SETTINGS}. Received {self.path}, which holds "
                "other files."
            )
        else:
            write_json(held, dict(settings))

    def rows(self) -> list[SweepRow]:
        """Read the rows that are there; one with an error is left out, so that it is tried again."""
        return [row for row in read_rows(self.path) if not row.error]

    def row_file(self, number: int) -> Path:
        """Return where a row lies."""
        return self.path / ROW.format(number=number)

    def claim(self, number: int) -> int:
        """Take the first number from this one on that is free, so that no other kernel takes it, too.

        Raises
        ------
        OSError
            If the folder cannot be written to.
        """
        for free in itertools.count(number):
            try:
                os.close(os.open(self.path / CLAIM.format(number=free), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            except FileExistsError:
                continue
            if not self.row_file(free).exists():
                return free
        raise AssertionError("numbers do not end")

    def keep(self, row: SweepRow, rows: Iterable[SweepRow]) -> None:
        """Write a row, whole or not at all, and the table of all."""
        with written_whole(self.row_file(row.number)) as new:
            write_json(new, row.to_dict())
        self.keep_table(rows)

    def keep_table(self, rows: Iterable[SweepRow]) -> None:
        """Write the table of all rows."""
        ordered = sorted(rows, key=lambda each: each.number)
        with written_whole(self.path / TABLE) as new:
            write_table(new, NUMBERS, [[getattr(each, name) for name in NUMBERS] for each in ordered])


def read_rows(path: Path) -> list[SweepRow]:
    """Read all rows of a folder, in the order of their numbers."""
    return [row_of(each) for each in row_files(path)]


def row_files(path: Path) -> list[Path]:
    """Return the files of rows that a folder holds, in the order of their numbers."""
    return sorted(each for each in path.glob("network_*.json") if each.stem.removeprefix("network_").isdigit())


def row_of(file: Path) -> SweepRow:
    """Read a row."""
    return SweepRow.from_dict(read_json(file))


def read_json(path: Path) -> dict[str, Any]:
    """Read a file of settings or a row.

    Raises
    ------
    FileNotFoundError, ValueError
        If it is missing, too large, or holds something else.
    """
    if not path.is_file():
        raise FileNotFoundError(f"There is no sweep in {path.parent}: a folder with {SETTINGS} is accepted.")
    if path.stat().st_size > LARGEST_BYTES:
        raise ValueError(f"{path} is no file of a sweep: it has {path.stat().st_size:,} bytes.")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no file of a sweep. JSON is accepted; received: {error}.") from None
    if not isinstance(data, dict):
        raise ValueError(f"{path} is no file of a sweep. A JSON object is accepted; received {type(data).__name__}.")
    return data


def _refuse_other(path: Path, held: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    other = [name for name in wanted if held.get(name) != wanted[name]]
    if other:
        raise ValueError(
            f"`folder` holds a sweep with other settings ({', '.join(other)}). Accepted is a new folder, or the same "
            f"settings to go on with; received {path}."
        )
