"""A format as `RECORDING_READERS` and `RDM_READERS` list it, and which of them a file has."""

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
        Reads; its options are what the format does not say itself.
    recognises : function (path), optional
        Tells a file of this format, before the formats that are known by their first bytes are looked at; without it
        the format must be among those (`kind_of_file`, `hdf5_kind`).
    words : str
        The format where a refusal lists those accepted; empty where `ACCEPTED` has it.
    by_columns : bool
        Whether it is told which columns hold stimuli, trials and labels.
    """

    recognises: Callable[[Path], bool] | None = None
    words: str = ""
    by_columns: bool = False


def kind_among(readers: Mapping[str, Reader[Any]], budget: Budget) -> str:
    """Return the format of a file by what its readers recognise, else by its first bytes.

    Parameters
    ----------
    readers : mapping of str to Reader
    budget : Budget
        Of an existing file; nothing is taken from it.

    Returns
    -------
    str
        It may be one that none of the readers reads.

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
