"""A first walk through an HDF5 file by another process: a damaged one can crash HDF5's library, or hang it."""

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.safety.unreadable import broken

WALK = "hcnn_widgets.mapping.readers.safety.hdf5_walk"
READY = b"ready"
"""What the other process prints first, when it is set up."""
LIBRARY = ", in which HDF5's own library"
SECONDS = 60
BYTES_A_SECOND = 2**24
"""How long a walk may take: a minute, and as long as a slow disk needs for the file."""


def rehearse(budget: Budget) -> None:
    """Refuse a file that another process refuses, or does not survive, walking through; each sound file once.

    Where no other process can be started, or it does not find what it needs, nothing is refused.

    Parameters
    ----------
    budget : Budget
        Of the file; nothing is taken from it.

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
    """Let a process walk through a file that is this long and was changed then; errors are not remembered."""
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
