"""Hand a record's numbers on to pandas and xarray, with the words that belong beside them."""

from collections.abc import Iterable, Mapping
from typing import Any

from hcnn_widgets.records.optional_package import optional_package


def data_frame(columns: Mapping[str, Iterable[Any]], said: Mapping[str, Any], index: Any = None) -> Any:
    """Return columns as a pandas DataFrame, with what is said beside them in its ``attrs``.

    Parameters
    ----------
    columns : mapping of str to iterable
        Column -> a value per row. Numbers keep their precision; unknown ones are NaN.
    said : mapping
        Conventions, notes, source, ...; what is empty is left out.
    index : iterable, optional
        Names of the rows; by default 0, 1, 2, ...

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    ImportError
        If pandas is not installed.

    Examples
    --------
    >>> frame = data_frame({"area": ["V1", "IT"], "r": [0.25, 0.5]}, {"convention": "made up", "source": ""})
    >>> frame["r"].sum(), frame.attrs
    (np.float64(0.75), {'convention': 'made up'})
    """
    pandas = optional_package("pandas", "`to_dataframe()`")
    frame = pandas.DataFrame({name: list(values) for name, values in columns.items()}, index=index)
    frame.attrs.update(plain_words(said))
    return frame


def data_array(values: Any, dims: tuple[str, ...], coords: Mapping[str, Any], said: Mapping[str, Any]) -> Any:
    """Return numbers as an xarray DataArray, with what is said beside them in its ``attrs``.

    Parameters
    ----------
    values : array
        Copied: a record's arrays are read-only.
    dims : tuple of str
        A name for each axis.
    coords : mapping
        As xarray takes them: name -> values, or (dims, values).
    said : mapping
        As in `data_frame`.

    Returns
    -------
    xarray.DataArray

    Raises
    ------
    ImportError
        If xarray is not installed.
    """
    xarray = optional_package("xarray", "`to_xarray()`")
    return xarray.DataArray(values.copy(), dict(coords), dims, attrs=plain_words(said))


def data_set(arrays: Mapping[str, Any], said: Mapping[str, Any]) -> Any:
    """Return DataArrays that share coordinates as an xarray Dataset."""
    xarray = optional_package("xarray", "`to_xarray()`")
    return xarray.Dataset(dict(arrays), attrs=plain_words(said))


def plain_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said as attributes that files can hold: text, numbers and lists of them, without what is empty.

    Examples
    --------
    >>> plain_words({"simulated": True, "notes": ("few sites",), "source": "", "time_ms": None})
    {'simulated': 1, 'notes': ['few sites']}
    """
    kept = {name: value for name, value in said.items() if value is not None and value != "" and value != ()}
    return {name: _plain(value) for name, value in kept.items() if value != []}


def _plain(value: Any) -> Any:
    """Return a bool as 0 or 1, which netCDF can hold, and a tuple as a list."""
    if isinstance(value, bool):
        return int(value)
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
