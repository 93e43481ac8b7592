"""Recordings with a time course: one response per trial, stimulus and site in each of several time bins."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.recordings import recording_checks as checks
from hcnn_widgets.mapping.recordings.coordinates import coordinates, said_of
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.data_out import data_array
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class TimeResolvedRecordings(FrozenRecord):
    """Responses of the sites of one brain area in time bins after stimulus onset; frozen, checked once.

    Parameters
    ----------
    responses : (n_times, n_trials, n_stimuli, n_sites) float
        In the recording's own unit. NaN is accepted for a missing trial only, at all sites and times at once.
    time_ms : (n_times, 2) float
        Start and end of each bin, in ms after stimulus onset; bins in order of their starts, and may overlap.
    stimulus_ids, area, labels, stimuli, simulated, source, labels_inferred, site_ids
        As in `RecordingSet`.

    Raises
    ------
    TypeError, ValueError
        As in `RecordingSet`, and if the bins are not in order or a trial is missing at some times only.

    Examples
    --------
    >>> rates = np.random.default_rng(0).random((3, 2, 4, 5))
    >>> recordings = TimeResolvedRecordings(rates, [(0, 50), (50, 100), (100, 150)], ["a", "b", "c", "d"], area="IT")
    >>> recordings
    TimeResolvedRecordings(IT: 3 bins from 0 to 150 ms, 2 trials x 4 stimuli x 5 sites)
    >>> recordings.at(1)
    RecordingSet(IT: 2 trials x 4 stimuli x 5 sites)
    """

    responses: NDArray[np.floating]
    time_ms: NDArray[np.float64]
    stimulus_ids: NDArray[np.str_]
    area: str
    labels: NDArray[np.str_] | None = None
    stimuli: StimulusSet | None = None
    simulated: bool = False
    source: str = ""
    labels_inferred: bool = False
    site_ids: NDArray[np.str_] | None = None

    def __post_init__(self) -> None:
        responses = _checked_responses(self.responses)
        times = _checked_times(self.time_ms, len(responses))
        # The first bin's record checks and completes what all bins share.
        first = RecordingSet(responses[0], **self._shared())
        assert first.site_ids is not None
        missing = np.isnan(responses[0]).all(axis=2)
        for in_bin, (start, end) in zip(responses, times, strict=True):
            checks.check_missing(in_bin, first.stimulus_ids, first.site_ids)
            if (differs := np.isnan(in_bin).all(axis=2) != missing).any():
                raise ValueError(
                    "`responses` miss trials in some time bins only. Accepted is NaN for a missing trial at all times; "
                    f"received {int(differs.sum())} trials in which {start:g} to {end:g} ms is unlike the first bin, "
                    f"such as one of {first.stimulus_ids[differs.any(axis=0)][0]}."
                )
        responses.setflags(write=False)
        times.setflags(write=False)
        for name, value in (("responses", responses), ("time_ms", times)):
            object.__setattr__(self, name, value)
        for name in ("stimulus_ids", "labels", "stimuli", "site_ids"):
            object.__setattr__(self, name, getattr(first, name))

    @property
    def n_times(self) -> int:
        """Time bins."""
        return self.responses.shape[0]

    def at(self, index: int) -> RecordingSet:
        """Return the recordings in a time bin.

        Raises
        ------
        IndexError
            If there is no such bin.
        """
        if not -self.n_times <= index < self.n_times:
            raise IndexError(f"`index={index}` is no time bin. Accepted is 0 to {self.n_times - 1}.")
        start, end = self.time_ms[index]
        return RecordingSet(self.responses[index], time_ms=(float(start), float(end)), **self._shared())

    def between(self, start_ms: float, end_ms: float) -> RecordingSet:
        """Return the mean over the bins in a time window, for instance 70 to 170 ms, when IT responds.

        Parameters
        ----------
        start_ms, end_ms : float
            Bins that begin and end within the window are averaged, with equal weights.

        Raises
        ------
        ValueError
            If no bin lies within the window.
        """
        within = (self.time_ms[:, 0] >= start_ms) & (self.time_ms[:, 1] <= end_ms)
        if not within.any():
            raise ValueError(
                f"`start_ms` and `end_ms` hold no bin. Accepted are windows with a whole bin from "
                f"{self.time_ms[0, 0]:g} to {self.time_ms[:, 1].max():g} ms; received {start_ms:g} to {end_ms:g}."
            )
        covered = self.time_ms[within]
        window = (float(covered[0, 0]), float(covered[:, 1].max()))
        return RecordingSet(self.responses[within].mean(axis=0), time_ms=window, **self._shared())

    def to_xarray(self) -> Any:
        """Return the responses as an xarray DataArray, (time, trial, stimulus, site).

        Returns
        -------
        xarray.DataArray
            As `RecordingSet.to_xarray`; the coordinate "time" is the middle of each bin in ms after stimulus onset,
            beside its "time_start" and "time_end".

        Raises
        ------
        ImportError
            If xarray is not installed.
        """
        bins = {"time": self.time_ms.mean(axis=1)}
        bins |= {f"time_{end}": ("time", self.time_ms[:, number]) for number, end in enumerate(("start", "end"))}
        coords = bins | coordinates(self)
        return data_array(self.responses, ("time", "trial", "stimulus", "site"), coords, said_of(self))

    def select(self, stimulus_ids: "list[str] | NDArray[np.str_]") -> "TimeResolvedRecordings":
        """Return the recordings of these stimuli, in this order.

        Raises
        ------
        ValueError
            If an id is not in this set, or comes twice.
        """
        wanted = np.asarray(list(stimulus_ids), dtype=np.str_)
        rows = rows_of(wanted, self.stimulus_ids, "recordings")
        shared = self._shared() | {
            "stimulus_ids": wanted,
            "labels": None if self.labels is None else self.labels[rows],
            "stimuli": None if self.stimuli is None else self.stimuli.select(rows),
        }
        return TimeResolvedRecordings(self.responses[:, :, rows], self.time_ms, **shared)

    def _shared(self) -> dict[str, Any]:
        """Return the fields that all bins share."""
        names = ("stimulus_ids", "area", "labels", "stimuli", "simulated", "source", "labels_inferred", "site_ids")
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        n_times, n_trials, n_stimuli, n_sites = self.responses.shape
        bins = f"{n_times} bins from {self.time_ms[0, 0]:g} to {self.time_ms[:, 1].max():g} ms"
        kind = ", simulated" if self.simulated else ""
        size = f"{n_trials} trials x {n_stimuli} stimuli x {n_sites} sites"
        return f"TimeResolvedRecordings({self.area}: {bins}, {size}{kind})"


def _checked_responses(responses: Any) -> NDArray[np.floating]:
    """Return a copy of the responses; refuse anything but times x trials x stimuli x sites."""
    array = numbers("responses", responses)
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(
            "`responses` has the wrong shape. Accepted is (n_times, n_trials, n_stimuli, n_sites), none of them 0; "
            f"received {array.shape}."
        )
    return np.array(array, dtype=np.float32 if array.dtype == np.float32 else np.float64)


def _checked_times(time_ms: Any, n_times: int) -> NDArray[np.float64]:
    """Return the bins; refuse a wrong number of bins, a bin that ends before it starts, or another order."""
    times = numbers("time_ms", time_ms).astype(np.float64)
    if times.shape != (n_times, 2):
        raise ValueError(f"`time_ms` has the wrong shape. Accepted is ({n_times}, 2); received {times.shape}.")
    for window in times:
        checks.checked_time(tuple(window.tolist()))
    if (np.diff(times[:, 0]) <= 0).any():
        raise ValueError(
            "`time_ms` is not in order. Accepted are bins that start one after another; received starts "
            f"{', '.join(f'{start:g}' for start in times[:8, 0])}."
        )
    return times
