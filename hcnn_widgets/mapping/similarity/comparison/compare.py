"""Comparing RDMs that were joined by stimulus id."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.scales import LARGEST, LEAST, check_scale
from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import checked_square, checked_vector
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.records.given_arrays import as_array
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.named_tables import names_of_rows, unnamed_table_names

Array = NDArray[np.float64]


@checks_keywords
def compare(a: Any, b: Any, method: str = "tau_a") -> float:
    """Describe how alike two RDMs are.

    Parameters
    ----------
    a, b : Rdm, (n_stimuli, n_stimuli) float or (k,) float
        Two Rdms are joined by stimulus id and must hold the same stimuli, and so are square tables, by the names of
        their rows. An array has no ids: its stimuli are taken to be in the other's order.
    method : str
        One of `COMPARISONS`: "tau_a", "tau_b", "rho_a", "spearman", "pearson", "cosine", "whitened_pearson",
        "whitened_cosine".

    Returns
    -------
    float
        From -1 to 1.

    Raises
    ------
    TypeError, ValueError
        If the stimuli differ (the missing ids are listed), an RDM is constant, not symmetric or not finite, or the
        method is unknown.

    Examples
    --------
    >>> one = Rdm([1, 2, 3], stimulus_ids=["cat", "dog", "car"])
    >>> compare(one, Rdm([1, 3, 2], stimulus_ids=["dog", "cat", "car"]))
    1.0
    """
    check_method(method)
    x, y = joined_vectors([a, b], ("a", "b"), method)
    return COMPARISONS[method](x, y)


def check_method(method: str) -> None:
    """Refuse a name that stands for no comparison."""
    known_name("method", method, COMPARISONS)


def joined_vectors(rdms: Sequence[Any], arguments: Sequence[str], method: str) -> Array:
    """Return the dissimilarities of several RDMs in one order of the stimuli.

    Parameters
    ----------
    rdms : sequence of Rdm, (n_stimuli, n_stimuli) or (k,) float
        The first Rdm gives the order.
    arguments : sequence of str
        What each is called, for the error.
    method : str
        The comparison that they are for.

    Returns
    -------
    (n_rdms, k) float64

    Raises
    ------
    TypeError, ValueError
        If one does not fit the others, or is constant.
    """
    rdms = [rdm if isinstance(rdm, Rdm) or names_of_rows(rdm) is None else Rdm.from_matrix(rdm) for rdm in rdms]
    first = next((rdm for rdm in rdms if isinstance(rdm, Rdm)), None)
    vectors = [_in_order(rdm, name, first) for rdm, name in zip(rdms, arguments, strict=True)]
    for vector, name in zip(vectors, arguments, strict=True):
        if vector.size != vectors[0].size:
            raise ValueError(
                f"`{name}` has other stimuli than `{arguments[0]}`. Accepted are dissimilarities of the same pairs; "
                f"received {vector.size:,} beside {vectors[0].size:,}."
            )
        _refuse_constant(vector, name, method)
        check_scale(name, vector, least=LEAST**2, largest=LARGEST**2)
    return np.array(vectors)


def _in_order(rdm: Any, argument: str, first: Rdm | None) -> Array:
    """Return one RDM's vector, its stimuli in the order of `first`."""
    numbers = unnamed_table_names(rdm)
    if first is not None and numbers is not None and set(numbers) == set(first.stimulus_ids):
        rdm = Rdm.from_matrix(rdm, numbers)
    if not isinstance(rdm, Rdm):
        array = as_array(argument, rdm)
        return checked_square(argument, array) if array.ndim == 2 else checked_vector(argument, array)
    assert first is not None
    if np.array_equal(rdm.stimulus_ids, first.stimulus_ids):
        return rdm.vector
    rows_of(first.stimulus_ids, rdm.stimulus_ids, argument)
    if len(rdm) > len(first):
        more = np.setdiff1d(rdm.stimulus_ids, first.stimulus_ids).tolist()
        raise ValueError(
            f"`{argument}` has {len(more)} stimuli that the other RDM lacks: {', '.join(more[:5])}. Accepted are RDMs "
            "of the same stimuli; take those they share with .select(...)."
        )
    return rdm.select(first.stimulus_ids).vector


def _refuse_constant(vector: Array, argument: str, method: str) -> None:
    """Refuse an RDM that says nothing about the order of its pairs; the cosines only mind one of zeros."""
    if np.ptp(vector) == 0 and (not COMPARISONS[method].from_zero or vector[0] == 0):
        raise ValueError(
            f"`{argument}` is constant: every pair of stimuli is {vector[0]:.6g} apart. Accepted for "
            f"`method={method!r}` are RDMs that tell pairs apart."
        )
