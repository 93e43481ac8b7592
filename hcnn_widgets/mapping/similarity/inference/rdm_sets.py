"""Several models and several subjects, brought to one order of the stimuli."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.compare import check_method, joined_vectors
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

Array = NDArray[np.float64]


def joined_sets(models: Any, subjects: Any, method: str) -> tuple[tuple[str, ...], Array, Array]:
    """Return the models' names, and the dissimilarities of models and subjects.

    Parameters
    ----------
    models : mapping of str to Rdm, or sequence of Rdm or arrays
        One or more.
    subjects : sequence of Rdm or arrays
        One or more.
    method : str
        The comparison that they are for.

    Returns
    -------
    names : tuple of str
        The mapping's keys; else the Rdms' names; else "model 1", ...
    models : (n_models, k) float64
    subjects : (n_subjects, k) float64

    Raises
    ------
    TypeError, ValueError
        If there is none, names repeat, or one does not fit the others.
    """
    check_method(method)
    names, each = _named(models)
    others = listed("subjects", subjects)
    if not each or not others:
        raise ValueError(
            f"`models` or `subjects` is empty. Accepted is one RDM or more of each; received {len(each)} models and "
            f"{len(others)} subjects."
        )
    labels = [f"models[{name!r}]" for name in names] + [f"subjects[{row}]" for row in range(len(others))]
    vectors = joined_vectors([*each, *others], labels, method)
    return names, vectors[: len(each)], vectors[len(each) :]


def _named(models: Any) -> tuple[tuple[str, ...], Sequence[Any]]:
    """Return the models with their names, which must differ."""
    if isinstance(models, Mapping):
        return tuple(map(str, models)), list(models.values())
    each = listed("models", models)
    names = tuple(
        item.name if isinstance(item, Rdm) and item.name else f"model {row}" for row, item in enumerate(each, start=1)
    )
    if len(set(names)) < len(names):
        raise ValueError(
            f"`models` has names that repeat: {', '.join(names)}. Accepted are different ones; give a mapping of names "
            "to RDMs."
        )
    return names, each


def listed(argument: str, rdms: Any) -> list[Any]:
    """Return several RDMs, or the values of a mapping, as a list; refuse a single RDM.

    Raises
    ------
    TypeError
    """
    if isinstance(rdms, Mapping):
        return list(rdms.values())
    if isinstance(rdms, Iterable) and not isinstance(rdms, Rdm | str):
        return list(rdms)
    raise TypeError(
        f"`{argument}` are no RDMs. Accepted is a mapping of names to RDMs, or a sequence of them, such as [rdm]; "
        f"received {type(rdms).__name__}."
    )
