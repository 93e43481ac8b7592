"""Does one network predict the brain better than another: the difference of their scores, paired over sites."""

import numpy as np

from hcnn_widgets.mapping.numerics.known_values import mean_known, median_known
from hcnn_widgets.mapping.prediction.difference import ScoreDifference, drawn_difference
from hcnn_widgets.mapping.prediction.gains import draws_of_medians

from .sweep_row import SweepRow

FEWEST_SITES = 4


def difference(row: SweepRow, before: SweepRow) -> ScoreDifference | None:
    """Return by how much a network's best area predicts better than another's, with a 95 % interval over sites.

    Each best area was chosen on the other half of the images. Sites are drawn with replacement, the same for both
    networks, so that what is hard to predict at a site is hard for both. The interval speaks of other sites; what
    another seed of the same choices would give it does not know.

    Parameters
    ----------
    row, before : SweepRow
        Scored on the same recordings and halves.

    Returns
    -------
    ScoreDifference or None
        None where the sites of one are not known, or are others.
    """
    both = row.sites, before.sites
    if both[0].size == 0 or both[0].shape != both[1].shape:
        return None
    known = ~np.isnan(both[0]).all(axis=0) & ~np.isnan(both[1]).all(axis=0)
    if known.sum() < FEWEST_SITES:
        return None
    kept = [sites[:, known] for sites in both]
    values = [float(mean_known(median_known(sites, axis=-1), axis=0)) for sites in kept]
    return drawn_difference(*(draws_of_medians(value, r) for value, r in zip(values, kept, strict=True)))
