"""A run as a folder of tables and text, with its network: written whole or not at all."""

import csv
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from hcnn_widgets.learning.finite_weights import refuse_not_finite
from hcnn_widgets.learning.run import Run
from hcnn_widgets.learning.run_setup import versions
from hcnn_widgets.learning.training_run import without_hold
from hcnn_widgets.mapping.live.saved_score import COLUMNS, SavedScore, rows_of, words_of
from hcnn_widgets.mapping.live.score import LiveScore
from hcnn_widgets.mapping.live.work import shared_works

from .description import described
from .model_file import write_archive
from .run_files import (
    ABOUT,
    CURVE_COLUMNS,
    FORMAT,
    HISTORY,
    KERNELS,
    MOST_SCORES,
    MOST_TEXT,
    NETWORK,
    OF_AREA,
    README,
    RUN,
    SCORES,
    STEPS,
    is_ours,
    is_own_name,
)
from .whole_folder import folder_written_whole


def save_run(run: Run, folder: "str | PathLike[str]") -> None:
    """Write a run to a folder; see ``Run.save``. To be called where the network may be read."""
    model = run.model
    latest = model.run
    if latest is None or without_hold(latest) is not without_hold(run):
        raise ValueError(
            f"`run` cannot be saved: the network of {model.name} has been trained further since. Accepted is the "
            f"latest run of its model; received {run!r}, after which came {latest!r}."
        )
    text = described(model)
    refuse_not_finite(model.name, model.network, "saved")
    kept = kept_scores(run)
    data = _data(run, json.loads(text), len(kept))
    with folder_written_whole(Path(folder), _is_saved_run) as new:
        _write_json(new / RUN, data)
        _write_table(new / HISTORY, CURVE_COLUMNS, run.history.rows())
        for number, score in enumerate(kept, start=1):
            _write_scores(new / SCORES.format(number=number), score)
        _write_kernels(new / KERNELS, run)
        write_archive(model, new / NETWORK, text)
        about = ABOUT.format(title=run.title, name=model.name, version=versions().get("hcnn-widgets", ""))
        (new / README).write_text(about, encoding="utf-8")


def kept_scores(run: Any) -> list[SavedScore]:
    """Return the scores of a run against each set of recordings that panels watched, or that came with it.

    Parameters
    ----------
    run : Run
    """
    live = [
        SavedScore([str(part) for part in key[1:]], work.history)
        for key, work in shared_works(run).items()
        if isinstance(key, tuple) and isinstance(work, LiveScore) and work.history
    ]
    keys = {score.key for score in live}
    return [*live, *(score for score in run.saved_scores if score.key not in keys)][:MOST_SCORES]


def _data(run: Run, model: dict[str, Any], n_scores: int) -> dict[str, Any]:
    state, message = run.state, run.state_message
    if run.alive:
        state, message = "stopped", f"Saved at step {run.steps_done:,} of {run.n_steps:,}, while the training went on."
    last = {name: run.history.last(name) for name in run.history.names}
    return {
        "format": FORMAT,
        "title": run.title,
        "model": model,
        "setup": asdict(run.setup),
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "state": state,
        "message": message,
        "steps_done": run.steps_done,
        "n_steps": run.n_steps,
        "steps_per_epoch": run.steps_per_epoch,
        "elapsed_s": run.elapsed_s,
        "learning_rate": run.learning_rate,
        "last": {name: value for name, value in last.items() if value is not None and math.isfinite(value)},
        "guesses": run.guesses,
        "n_scores": n_scores,
        "areas_with_kernels": list(run.checkpoints.areas),
    }


def _write_scores(stem: Path, score: SavedScore) -> None:
    tables = score.history
    words = {"recordings": list(score.key), "tables": [words_of(table) for table in tables]}
    _write_json(stem.with_name(stem.name + ".json"), words)
    _write_table(stem.with_name(stem.name + ".csv"), COLUMNS, rows_of(tables))


def _write_kernels(path: Path, run: Run) -> None:
    kept = run.checkpoints
    arrays = {OF_AREA.format(area=area): kept.of(area) for area in kept.areas}
    np.savez(path, **{STEPS: np.array(kept.steps, np.int64)}, **arrays)  # type: ignore[arg-type]


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, indent=1, allow_nan=False, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    """Return a value as it is written: in full precision, empty where it is not known, and no formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r", "'")) else value
    number = value.item() if isinstance(value, np.generic) else value
    if isinstance(number, bool):
        return int(number)
    return "" if isinstance(number, float) and math.isnan(number) else number


def _is_saved_run(folder: Path) -> bool:
    """Return whether all that is in a folder was written by `save_run`."""
    if not all(is_own_name(path.name) and path.is_file() for path in folder.iterdir()):
        return False
    try:
        return is_ours(json.loads((folder / RUN).read_bytes()[: MOST_TEXT[".json"]]))
    except (OSError, ValueError, RecursionError):
        return False
