"""Entries of `RECORDING_READERS` and `RDM_READERS`, and the choice of a file's reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from hcnn_widgets.mapping.readers.hdf5_kind import hdf5_kind
from hcnn_widgets.mapping.readers.safety.file_kind import ACCEPTED, kind_of_file
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.records.entry import Entry

Read = TypeVar("Read")


@dataclass(frozen=True)
class Reader(Entry[..., Read]):
    """A reader of files of one format.

    Parameters
    ----------
    function : function (budget, *, options)
        Reads a file; its options supply what the format does not store.
    recognises : function (path), optional
        Returns whether a file has this format, and is asked before the first bytes of the file are compared; None for
        formats known by their first bytes (`kind_of_file`, `hdf5_kind`).
    words : str
        Name of the format in the list of accepted formats; empty if `ACCEPTED` has it.
    by_columns : bool
        Whether the function takes `named`, the columns that hold stimuli, trials and labels.
    """

    recognises: Callable[[Path], bool] | None = None
    words: str = ""
    by_columns: bool = False


def kind_among(readers: Mapping[str, Reader[Any]], budget: Budget) -> str:
    """Return the format of a file as recognised by its readers, else by its first bytes.

    Parameters
    ----------
    readers : mapping of str to Reader
    budget : Budget
        Memory budget of an existing file; nothing is taken from it.

    Returns
    -------
    str
        Possibly a format that none of the readers reads.

    Raises
    ------
    ValueError
        If the format is not known.
    """
    for name, reader in readers.items():
        if reader.recognises is not None and reader.recognises(budget.path):
            return name
    accepted = ", ".join([ACCEPTED, *(reader.words for reader in readers.values() if reader.words)])
    kind = kind_of_file(budget.path, accepted)
    return hdf5_kind(replace(budget, taken=0)) if kind == "hdf5" else kind
