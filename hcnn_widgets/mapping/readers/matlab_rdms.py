"""Read RDMs from MATLAB files: of Meadows, Algonauts, the RSA toolbox, or any square matrix."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.rdm_arrays import n_stimuli_in, rdms_in
from hcnn_widgets.mapping.readers.safety.matlab_variables import Variable, matlab_variables
from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

MEADOWS = "rdmutv"
"""Start of the names of Meadows' upper triangles; the stimuli of each are in `stimuli` with the same ending."""


def read_matlab_rdms(
    budget: Budget, *, stimulus_ids: Sequence[str] | None = None, variable: str | None = None, distance: str = ""
) -> list[Rdm]:
    """Read the RDMs of a MATLAB file.

    The layouts: Meadows' `rdmutv` or `rdmutv_<participant>` (1, k) with `stimuli` or `stimuli_<participant>`, the names
    of the stimuli; Algonauts 2019's `EVC_RDMs`, `IT_RDMs` (n_subjects, n, n) and `MEG_RDMs_early`, `MEG_RDMs_late`
    (n_subjects, n_times, n, n); the RSA toolbox's structs with the fields `RDM` and `name`; and any variable that is a
    square matrix or an upper triangle. All three files of the 92 images of Kriegeskorte 2008 have one of these layouts.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    stimulus_ids : sequence of str, optional
        In the order of rows; required unless the file names the stimuli, as only Meadows' files do.
    variable : str, optional
        Variable to read; by default all variables that hold RDMs.
    distance : str
        Name of the distance, which the file does not hold: "correlation", "euclidean", ...

    Returns
    -------
    list of Rdm

    Raises
    ------
    ImportError
        If the library for this version of the format is not installed.
    ValueError
        If the file is too large or broken, leads elsewhere, holds no RDM, or names no stimuli and none are given.

    Source: Nili et al. 2014 (toolbox); Cichy et al. 2019 (Algonauts); meadows-research.com (Meadows).
    """
    return _rdms(matlab_variables(budget), budget, stimulus_ids, variable, distance)


def _rdms(
    variables: dict[str, Variable],
    budget: Budget,
    stimulus_ids: Sequence[str] | None,
    wanted: str | None,
    distance: str,
) -> list[Rdm]:
    """Return the RDMs of the wanted variable, or of all variables with RDMs of that many stimuli."""
    found: list[Rdm] = []
    for name in [wanted] if wanted in variables else variables if wanted is None else []:
        title, meadows_ids = _meadows(name, variables) if name.startswith(MEADOWS) else (name, None)
        ids = stimulus_ids if stimulus_ids is not None else meadows_ids
        for array_title, array in _arrays(title, variables[name]):
            if ids is None or wanted is not None or n_stimuli_in(array) == len(ids):
                found += rdms_in(array, budget.path, name=array_title, stimulus_ids=ids, distance=distance)
    if not found:
        shapes = {name: value.shape if isinstance(value, np.ndarray) else None for name, value in variables.items()}
        listed = ", ".join(f"{name} {shape or ''}".strip() for name, shape in shapes.items())
        of = "" if stimulus_ids is None else f" of {len(stimulus_ids)} stimuli"
        raise ValueError(
            f"`path` holds no RDM{of}. Accepted are variables that are square matrices, upper triangles, or structs "
            f"with a field RDM; received `variable={wanted!r}` for {listed or 'no variable'} in {budget.path}."
        )
    return found


def _meadows(name: str, variables: dict[str, Variable]) -> tuple[str, list[str] | None]:
    """Return the participant, as Meadows writes names, and the stimuli of a Meadows upper triangle."""
    ending = name.removeprefix(MEADOWS)
    stimuli: Any = variables.get(f"stimuli{ending}")
    is_text = isinstance(stimuli, list) and all(isinstance(stimulus, str) for stimulus in stimuli)
    return ending.strip("_").replace("_", "-") or name, stimuli if is_text else None


def _arrays(name: str, variable: Variable) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the arrays in a variable that may be RDMs, with their names."""
    if isinstance(variable, np.ndarray) and n_stimuli_in(variable) is not None:
        yield name, variable
    for number, struct in enumerate(variable if isinstance(variable, list) else [], start=1):
        rdm = struct.get("RDM") if isinstance(struct, dict) else None
        if isinstance(struct, dict) and isinstance(rdm, np.ndarray) and n_stimuli_in(rdm) is not None:
            title = struct.get("name")
            yield title[0] if isinstance(title, list) and len(title) == 1 else f"{name} {number}", rdm
