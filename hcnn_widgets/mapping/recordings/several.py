"""Several recordings at once: as a tuple, with fingerprints, grouped by their images."""

import hashlib
import weakref
from collections.abc import Mapping, Sequence

import numpy as np

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.joining import rows_of

Recordings = RecordingSet | Sequence[RecordingSet] | Mapping[str, RecordingSet]


def recordings_tuple(recordings: Recordings) -> tuple[RecordingSet, ...]:
    """Return recordings as a tuple, from a single set, a sequence or a mapping.

    Raises
    ------
    TypeError
        If anything else is given, or no recordings.
    """
    if isinstance(recordings, RecordingSet):
        return (recordings,)
    if isinstance(recordings, Mapping):
        several = tuple(recordings.values())
    else:
        several = tuple(recordings) if isinstance(recordings, Sequence) else (recordings,)
    if not several or not all(isinstance(given, RecordingSet) for given in several):
        raise TypeError(
            "`recordings` are none. Accepted are a RecordingSet, or a sequence or mapping of one or more; received "
            f"{type(recordings).__name__} of "
            f"{', '.join(sorted({type(given).__name__ for given in several})) or 'nothing'}."
        )
    return several


def fingerprint(recordings: RecordingSet) -> str:
    """Return a hash that only the same recordings share."""
    known = _fingerprints.get(recordings)
    if known is None:
        known = _fingerprints[recordings] = _digest(recordings)
    return known


# Every panel asks, and there may be megabytes of images; what is frozen need not be read twice.
_fingerprints: "weakref.WeakKeyDictionary[RecordingSet, str]" = weakref.WeakKeyDictionary()


def _digest(recordings: RecordingSet) -> str:
    digest = hashlib.blake2b(recordings.responses.tobytes(), digest_size=16)
    digest.update("\n".join([recordings.area, *recordings.stimulus_ids.tolist()]).encode())
    if recordings.stimuli is not None:
        digest.update(np.ascontiguousarray(recordings.stimuli.images).data)
    return digest.hexdigest()


def groups_by_images(recordings: Sequence[RecordingSet]) -> list[list[int]]:
    """Return groups of the indices of recordings to the very same images under the same ids, in any order.

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


def _same_images(first: RecordingSet, second: RecordingSet) -> bool:
    """Return whether two recordings are to the very same images under the same ids."""
    if first.stimuli is second.stimuli:
        return True
    assert first.stimuli is not None
    assert second.stimuli is not None
    if len(first) != len(second) or not np.array_equal(np.sort(first.stimulus_ids), np.sort(second.stimulus_ids)):
        return False
    rows = rows_of(first.stimulus_ids, second.stimulus_ids, "recordings")
    images = second.stimuli.images
    return np.array_equal(first.stimuli.images, images if np.array_equal(rows, np.arange(len(rows))) else images[rows])
