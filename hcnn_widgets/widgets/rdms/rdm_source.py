"""Check RDMs or activations given to RdmExplorer in place of a model, and their ids."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import row_names
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.checks import checked_row_ids
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def rows_of_arrays(stimuli: StimulusSet | None, stimulus_ids: Any | None) -> Any | None:
    """Return the ids of the rows of a mapping's arrays: the ids given, else the ids of the images, else None."""
    return stimuli.stimulus_ids if stimulus_ids is None and stimuli is not None else stimulus_ids


def ids_of_brain(source: Any, stimuli: StimulusSet | None, stimulus_ids: Any | None) -> Any | None:
    """Return the ids of the rows of the brain's arrays: the ids of the images, else of the model's data, else None."""
    if stimuli is not None:
        return stimuli.stimulus_ids
    if isinstance(source, ActivationSet | Rdm):
        return source.stimulus_ids
    if isinstance(source, Mapping):
        return next((data.stimulus_ids for data in source.values() if isinstance(data, Rdm)), stimulus_ids)
    return None


def given_source(source: Any, brain_ids: NDArray[np.str_], row_ids: Any) -> ActivationSet | Mapping[str, Rdm]:
    """Return the model's data as activations or as RDMs by area.

    Parameters
    ----------
    source : ActivationSet, Rdm, or mapping of str to Rdm or array
        Arrays are (n_stimuli, n_stimuli) RDMs, or else (n_stimuli, n_units) activations.
    brain_ids : (n_stimuli,) str
        Stimulus ids of the brain's RDMs.
    row_ids : (n_stimuli,) str or None
        Ids of the rows of arrays. None is accepted only where the brain's data came without ids, too: then rows are
        matched by position.

    Raises
    ------
    TypeError, ValueError
        If `source` is none of these, mixes RDMs and activations, or has arrays without ids.
    """
    if isinstance(source, ActivationSet):
        return source
    if isinstance(source, Rdm):
        return {source.name or "RDM": source}
    if not isinstance(source, Mapping):
        raise TypeError(
            "`source` has no RDMs and none can be made of it. Accepted are a Run, a GoalDrivenModel, an ActivationSet, "
            f"an Rdm, or a mapping from area to Rdm or array; received {type(source).__name__}."
        )
    if any(not isinstance(data, Rdm) for data in source.values()):
        row_ids = _checked(row_ids, brain_ids)
    kinds = {_is_rdm(data) for data in source.values()}
    if kinds == {False}:
        return ActivationSet(source, row_ids)
    if len(kinds) > 1:
        raise ValueError(
            "`source` mixes RDMs and activations. Accepted are areas of one kind: square arrays or Rdms, or arrays "
            f"(n_stimuli, n_units); received {', '.join(f'{area}: {_shape(data)}' for area, data in source.items())}."
        )
    return {area: data if isinstance(data, Rdm) else Rdm.from_matrix(data, row_ids) for area, data in source.items()}


def _checked(row_ids: Any | None, brain_ids: NDArray[np.str_]) -> Any:
    """Return the ids of the rows; the brain's ids where both sides came without, so that these are row numbers."""
    if row_ids is None and np.array_equal(brain_ids, row_names(len(brain_ids))):
        return brain_ids
    return checked_row_ids(row_ids)


def _is_rdm(data: Any) -> bool:
    shape = np.shape(data)
    return isinstance(data, Rdm) or (len(shape) == 2 and shape[0] == shape[1])


def _shape(data: Any) -> str:
    return "Rdm" if isinstance(data, Rdm) else str(np.shape(data))
