"""Sweeps that were kept in folders: opened again, and laid together."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .running_sweep import Sweep
from .sweep_folder import SETTINGS, read_json, read_rows


def load(folder: "str | os.PathLike[str]") -> Sweep:
    """Load a sweep that was kept in a folder, as far as it came.

    Raises
    ------
    FileNotFoundError, ValueError
        If the folder holds no sweep.
    """
    path = Path(folder)
    settings = read_json(path / SETTINGS)
    return Sweep.of_rows(read_rows(path), settings, path)


def join(folders: "Sequence[str | os.PathLike[str]]") -> Sweep:
    """Lay the sweeps of several folders together, such as those of a class; each row says whose it is.

    Parameters
    ----------
    folders : sequence of path
        A row's ``source`` is the name of its folder.

    Raises
    ------
    FileNotFoundError, ValueError
        If one holds no sweep, they were scored on different recordings, or accuracy is not the same quantity in all.
    """
    paths = [Path(folder) for folder in folders]
    if not paths:
        raise ValueError("`folders` must be at least one folder of a sweep; received none.")
    settings = [read_json(path / SETTINGS) for path in paths]
    scored = {str(each.get("recordings")) for each in settings}
    if len(scored) > 1:
        raise ValueError(
            f"`folders` must be sweeps that were scored on the same recordings. Received {', '.join(sorted(scored))}."
        )
    if len({bool(each.get("by_readout")) for each in settings}) > 1:
        raise ValueError(
            "`folders` must be sweeps whose accuracy is the same quantity. Accepted are those of one goal, or "
            "those that a linear readout compares; received both."
        )
    rows = [replace(row, source=path.name) for path in paths for row in read_rows(path)]
    return Sweep.of_rows(rows, settings[0] | {"joined": [path.name for path in paths]}, None)
