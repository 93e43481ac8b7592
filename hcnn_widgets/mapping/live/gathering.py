"""Prepare recordings for live scores: group by images, draw images, average trials."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.comparison import N_FOLDS, LiveComparison
from hcnn_widgets.mapping.maps.splits import FEWEST
from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.numerics.scales import ordinary
from hcnn_widgets.mapping.prediction.notes import recording_notes
from hcnn_widgets.mapping.prediction.repeated_images import images_of, twin_note
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import groups_by_images
from hcnn_widgets.records.joining import rows_of


def live_comparisons(recordings: Sequence[RecordingSet], n_stimuli: int | None, seed: int) -> list[LiveComparison]:
    """Group recordings with the same images, so that the model is shown these once.

    Parameters
    ----------
    recordings : sequence of RecordingSet
        Each with its images.
    n_stimuli : int or None
        Most images to draw, with each category in proportion; None takes all.
    seed : int

    Returns
    -------
    list of LiveComparison

    Raises
    ------
    ValueError
        If recordings have no images, fewer than 10 images, too few different images, or no site that varies.
    """
    for recording in recordings:
        _check(recording)
    groups = groups_by_images(recordings)
    return [_comparison([recordings[row] for row in group], group, n_stimuli, seed) for group in groups]


def _comparison(group: list[RecordingSet], rows: list[int], n_stimuli: int | None, seed: int) -> LiveComparison:
    """Draw the images, and return the responses to these, with notes."""
    first = group[0]
    assert first.stimuli is not None
    order = np.argsort(first.stimulus_ids)
    labels = None if first.labels is None else first.labels[order]
    drawn = stratified_rows(labels, len(order), n_stimuli, seed)
    stimuli = first.stimuli.select(order[drawn])
    images = images_of(stimuli)
    by_inferred = labels is not None and first.labels_inferred and len(drawn) < len(order)
    inferred, twins = "images were drawn by" if by_inferred else "", twin_note(images)
    responses, site_ids, notes = [], [], []
    for recording in group:
        mean, varying = _mean_over_trials(recording, stimuli.stimulus_ids)
        assert recording.site_ids is not None
        responses.append(_z_scored_sites(mean[:, varying]))
        site_ids.append(recording.site_ids[varying])
        notes.append((*recording_notes(recording, varying, inferred), *([twins] if twins else [])))
    comparison = LiveComparison(stimuli, images, tuple(responses), tuple(site_ids), tuple(rows), tuple(notes))
    _check_folds(comparison, first.area)
    return comparison


def _mean_over_trials(recordings: RecordingSet, ids: NDArray[np.str_]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the mean responses to the stimuli, and which sites vary; refuse recordings in which no site does."""
    mean = recordings.mean_over_trials()[rows_of(ids, recordings.stimulus_ids, "recordings")]
    varying = varying_columns(mean)
    if not varying.any():
        raise ValueError(
            f"`recordings` of {recordings.area} have no site that varies. Accepted is one or more; received "
            f"{recordings.n_sites} that are constant over {len(ids)} images."
        )
    return mean, varying


def _z_scored_sites(means: NDArray[np.float64]) -> NDArray[np.float32]:
    """Z-score each site, which leaves r as it is and makes single precision enough."""
    means = ordinary(means, axis=0)[0]
    return ((means - means.mean(axis=0)) / means.std(axis=0)).astype(np.float32)


def stratified_rows(
    labels: NDArray[np.str_] | None, n_stimuli: int, n_drawn: int | None, seed: int
) -> NDArray[np.intp]:
    """Draw rows at random, with each label in proportion.

    Returns
    -------
    (min(n_stimuli, n_drawn),) intp
        Ascending.

    Examples
    --------
    >>> labels = np.array(["cat", "cat", "dog", "dog"])
    >>> labels[stratified_rows(labels, 4, 2, seed=0)].tolist()
    ['cat', 'dog']
    """
    if n_drawn is None or n_drawn >= n_stimuli:
        return np.arange(n_stimuli)
    order = np.random.default_rng(seed).permutation(n_stimuli)
    groups = np.zeros(n_stimuli, dtype=str) if labels is None else labels
    place = np.empty(n_stimuli)
    for group in np.unique(groups):
        members = order[groups[order] == group]
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    return np.sort(order[np.argsort(place[order], kind="stable")[:n_drawn]])


def _check(recordings: RecordingSet) -> None:
    """Refuse recordings without images, or with too few."""
    if recordings.stimuli is None or len(recordings) < 2 * N_FOLDS:
        images = "no images" if recordings.stimuli is None else f"{len(recordings)} images"
        raise ValueError(
            f"`recordings` of {recordings.area} cannot be scored live. Accepted are recordings with their images "
            f"(stimuli=...), {2 * N_FOLDS} or more; received {images}."
        )


def _check_folds(comparison: LiveComparison, area: str) -> None:
    """Refuse so few different images that a fold has too few training stimuli."""
    if (fewest := min(len(train) for train, _ in comparison.folds)) < FEWEST:
        raise ValueError(
            f"`recordings` of {area} show too few different images. Accepted are {FEWEST} training stimuli or more in "
            f"each of {len(comparison.folds)} folds, other images than those held out; received {fewest}: "
            f"{len(comparison.stimuli)} stimuli show {comparison.images.max() + 1} images."
        )
