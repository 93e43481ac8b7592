"""Notes that belong beside scores, with the brain areas or halves that they apply to."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.table import SIMULATED
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

Notes = Sequence[str]


def recording_notes(recordings: RecordingSet, varying: NDArray[np.bool_], inferred: str = "") -> list[str]:
    """Return the notes on recordings: constant sites, inferred labels, simulation.

    Parameters
    ----------
    recordings : RecordingSet
    varying : (n_sites,) bool
        Sites that vary over the stimuli; constant sites are left out.
    inferred : str
        Words for the use of inferred labels ("the splits go by"); empty where none are used.

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
    """Return the notes on all scores against one brain area.

    Parameters
    ----------
    scores : iterable of Score or None
        Scores of the model areas, and of the pixels.
    untrained : iterable of Score or None
        Scores of the network before training; notes that only these have begin with "untrained network".
    """
    said, others = ([note for score in row if score is not None for note in score.notes] for row in (scores, untrained))
    return [*said, *notes_of_untrained(others, said)]


def notes_of_untrained(notes: Iterable[str], said: Notes) -> tuple[str, ...]:
    """Return notes as those of the untrained network, without what is said of the trained one already."""
    return tuple(f"untrained network, {note}" for note in notes if note not in said)


def notes_by_area(areas: Sequence[str], notes: Sequence[Notes]) -> tuple[str, ...]:
    """Return each note once, with its areas unless it applies to all.

    Parameters
    ----------
    areas : sequence of str
        Brain areas, or time bins of a brain area.
    notes : sequence of sequences of str
        Notes of each area, in which a note may be repeated, as by several scores.

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
    """Return the notes of a layer-to-area match, each with its brain area, and its half unless both halves have it.

    Parameters
    ----------
    areas : sequence of str
        Brain areas.
    choosing, reporting : sequence of sequences of str
        Notes of each brain area on each half of the images, in which a note may be repeated, as by several scores.

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
