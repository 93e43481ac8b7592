"""Scores of the RDMs of moments in training, each worked out once and kept as long as its moment."""

import weakref

from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import Progress, RdmComparison, RdmScores

Key = tuple[str, str]


class MomentScores:
    """Compares the RDMs of moments with the brain's; what has been compared is known. Used on any thread.

    Parameters
    ----------
    comparison : RdmComparison
        The brain's side.
    """

    def __init__(self, comparison: RdmComparison) -> None:
        self._comparison = comparison
        self._known: weakref.WeakKeyDictionary[RdmMoment, dict[Key, RdmScores]] = weakref.WeakKeyDictionary()

    def known(self, moment: RdmMoment, distance: str, method: str) -> RdmScores | None:
        """Return the scores if they have been computed, else None; never waits."""
        return self._known.get(moment, {}).get((distance, method))

    def of(self, moment: RdmMoment, distance: str, method: str, progress: Progress | None = None) -> RdmScores:
        """Return the scores.

        Parameters
        ----------
        moment : RdmMoment
        distance : str
            One that the moment has.
        method : str
            One of `COMPARISONS`.
        progress : callable, optional
            Told (done, of how many).

        Raises
        ------
        ValueError
            If the moment has no such distance, or there is no such method.
        """
        if distance not in moment.vectors:
            raise ValueError(f"`distance={distance!r}` was not worked out. Accepted are {', '.join(moment.vectors)}.")
        known = self.known(moment, distance, method)
        if known is None:
            known = self._comparison.scores(moment.areas, moment.vectors[distance], distance, method, progress)
            self._known.setdefault(moment, {})[distance, method] = known
        return known
