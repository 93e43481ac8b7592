"""Recorded and predicted responses behind a live score, by stimulus and site."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class SiteDetail:
    """Responses of a brain area and their predictions from a model area, by stimulus and site.

    Parameters
    ----------
    stimulus_ids : (n_stimuli,) str
        Rows of the responses.
    site_ids : (n_sites,) str
        Columns of the responses; sites that are constant over the stimuli are left out.
    recorded : (n_stimuli, n_sites) float32
        Averaged over trials and z-scored over the stimuli; the same array for all model areas.
    predicted : (n_stimuli, n_sites) float32
        In the same unit; each stimulus is predicted by the map fitted without it.
    r : (n_sites,) float64
        Pearson r of the two, mean over folds.
    per_split : (n_folds, n_sites) float64
        Pearson r within each fold.

    Raises
    ------
    ValueError
        If shapes do not fit.
    """

    stimulus_ids: NDArray[np.str_]
    site_ids: NDArray[np.str_]
    recorded: NDArray[np.float32]
    predicted: NDArray[np.float32]
    r: NDArray[np.float64]
    per_split: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        shape = (len(self.stimulus_ids), len(self.site_ids))
        if not len(self.per_split):
            object.__setattr__(self, "per_split", self.r[np.newaxis])
        of_folds = (len(self.per_split), *shape[1:])
        for name, accepted in (("recorded", shape), ("predicted", shape), ("r", shape[1:]), ("per_split", of_folds)):
            array = getattr(self, name)
            if array.shape != accepted:
                raise ValueError(f"`{name}` has the wrong shape. Accepted is {accepted}; received {array.shape}.")
            # Shared with other records, so seen through a view that cannot write, and not copied.
            view = array.view()
            view.setflags(write=False)
            object.__setattr__(self, name, view)
