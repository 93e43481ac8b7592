"""One line of the table after training."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AreaScoreRow:
    """One model area, or the pixels, against one brain area; NaN is what is not known.

    Parameters
    ----------
    brain_area, model_area : str
    simulated : bool
        Whether the recordings are.
    trained_r, untrained_r : float
        Median over sites of Pearson r on held-out images. The pixels' stands under `trained_r`.
    trained_error, untrained_error : float
        Standard deviation over folds of the median over sites, / sqrt(n_folds).
    trained_corrected, untrained_corrected : float
        Corrected for noise as `correction` says.
    correction : str
        A name in `CORRECTIONS`.
    reliability : float
        Of the recordings, the c of the correction; NaN with one trial per stimulus.
    n_sites, n_stimuli : int
        Sites that vary, and images.
    """

    brain_area: str
    model_area: str
    simulated: bool
    trained_r: float
    trained_error: float
    untrained_r: float
    untrained_error: float
    trained_corrected: float
    untrained_corrected: float
    correction: str
    reliability: float
    n_sites: int
    n_stimuli: int
