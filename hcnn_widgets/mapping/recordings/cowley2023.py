"""Spikes of macaque V4 neurons to images of objects on scenes (Cowley et al. 2023)."""

from os import PathLike

import numpy as np

from hcnn_widgets.mapping.recordings.image_archive import read_images
from hcnn_widgets.mapping.recordings.public_data import PublicDataSet
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

SOURCE = (
    "Cowley, Stan, Pillow & Smith 2023, Compact deep neural network models of visual cortex, bioRxiv "
    "(recordings: GPL-3, github.com/cowleygroup/V4_compact_models)"
)
DATA = PublicDataSet(
    name="cowley2023_v4",
    base_url=(
        "https://raw.githubusercontent.com/cowleygroup/V4_compact_models/f4552ad9d34a466ebc66658f72a08a8e5038f1cf"
    ),
    sha256={
        "data_V4_responses/images/images_210325.zip": (
            "992774eca3508a2ad01accb1a31f5f3e3d90248c49f4eec314f2a915a263e454"
        ),
        "data_V4_responses/responses_raw/responses_210325.npy": (
            "4008dbbf31a47d9b1b8d8da609f4a7a3433c7071f0e45c611c220b217dd75b76"
        ),
    },
)
SESSIONS = {"210325": ("bear", "elephant", "face", "car", "dog", "apple", "chair", "plane")}
"""Session -> the object in each of its blocks of 80 images, judged by eye: the repository names no objects."""


@checks_keywords
def cowley2023_v4(session: str = "210325", folder: "str | PathLike[str] | None" = None) -> RecordingSet:
    """Return the recordings of macaque V4 with their images: 50 neurons, 640 images, 6 to 10 trials.

    Parameters
    ----------
    session : str
        "210325".
    folder : path, optional
        Folder that holds the files, as in the public repository. By default the folder that the environment variable
        HCNN_WIDGETS_DATA names; without it they are downloaded once (2 MB of images, 2.6 MB of responses).

    Returns
    -------
    RecordingSet
        Spike counts in 100 ms, (10, 640, 50), NaN for missing trials. `.stimuli` holds the grey images, 112 x 112.
        The labels are inferred by eye, not the authors'; the images' degrees are nominal.

    Raises
    ------
    ValueError
        If there is no such session, or a file does not match its checksum.
    FileNotFoundError, ConnectionError
        If the folder lacks a file, or there is no network; the message says what to do.

    Source: Cowley, Stan, Pillow & Smith 2023, bioRxiv. Images after Bashivan, Kar & DiCarlo 2019.
    """
    if session not in SESSIONS:
        raise ValueError(f"`session={session!r}` is not at hand. Accepted are {', '.join(map(repr, SESSIONS))}.")
    stimuli = _stimuli(session, folder)
    path = DATA.fetch(f"data_V4_responses/responses_raw/responses_{session}.npy", folder)
    responses = np.load(path, allow_pickle=False)
    return RecordingSet(
        responses.transpose(2, 1, 0),
        stimuli.stimulus_ids,
        area="V4",
        labels=stimuli.labels,
        stimuli=stimuli,
        source=SOURCE,
        labels_inferred=True,
        site_ids=np.array([f"{session}-{site:02d}" for site in range(responses.shape[0])]),
    )


def _stimuli(session: str, folder: "str | PathLike[str] | None") -> StimulusSet:
    """Read the images; three equal channels become a single channel."""
    names, images = read_images(DATA.fetch(f"data_V4_responses/images/images_{session}.zip", folder))
    if (images == images[..., :1]).all():
        images = images[..., :1]
    objects = SESSIONS[session]
    return StimulusSet.from_arrays(
        np.divide(images, np.float32(255), dtype=np.float32),  # bytes, however dark they are
        labels=np.repeat(objects, len(images) // len(objects)),
        stimulus_ids=[f"{session}-{name}" for name in names],
        name=f"cowley2023_v4 {session}",
    )
