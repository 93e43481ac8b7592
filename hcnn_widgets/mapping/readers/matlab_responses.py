"""Read an array of responses from a MATLAB file."""

from collections.abc import Sequence

import numpy as np

from hcnn_widgets.mapping.readers.array_axes import presentations_in
from hcnn_widgets.mapping.readers.presentations import Presentations
from hcnn_widgets.mapping.readers.safety.matlab_variables import Variable, matlab_variables
from hcnn_widgets.mapping.readers.safety.size_budget import Budget


def read_matlab(
    budget: Budget,
    *,
    variable: str | None = None,
    stimulus_ids: Sequence[str] | None = None,
    axes: Sequence[str] | None = None,
    site_ids: Sequence[str] | None = None,
) -> Presentations:
    """Read an array of responses from a MATLAB file.

    Vectors and cell arrays with one number or text for each stimulus are columns: ids, labels, ...

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.
    variable : str, optional
        Name of the variable; optional if a single array is no vector.
    stimulus_ids, axes, site_ids
        As for `presentations_in`.

    Returns
    -------
    Presentations

    Raises
    ------
    ValueError, TypeError
        If the file is too large or broken, has no such variable, or the arguments do not fit the array.
    """
    variables = matlab_variables(budget)
    name, array = _array(variables, variable, budget)
    beside = {other: value for other, value in variables.items() if other != name}
    return presentations_in(array, budget.path, stimulus_ids=stimulus_ids, axes=axes, site_ids=site_ids, beside=beside)


def _array(variables: dict[str, Variable], wanted: str | None, budget: Budget) -> tuple[str, np.ndarray]:
    """Return the wanted variable, or the only array, with its name."""
    arrays = {name: value for name, value in variables.items() if isinstance(value, np.ndarray) and value.size > 1}
    tables = [name for name, value in arrays.items() if value.size > max(value.shape)] or list(arrays)
    name = tables[0] if wanted is None and len(tables) == 1 else wanted
    if name not in arrays:
        listed = ", ".join(f"{name} {value.shape}" for name, value in arrays.items())
        raise ValueError(
            f"`variable` must name the array of responses. Accepted are {listed or 'none'}; received {wanted!r} for "
            f"{budget.path}."
        )
    return name, arrays[name]
