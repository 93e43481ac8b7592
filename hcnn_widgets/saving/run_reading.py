"""A run from a folder that nobody vouches for: every file is looked at before it is used, and nothing in it is run."""

import csv
import io
import json
import math
import os
import stat
from collections.abc import Sequence
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from hcnn_widgets.learning.checkpoints import Checkpoints
from hcnn_widgets.learning.control import OVER
from hcnn_widgets.learning.history import BinRow, History
from hcnn_widgets.learning.run import Run
from hcnn_widgets.learning.run_setup import RunSetup
from hcnn_widgets.learning.training_thread import PastLoop, TrainingThread, titled
from hcnn_widgets.mapping.live.saved_score import COLUMNS, MOST_TABLES, SavedScore, folded, table_from
from hcnn_widgets.mapping.readers.numpy_files import npz_array
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

from .model_file import load
from .run_files import (
    CURVE_COLUMNS,
    FORMAT,
    HISTORY,
    KERNELS,
    MOST_KERNELS,
    MOST_ROWS,
    MOST_SCORES,
    MOST_TEXT,
    NETWORK,
    OF_AREA,
    RUN,
    SCORES,
    STEPS,
    WHOLE_OF,
)

T = TypeVar("T")
WHOLE = "the folder of a run as `run.save` wrote it"
MOST_STEPS = 2**53
MOST_WORDS = 1000
KINDS: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "setup": (dict,),
    "state": (str,),
    "message": (str,),
    "steps_done": (int,),
    "n_steps": (int,),
    "steps_per_epoch": (int,),
    "elapsed_s": (int, float),
    "learning_rate": (int, float),
    "last": (dict,),
    "guesses": (dict,),
    "n_scores": (int,),
    "areas_with_kernels": (list,),
}


def read_run(kind: Any, folder: "str | PathLike[str]") -> Run:
    """Return the run in a folder; see ``hw.load_run``.

    Parameters
    ----------
    kind : type
        GoalDrivenModel.
    folder : str or path
    """
    path = Path(folder)
    if not path.is_dir():
        raise FileNotFoundError(f"`folder` must name a saved run. Accepted is {WHOLE}; there is no folder {path}.")
    try:
        data = _checked_data(_json(path, RUN), path)
        history = History.from_rows(_curves(path), _numbers_of(data["last"]))
        checkpoints = _checkpoints(path, data["areas_with_kernels"])
        scores = tuple(_scores(path, SCORES.format(number=number + 1)) for number in range(data["n_scores"]))
        setup = RunSetup(**_checked_setup(data["setup"]))
    except _Refused:
        raise
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise _refusal(path, " ".join(str(error).split())[:400]) from error
    _file(path, NETWORK, None)
    model = load(kind, path / NETWORK)
    loop = PastLoop(data["steps_done"], float(data["elapsed_s"]))
    training = TrainingThread.past(model, float(data["learning_rate"]), data["n_steps"], data["steps_per_epoch"], loop)
    training.history, training.checkpoints, training.setup, training.saved_scores = history, checkpoints, setup, scores
    training.title, training.guesses = titled(data["title"]) or training.title, data["guesses"]
    training.concluded(data["state"], data["message"][:MOST_WORDS])
    model.run = run = Run.of(model, training)
    return run


def _checked_data(data: Any, path: Path) -> dict[str, Any]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        came = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise _refusal(path, f"format {str(came)[:100]!r} in {RUN}", f"format {FORMAT!r}")
    for field, kinds in KINDS.items():
        if not isinstance(data.get(field), kinds) or isinstance(data[field], bool):
            raise _refusal(path, f"the field {field!r} of another kind: {type(data.get(field)).__name__}")
    if not (0 <= data["steps_done"] <= data["n_steps"] < MOST_STEPS and 0 < data["steps_per_epoch"] < MOST_STEPS):
        raise _refusal(path, "steps that no training has")
    if data["state"] not in OVER or not 0 <= data["n_scores"] <= MOST_SCORES:
        raise _refusal(path, f"the state {data['state'][:40]!r} and {data['n_scores']} scores")
    if not all(math.isfinite(data[field]) and data[field] >= 0 for field in ("elapsed_s", "learning_rate")):
        raise _refusal(path, "a time or a learning rate that is no number of at least 0")
    if not all(isinstance(guess, dict) for guess in data["guesses"].values()):
        raise _refusal(path, "guesses of another kind")
    return data


def _checked_setup(setup: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a RunSetup, each of its kind; what is not known is left out."""
    kinds: dict[str, tuple[type, ...]] = {
        "seed": (int, type(None)),
        "learning_rate": (int, float),
        "began": (str,),
        "images": (dict, type(None)),
        "held_out": (dict, type(None)),
        "versions": (dict,),
        "precision": (str,),
    }
    for field, accepted in kinds.items():
        if field in setup and (not isinstance(setup[field], accepted) or isinstance(setup[field], bool)):
            raise ValueError(f"`setup` has the field {field!r} of another kind: {type(setup[field]).__name__}")
    return {field: setup[field] for field in kinds if field in setup}


def _numbers_of(data: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in data.items() if isinstance(value, (int, float))}


def _curves(path: Path) -> list[BinRow]:
    return [
        BinRow(
            row["curve"],
            int(row["bin_width"]),
            int(row["n_values"]),
            *(_number(row[name]) for name in CURVE_COLUMNS[3:]),
        )
        for row in _table(path, HISTORY, CURVE_COLUMNS)
    ]


def _scores(path: Path, stem: str) -> SavedScore:
    words = _json(path, f"{stem}.json")
    said = words if isinstance(words, dict) else {}
    tables, key = _listed(said.get("tables"), dict), _listed(said.get("recordings"), str)
    if not 0 < len(tables) <= MOST_TABLES:
        raise ValueError(f"{stem}.json must hold recordings and 1 to {MOST_TABLES} tables")
    rows: list[list[dict[str, str]]] = [[] for _ in tables]
    for row in _table(path, f"{stem}.csv", COLUMNS):
        number = int(row["table"])
        if not 0 <= number < len(rows):
            raise ValueError(f"{stem}.csv has a row of table {number}, and there are {len(rows)}")
        rows[number].append(row)
    made = [(table_from(table, of), table.get(WHOLE_OF)) for table, of in zip(tables, rows, strict=True)]
    found = folded(made)
    if not found:
        raise ValueError(f"{stem}.json must hold a table that is not of another one")
    return SavedScore(key, found)


def _listed(given: Any, kind: type[T]) -> list[T]:
    """Return a list of things of a kind; an empty one in place of anything else."""
    return given if isinstance(given, list) and all(isinstance(each, kind) for each in given) else []


def _checkpoints(path: Path, areas: list[Any]) -> Checkpoints:
    budget = Budget(_file(path, KERNELS, MOST_KERNELS), MOST_KERNELS)
    steps = npz_array(budget, STEPS)[1]
    if steps.ndim != 1 or steps.dtype.kind not in "iu" or not all(isinstance(area, str) for area in areas):
        raise ValueError(f"{KERNELS} must hold whole numbers of steps; received {steps.shape} {steps.dtype}")
    arrays = {area: npz_array(budget, OF_AREA.format(area=area))[1] for area in areas}
    for area, kernels in arrays.items():
        if kernels.dtype != np.float32 or kernels.ndim != 5 or len(kernels) != len(steps):
            raise ValueError(f"{KERNELS} must hold float32 kernels of {area} at each step; received {kernels.shape}")
    return Checkpoints.of_kept(
        (int(step), {area: kernels[row] for area, kernels in arrays.items()}) for row, step in enumerate(steps)
    )


def _table(path: Path, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a table, whose header must be as it is written."""
    text = _text(path, name)
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval=None)
    try:
        rows = list(islice(reader, MOST_ROWS))
    except csv.Error as error:
        raise ValueError(f"{name} is no table: {error}") from error
    if tuple(reader.fieldnames or ()) != tuple(columns) or any(None in row.values() or "" in row for row in rows):
        raise ValueError(f"{name} must have the columns {', '.join(columns)}, with a value in each row")
    return [{column: cell.removeprefix("'") for column, cell in row.items()} for row in rows]


def _number(cell: str) -> float:
    return float(cell) if cell else math.nan


def _json(path: Path, name: str) -> Any:
    try:
        return json.loads(_text(path, name), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _refusal(path, f"{name}: {type(error).__name__}: {str(error)[:200]}", "JSON in UTF-8") from error


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number in JSON")


def _text(path: Path, name: str) -> str:
    file = _file(path, name, MOST_TEXT[Path(name).suffix])
    return file.read_bytes().decode("utf-8")


def _file(path: Path, name: str, most: int | None) -> Path:
    """Return a file of the folder; refuse a link, what is no file, and one that is too long."""
    file = path / name
    try:
        found = os.lstat(file)
    except OSError as error:
        raise _refusal(path, f"a folder without {name}") from error
    if not stat.S_ISREG(found.st_mode):
        raise _refusal(path, f"a {name} that is a link or no file", f"a file {name} of its own")
    if most is not None and found.st_size > most:
        raise _refusal(path, f"a {name} of {found.st_size:,} bytes", f"at most {most:,} bytes")
    return file


class _Refused(ValueError):
    """A refusal that says all already."""


def _refusal(path: Path, received: str, accepted: str = WHOLE) -> ValueError:
    return _Refused(f"`folder` holds no run that can be shown. Accepted is {accepted}; received {received} in {path}.")
