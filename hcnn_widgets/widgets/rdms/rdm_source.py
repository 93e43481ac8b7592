"""What a person gives RdmExplorer in the place of a model: RDMs or activations, joined to the brain's by id."""

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
    """Return the ids of the rows of a mapping's arrays: as given, or those of the images; or None."""
    return stimuli.stimulus_ids if stimulus_ids is None and stimuli is not None else stimulus_ids


def ids_of_brain(source: Any, stimuli: StimulusSet | None, stimulus_ids: Any | None) -> Any | None:
    """Return the ids of arrays of the brain's side: those of the images, or of the model's side."""
    if stimuli is not None:
        return stimuli.stimulus_ids
    if isinstance(source, ActivationSet | Rdm):
        return source.stimulus_ids
    if isinstance(source, Mapping):
        return next((value.stimulus_ids for value in source.values() if isinstance(value, Rdm)), stimulus_ids)
    return None


def given_source(source: Any, brain_ids: NDArray[np.str_], row_ids: Any) -> ActivationSet | Mapping[str, Rdm]:
    """Return activations, or RDMs by area.

    Parameters
    ----------
    source : ActivationSet, Rdm, or mapping of str to Rdm or array
        Arrays are (n_stimuli, n_stimuli) RDMs, or else (n_stimuli, n_units) activations.
    brain_ids : (n_stimuli,) str
        Of the brain's side.
    row_ids : (n_stimuli,) str or None
        Of the rows of arrays. They are needed unless the brain's side came without ids, too: then row goes with row.

    Raises
    ------
    TypeError, ValueError
        If it is nothing of that, or arrays come without ids.
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
    if any(not isinstance(value, Rdm) for value in source.values()):
        row_ids = _checked(row_ids, brain_ids)
    kinds = {_is_rdm(value) for value in source.values()}
    if kinds == {False}:
        return ActivationSet(source, row_ids)
    if len(kinds) > 1:
        raise ValueError(
            "`source` mixes RDMs and activations. Accepted are areas of one kind: square arrays or Rdms, or arrays "
            f"(n_stimuli, n_units); received {', '.join(f'{area}: {_shape(value)}' for area, value in source.items())}."
        )
    return {
        area: value if isinstance(value, Rdm) else Rdm.from_matrix(value, row_ids) for area, value in source.items()
    }


def _checked(row_ids: Any | None, brain_ids: NDArray[np.str_]) -> Any:
    """Return the ids of the rows; those of the brain's side if the rows are only numbered."""
    if row_ids is None and np.array_equal(brain_ids, row_names(len(brain_ids))):
        return brain_ids
    return checked_row_ids(row_ids)


def _is_rdm(one: Any) -> bool:
    shape = np.shape(one)
    return isinstance(one, Rdm) or (len(shape) == 2 and shape[0] == shape[1])


def _shape(one: Any) -> str:
    return "Rdm" if isinstance(one, Rdm) else str(np.shape(one))
