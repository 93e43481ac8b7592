"""The RecordingSet record: responses of a brain area, trials x stimuli x sites, joined to the stimuli by id."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.recordings import recording_checks as checks
from hcnn_widgets.mapping.recordings.coordinates import coordinates, said_of
from hcnn_widgets.records.checks import checked_names, checked_text
from hcnn_widgets.records.data_out import data_array
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.named_tables import check_rows
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

_PRESENTATIONS = " Rows that are presentations of the same stimulus are its trials: RecordingSet.from_presentations."


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class RecordingSet(FrozenRecord):
    """Responses of the sites of one brain area to stimuli shown several times; frozen, checked once.

    Parameters
    ----------
    responses : (n_trials, n_stimuli, n_sites) float
        Or (n_stimuli, n_sites), a single trial. In the recording's own unit (spike counts, microvolt, ...). NaN is
        accepted for a missing trial only, that is for all sites at once; every stimulus has one trial or more.
    stimulus_ids : (n_stimuli,) str
        Unique; recordings are paired with a model by these ids, never by row.
    area : str
        The brain area, as the field writes it: "V1", "V4", "IT", ...
    labels : (n_stimuli,) str or None
        The object shown by each stimulus; Brain-Score's splits are stratified by it.
    stimuli : StimulusSet or None
        The images; must hold every recorded id. They are kept in the order of `stimulus_ids`.
    simulated : bool
        Whether the responses come from a formula instead of an animal.
    source : str
        Source of the recordings, to be cited.
    labels_inferred : bool
        Whether the labels are from somebody other than the recordings' authors.
    site_ids : (n_sites,) str or None
        Unique; by default the area and a running number.
    true_ceiling : float or None
        For simulated recordings, the reliability of the mean over trials that the noise was drawn for, which
        `ceiling` estimates.
    time_ms : (float, float) or None
        Start and end of the time after stimulus onset in which the responses were counted.

    Raises
    ------
    TypeError, ValueError
        If an array has a wrong type or shape, ids are not unique, a stimulus has no trial, or a response is NaN or
        infinite where the trial is not missing.

    Examples
    --------
    >>> recordings = RecordingSet(np.ones((2, 3, 4)), stimulus_ids=["a", "b", "c"], area="V4")
    >>> recordings
    RecordingSet(V4: 2 trials x 3 stimuli x 4 sites)
    >>> recordings.mean_over_trials().shape
    (3, 4)
    """

    responses: NDArray[np.floating]
    stimulus_ids: NDArray[np.str_]
    area: str
    labels: NDArray[np.str_] | None = None
    stimuli: StimulusSet | None = None
    simulated: bool = False
    source: str = ""
    labels_inferred: bool = False
    site_ids: NDArray[np.str_] | None = None
    true_ceiling: float | None = None
    time_ms: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        responses = checks.checked_responses(self.responses)
        _, n_stimuli, n_sites = responses.shape
        ids = checked_names("stimulus_ids", self.stimulus_ids, n_stimuli, _PRESENTATIONS)
        check_rows("responses", self.responses, ids)
        area = checks.checked_area(self.area)
        sites = [f"{area}-{site:04d}" for site in range(n_sites)] if self.site_ids is None else self.site_ids
        site_ids = checked_names("site_ids", sites, n_sites)
        checks.check_missing(responses, ids, site_ids)
        labels = None if self.labels is None else checked_text("labels", self.labels, n_stimuli)
        stimuli = self.stimuli
        if stimuli is not None and not np.array_equal(stimuli.stimulus_ids, ids):
            stimuli = stimuli.select(rows_of(ids, stimuli.stimulus_ids, "stimuli"))
        for name, value in (("responses", responses), ("stimulus_ids", ids), ("site_ids", site_ids)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "labels", labels)
        object.__setattr__(self, "stimuli", stimuli)
        object.__setattr__(self, "time_ms", None if self.time_ms is None else checks.checked_time(self.time_ms))

    @classmethod
    def from_presentations(
        cls, responses: Any, stimulus_ids: Any, area: str, labels: Any = None, **fields: Any
    ) -> "RecordingSet":
        """Make the recordings from one row per presentation: rows with the same id are trials of the same stimulus.

        Parameters
        ----------
        responses : (n_presentations, n_sites) float
        stimulus_ids : (n_presentations,) str
            The same id wherever the same stimulus was shown; any number of times.
        area : str
        labels : (n_presentations,) str, optional
            The same for all presentations of a stimulus.
        **fields
            Other fields of the class: stimuli, source, site_ids, ...

        Returns
        -------
        RecordingSet
            Stimuli sorted by id, trials in the order of the rows; where a stimulus has fewer trials than others, its
            last trials are missing.

        Raises
        ------
        TypeError, ValueError
            As in the class, and if a stimulus has two labels.

        Examples
        --------
        >>> RecordingSet.from_presentations(np.eye(4)[:, :2], ["dog", "cat", "dog", "dog"], area="IT")
        RecordingSet(IT: 3 trials x 2 stimuli x 2 sites)
        """
        rows, ids = checks.checked_presentations(responses, stimulus_ids)
        names, first, stimulus, counts = np.unique(ids, return_index=True, return_inverse=True, return_counts=True)
        order = np.argsort(stimulus, kind="stable")
        trial = np.arange(len(ids)) - np.repeat(counts.cumsum() - counts, counts)
        whole = np.full((counts.max(initial=0), len(names), rows.shape[1]), np.nan, dtype=rows.dtype)
        whole[trial, stimulus[order]] = rows[order]
        if labels is not None:
            kinds = checked_text("labels", labels, len(ids))
            if (twice := kinds != kinds[first][stimulus]).any():
                raise ValueError(
                    "`labels` give a stimulus two labels. Accepted is one and the same for all its presentations; "
                    f"received two for {ids[twice][0]}."
                )
            labels = kinds[first]
        return cls(whole, names, area, labels, **fields)

    @property
    def n_trials(self) -> int:
        """Trials per stimulus, missing ones included."""
        return self.responses.shape[0]

    @property
    def n_sites(self) -> int:
        """Recorded sites (neurons, channels or voxels)."""
        return self.responses.shape[2]

    def __len__(self) -> int:
        return self.responses.shape[1]

    def __repr__(self) -> str:
        kind = ", simulated" if self.simulated else ""
        return f"RecordingSet({self.area}: {self.n_trials} trials x {len(self)} stimuli x {self.n_sites} sites{kind})"

    def to_xarray(self) -> Any:
        """Return the responses as an xarray DataArray, (trial, stimulus, site).

        Returns
        -------
        xarray.DataArray
            Coordinates "stimulus" and "site" are the ids; "area" stands along the sites, "label" along the stimuli if
            there are labels. Missing trials are NaN. ``attrs`` has area, source, simulated (0 or 1), labels_inferred,
            true_ceiling and time_ms where known. ``hw.RecordingSet(data, data.stimulus, area, site_ids=data.site)``
            reads it back.

        Raises
        ------
        ImportError
            If xarray is not installed.
        """
        return data_array(self.responses, ("trial", "stimulus", "site"), coordinates(self), said_of(self))

    def trials_per_stimulus(self) -> NDArray[np.int64]:
        """Count the trials of each stimulus that are not missing.

        Returns
        -------
        (n_stimuli,) int64
        """
        return (~np.isnan(self.responses[:, :, 0])).sum(axis=0)

    def mean_over_trials(self, trials: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return the mean over trials, skipping missing trials.

        Parameters
        ----------
        trials : (n_trials, n_stimuli) bool, optional
            Mask of the trials to average over, for instance half of them, without missing trials; by default all.

        Returns
        -------
        (n_stimuli, n_sites) float64
            Finite.

        Raises
        ------
        ValueError
            If `trials` is no such array, a stimulus has no chosen trial, or a chosen trial is missing.
        """
        if trials is None:
            total: NDArray[np.float64] = np.nansum(self.responses, axis=0, dtype=np.float64)
            return total / self.trials_per_stimulus()[:, np.newaxis]
        missing = np.isnan(self.responses[:, :, 0])
        chosen = checks.checked_trials(trials, missing, self.stimulus_ids)
        present = np.where(missing[:, :, np.newaxis], 0, self.responses) if missing.any() else self.responses
        total = np.einsum("tij,ti->ij", present, chosen.astype(np.float64))
        return total / chosen.sum(axis=0)[:, np.newaxis]

    def constant_sites(self) -> NDArray[np.bool_]:
        """Return a mask of the sites that respond alike to every stimulus, so that no correlation is defined.

        Returns
        -------
        (n_sites,) bool
        """
        return ~varying_columns(self.mean_over_trials())

    def select(self, stimulus_ids: Iterable[str]) -> "RecordingSet":
        """Return the recordings of these stimuli, in this order.

        Raises
        ------
        ValueError
            If an id is not in this set, or comes twice.
        """
        rows = rows_of(np.asarray(list(stimulus_ids), dtype=np.str_), self.stimulus_ids, "recordings")
        return replace(
            self,
            responses=self.responses[:, rows],
            stimulus_ids=self.stimulus_ids[rows],
            labels=None if self.labels is None else self.labels[rows],
            stimuli=None if self.stimuli is None else self.stimuli.select(rows),
        )

    def select_sites(self, site_ids: Iterable[str]) -> "RecordingSet":
        """Return the recordings of these sites, in this order.

        Raises
        ------
        ValueError
            If an id is not in this set, or comes twice.
        """
        assert self.site_ids is not None
        rows = rows_of(np.asarray(list(site_ids), dtype=np.str_), self.site_ids, "recordings")
        return replace(self, responses=self.responses[:, :, rows], site_ids=self.site_ids[rows])
