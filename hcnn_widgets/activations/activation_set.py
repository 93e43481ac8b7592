"""Record of a network's responses: one array per area, joined to its stimuli by id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.data_out import data_array, data_set
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import numbers, text
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.named_tables import check_rows

LEAST_SPREAD = 100
"""Standard deviation of a unit over stimuli that is accepted, in units of its largest rounding error."""
_UNITS_AT_ONCE = 4096


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class ActivationSet(FrozenRecord):
    """Activations of one or more areas to the same stimuli, from any network of any framework.

    Parameters
    ----------
    activations : Mapping[str, array_like]
        Area -> activations, (n_stimuli, n_units), any unit, finite. A copy is kept, float32, read-only; `taking_over`
        makes none.
    stimulus_ids : array_like of str
        (n_stimuli,), each once. What pairs this set with recordings joins by these ids, never by row.
    notes : tuple of str
        What belongs beside every score of these activations, such as how they were normalised, or that the range of
        the pixels was assumed.

    Raises
    ------
    ValueError
        When there is no area, an array is not (n_stimuli, n_units), holds NaN or infinity, or numbers in double
        precision whose differences single precision cannot hold, or when an id comes twice.

    Examples
    --------
    >>> import numpy as np
    >>> activations = ActivationSet({"IT": np.eye(3)}, stimulus_ids=["cat", "car", "face"])
    >>> activations
    ActivationSet(3 stimuli; IT: 3 units)
    >>> activations.select(["face", "cat"])["IT"]
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """

    activations: Mapping[str, NDArray[np.float32]]
    stimulus_ids: NDArray[np.str_]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._check(copy=True)

    @classmethod
    def taking_over(
        cls, activations: Mapping[str, Any], stimulus_ids: Any, notes: tuple[str, ...] = ()
    ) -> "ActivationSet":
        """Make the set of float32 arrays without copying them, by whoever made them and gives them away.

        They become read-only. Nobody may keep a view that was made of one before: it could still be written to.

        Parameters
        ----------
        activations, stimulus_ids, notes
            As in the class; numbers of another type are copied after all.

        Raises
        ------
        ValueError
            As the class.

        Examples
        --------
        >>> rows = np.zeros((2, 3), np.float32)
        >>> ActivationSet.taking_over({"IT": rows}, ["cat", "car"])["IT"] is rows
        True
        """
        made = object.__new__(cls)
        object.__setattr__(made, "activations", activations)
        object.__setattr__(made, "stimulus_ids", stimulus_ids)
        object.__setattr__(made, "notes", notes)
        made._check(copy=False)
        return made

    def _check(self, copy: bool) -> None:
        """Put what was given in form, or refuse it."""
        ids = _checked_ids(self.stimulus_ids)
        if not isinstance(self.activations, Mapping) or not self.activations:
            raise ValueError(
                "`activations` names no area; a mapping from area to an array (n_stimuli, n_units) is accepted; "
                f"received {type(self.activations).__name__} of length {len(self.activations)}."
            )
        checked = {area: _checked_activations(area, array, ids, copy) for area, array in self.activations.items()}
        object.__setattr__(self, "stimulus_ids", ids)
        object.__setattr__(self, "activations", MappingProxyType(checked))

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the areas, in the order in which they were given."""
        return tuple(self.activations)

    def __getitem__(self, area: str) -> NDArray[np.float32]:
        """Return the activations of one area, (n_stimuli, n_units) float32."""
        if area not in self.activations:
            raise KeyError(f"area={area!r} is not in this set; its areas are {', '.join(self.areas)}.")
        return self.activations[area]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the areas, as through a dict's keys."""
        return iter(self.activations)

    def __len__(self) -> int:
        return len(self.stimulus_ids)

    def __repr__(self) -> str:
        areas = ", ".join(f"{area}: {array.shape[1]} units" for area, array in self.activations.items())
        return f"ActivationSet({len(self)} stimuli; {areas})"

    def to_xarray(self) -> Any:
        """Return the activations as an xarray Dataset: a variable per area, (stimulus, unit of that area).

        Returns
        -------
        xarray.Dataset
            Dimensions "stimulus", with the ids as its coordinate, and "V1 unit", "V2 unit", ...; ``attrs`` has the
            notes. ``hw.ActivationSet(dict(data.data_vars), data.stimulus)`` reads it back.

        Raises
        ------
        ImportError
            If xarray is not installed.
        ValueError
            If an area is named as a dimension is.
        """
        taken = {"stimulus", *(f"{area} unit" for area in self.areas)}
        if clash := [area for area in self.areas if area in taken]:
            raise ValueError(
                f"`activations` has an area named as a dimension of the Dataset. Accepted are other names than "
                f"{', '.join(sorted(taken))}; received {clash[0]!r}."
            )
        coords = {"stimulus": self.stimulus_ids}
        arrays = {
            area: data_array(array, ("stimulus", f"{area} unit"), coords, {"area": area})
            for area, array in self.activations.items()
        }
        return data_set(arrays, {"notes": self.notes})

    def select(self, stimulus_ids: Iterable[str]) -> "ActivationSet":
        """Return the set of these stimuli, in this order.

        Parameters
        ----------
        stimulus_ids : iterable of str
            Ids that are in this set, each once.

        Raises
        ------
        ValueError
            When an id is not in this set; the first missing ones are named.
        """
        wanted = [str(stimulus_id) for stimulus_id in stimulus_ids]
        row_of = {stimulus_id: row for row, stimulus_id in enumerate(self.stimulus_ids.tolist())}
        missing = [stimulus_id for stimulus_id in wanted if stimulus_id not in row_of]
        if missing:
            raise ValueError(
                f"`stimulus_ids` names {len(missing)} stimuli that are not in this set of {len(self)}; "
                f"ids like {self.stimulus_ids[0]!s} are accepted; received {', '.join(missing[:5])}."
            )
        rows = np.array([row_of[stimulus_id] for stimulus_id in wanted], dtype=np.intp)
        chosen = {area: array[rows] for area, array in self.activations.items()}
        return ActivationSet.taking_over(chosen, self.stimulus_ids[rows], self.notes)


def _checked_ids(stimulus_ids: Any) -> NDArray[np.str_]:
    """Return the ids as a read-only array of text; refuse what is not text, not one row, or comes twice."""
    ids = text("stimulus_ids", stimulus_ids).copy()
    if ids.ndim != 1 or ids.size == 0:
        raise ValueError(
            "`stimulus_ids` is not a row of text; (n_stimuli,) strings, at least one, are accepted; "
            f"received an array of shape {ids.shape}."
        )
    values, counts = np.unique(ids, return_counts=True)
    if len(values) < len(ids):
        twice = ", ".join(values[counts > 1][:5].tolist())
        raise ValueError(f"`stimulus_ids` repeats some ids; each is accepted once; received more than once: {twice}.")
    ids.setflags(write=False)
    return ids


def _checked_activations(area: Any, array: Any, stimulus_ids: NDArray[np.str_], copy: bool) -> NDArray[np.float32]:
    """Return one area's array as read-only float32; refuse another shape, NaN and infinity."""
    if not isinstance(area, str) or not area:
        raise ValueError(f"`activations` has a key that names no area; non-empty text is accepted; received {area!r}.")
    given = numbers(f"activations[{area!r}]", array)
    with np.errstate(over="ignore"):
        checked = given.astype(np.float32, copy=copy)
    if checked.ndim != 2 or checked.shape[0] != len(stimulus_ids) or checked.shape[1] == 0:
        maps = checked.ndim > 2 and checked.shape[0] == len(stimulus_ids)
        raise ValueError(
            f"`activations[{area!r}]` has the wrong shape; ({len(stimulus_ids)}, n_units) is accepted, a row per "
            f"stimulus; received {checked.shape}.{' x.reshape(len(x), -1) makes rows of maps.' if maps else ''}"
        )
    check_rows(f"activations[{area!r}]", array, stimulus_ids)
    bad = np.flatnonzero(~np.isfinite(checked).all(axis=0))
    if bad.size:
        raise ValueError(
            f"`activations[{area!r}]` holds NaN or infinity; finite numbers are accepted, up to float32's 3.4e38; "
            f"received others in {bad.size} of {checked.shape[1]} units, first {bad[:5].tolist()}."
        )
    lost = np.flatnonzero(_drowned(given, checked))
    if lost.size:
        raise ValueError(
            f"`activations[{area!r}]` varies too little around its mean for float32; units whose spread is at least "
            f"{LEAST_SPREAD:g} times the rounding are accepted; "
            f"received less in {lost.size} of {checked.shape[1]} units, "
            f"first {lost[:5].tolist()}. Subtract each unit's mean first: no score or correlation changes by it."
        )
    checked.setflags(write=False)
    return checked


def _drowned(given: NDArray[Any], rounded: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which units vary in double precision but not once rounded to single; none without rounding."""
    if given.dtype.kind != "f" or given.dtype.itemsize <= rounded.dtype.itemsize:
        return np.zeros(rounded.shape[1], dtype=np.bool_)
    drowned = np.empty(rounded.shape[1], dtype=np.bool_)
    for first in range(0, rounded.shape[1], _UNITS_AT_ONCE):
        units = slice(first, first + _UNITS_AT_ONCE)
        own, spread = given[:, units], given[:, units].std(axis=0)
        varying = spread > 64 * np.finfo(np.float64).eps * np.abs(own).max(axis=0)
        drowned[units] = varying & (np.abs(own - rounded[:, units]).max(axis=0) > spread / LEAST_SPREAD)
    return drowned
