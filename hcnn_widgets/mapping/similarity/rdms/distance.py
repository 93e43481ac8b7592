"""A dissimilarity of response patterns as `DISTANCES` lists it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.entry import Entry

Array = NDArray[np.float64]
Trials = NDArray[np.floating]


@dataclass(frozen=True)
class Distance(Entry[[Trials], Array]):
    """A way of saying how unlike the patterns of two stimuli are.

    Parameters
    ----------
    function : function (trials)
        Gives the strict upper triangle (k,) from (n_trials, n_stimuli, n_channels), NaN where a trial is missing; it
        raises `ConstantPatterns` where patterns have none.
    words : str
        What an RDM's convention says of it.
    short : str
        What stands beneath a colour scale.
    whitened : bool
        Whether it weighs the channels by the precision of their noise.
    cross_validated : bool
        Whether it leaves one trial out: then the function is given the trials one by one, else their mean.
    noise : "lifts", "draws to 1" or "leaves"
        What noise does to it in the mean. Lifted, it passes for likeness where two RDMs share the noise of a stimulus,
        as those of halves of the trials do; drawn to 1 from above and below, it is alike in both halves only where
        stimuli differ in noise.
    of_models : bool
        Whether it is offered for a network, which gives the same answer each time and no counts.
    code : str
        The line of NumPy and SciPy that makes `model_rdm` of `patterns`, as a panel shows it; empty for a call of
        `rdm`.
    """

    words: str
    short: str
    whitened: bool = False
    cross_validated: bool = False
    noise: Literal["lifts", "draws to 1", "leaves"] = "lifts"
    of_models: bool = True
    code: str = ""

    @property
    def fewest_trials(self) -> int:
        """Trials of every stimulus that it needs."""
        return 2 if self.cross_validated else 1
