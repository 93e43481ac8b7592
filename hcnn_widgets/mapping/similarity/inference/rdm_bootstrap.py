"""Bootstrap of RDM similarities over stimuli and subjects."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import check_two_subjects
from hcnn_widgets.mapping.similarity.inference.bootstrap_table import CorrectedBootstrap, RdmBootstrap
from hcnn_widgets.mapping.similarity.inference.rdm_sets import joined_sets, listed
from hcnn_widgets.mapping.similarity.inference.resampling import drawn_counts, resampled
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI, n_stimuli_of
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm, any_simulated
from hcnn_widgets.records.checks import check_count, check_seed, known_name
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]

RESAMPLED = {
    "stimuli": "stimuli drawn with replacement",
    "subjects": "subjects drawn with replacement",
    "both": "stimuli and subjects drawn with replacement",
}
"""What may be drawn again -> in words."""
CORRECTED = "corrected"
"""The name of drawing both with a variance that is corrected for the noise that both count."""


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
    over : "stimuli", "subjects", "both" or "corrected"
        What is drawn again, and so what the intervals speak of: other stimuli, other subjects, or both. Drawing both
        gives intervals on the wide side, as a sample's noise counts with either; "corrected" takes the surplus off
        (the corrected two-factor bootstrap of Schuett et al. 2023).
    n_bootstrap : int
        Samples; 1 or more. Stimuli are drawn until three are different.
    seed : int

    Returns
    -------
    RdmBootstrap
        A `CorrectedBootstrap` for "corrected".

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
    subjects = listed("subjects", subjects)
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
    observed = resampled(of_models, of_subjects, np.ones((1, n_stimuli), dtype=np.int64), method)[0]
    drawn = RESAMPLED["both" if over == CORRECTED else over]
    words = f"{COMPARISONS[method].words}; mean over {n_subjects} subjects; {n_bootstrap:,} times {drawn}"
    plain = RdmBootstrap(
        names, _means(values, shares), method, over, words, observed.mean(axis=1), any_simulated(subjects)
    )
    if over != CORRECTED:
        return plain
    words = f"{words}; variance corrected for the noise that both count (Schuett et al. 2023), Student's t"
    return CorrectedBootstrap(
        **{**vars(plain), "convention": words},
        by_subjects=_means(observed[np.newaxis], shares),
        by_stimuli=values.mean(axis=2),
        n_subjects=n_subjects,
        n_stimuli=n_stimuli,
    )


def _means(values: Array, shares: Array) -> Array:
    """Average (n_bootstrap or 1, n_models, n_subjects) over the subjects of each sample, (n_bootstrap, n_models)."""
    return np.einsum("bms,bs->bm", np.broadcast_to(values, (len(shares), *values.shape[1:])), shares)


def _check(method: str, over: str, n_bootstrap: int, seed: int) -> None:
    """Refuse what cannot be drawn again."""
    known_name("over", over, (*RESAMPLED, CORRECTED))
    check_count("n_bootstrap", n_bootstrap)
    check_seed(seed)
    if COMPARISONS[method].each_once and over != "subjects":
        accepted = [name for name, comparison in COMPARISONS.items() if not comparison.each_once]
        raise ValueError(
            f"`method={method!r}` supposes that every stimulus comes once, so stimuli cannot be drawn again. Accepted "
            f"are {', '.join(map(repr, accepted))}, or `over='subjects'`; received over={over!r}."
        )
