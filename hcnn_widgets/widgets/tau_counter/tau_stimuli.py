"""Join two RDMs by stimulus, and draw the stimuli that tau_A is counted with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

ATTEMPTS = 50


def joined_rdms(a: Any, b: Any) -> tuple[Rdm, Rdm]:
    """Return two RDMs of the same stimuli in the same order.

    Parameters
    ----------
    a, b : Rdm, (n_stimuli, n_stimuli) float or (k,) float
        Two Rdms are joined by stimulus id; an array is taken to be in the order of the other RDM.

    Raises
    ------
    TypeError, ValueError
        If `a` or `b` is not an RDM, or their stimuli differ.

    Examples
    --------
    >>> a, b = joined_rdms(Rdm([1, 2, 3], ["cat", "dog", "car"]), [3, 2, 1])
    >>> b.stimulus_ids.tolist()
    ['cat', 'dog', 'car']
    """
    known = next((rdm.stimulus_ids for rdm in (a, b) if isinstance(rdm, Rdm)), None)
    first, second = (_as_rdm(rdm, known) for rdm in (a, b))
    if len(second) != len(first):
        raise ValueError(
            f"`b` has other stimuli than `a`. Accepted are RDMs of the same ones; received {len(second)} beside "
            f"{len(first)}; take those that they share with .select(...)."
        )
    return first, second.select(first.stimulus_ids)


def labels_of(rdm: Rdm, stimuli: StimulusSet | None) -> NDArray[np.str_]:
    """Return the category of each stimulus, (n_stimuli,) str; "" where it is not known."""
    if stimuli is None or stimuli.labels is None:
        return np.full(len(rdm), "", dtype="U1")
    return stimuli.labels[rows_of(rdm.stimulus_ids, stimuli.stimulus_ids, "stimuli")]


def drawn_rows(rdms: tuple[Rdm, Rdm], labels: NDArray[np.str_], n: int, seed: int) -> NDArray[np.intp]:
    """Draw stimuli from as many categories as possible, whose pairs are not all equally unlike in either RDM.

    Parameters
    ----------
    rdms : (Rdm, Rdm)
        RDMs of the same stimuli in the same order.
    labels : (n_stimuli,) str
        Category of each stimulus.
    n : int
        Number of stimuli to draw.
    seed : int
        The same seed draws the same stimuli.

    Returns
    -------
    (n,) intp
        Rows of the stimuli drawn, ascending.

    Raises
    ------
    ValueError
        If no such stimuli are found in 50 draws.

    Examples
    --------
    >>> rdm = Rdm(np.arange(15.0))
    >>> labels = np.array(["cat", "cat", "cat", "car", "car", "cup"])
    >>> sorted(labels[drawn_rows((rdm, rdm), labels, 3, seed=0)].tolist())
    ['car', 'cat', 'cup']
    """
    for attempt in range(ATTEMPTS):
        order = np.random.default_rng([seed, attempt]).permutation(len(labels))
        shuffled = labels[order]
        turn = np.array([np.sum(shuffled[:place] == label) for place, label in enumerate(shuffled)])
        rows = np.sort(order[np.argsort(turn, kind="stable")[:n]])
        vectors = [rdm.matrix[np.ix_(rows, rows)][np.triu_indices(n, 1)] for rdm in rdms]
        if all(np.ptp(vector) > 0 for vector in vectors):
            return rows
    raise ValueError(
        f"`n={n}` stimuli that both RDMs tell apart were not found in {ATTEMPTS} draws. Accepted are RDMs that vary; "
        "choose the stimuli by stimulus_ids=[...]."
    )


def _as_rdm(rdm: Any, ids: Any) -> Rdm:
    if isinstance(rdm, Rdm):
        return rdm
    array = np.asarray(rdm)
    return Rdm(array, ids) if array.ndim == 1 else Rdm.from_matrix(array, ids)
