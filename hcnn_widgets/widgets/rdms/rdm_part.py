"""Compute scores of RDMs over the images of a category alone."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hcnn_widgets.mapping.live.rdm_moment import RdmMoment
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmComparison, RdmScores
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI
from hcnn_widgets.widgets.panel.words import plural

from .rdm_frame import ScoreBars
from .rdm_order import Rows, triangle


def bars_of_part(
    bars: ScoreBars,
    comparison: RdmComparison,
    rows: Rows,
    moments: tuple[RdmMoment, RdmMoment | None],
    distance: str,
    progress: Callable[[int, int], object],
) -> ScoreBars:
    """Recompute scores, noise ceilings and scores of the other models over some of the images.

    Parameters
    ----------
    bars : ScoreBars
        Bars without scores.
    comparison : RdmComparison
        Comparison over all images.
    rows : (n,) int
        Places of the images in the comparison, 3 or more.
    moments : (RdmMoment, RdmMoment or None)
        RDMs shown, and RDMs of the untrained network.
    distance : str
        Name of a distance that the moments have.
    progress : callable
        Called with (comparisons done, comparisons in all).

    Returns
    -------
    ScoreBars

    Raises
    ------
    ValueError
        If there are fewer than 3 images, or an RDM finds all pairs of them equally unlike.
    """
    if len(rows) < FEWEST_STIMULI:
        raise ValueError(
            f"There is no score: of {plural(len(rows), 'image')} there are too few pairs to tell how alike RDMs are. "
            f"Accepted are categories of {FEWEST_STIMULI} images or more; received {len(rows)}."
        )
    part = comparison.part(comparison.stimulus_ids[rows], distance)
    ceilings = part.ceilings(distance, bars.method)

    def scores(moment: RdmMoment) -> RdmScores:
        vectors = np.array([triangle(vector, rows) for vector in moment.vectors[distance]])
        return part.scores(moment.areas, vectors, distance, bars.method, progress)

    trained, untrained = moments
    return replace(
        bars,
        trained=scores(trained),
        untrained=None if untrained is None else scores(untrained),
        references=part.reference_scores(distance, bars.method),
        ceilings=ceilings,
    )
