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
from hcnn_widgets.mapping.readers.hdf5_values import read_text
from hcnn_widgets.mapping.readers.size_budget import Budget

def read(name, thing):
    if isinstance(thing, h5py.Dataset) and h5py.check_string_dtype(thing.dtype):
        try:
            read_text(thing, Budget(path, most))
        except (ValueError, TypeError) as error:
            if isinstance(error.__cause__, OSError):  # damaged; else perhaps nobody needs it
                print(error)
                return True

path, most = pathlib.Path(sys.argv[1]), int(sys.argv[2])
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (most + 2**31, most + 2**31))
except (ImportError, ValueError, OSError):  # Windows has no such limit
    pass
with h5py.File(path) as file:
    try:
        refuse_what_leads_elsewhere(file, Budget(path, most))
    except ValueError as error:
        print(error)
    else:
        file.visititems(read)
"""
"""What the other process runs: it goes wherever lengths are told by the file's data, and prints why it is refused."""
SECONDS = 60
BYTES_A_SECOND = 2**24
"""How long a walk may take: a minute, and as long as a slow disk needs for the file."""
WINDOWS_CRASH = 0xC0000000
"""Where the exit statuses of crashes begin on Windows; elsewhere they are negative."""


def rehearse(budget: Budget) -> None:
    """Refuse a file that another process refuses, or does not survive, walking through; each file once.

    Where no other process can be started, or it finds no h5py, nothing is refused.

    Parameters
    ----------
    budget : Budget
        Of the file; nothing is taken from it.

    Raises
    ------
    ValueError
        If the other process refuses the file, crashes, or does not come to an end.
    """
    stat = budget.path.stat()
    wrong = _walked(budget.path, budget.max_bytes, stat.st_size, stat.st_mtime_ns)
    if wrong:
        raise ValueError(wrong)


@lru_cache(maxsize=1000)
def _walked(path: Path, max_bytes: int, size: int, changed: int) -> str:
    """Give the error of a process that walks through a file, nothing if it has none; a changed file is another."""
    if not sys.executable or getattr(sys, "frozen", False):
        return ""
    seconds = SECONDS + size / BYTES_A_SECOND
    search = os.pathsep.join(filter(None, sys.path))
    received = (
        f"`path` cannot be read as HDF5. Accepted is a whole file of this format; received {path}, in which HDF5's"
    )
    try:
        # -P keeps the folder it is started in from being searched for modules.
        ended = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-c", WALK, path.absolute(), str(max_bytes)],
            env=os.environ | {"PYTHONPATH": search, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{received} own library does not come to an end in {seconds:.0f} s."
    except OSError:
        return ""
    if ended.returncode < 0 or ended.returncode >= WINDOWS_CRASH:
        return f"{received} own library crashes (exit status {ended.returncode})."
    return ended.stdout.decode("utf-8").strip()
