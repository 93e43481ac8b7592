"""Walk through an HDF5 file, and its values of variable length, in a separate process.

    python -m hcnn_widgets.mapping.readers.safety.hdf5_walk FILE MAX_BYTES

It prints `READY` once it is set up, then the reason if the file is refused. `hdf5_rehearsal` starts it.
"""

import sys
from pathlib import Path
from typing import Any

from hcnn_widgets.mapping.readers.safety.hdf5_attributes import has_variable_length
from hcnn_widgets.mapping.readers.safety.hdf5_opening import refuse_what_leads_elsewhere
from hcnn_widgets.mapping.readers.safety.hdf5_rehearsal import READY
from hcnn_widgets.mapping.readers.safety.hdf5_values import take_declared
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

BESIDE = 2**31
"""Bytes that the process may take in addition to the file's contents."""


def walk(path: Path, max_bytes: int) -> str:
    """Walk through a file and read its texts.

    Parameters
    ----------
    path : pathlib.Path
    max_bytes : int

    Returns
    -------
    str
        Reason for which the file is refused; empty if it is not.
    """
    h5py = library("h5py", "HDF5")

    def damage(_name: str, thing: Any) -> str | None:
        if isinstance(thing, h5py.Dataset) and (
            h5py.check_string_dtype(thing.dtype) or has_variable_length(thing.dtype)
        ):
            try:
                take_declared(thing, Budget(path, max_bytes))
            except (ValueError, TypeError) as error:
                # Text that is refused but not damaged may be text that no reader needs.
                return str(error) if isinstance(error.__cause__, OSError) else None
        return None

    with h5py.File(path) as file:
        try:
            refuse_what_leads_elsewhere(file, Budget(path, max_bytes))
        except ValueError as error:
            return str(error)
        return str(file.visititems(damage) or "")


def limit_memory(most: int) -> None:
    """Limit the memory of this process, where the system can do that."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        return


def main(path: str, max_bytes: str) -> None:
    """Print the result of a walk to standard output."""
    library("h5py", "HDF5")
    limit_memory(int(max_bytes) + BESIDE)
    print(READY.decode(), flush=True)
    print(walk(Path(path), int(max_bytes)))


if __name__ == "__main__":
    main(*sys.argv[1:])
