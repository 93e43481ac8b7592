"""A run as a folder of tables and text, with its network: written whole or not at all."""

import json
import math
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

from .description import described
from .model_file import write_archive
from .run_files import (
    ABOUT,
    CURVE_COLUMNS,
    FORMAT,
    HISTORY,
    KERNELS,
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
from .text_tables import write_json, write_table
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
    from .run_scores import kept_scores, write_scores  # the mapping is loaded by those alone who save a run

    text = described(model)
    refuse_not_finite(model.name, model.network, "saved")
    kept = kept_scores(run)
    data = _data(run, json.loads(text), len(kept))
    with folder_written_whole(Path(folder), _is_saved_run) as new:
        write_json(new / RUN, data)
        write_table(new / HISTORY, CURVE_COLUMNS, run.history.rows())
        for number, score in enumerate(kept, start=1):
            write_scores(new / SCORES.format(number=number), score)
        _write_kernels(new / KERNELS, run)
        write_archive(model, new / NETWORK, text)
        about = ABOUT.format(title=run.title, name=model.name, version=versions().get("hcnn-widgets", ""))
        (new / README).write_text(about, encoding="utf-8")


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


def _write_kernels(path: Path, run: Run) -> None:
    kept = run.checkpoints
    arrays = {OF_AREA.format(area=area): kept.of(area) for area in kept.areas}
    np.savez(path, **{STEPS: np.array(kept.steps, np.int64)}, **arrays)  # type: ignore[arg-type]


def _is_saved_run(folder: Path) -> bool:
    """Return whether all that is in a folder was written by `save_run`."""
    if not all(is_own_name(path.name) and path.is_file() for path in folder.iterdir()):
        return False
    try:
        return is_ours(json.loads((folder / RUN).read_bytes()[: MOST_TEXT[".json"]]))
    except (OSError, ValueError, RecursionError):
        return False
