"""Layer-to-area matches of what does not train, computed beside the panel for whatever map and splits are chosen."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from hcnn_widgets.mapping.prediction.tables.layer_area_match import layer_area_match
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

from .work_at_rest import Asked, StaticWork, Tell, n_folds


class StaticMatch(StaticWork[LayerAreaMatch]):
    """Matches of given or recorded activations and recordings; the parameters are those of StaticWork."""

    def _computed(self, asked: Asked, tell: Tell) -> LayerAreaMatch | None:
        method, splits, _ = asked
        self._stage = self._source.words
        activations = self._source.trained(self.recordings)
        self._source.let_go()  # a match has no untrained network beside it
        groups = list({id(one): one for one in activations}.values())
        found = []
        for number, one in enumerate(groups):
            if self._asked != asked:
                return None
            self._stage = "matching areas"
            tell(number, len(groups))
            brains = [brain for brain, other in zip(self.recordings, activations, strict=True) if other is one]
            folds = folds_of_halves(brains, splits)
            found.append(layer_area_match(one, brains, method=method, splits=splits, n_folds=folds))
        order = [brain for one in groups for brain, other in enumerate(activations) if other is one]
        return _joined(found, order, self._source.note)


def folds_of_halves(recordings: Sequence[RecordingSet], splits: str) -> int:
    """Give how many folds the halves of the images of all these recordings have."""
    return min(min(n_folds(one, splits), len(one) // 2) for one in recordings)


def _joined(matches: Sequence[LayerAreaMatch], order: Sequence[int], note: str) -> LayerAreaMatch:
    """Put the matches of recordings to different images together, in the order of the recordings."""
    first, places = matches[0], np.argsort(order)
    joined: dict[str, Any] = {}
    for name in (one.name for one in fields(first)):
        parts = [getattr(one, name) for one in matches]
        if isinstance(parts[0], np.ndarray):
            joined[name] = np.concatenate(parts)[places]
        elif name in ("brain_areas", "simulated"):
            together = [one for part in parts for one in part]
            joined[name] = tuple(together[place] for place in places)
        else:
            joined[name] = parts[0]
    joined["notes"] = tuple(
        dict.fromkeys([*([note] if note else []), *(said for one in matches for said in one.notes)])
    )
    joined["source"] = "; ".join(dict.fromkeys(one.source for one in matches if one.source))
    return LayerAreaMatch(**joined)
