"""A first walk through an HDF5 file by another process: a damaged one can crash HDF5's library, or hang it."""

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from hcnn_widgets.mapping.readers.size_budget import Budget

WALK = """
import sys, pathlib, h5py
from hcnn_widgets.mapping.readers.hdf5_safety import refuse_what_leads_elsewhere
from hcnn_widgets.mapping.readers.size_budget import Budget
with h5py.File(sys.argv[1]) as file:
    refuse_what_leads_elsewhere(file, Budget(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""
"""What the other process runs; what it raises comes again in this one, where it is told."""
SECONDS = 60
BYTES_A_SECOND = 2**24
"""How long a walk may take: a minute, and as long as a slow disk needs for the file."""
WINDOWS_CRASH = 0xC0000000
"""Where the exit statuses of crashes begin on Windows; elsewhere they are negative."""


def rehearse(budget: Budget) -> None:
    """Refuse a file that another process does not survive walking through; each file once.

    Where no other process can be started, or it finds no h5py, nothing is refused.

    Parameters
    ----------
    budget : Budget
        Of the file; nothing is taken from it.

    Raises
    ------
    ValueError
        If the other process crashes, or does not come to an end.
    """
    stat = budget.path.stat()
    what = _walked(budget.path, budget.max_bytes, stat.st_size, stat.st_mtime_ns)
    if what:
        raise ValueError(
            f"`path` cannot be read as HDF5. Accepted is a whole file of this format; received {budget.path}, in which "
            f"HDF5's own library {what}."
        )


@lru_cache(maxsize=1000)
def _walked(path: Path, max_bytes: int, size: int, changed: int) -> str:
    """Say what becomes of a process that walks through a file, nothing if it ends; a changed file is another."""
    if not sys.executable or getattr(sys, "frozen", False):
        return ""
    seconds = SECONDS + size / BYTES_A_SECOND
    search = os.pathsep.join(filter(None, sys.path))
    try:
        # -P keeps the folder it is started in from being searched for modules.
        status = subprocess.run(
            [sys.executable, "-P", "-c", WALK, path.absolute(), str(max_bytes)],
            env=os.environ | {"PYTHONPATH": search},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return f"does not come to an end in {seconds:.0f} s"
    except OSError:
        return ""
    return f"crashes (exit status {status})" if status < 0 or status >= WINDOWS_CRASH else ""
