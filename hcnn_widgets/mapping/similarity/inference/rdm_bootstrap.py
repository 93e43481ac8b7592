"""Bootstrap of RDM similarities over stimuli and subjects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import check_two_subjects
from hcnn_widgets.mapping.similarity.inference.rdm_sets import joined_sets
from hcnn_widgets.mapping.similarity.inference.resampling import drawn_counts, resampled
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI, n_stimuli_of
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.checks import check_count, check_seed, known_name
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]

RESAMPLED = {
    "stimuli": "stimuli drawn with replacement",
    "subjects": "subjects drawn with replacement",
    "both": "stimuli and subjects drawn with replacement",
}
"""What may be drawn again -> in words."""


@dataclass(frozen=True, eq=False, repr=False)
class RdmBootstrap:
    """Similarities of models to the brain in samples that were drawn with replacement.

    Parameters
    ----------
    names : tuple of str
        The models.
    values : (n_bootstrap, n_models) float64
        Mean over the drawn subjects.
    method : str
        Name in `COMPARISONS`.
    over : "stimuli", "subjects" or "both"
        What was drawn again.
    convention : str
        How the values came about, in words.
    """

    names: tuple[str, ...]
    values: Array
    method: str
    over: str
    convention: str

    @property
    def errors(self) -> Array:
        """Standard error of each model: the standard deviation over samples, (n_models,) float64."""
        return self.values.std(axis=0, ddof=1)

    def interval(self, level: float = 0.95) -> Array:
        """Return the percentile interval of each model.

        Parameters
        ----------
        level : float
            Share of the samples between its ends, above 0 and below 1.

        Returns
        -------
        (n_models, 2) float64
            Low and high.

        Raises
        ------
        ValueError
            If the level makes no interval.
        """
        if not 0 < level < 1:
            raise ValueError(f"`level={level}` makes no interval. Accepted is a number above 0 and below 1.")
        tail = (1 - level) / 2
        return np.quantile(self.values, [tail, 1 - tail], axis=0).T

    def p_zero(self) -> Array:
        """Return each model's one-sided p against 0: the share of samples at or below it, the observed one counted.

        Returns
        -------
        (n_models,) float64
            From 1 / (n_bootstrap + 1) to 1.
        """
        return ((self.values <= 0).sum(axis=0) + 1) / (len(self.values) + 1)

    def p_pairs(self) -> Array:
        """Return the two-sided p of each pair of models: twice the smaller share of samples, the observed one counted.

        Returns
        -------
        (n_models, n_models) float64
            Symmetric, 1 on the diagonal.
        """
        differences = self.values[:, :, np.newaxis] - self.values[:, np.newaxis]
        below = ((differences <= 0).sum(axis=0) + 1) / (len(self.values) + 1)
        return np.minimum(2 * np.minimum(below, below.T), 1)

    def __repr__(self) -> str:
        means = ", ".join(
            f"{name} {low:.3f} to {high:.3f}" for name, (low, high) in zip(self.names, self.interval(), strict=True)
        )
        return f"RdmBootstrap(95 %: {means}; {self.convention})"


@checks_keywords
def rdm_bootstrap(
    models: Mapping[str, Any] | Sequence[Any],
    subjects: Sequence[Rdm] | Sequence[Any],
    method: str = "tau_a",
    *,
    over: str = "both",
    n_bootstrap: int = 1000,
    seed: int = 0,
) -> RdmBootstrap:
    """Draw stimuli, subjects or both again, and compare every model with the brain each time.

    The dissimilarity of a stimulus to its own copy is left out, as it is 0 for every model. tau_A takes no sample in
    hand: see `resampled_tau_a`.

    Parameters
    ----------
    models : mapping of str to Rdm, or sequence of Rdm or arrays
    subjects : sequence of Rdm or arrays
        The brain's RDMs, one per subject.
    method : str
        One of `COMPARISONS`; the whitened ones over subjects alone.
    over : "stimuli", "subjects" or "both"
        Drawing both gives intervals on the wide side, as a sample's noise counts with either (Schuett et al. 2023).
    n_bootstrap : int
        Samples; 1 or more. Stimuli are drawn until three are different.
    seed : int

    Returns
    -------
    RdmBootstrap

    Raises
    ------
    TypeError, ValueError
        If RDMs do not fit one another, or a name is unknown.

    Source: Nili et al. 2014, PLoS Comput Biol 10:e1003553; Schuett et al. 2023, eLife 12:e82566.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> truth = rng.random(45)
    >>> subjects = truth + 0.1 * rng.random((4, 45))
    >>> sampled = rdm_bootstrap({"true": truth, "random": rng.random(45)}, subjects)
    >>> bool(sampled.p_pairs()[0, 1] < 0.01)
    True
    """
    names, of_models, of_subjects = joined_sets(models, subjects, method)
    _check(method, over, n_bootstrap, seed)
    if over != "stimuli":
        check_two_subjects("subjects", len(of_subjects))
    rng = np.random.default_rng(seed)
    n_stimuli, n_subjects = n_stimuli_of(of_models.shape[1]) or 0, len(of_subjects)
    if over == "subjects":
        counts = np.ones((1, n_stimuli), dtype=np.int64)
    else:
        counts = drawn_counts(n_stimuli, n_bootstrap, FEWEST_STIMULI, rng)
    values = resampled(of_models, of_subjects, counts, method)
    shares = np.full((n_bootstrap, n_subjects), 1 / n_subjects)
    if over != "stimuli":
        shares = drawn_counts(n_subjects, n_bootstrap, 1, rng) / n_subjects
    means = np.einsum("bms,bs->bm", np.broadcast_to(values, (n_bootstrap, *values.shape[1:])), shares)
    words = f"{COMPARISONS[method].words}; mean over {n_subjects} subjects; {n_bootstrap:,} times {RESAMPLED[over]}"
    return RdmBootstrap(names, means, method, over, words)


def _check(method: str, over: str, n_bootstrap: int, seed: int) -> None:
    """Refuse what cannot be drawn again."""
    known_name("over", over, RESAMPLED)
    check_count("n_bootstrap", n_bootstrap)
    check_seed(seed)
    if COMPARISONS[method].each_once and over != "subjects":
        accepted = [name for name, comparison in COMPARISONS.items() if not comparison.each_once]
        raise ValueError(
            f"`method={method!r}` supposes that every stimulus comes once, so stimuli cannot be drawn again. Accepted "
            f"are {', '.join(map(repr, accepted))}, or `over='subjects'`; received over={over!r}."
        )
