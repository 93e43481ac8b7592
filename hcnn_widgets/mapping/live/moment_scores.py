"""Scores of RDMs by moment of training, computed once and kept as long as the moment."""

import weakref

from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import Progress, RdmComparison, RdmScores

Key = tuple[str, str]


class MomentScores:
    """Scores of the RDMs of moments against the brain's, cached by moment; used on any thread.

    Parameters
    ----------
    comparison : RdmComparison
        The brain's side.
    """

    def __init__(self, comparison: RdmComparison) -> None:
        self._comparison = comparison
        self._known: weakref.WeakKeyDictionary[RdmMoment, dict[Key, RdmScores]] = weakref.WeakKeyDictionary()

    def known(self, moment: RdmMoment, distance: str, method: str) -> RdmScores | None:
        """Return the scores if they have been computed, else None; never wait."""
        return self._known.get(moment, {}).get((distance, method))

    def of(self, moment: RdmMoment, distance: str, method: str, progress: Progress | None = None) -> RdmScores:
        """Return the scores, computed when first asked for.

        Parameters
        ----------
        moment : RdmMoment
        distance : str
            A distance of the moment.
        method : str
            A name in `COMPARISONS`.
        progress : callable, optional
            Called with the number done and the number of all.

        Raises
        ------
        ValueError
            If the moment has no such distance, or the method is unknown.
        """
        if distance not in moment.vectors:
            raise ValueError(f"`distance={distance!r}` was not worked out. Accepted are {', '.join(moment.vectors)}.")
        known = self.known(moment, distance, method)
        if known is None:
            known = self._comparison.scores(moment.areas, moment.vectors[distance], distance, method, progress)
            self._known.setdefault(moment, {})[distance, method] = known
        return known
