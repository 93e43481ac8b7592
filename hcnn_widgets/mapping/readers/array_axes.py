"""Presentations from an array of responses, whose axes and stimuli the user names."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.readers.presentations import Column, Presentations, told_ids

AXES = ("trial", "stimulus", "site")
STIMULUS_COLUMNS = ("stimulus_id", "stimulus_ids", "image_id", "image_ids")
DEFAULT_AXES = {2: ("stimulus", "site"), 3: AXES}
"""Number of dimensions -> default axes."""
_PLURAL = {"trial": "trials", "stimulus": "stimuli", "site": "sites"}


def presentations_in(
    array: NDArray[Any],
    path: Path,
    *,
    stimulus_ids: Sequence[str] | None,
    axes: Sequence[str] | None = None,
    site_ids: Sequence[str] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> Presentations:
    """Return the presentations in an array.

    Parameters
    ----------
    array : (n_stimuli, n_sites) or (n_trials, n_stimuli, n_sites) float
        Or in the order of `axes`; NaN where a trial is missing.
    path : pathlib.Path
        For errors.
    stimulus_ids : sequence of str or None
        Along the axis of stimuli.
    axes : sequence of str, optional
        "trial", "stimulus", "site" in the array's order; "trial" may be absent. By default (stimulus, site), or (site,
        stimulus) where only this fits the ids; or (trial, stimulus, site). Refused where the order is doubtful.
    site_ids : sequence of str, optional
        Along the axis of sites.
    beside : mapping of str to array or list of str, optional
        Other variables of the file: vectors with a number or text for each stimulus are columns.

    Returns
    -------
    Presentations

    Raises
    ------
    TypeError, ValueError
        If the array is not of numbers, axes do not fit it, or no ids name the stimuli.
    """
    if array.dtype.kind not in "fiu":
        raise TypeError(f"`path` holds no numbers. Accepted is an array of them; received {array.dtype} in {path}.")
    named = tuple(axes) if axes is not None else _usual_axes(array.shape, _n_ids(stimulus_ids, beside or {}), path)
    if len(named) != array.ndim or set(named) not in ({"stimulus", "site"}, set(AXES)):
        raise ValueError(
            "`axes` must name the dimensions. Accepted are 'stimulus' and 'site', and 'trial' if there are trials, in "
            f"the array's order; received axes={axes!r} for {array.shape} in {path}."
        )
    n_stimuli = array.shape[named.index("stimulus")]
    columns = _columns(beside or {}, n_stimuli)
    if stimulus_ids is not None or not columns:
        columns["stimulus_id"] = _ids("stimulus_ids", stimulus_ids, n_stimuli, path)
    ordered = array.transpose([named.index(axis) for axis in AXES if axis in named])
    n_trials = ordered.shape[0] if ordered.ndim == 3 else 1
    return Presentations(
        values=ordered.reshape(n_trials * n_stimuli, -1),
        columns={name: np.tile(column, n_trials) for name, column in columns.items()}
        | {"repetition": np.repeat(np.arange(n_trials), n_stimuli)},
        stimulus_columns=STIMULUS_COLUMNS,
        site_ids=None if site_ids is None else _ids("site_ids", site_ids, ordered.shape[-1], path),
    )


def _n_ids(stimulus_ids: Sequence[str] | None, beside: Mapping[str, Any]) -> int | None:
    """Return the number of ids that the user, or else a variable of the file, gives; None without ids."""
    there = (beside[name] for name in STIMULUS_COLUMNS if name in beside)
    ids = next(there, None) if stimulus_ids is None else stimulus_ids
    return None if ids is None or isinstance(ids, str) else int(np.size(ids))


def _usual_axes(shape: tuple[int, ...], n_ids: int | None, path: Path) -> tuple[str, ...]:
    """Return the default axes of an array; refuse dimensions whose order is doubtful.

    Recordings usually have many more sites than trials of each stimulus: where the default axes would mean fewer than
    two sites a trial, the array may as well be sites x stimuli x trials, as many laboratories store it. A first
    dimension of 1 is that of a single trial.
    """
    if len(shape) == 2 and n_ids is not None and shape[0] != n_ids == shape[1]:
        return ("site", "stimulus")
    if len(shape) == 2 and shape[0] == shape[1] == n_ids:
        raise _doubtful(shape, ("site", "stimulus"), path)
    if len(shape) == 3 and (1 < shape[0] > shape[2] / 2 or (n_ids in shape and shape[1] != n_ids)):
        raise _doubtful(shape, ("site", "stimulus", "trial"), path)
    return DEFAULT_AXES.get(len(shape), ())


def _doubtful(shape: tuple[int, ...], other: tuple[str, ...], path: Path) -> ValueError:
    """Return the error about an array whose axes may be the default ones or others."""
    words = [" x ".join(_PLURAL[axis] for axis in axes) for axes in (other, DEFAULT_AXES[len(shape)])]
    return ValueError(
        f"`axes` must say which dimension is which: {' x '.join(map(str, shape))} may be {words[0]} as well as "
        f"{words[1]}. Accepted is their order, such as axes={other!r}; received none for {path}."
    )


def _columns(beside: Mapping[str, Any], n_stimuli: int) -> dict[str, Column]:
    """Return vectors with one number or text for each stimulus, along either axis."""
    vectors = {name: np.asarray(value) for name, value in beside.items() if isinstance(value, list | np.ndarray)}
    return {
        name: vector.ravel()
        for name, vector in vectors.items()
        if vector.dtype.kind in "fiubUS" and vector.size == n_stimuli == max(vector.shape)
    }


def _ids(argument: str, ids: Sequence[str] | None, length: int, path: Path) -> NDArray[np.str_]:
    """Return the ids along an axis, or refuse missing ids."""
    told = None if ids is None else told_ids(argument, ids)
    if told is None or told.shape != (length,):
        received = "none" if told is None else f"{len(np.atleast_1d(told))}"
        raise ValueError(
            f"`{argument}` must name each of {length}: the file does not. Accepted is a sequence of "
            f"{length} ids in its order; received {received} for {path}."
        )
    return told
