"""Several recordings at once: as a tuple, told apart, grouped by their images."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.joining import rows_of

Recordings = RecordingSet | Sequence[RecordingSet] | Mapping[str, RecordingSet]


def recordings_tuple(recordings: Recordings) -> tuple[RecordingSet, ...]:
    """Return recordings as a tuple, whether one, several or a mapping was given.

    Raises
    ------
    TypeError
        If something else came, or nothing.
    """
    if isinstance(recordings, RecordingSet):
        return (recordings,)
    if isinstance(recordings, Mapping):
        several = tuple(recordings.values())
    else:
        several = tuple(recordings) if isinstance(recordings, Sequence) else (recordings,)
    if not several or not all(isinstance(item, RecordingSet) for item in several):
        types = ", ".join(sorted({type(item).__name__ for item in several})) or "nothing"
        raise TypeError(
            "`recordings` are none. Accepted are a RecordingSet, or a sequence or mapping of one or more; received "
            f"{type(recordings).__name__} of {types}."
        )
    return several


def fingerprint(recordings: RecordingSet) -> str:
    """Return a fingerprint that only identical recordings share."""
    digest = hashlib.blake2b(recordings.responses.tobytes(), digest_size=16)
    digest.update("\n".join([recordings.area, *recordings.stimulus_ids.tolist()]).encode())
    if recordings.stimuli is not None:
        digest.update(np.ascontiguousarray(recordings.stimuli.images).data)
    return digest.hexdigest()


def groups_by_images(recordings: Sequence[RecordingSet]) -> list[list[int]]:
    """Return the indices of recordings of the same images under the same ids, in any order.

    Parameters
    ----------
    recordings : sequence of RecordingSet
        Each with its images.
    """
    groups: list[list[int]] = []
    for row, recording in enumerate(recordings):
        same = next((group for group in groups if _same_images(recordings[group[0]], recording)), None)
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    return groups


def _same_images(one: RecordingSet, other: RecordingSet) -> bool:
    """Return whether two recordings are to the very same images under the same ids."""
    if one.stimuli is other.stimuli:
        return True
    assert one.stimuli is not None
    assert other.stimuli is not None
    if len(one) != len(other) or not np.array_equal(np.sort(one.stimulus_ids), np.sort(other.stimulus_ids)):
        return False
    rows = rows_of(one.stimulus_ids, other.stimulus_ids, "recordings")
    images = other.stimuli.images
    return np.array_equal(one.stimuli.images, images if np.array_equal(rows, np.arange(len(rows))) else images[rows])
