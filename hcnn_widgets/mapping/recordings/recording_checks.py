"""Checks of the fields of recordings."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import checked_text
from hcnn_widgets.records.given_arrays import as_array, numbers
from hcnn_widgets.records.named_tables import check_rows

Responses = NDArray[np.floating]


def checked_responses(responses: Any) -> Responses:
    """Return a read-only copy of the responses; stimuli x sites are a single trial; refuse anything else."""
    array = numbers("responses", responses)
    if array.ndim == 2:
        array = array[np.newaxis]
    if array.ndim != 3 or 0 in array.shape:
        raise ValueError(
            "`responses` has the wrong shape. Accepted is (n_trials, n_stimuli, n_sites), or (n_stimuli, n_sites) for "
            f"one trial, none of them 0; received {np.shape(responses)}."
        )
    kept: Responses = np.array(array, dtype=np.float32 if array.dtype == np.float32 else np.float64)
    kept.setflags(write=False)
    return kept


def checked_presentations(responses: Any, stimulus_ids: Any) -> tuple[Responses, NDArray[np.str_]]:
    """Return responses and ids of presentations; refuse anything but presentations x sites with an id each."""
    array = numbers("responses", responses)
    if array.ndim != 2:
        raise ValueError(
            f"`responses` has the wrong shape. Accepted is (n_presentations, n_sites); received {array.shape}."
        )
    ids = checked_text("stimulus_ids", stimulus_ids, len(array))
    check_rows("responses", responses, ids)
    return array.astype(np.float32 if array.dtype == np.float32 else np.float64), ids


def check_missing(responses: Responses, stimulus_ids: NDArray[np.str_], site_ids: NDArray[np.str_]) -> None:
    """Refuse infinity, NaN where a trial is not missing at all sites, and a stimulus without a trial."""
    nan = np.isnan(responses)
    missing = np.asarray(nan.all(axis=2))
    stray = ((nan & ~missing[:, :, np.newaxis]) | np.isinf(responses)).any(axis=(0, 1))
    if stray.any():
        raise ValueError(
            f"`responses` has NaN or infinity at {int(stray.sum())} of {len(site_ids)} sites: "
            f"{', '.join(site_ids[stray][:5])}. Accepted is NaN for a missing trial, at all sites of that trial; drop "
            "the sites or the trials; nothing is filled in."
        )
    silent = missing.all(axis=0)
    if silent.any():
        raise ValueError(
            f"`responses` has no trial at all for {int(silent.sum())} stimuli: {', '.join(stimulus_ids[silent][:5])}. "
            "Accepted is one trial or more per stimulus; leave these stimuli out."
        )


def checked_trials(trials: Any, missing: NDArray[np.bool_], stimulus_ids: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Return a choice of trials; refuse another shape, a stimulus without a trial, and missing trials."""
    chosen = as_array("trials", trials)
    if chosen.dtype != np.bool_ or chosen.shape != missing.shape:
        raise ValueError(
            f"`trials` is no choice of trials. Accepted is True or False for each, {missing.shape}; received "
            f"{chosen.shape} of dtype {chosen.dtype}."
        )
    counts = chosen.sum(axis=0)
    if not counts.all():
        raise ValueError(
            f"`trials` leave {int((counts == 0).sum())} stimuli without a trial. Accepted is one or more of each; "
            f"received none of {stimulus_ids[counts.argmin()]}."
        )
    absent = (chosen & missing).any(axis=0)
    if absent.any():
        raise ValueError(
            f"`trials` choose some that are missing, of {int(absent.sum())} stimuli: "
            f"{', '.join(stimulus_ids[absent][:5])}. Accepted are trials that were recorded; nothing is filled in."
        )
    return chosen


def checked_time(time_ms: Any) -> tuple[float, float]:
    """Return a time window as (start, end); refuse anything else."""
    window = numbers("time_ms", time_ms).astype(np.float64)
    if window.shape != (2,) or not np.isfinite(window).all() or window[0] >= window[1]:
        raise ValueError(
            "`time_ms` is no time window. Accepted is (start, end) in ms after stimulus onset, the start first; "
            f"received {time_ms!r}."
        )
    return float(window[0]), float(window[1])


def checked_area(area: Any) -> str:
    """Return the area's name; refuse anything but text that is not empty."""
    if not isinstance(area, str) or not area:
        raise TypeError(f"`area` must name the brain area. Accepted is a str such as 'V4'; received {area!r}.")
    return area
