"""Response patterns from wherever they come: an array, a model area or recordings."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.numerics.scales import check_scale
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.rdms.distances import mean_over_trials
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import FEWEST_STIMULI, row_names
from hcnn_widgets.records.checks import checked_names
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.named_tables import check_rows, names_of_rows, unnamed_table_names


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patterns with whose they are.

    Parameters
    ----------
    trials : (n_trials, n_stimuli, n_channels) float
        NaN where a trial is missing.
    stimulus_ids : (n_stimuli,) str or None
        None for an array that was given without ids.
    name, source : str
    simulated : bool
    row_numbers : (n_stimuli,) str or None
        "0", "1", ... of a table that nobody has named.
    """

    trials: NDArray[np.floating]
    stimulus_ids: NDArray[np.str_] | None
    name: str = ""
    source: str = ""
    simulated: bool = False
    row_numbers: NDArray[np.str_] | None = None

    def __len__(self) -> int:
        return self.trials.shape[1]

    @cached_property
    def mean(self) -> NDArray[np.float64]:
        """The patterns averaged over trials, missing ones skipped, (n_stimuli, n_channels)."""
        with np.errstate(over="ignore"):
            return mean_over_trials(self.trials)

    @property
    def names(self) -> NDArray[np.str_]:
        """The stimulus ids, or row0000, row0001, ... where there are none."""
        return row_names(len(self)) if self.stimulus_ids is None else self.stimulus_ids


def patterns_of(
    argument: str, given: Any, area: str | None = None, stimulus_ids: Any = None, fewest: int = FEWEST_STIMULI
) -> Patterns:
    """Look into an ActivationSet, a RecordingSet or an array.

    Parameters
    ----------
    argument : str
        What it is called, for the error.
    given : ActivationSet, RecordingSet, (n_stimuli, n_channels) or (n_trials, n_stimuli, n_channels) float
    area : str, optional
        Of an ActivationSet with several areas.
    stimulus_ids : (n_stimuli,) str, optional
        Of an array; by default the names of the rows, where it is a table that has some.
    fewest : int
        Stimuli that are needed.

    Returns
    -------
    Patterns

    Raises
    ------
    TypeError, ValueError
        If the patterns have another shape, are not finite or number too few, are too large or small to be squared, the
        area is unknown, or ids do not fit.
    """
    if isinstance(given, (ActivationSet, RecordingSet)) and stimulus_ids is not None:
        raise ValueError(
            f"`stimulus_ids` was given beside a {type(given).__name__}, which has its own. Accepted are ids for an "
            "array; use .select(...) for some of the stimuli or another order."
        )
    if isinstance(given, ActivationSet):
        chosen = _chosen_area(given, area)
        found = Patterns(given[chosen][np.newaxis], given.stimulus_ids, chosen)
    elif isinstance(given, RecordingSet):
        found = Patterns(given.responses, given.stimulus_ids, given.area, given.source, given.simulated)
    else:
        trials = _checked_array(argument, given)
        ids = names_of_rows(given) if stimulus_ids is None else stimulus_ids
        if ids is not None:
            ids = checked_names("stimulus_ids", ids, trials.shape[1])
            check_rows(argument, given, ids)
        found = Patterns(trials, ids, row_numbers=unnamed_table_names(given) if ids is None else None)
    if len(found) < fewest:
        raise ValueError(f"`{argument}` has too few stimuli. Accepted are {fewest} or more; received {len(found)}.")
    if found.trials.dtype.itemsize > 4:
        check_scale(argument, found.mean)
    return found


def _chosen_area(activations: ActivationSet, area: str | None) -> str:
    """Return the area to look at; one of several must be named."""
    if area in activations.areas:
        return area
    if area is None and len(activations.areas) == 1:
        return activations.areas[0]
    raise ValueError(f"`area={area!r}` is not one of the model's. Accepted are {', '.join(activations.areas)}.")


def _checked_array(argument: str, given: Any) -> NDArray[np.floating]:
    """Return an array as trials, or refuse another type or shape, NaN and infinity."""
    array = numbers(argument, given)
    array = array if array.dtype.kind == "f" else array.astype(np.float64)
    if array.ndim not in (2, 3) or 0 in array.shape:
        raise ValueError(
            f"`{argument}` has the wrong shape. Accepted is (n_stimuli, n_channels), or (n_trials, n_stimuli, "
            f"n_channels) for trials; received {array.shape}."
        )
    bad = ~np.isfinite(array).all(axis=-1)
    if bad.any():
        rows = np.unique(np.nonzero(bad)[-1])
        raise ValueError(
            f"`{argument}` has NaN or infinity for {len(rows)} stimuli: rows {rows[:5].tolist()}. Accepted are finite "
            "numbers; leave these stimuli or channels out, nothing is filled in. Missing trials go in a RecordingSet."
        )
    return array if array.ndim == 3 else array[np.newaxis]
