"""Read names from tables: the index of a pandas DataFrame, dimensions and coordinates of an xarray DataArray."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = {
    "trial": ("trial", "trials", "repetition", "repetitions", "repeat", "rep"),
    "stimulus": ("stimulus", "stimuli", "stimulus_id", "image", "images", "image_id", "presentation", "presentations"),
    "site": (
        "site",
        "sites",
        "neuroid",
        "neuron",
        "neurons",
        "unit",
        "units",
        "channel",
        "channels",
        "voxel",
        "voxels",
    ),
}
"""Names of the axes of responses in files and papers, in the order of the axes in our records."""


def in_order(given: Any) -> Any:
    """Return a DataArray with its dimensions in the order trial, stimulus, site; anything else unchanged.

    An array whose dimensions have other names, or the same name twice, is unchanged: its axes cannot be told apart.

    Examples
    --------
    >>> in_order([1, 2])
    [1, 2]
    """
    roles = _roles(given)
    if not roles or len(set(roles)) < len(roles) or None in roles:
        return given
    wanted = [given.dims[roles.index(role)] for role in DIMENSIONS if role in roles]
    return given if tuple(wanted) == tuple(given.dims) else given.transpose(*wanted)


def names_of_rows(given: Any) -> NDArray[np.str_] | None:
    """Return the names of the stimuli in a table; None if the stimuli have no names.

    Numbers count as names, such as the ids of images in a large set, except 0, 1, 2, ... in this order, the index
    that pandas makes by default.

    Parameters
    ----------
    given : DataFrame, DataArray or anything

    Returns
    -------
    (n_stimuli,) str or None
    """
    names = _index(given)
    return None if names is None or names.tolist() == default_names(len(names)).tolist() else names


def unnamed_table_names(given: Any) -> NDArray[np.str_] | None:
    """Return "0", "1", "2", ... for a table with this default index; None for anything else.

    Such a table can be joined only with another table that holds the same rows, perhaps in another order.
    """
    names = _index(given)
    return names if names is not None and names.tolist() == default_names(len(names)).tolist() else None


def default_names(n_rows: int) -> NDArray[np.str_]:
    """Return the default names of the rows of a table, as pandas numbers them.

    Examples
    --------
    >>> default_names(2).tolist()
    ['0', '1']
    """
    return np.arange(n_rows).astype(np.str_)


def check_rows(argument: str, given: Any, stimulus_ids: NDArray[np.str_]) -> None:
    """Refuse a table whose row names are not the stimulus ids, in the same order.

    Numbers that share nothing with the ids, such as the index that pandas keeps of a longer table, do not count.

    Raises
    ------
    ValueError
    """
    names = names_of_rows(given)
    if names is None or (names[0].isdecimal() and not set(names.tolist()) & set(stimulus_ids.tolist())):
        return
    if names.tolist() != stimulus_ids.tolist():
        raise ValueError(
            f"`{argument}` has rows of other names than `stimulus_ids`. Accepted is a table whose index they are, such "
            f"as {argument}.loc[stimulus_ids], or an array; received {len(names)} rows that begin with {names[0]}, "
            f"beside {len(stimulus_ids)} ids that begin with {stimulus_ids[0]}."
        )


def check_square_names(argument: str, given: Any, stimulus_ids: NDArray[np.str_]) -> None:
    """Refuse a square table whose row or column names are not the stimulus ids, in the same order.

    Raises
    ------
    ValueError
    """
    check_rows(argument, given, stimulus_ids)
    columns = as_names(np.asarray(given.columns).tolist()) if hasattr(given, "columns") else None
    if columns is not None and names_of_rows(given) is not None and columns.tolist() != stimulus_ids.tolist():
        raise ValueError(
            f"`{argument}` has columns of other names than its rows. Accepted is a square table whose rows and columns "
            f"are the same stimuli in one order; received columns that begin with {columns[0]}, beside rows that begin "
            f"with {stimulus_ids[0]}."
        )


def as_names(values: list[Any]) -> NDArray[np.str_] | None:
    """Return text as it is, or whole numbers as text; None for any other values.

    Examples
    --------
    >>> as_names(["a", "b"]).tolist(), as_names([7, 8.0]).tolist(), as_names([0.5])
    (['a', 'b'], ['7', '8'], None)
    """
    if values and all(isinstance(value, str) for value in values):
        return np.array(values)
    whole = [isinstance(value, int | float) and float(value).is_integer() for value in values]
    return np.array([str(int(value)) for value in values]) if values and all(whole) else None


def _index(given: Any) -> NDArray[np.str_] | None:
    """Return the index of a DataFrame, or the coordinate of a DataArray's stimuli, as text; None without either."""
    if hasattr(given, "dims") and hasattr(given, "coords"):
        roles = _roles(given)
        if "stimulus" not in roles and len(roles) != 2:
            return None
        dimension = given.dims[roles.index("stimulus") if "stimulus" in roles else 0]
        values = np.asarray(given[dimension]).tolist() if dimension in given.coords else []
    else:
        index = getattr(given, "index", None)
        values = [] if index is None or callable(index) else np.asarray(index).tolist()
    return as_names(values)


def _roles(given: Any) -> list[str | None]:
    """Return the role of each dimension of a DataArray, None if unknown; an empty list for anything else."""
    names = getattr(given, "dims", ()) if hasattr(given, "coords") else ()
    return [next((role for role, known in DIMENSIONS.items() if str(name).casefold() in known), None) for name in names]
