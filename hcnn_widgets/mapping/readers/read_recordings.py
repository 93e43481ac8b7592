"""Read recordings from a file of any supported format."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from hcnn_widgets.mapping.readers.algonauts2023 import is_algonauts2023, read_algonauts2023
from hcnn_widgets.mapping.readers.brainio_netcdf import read_brainio
from hcnn_widgets.mapping.readers.csv_table import read_csv
from hcnn_widgets.mapping.readers.data_frame import DataFrame, frame_budget, is_data_frame
from hcnn_widgets.mapping.readers.matlab_responses import read_matlab
from hcnn_widgets.mapping.readers.nifti_betas import read_nifti
from hcnn_widgets.mapping.readers.numpy_files import read_npy, read_npz
from hcnn_widgets.mapping.readers.nwb_units import read_nwb
from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.reader import Reader, kind_among
from hcnn_widgets.mapping.readers.recordings_from import FROM_FILE, Labels, recordings_from
from hcnn_widgets.mapping.readers.rsatoolbox_data_set import read_rsatoolbox_data_set
from hcnn_widgets.mapping.readers.safety.file_kind import Place, existing_file
from hcnn_widgets.mapping.readers.safety.size_budget import MAX_BYTES, Budget
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.records.keywords import keywords_of
from hcnn_widgets.records.public_names import nearest
from hcnn_widgets.stimuli.check_stimuli import check_stimuli
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

RECORDING_READERS: dict[str, Reader[Presentations]] = {
    "brainio": Reader(read_brainio),
    "rsatoolbox data set": Reader(read_rsatoolbox_data_set),
    "nwb": Reader(read_nwb),
    "nifti": Reader(read_nifti),
    "algonauts2023": Reader(read_algonauts2023, recognises=is_algonauts2023),
    "npy": Reader(read_npy),
    "npz": Reader(read_npz),
    "matlab": Reader(read_matlab),
    "csv": Reader(read_csv, by_columns=True),
}
"""Format -> reader, called as (budget, *, options); options supply what the format does not store."""


def read_recordings(
    path: Place | DataFrame,
    *,
    area: str | None = None,
    region: str | None = None,
    stimulus: str | None = None,
    trial: str | None = FROM_FILE,
    labels: Labels = None,
    stimuli: StimulusSet | None = None,
    where: Mapping[str, Any] | None = None,
    source: str = "",
    max_bytes: int = MAX_BYTES,
    untrusted: bool = False,
    **layout: Any,
) -> RecordingSet | TimeResolvedRecordings:
    """Read the recordings of one brain area from a file, whose format is recognised by its contents, or a DataFrame.

    Supported are Brain-Score's BrainIO netCDF-4 (.nc), rsatoolbox's data sets (HDF5), NWB 2 (.nwb), fMRI's beta maps in
    NIfTI (.nii, .nii.gz), arrays of NumPy (.npy, .npz) and MATLAB (.mat), Algonauts 2023's training_fmri, and tables
    (.csv, .tsv). Information that a file lacks is passed by keyword. No code in a file is run, no pickle is opened, and
    nothing outside of the file is read.

    Parameters
    ----------
    path : path or pandas.DataFrame
        A DataFrame is read as the .csv that pandas writes of it, with its index as the first column.
    area : str
        The brain area, such as "IT". Where the file names regions, it selects a region, and is optional if there is
        only one region.
    region : str, optional
        Name of the region in the file, if it differs from the area's name.
    stimulus : str, optional
        Column with the stimulus ids, in .npz and .mat files the variable; by default the format's usual column, such as
        stimulus_id, image_id, stim_file.
    trial : str or None
        Column that numbers the trials; by default repetition, if it exists. With None, or without a column, the trials
        of a stimulus are counted in the order of the presentations.
    labels : str or mapping of str to str, optional
        Column with the object shown, or stimulus id -> object; by default object_name, label or category, if such a
        column has one label for each stimulus, or else those of `stimuli`.
    stimuli : StimulusSet, optional
        The images, with the ids of the file; others are left out.
    where : mapping of str to a value or several, optional
        Column -> accepted value or values; other presentations and sites are left out, such as by ``{"variation": 6}``.
    source : str
        Source of the recordings, to be cited.
    max_bytes : int
        Most bytes that the file's contents may take, computed from the sizes that it declares before any of it is
        loaded. Reading briefly takes two to three times as much.
    untrusted : bool
        Whether an HDF5 file (netCDF-4, NWB, MATLAB v7.3, rsatoolbox) may be damaged, so that its library could crash
        Python, or its attributes hide large texts: then another process with limited memory walks through it first, in
        about a second.
    **layout
        Options of the format, for information that it does not store.

        - arrays (.npy, .npz, .mat): `stimulus_ids`, `axes` such as ("site", "stimulus", "trial"), `site_ids`; of .npz
          and .mat also the `variable`
        - NWB: `window` in ms after onset, such as (70, 170), or several, and `intervals`, the table of presentations
          ("trials")
        - NIfTI: `mask`, and `events` (BIDS events.tsv) or `stimulus_ids`
        - Algonauts 2023: `mask`, one of roi_masks, and `stimulus_ids` where the images are not beside
        - tables: `about`, columns of numbers that are no sites; `site` and `response`, columns of a long table (`named`
          follows from the general options)

    Returns
    -------
    RecordingSet or TimeResolvedRecordings
        TimeResolvedRecordings if the file has several time bins, or several windows are asked for.

    Raises
    ------
    ImportError
        If the format's library is not installed; the message gives the line that installs it.
    FileNotFoundError, IsADirectoryError
        If there is no such file.
    TypeError, ValueError
        If the file is empty, broken, too large, leads elsewhere or is a pickle, if information that it lacks is not
        passed, or if its responses make no recordings (NaN at some sites, two labels for one stimulus, ...).

    Examples
    --------
    >>> import tempfile
    >>> import numpy as np
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.save(f"{folder}/v4.npy", np.ones((50, 3, 10)))  # as Cowley et al. 2023 publish theirs
    ...     read_recordings(
    ...         f"{folder}/v4.npy", area="V4", axes=("site", "stimulus", "trial"), stimulus_ids=["bear", "car", "dog"]
    ...     )
    RecordingSet(V4: 10 trials x 3 stimuli x 50 sites)
    """
    if stimuli is not None:
        check_stimuli("stimuli", stimuli)
    if is_data_frame(path):
        budget, kind = frame_budget(path, max_bytes), "csv"
    else:
        budget = Budget(existing_file(path), max_bytes, untrusted)  # type: ignore[arg-type]
        kind = recording_kind(budget)
    file = budget.path
    read = RECORDING_READERS[kind]
    check_options(read, layout, kind, file, keywords_of(read_recordings))
    if read.by_columns:
        labelled = labels if isinstance(labels, str) else None
        kept = {name: name for name in where or {}}
        layout["named"] = {"stimulus": stimulus, "trial": trial, "labels": labelled} | kept
    return recordings_from(
        read(budget, **layout),
        file,
        area=area,
        region=region,
        stimulus=stimulus,
        trial=trial,
        labels=labels,
        stimuli=stimuli,
        where=where,
        source=source,
        max_bytes=max_bytes,
    )


def recording_kind(budget: Budget) -> str:
    """Return the name in `RECORDING_READERS` of the reader of a file.

    Raises
    ------
    ValueError
        If no reader reads the file's format.
    """
    kind = kind_among(RECORDING_READERS, budget)
    if kind not in RECORDING_READERS:
        raise ValueError(
            f"`path` holds {kind}, no recordings. Accepted are {', '.join(RECORDING_READERS)}; received {budget.path}. "
            "RDMs are read by read_rdms."
        )
    return kind


def check_options(
    read: Callable[..., Any], options: Mapping[str, Any], kind: str, file: Path, general: Iterable[str]
) -> None:
    """Refuse an option that a format does not have, and name the nearest, also among the general ones.

    Raises
    ------
    TypeError
        If an option is unknown; the message lists the accepted options.
    """
    accepted = [name for name in inspect.signature(read).parameters if name != "budget"]
    unknown = [name for name in options if name not in accepted]
    if unknown:
        raise TypeError(
            f"`{unknown[0]}` is no option for {kind}. Accepted are {', '.join(accepted) or 'the general ones alone'}; "
            f"received {', '.join(options)} for {file}{nearest(unknown[0], [*accepted, *general])}."
        )
