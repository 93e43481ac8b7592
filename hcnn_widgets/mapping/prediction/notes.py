"""What a reader of scores must know, and of which brain areas or halves it is true."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Notes = Sequence[str]

SIMULATED = "the recordings are simulated"
"""A note that panels leave out: there it stands at the brain area's name."""


def recording_notes(recordings: RecordingSet, varying: NDArray[np.bool_], inferred: str = "") -> list[str]:
    """Say what a reader must know of recordings.

    Parameters
    ----------
    recordings : RecordingSet
    varying : (n_sites,) bool
        The sites that vary over the stimuli; the others are left out.
    inferred : str
        What goes by labels that are inferred ("the splits go by"); empty where nothing does.

    Returns
    -------
    list of str

    Examples
    --------
    >>> recordings = RecordingSet(np.eye(3)[np.newaxis], ["a", "b", "c"], area="IT", simulated=True)
    >>> recording_notes(recordings, np.array([True, False, True]))
    ['1 of 3 sites are constant and were left out', 'the recordings are simulated']
    """
    notes = []
    if excluded := int((~varying).sum()):
        notes.append(f"{excluded} of {len(varying)} sites are constant and were left out")
    if inferred:
        notes.append(f"the labels that {inferred} are inferred")
    if recordings.simulated:
        notes.append(SIMULATED)
    return notes


def notes_of_scores(scores: Iterable[Score | None], untrained: Iterable[Score | None] = ()) -> list[str]:
    """Give what a reader must know of any of the scores against one brain area.

    Parameters
    ----------
    scores : iterable of Score or None
        Of the model areas, and of the pixels.
    untrained : iterable of Score or None
        Of the network before training: what is true of these alone is said so.
    """
    said, others = ([note for one in row if one is not None for note in one.notes] for row in (scores, untrained))
    return said + [f"untrained network, {note}" for note in others if note not in said]


def notes_by_area(areas: Sequence[str], notes: Sequence[Notes]) -> tuple[str, ...]:
    """Give each note once, with what it is true of where not of all.

    Parameters
    ----------
    areas : sequence of str
        Brain areas, or the bins of time of one.
    notes : sequence of sequences of str
        Those of each; one may come again, as of every score.

    Examples
    --------
    >>> notes_by_area(["V1", "V4", "IT"], [["no ceiling", "twins"], ["no ceiling"], ["no ceiling", "twins"]])
    ('no ceiling', 'V1, IT: twins')
    """
    true_of: dict[str, list[str]] = {}
    for area, several in zip(areas, notes, strict=True):
        for note in dict.fromkeys(several):
            true_of.setdefault(note, []).append(area)
    return tuple(note if len(of) == len(areas) else f"{', '.join(of)}: {note}" for note, of in true_of.items())


def notes_of_halves(areas: Sequence[str], choosing: Sequence[Notes], reporting: Sequence[Notes]) -> tuple[str, ...]:
    """Give the notes of a layer-to-area match with the brain area of each, and its half where not true of both.

    Parameters
    ----------
    areas : sequence of str
        Brain areas.
    choosing, reporting : sequence of sequences of str
        The notes of each brain area on either half of the images; one may come again, as of every score.

    Examples
    --------
    >>> notes_of_halves(["IT"], [["no ceiling", "2 sites"]], [["no ceiling", "3 sites"]])
    ('IT: no ceiling', 'IT, choosing half: 2 sites', 'IT, other half: 3 sites')
    """
    notes: list[str] = []
    for area, chosen, reported in zip(areas, choosing, reporting, strict=True):
        notes += [f"{area}: {note}" for note in chosen if note in reported]
        notes += [f"{area}, choosing half: {note}" for note in chosen if note not in reported]
        notes += [f"{area}, other half: {note}" for note in reported if note not in chosen]
    return tuple(dict.fromkeys(notes))
