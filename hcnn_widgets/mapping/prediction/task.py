"""Responses to be predicted, with their folds and noise ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.maps.splits import FEWEST, SPLITS, Folds, fitting_folds
from hcnn_widgets.mapping.noise.known_ceiling import known_ceiling
from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.notes import recording_notes
from hcnn_widgets.mapping.prediction.repeated_images import Images, images_of, twin_note, without_twins
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_kind

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PredictionTask:
    """Responses that every model area is to predict, with folds and ceiling.

    Parameters
    ----------
    recordings : RecordingSet
        Stimuli sorted by id; without the images.
    responses : (n_stimuli, n_sites) float64
        Averaged over trials; read-only.
    varying : (n_sites,) bool
        Sites that vary over the stimuli; constant sites are left out.
    folds : list of (train, test) rows
    ceiling : float
        Reliability of the recordings; NaN without repeated trials.
    site_ceilings : (n_sites,) float64
    notes : tuple of str
    """

    recordings: RecordingSet
    responses: Array
    varying: NDArray[np.bool_]
    folds: Folds
    ceiling: float
    site_ceilings: Array
    notes: tuple[str, ...]

    def shares_rows_with(self, other: "PredictionTask") -> bool:
        """Return whether another task has the same stimuli and folds, so that the same maps serve both."""
        return (
            np.array_equal(self.recordings.stimulus_ids, other.recordings.stimulus_ids)
            and len(self.folds) == len(other.folds)
            and all(
                np.array_equal(mine, theirs)
                for fold, two in zip(self.folds, other.folds, strict=True)
                for mine, theirs in zip(fold, two, strict=True)
            )
        )


def prediction_task(
    recordings: RecordingSet,
    choices: Choices,
    groups: Mapping[str, str] | None = None,
    images: Images | None = None,
) -> PredictionTask:
    """Sort the stimuli by id, average trials, drop constant sites, make the folds, estimate the ceiling.

    Parameters
    ----------
    recordings : RecordingSet
    choices : Choices
    groups : mapping of stimulus id to group, optional
        Groups that grouped splits keep together, in place of the labels.
    images : (n_stimuli,) int, optional
        Image number of each stimulus, if already known; see `images_of`.

    Raises
    ------
    TypeError
        If `recordings` is no RecordingSet, or `groups` no mapping.
    ValueError
        If no site varies, groups are of no use to the splits or incomplete, or a fold is too small.
    """
    hint = " (of time-resolved recordings, one bin, or all by predictivity_over_time)"
    check_kind("recordings", recordings, RecordingSet, hint)
    if images is None and recordings.stimuli is not None:
        images = images_of(recordings.stimuli)
    order = np.argsort(recordings.stimulus_ids)
    recordings = replace(recordings, stimuli=None).select(recordings.stimulus_ids[order])
    responses = recordings.mean_over_trials()
    responses.setflags(write=False)
    varying = varying_columns(responses)
    if not varying.any():
        raise ValueError(
            "`recordings` have no site that varies. Accepted is one or more; received constant sites only."
        )
    by_inferred = recordings.labels_inferred and groups is None and SPLITS[choices.splits].by_labels
    notes = recording_notes(recordings, varying, "the splits go by" if by_inferred else "")
    labels = recordings.labels if groups is None else _groups(recordings, choices, groups)
    folds = SPLITS[choices.splits](len(recordings), labels, choices.n_folds)
    if images is not None and (note := twin_note(images)) is not None:
        folds = without_twins(folds, images[order])
        notes.append(note)
    _check_folds(folds, choices, len(recordings))
    limit = known_ceiling(recordings, varying)
    return PredictionTask(recordings, responses, varying, folds, limit.value, limit.per_site, (*notes, *limit.notes))


def with_fitting_folds(choices: Choices, recordings: RecordingSet) -> Choices:
    """Return the choices with few enough folds for each to hold enough stimuli for a correlation.

    So tables and panels can score few images, too. Pooling the folds would allow this as well, but a map that explains
    nothing predicts the mean of the training responses, which is low whenever the held-out responses are high: pooled r
    of noise is far below 0 (-.42 with 40 images in 10 folds), while r within folds is 0.
    """
    splitting = SPLITS[choices.splits]
    if not splitting.each_once or splitting.by_group:
        return choices
    return replace(choices, n_folds=max(2, min(choices.n_folds, len(recordings) // FEWEST)))


def _groups(recordings: RecordingSet, choices: Choices, groups: Mapping[str, str]) -> NDArray[np.str_]:
    """Return the group of each stimulus, or refuse groups that the splits cannot use or that lack a stimulus."""
    if not SPLITS[choices.splits].by_group:
        by_group = [name for name, splitting in SPLITS.items() if splitting.by_group]
        raise ValueError(
            f"`groups` are of no use to splits={choices.splits!r}. Accepted are splits "
            f"{', '.join(map(repr, by_group))}, which keep groups together; or leave groups out."
        )
    check_kind("groups", groups, Mapping, " of stimulus id to group")
    ids = recordings.stimulus_ids.tolist()
    missing = [stimulus_id for stimulus_id in ids if stimulus_id not in groups]
    if missing:
        raise ValueError(
            f"`groups` lack {len(missing)} of {len(ids)} stimuli. Accepted is a group for each recorded stimulus; "
            f"missing are {', '.join(missing[:5])}{', ...' if len(missing) > 5 else '.'}"
        )
    return np.array([str(groups[stimulus_id]) for stimulus_id in ids])


def _check_folds(folds: Folds, choices: Choices, n_stimuli: int) -> None:
    """Refuse folds with too few training or test stimuli."""
    if (fewest := min(len(train) for train, _ in folds)) < FEWEST:
        raise ValueError(
            f"`splits={choices.splits!r}` leaves too little to fit on. Accepted are {FEWEST} training stimuli or more "
            f"in each fold, other images than those held out; received {fewest}."
        )
    if choices.pooling == "per split" and (fewest := min(len(test) for _, test in folds)) < FEWEST:
        raise ValueError(
            f"`splits={choices.splits!r}` holds out too few stimuli for a correlation in each fold. Accepted are "
            f"{FEWEST} or more; received {fewest}.{'' if SPLITS[choices.splits].by_group else fitting_folds(n_stimuli)}"
        )
