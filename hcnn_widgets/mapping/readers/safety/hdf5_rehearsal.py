"""Let another process walk through an HDF5 file first: a damaged file can crash HDF5's library, or hang it."""

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import broken

WALK = "hcnn_widgets.mapping.readers.safety.hdf5_walk"
READY = b"ready"
"""First line that the other process prints, once it is set up."""
LIBRARY = ", in which HDF5's own library"
SECONDS = 60
BYTES_A_SECOND = 2**24
"""A walk may take `SECONDS`, and as long as a disk with this speed needs for the file."""


def rehearse(budget: Budget) -> None:
    """Refuse a file that another process refuses or does not survive; a sound file is walked through once.

    Where no other process can be started, or it does not find what it needs, nothing is refused.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file; nothing is taken from it.

    Raises
    ------
    ValueError
        If the other process refuses the file, fails, or does not come to an end.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        return
    stat = budget.path.stat()
    try:
        _walk(budget.path.absolute(), budget.max_bytes, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return


@lru_cache(maxsize=1000)
def _walk(path: Path, max_bytes: int, size: int, changed: int) -> None:
    """Walk through a file in another process; size and time of change identify the file, errors are not cached."""
    seconds = SECONDS + size / BYTES_A_SECOND
    search = os.pathsep.join(filter(None, sys.path))
    try:
        # -P keeps the folder it is started in from being searched for modules.
        ended = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-m", WALK, path, str(max_bytes)],
            env=os.environ | {"PYTHONPATH": search, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise broken(path, "HDF5", f"{LIBRARY} does not come to an end in {seconds:.0f} s.") from None
    begun, _, wrong = ended.stdout.partition(b"\n")
    if begun.strip() != READY:
        return
    if ended.returncode:
        raise broken(path, "HDF5", f"{LIBRARY} fails (exit status {ended.returncode}).")
    if wrong.strip():
        raise ValueError(wrong.decode("utf-8").strip())
