"""Layer-to-area matches of given activations, or of a model that does not train."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from hcnn_widgets.mapping.live.at_rest.scores import Progress, n_folds
from hcnn_widgets.mapping.live.at_rest.source import AtRest
from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet


def match_at_rest(
    source: AtRest,
    recordings: Sequence[RecordingSet],
    method: str,
    splits: str,
    corrections: tuple[str, ...],
    progress: Progress,
) -> LayerAreaMatch | None:
    """Match given or recorded activations with recordings.

    Parameters
    ----------
    source : AtRest
        Its model is released once recorded, as a match does not compare the untrained network.
    recordings, method, splits, progress
        As in `scores_at_rest`.
    corrections : tuple of str
        Ignored: a match reports r alone.

    Returns
    -------
    LayerAreaMatch or None
        None if `progress` ends the work.

    Raises
    ------
    ValueError
        If the recordings do not allow these choices.
    """
    progress(source.words, 0, 0)
    activations = source.trained(recordings)
    source.let_go()
    groups = list({id(of_recording): of_recording for of_recording in activations}.values())
    matches = []
    for number, shared in enumerate(groups):
        if not progress("matching areas", number, len(groups)):
            return None
        brains = [brain for brain, of_recording in zip(recordings, activations, strict=True) if of_recording is shared]
        folds = folds_of_halves(brains, splits)
        matches.append(layer_area_match(shared, brains, method=method, splits=splits, n_folds=folds))
    order = [place for shared in groups for place, of_recording in enumerate(activations) if of_recording is shared]
    return _joined(matches, order, source.note)


def folds_of_halves(recordings: Sequence[RecordingSet], splits: str) -> int:
    """Return the number of folds within the halves of the images, the same for all recordings."""
    return min(min(n_folds(brain, splits), len(brain) // 2) for brain in recordings)


def _joined(matches: Sequence[LayerAreaMatch], order: Sequence[int], note: str) -> LayerAreaMatch:
    """Join the matches of recordings with different images, in the order of the recordings."""
    first, places = matches[0], np.argsort(order)
    joined: dict[str, Any] = {}
    for name in (field.name for field in fields(first)):
        parts = [getattr(match, name) for match in matches]
        if isinstance(parts[0], np.ndarray):
            joined[name] = np.concatenate(parts)[places]
        elif name in ("brain_areas", "simulated"):
            together = [value for part in parts for value in part]
            joined[name] = tuple(together[place] for place in places)
        else:
            joined[name] = parts[0]
    said = [*([note] if note else []), *(said for match in matches for said in match.notes)]
    joined["notes"] = tuple(dict.fromkeys(said))
    joined["source"] = "; ".join(dict.fromkeys(match.source for match in matches if match.source))
    return LayerAreaMatch(**joined)
