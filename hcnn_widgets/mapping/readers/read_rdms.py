"""Read RDMs from a file of any supported format."""

from typing import Any

from hcnn_widgets.mapping.readers.csv_table import read_csv_rdms
from hcnn_widgets.mapping.readers.matlab_rdms import read_matlab_rdms
from hcnn_widgets.mapping.readers.numpy_files import read_npy_rdms, read_npz_rdms
from hcnn_widgets.mapping.readers.read_recordings import check_options
from hcnn_widgets.mapping.readers.reader import Reader, kind_among
from hcnn_widgets.mapping.readers.rsatoolbox_rdms import read_rsatoolbox_rdms
from hcnn_widgets.mapping.readers.safety.file_kind import Place, existing_file
from hcnn_widgets.mapping.readers.safety.size_budget import MAX_BYTES, Budget
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.keywords import keywords_of

RDM_READERS: dict[str, Reader[list[Rdm]]] = {
    "rsatoolbox RDMs": Reader(read_rsatoolbox_rdms),
    "matlab": Reader(read_matlab_rdms),
    "npy": Reader(read_npy_rdms),
    "npz": Reader(read_npz_rdms),
    "csv": Reader(read_csv_rdms),
}
"""Format -> reader, called as (budget, *, options); options supply what the format does not store."""


def read_rdms(path: Place, *, max_bytes: int = MAX_BYTES, untrusted: bool = False, **layout: Any) -> tuple[Rdm, ...]:
    r"""Read the RDMs in a file, whose format is recognised by its contents.

    Supported are rsatoolbox's HDF5, MATLAB's .mat (v5 to v7.3) as written by Meadows, Algonauts 2019 and the RSA
    toolbox or with any square matrix, Net2Brain's .npz, .npy, and square tables (.csv, .tsv). rsatoolbox's pickle form
    is refused: reading a pickle runs whatever code is in it.

    Parameters
    ----------
    path : path
    max_bytes : int
        Most bytes that the file's contents may take, computed from the sizes that it declares before any of it is
        loaded. Reading briefly takes three to four times as much.
    untrusted : bool
        Whether an HDF5 file (netCDF-4, NWB, MATLAB v7.3, rsatoolbox) may be damaged, so that its library could crash
        Python, or its attributes hide large texts: then another process with limited memory walks through it first, in
        about a second.
    **layout
        Options of the format, for information that it does not store.

        - `stimulus_ids`, in the order of rows, where the file does not name the stimuli (.npy, .npz, .mat but Meadows')
        - `distance`, such as "correlation", where the file does not say (all but rsatoolbox's)
        - `variable` of .mat and .npz
        - rsatoolbox: `stimulus`, the pattern descriptor with the ids

    Returns
    -------
    tuple of Rdm
        One or more; named by variable, subject and time, as far as the file names these.

    Raises
    ------
    ImportError
        If the format's library is not installed; the message gives the line that installs it.
    FileNotFoundError, IsADirectoryError
        If there is no such file.
    TypeError, ValueError
        If the file is empty, broken, too large, leads elsewhere or is a pickle, if information that it lacks is not
        passed, or if a matrix is no RDM (not symmetric, NaN, a diagonal that is not zero).

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(f"{folder}/it.csv").write_text("cat,dog,car\n0,1,2\n1,0,3\n2,3,0\n")
    ...     read_rdms(f"{folder}/it.csv", distance="euclidean")
    (Rdm(it: 3 stimuli, euclidean),)
    """
    file = existing_file(path)
    budget = Budget(file, max_bytes, untrusted)
    kind = kind_among(RDM_READERS, budget)
    if kind not in RDM_READERS:
        raise ValueError(
            f"`path` holds {kind}, no RDMs. Accepted are {', '.join(RDM_READERS)}; received {file}. Recordings are "
            "read by read_recordings; rdm(recordings) gives their RDM."
        )
    read = RDM_READERS[kind]
    check_options(read, layout, kind, file, keywords_of(read_rdms))
    return tuple(read(budget, **layout))
