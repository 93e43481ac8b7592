"""A sweep in a folder: settings and rows as JSON and CSV that are read without this package, and the networks."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hcnn_widgets.saving.text_tables import write_json, write_table

from .sweep_row import NUMBERS, SweepRow

SETTINGS, TABLE, ROW, NETWORK = "sweep.json", "networks.csv", "network_{number:04}.json", "network_{number:04}"
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

    def keep(self, row: SweepRow, rows: Iterable[SweepRow]) -> None:
        """Write a row, whole or not at all, and the table of all."""
        path = self.path / ROW.format(number=row.number)
        new = path.with_suffix(".new")
        write_json(new, row.to_dict())
        os.replace(new, path)
        ordered = sorted(rows, key=lambda each: each.number)
        write_table(self.path / TABLE, NUMBERS, [[getattr(each, name) for name in NUMBERS] for each in ordered])


def read_rows(path: Path) -> list[SweepRow]:
    """Read all rows of a folder, in the order of their numbers."""
    files = sorted(path.glob("network_*.json"))
    return [SweepRow.from_dict(read_json(each)) for each in files if each.stem.removeprefix("network_").isdigit()]


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
