"""Tests of models against chance, against the noise ceiling, and against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import check_two_subjects, rdm_ceiling
from hcnn_widgets.mapping.similarity.inference.inference_table import RdmInference
from hcnn_widgets.mapping.similarity.inference.multiple_comparisons import ADJUSTMENTS, adjusted
from hcnn_widgets.mapping.similarity.inference.rdm_sets import joined_sets, listed
from hcnn_widgets.mapping.similarity.rdms.rdm_record import any_simulated
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]


@checks_keywords
def rdm_inference(
    models: Mapping[str, Any] | Sequence[Any],
    subjects: Sequence[Any],
    method: str = "tau_a",
    *,
    adjustment: str = "fdr",
) -> RdmInference:
    """Compare models with every subject's RDM, and test over subjects.

    Subjects are the random effect: what is found holds for others like them, and for these stimuli; `rdm_bootstrap`
    draws the stimuli again.

    Parameters
    ----------
    models : mapping of str to Rdm, or sequence of Rdm or arrays
    subjects : sequence of Rdm or arrays
        The brain's RDMs; two subjects or more.
    method : str
        One of `COMPARISONS`.
    adjustment : str
        Correction for the number of tests, one of `ADJUSTMENTS`; of the models against 0, of the models against the
        ceiling, and of the pairs of models, each on its own.

    Returns
    -------
    RdmInference

    Raises
    ------
    TypeError, ValueError
        If there are fewer than two subjects, RDMs do not fit one another, or a name is unknown.

    Source: Nili et al. 2014, PLoS Comput Biol 10:e1003553.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> truth = rng.random(45)
    >>> found = rdm_inference({"true": truth, "random": rng.random(45)}, truth + 0.2 * rng.random((6, 45)))
    >>> bool(found.p_zero[0] < 0.001), bool(found.p_pairs[0, 1] < 0.001)
    (True, True)
    """
    subjects = listed("subjects", subjects)
    names, of_models, of_subjects = joined_sets(models, subjects, method)
    check_two_subjects("subjects", len(of_subjects))
    ceiling = replace(rdm_ceiling(of_subjects, method), simulated=(made_up := any_simulated(subjects)))
    compared = COMPARISONS[method]
    per_subject = np.array([[compared(model, subject) for subject in of_subjects] for model in of_models])
    p_zero = adjusted([_t_test(row, "greater") for row in per_subject], adjustment)
    p_ceiling = adjusted([_t_test(row - ceiling.lower, "two-sided") for row in per_subject], adjustment)
    p_pairs = _pair_tests(per_subject, adjustment)
    words = (
        f"{compared.words}; mean over {len(of_subjects)} subjects +- its standard error; t-tests over "
        f"subjects; {ADJUSTMENTS[adjustment].words}"
    )
    tests = np.concatenate([p_zero, p_ceiling, p_pairs[np.triu_indices(len(names), 1)]])
    undefined = int(np.isnan(tests).sum())
    notes = (f"{undefined} of {len(tests)} tests are not defined: the subjects do not differ",) if undefined else ()
    return RdmInference(
        names,
        per_subject,
        ceiling,
        p_zero,
        p_ceiling,
        p_pairs,
        method,
        adjustment,
        words,
        notes,
        made_up,
    )


def _pair_tests(per_subject: Array, adjustment: str) -> Array:
    """Test every pair of models, (n_models, n_models)."""
    n_models = len(per_subject)
    first, second = np.triu_indices(n_models, 1)
    tested = [_t_test(per_subject[a] - per_subject[b], "two-sided") for a, b in zip(first, second, strict=True)]
    p = np.full((n_models, n_models), np.nan)
    p[first, second] = p[second, first] = adjusted(np.array(tested), adjustment)
    return p


def _t_test(differences: Array, alternative: str) -> float:
    """Test the mean against 0; NaN where the differences do not vary beyond rounding."""
    from scipy.stats import ttest_1samp

    if np.ptp(differences) <= 1e-12:
        return float("nan")
    return float(ttest_1samp(differences, 0, alternative=alternative).pvalue)
