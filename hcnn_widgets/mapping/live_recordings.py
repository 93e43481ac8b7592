"""The recordings' side of the live score: gathered by their images, averaged, and drawn from."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.joining import rows_of
from hcnn_widgets.mapping.live_comparison import N_FOLDS, LiveComparison
from hcnn_widgets.mapping.recordings import RecordingSet

Recordings = RecordingSet | Sequence[RecordingSet] | Mapping[str, RecordingSet]


def recordings_tuple(recordings: Recordings) -> tuple[RecordingSet, ...]:
    """Give recordings as a tuple, however they came.

    Raises
    ------
    TypeError
        If something else came, or nothing.
    """
    if isinstance(recordings, RecordingSet):
        return (recordings,)
    several = tuple(recordings.values() if isinstance(recordings, Mapping) else recordings)
    if not several or not all(isinstance(one, RecordingSet) for one in several):
        raise TypeError(
            "`recordings` are none. Accepted are a RecordingSet, or a sequence or mapping of one or more; received "
            f"{type(recordings).__name__} of {', '.join(sorted({type(one).__name__ for one in several})) or 'nothing'}."
        )
    return several


def fingerprint(recordings: RecordingSet) -> str:
    """Give a text that only the same recordings share."""
    digest = hashlib.blake2b(recordings.responses.tobytes(), digest_size=16)
    digest.update("\n".join([recordings.area, *recordings.stimulus_ids.tolist()]).encode())
    return digest.hexdigest()


def live_comparisons(recordings: Sequence[RecordingSet], n_stimuli: int | None, seed: int) -> list[LiveComparison]:
    """Gather recordings with the same images, so that these are shown to the model once.

    Parameters
    ----------
    recordings : sequence of RecordingSet
        Each with its images.
    n_stimuli : int or None
        Images to draw where there are more, each category in proportion; None takes all.
    seed : int

    Returns
    -------
    list of LiveComparison

    Raises
    ------
    ValueError
        If recordings have no images, fewer than 10 of them, or no site that varies.
    """
    groups: list[list[int]] = []
    for row, one in enumerate(recordings):
        _check(one)
        same = next((group for group in groups if _same_images(recordings[group[0]], one)), None)
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    return [_comparison([recordings[row] for row in group], group, n_stimuli, seed) for group in groups]


def _comparison(group: list[RecordingSet], rows: list[int], n_stimuli: int | None, seed: int) -> LiveComparison:
    """Average trials, drop constant sites, and draw the images."""
    order = np.argsort(group[0].stimulus_ids)
    labels = group[0].labels
    drawn = stratified_rows(None if labels is None else labels[order], len(order), n_stimuli, seed)
    ids = group[0].stimulus_ids[order][drawn]
    stimuli = group[0].stimuli
    assert stimuli is not None
    means = [one.mean_over_trials()[rows_of(ids, one.stimulus_ids, "recordings")] for one in group]
    varying = [np.ptp(mean, axis=0) > 0 for mean in means]
    site_ids = []
    for one, sites in zip(group, varying, strict=True):
        if not sites.any():
            raise ValueError(f"`recordings` of {one.area} have no site that varies. Accepted is one or more.")
        assert one.site_ids is not None
        site_ids.append(one.site_ids[sites])
    kept = tuple(_z_scored_sites(mean[:, sites]) for mean, sites in zip(means, varying, strict=True))
    return LiveComparison(stimuli.select(order[drawn]), kept, tuple(site_ids), tuple(rows))


def _z_scored_sites(means: NDArray[np.float64]) -> NDArray[np.float32]:
    """Bring all sites to the same unit: r does not hang on it, and single precision is enough then."""
    return ((means - means.mean(axis=0)) / means.std(axis=0)).astype(np.float32)


def stratified_rows(
    labels: NDArray[np.str_] | None, n_stimuli: int, n_drawn: int | None, seed: int
) -> NDArray[np.intp]:
    """Draw rows at random, each label in proportion.

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
    """Refuse recordings that a model cannot be shown the images of."""
    if recordings.stimuli is None or len(recordings) < 2 * N_FOLDS:
        images = "no images" if recordings.stimuli is None else f"{len(recordings)} images"
        raise ValueError(
            f"`recordings` of {recordings.area} cannot be scored live. Accepted are recordings with their images "
            f"(stimuli=...), {2 * N_FOLDS} or more; received {images}."
        )


def _same_images(one: RecordingSet, other: RecordingSet) -> bool:
    """Tell whether two recordings are to the very same images, with the same ids in the same order."""
    if one.stimuli is other.stimuli:
        return True
    assert one.stimuli is not None
    assert other.stimuli is not None
    return np.array_equal(one.stimulus_ids, other.stimulus_ids) and np.array_equal(
        one.stimuli.images, other.stimuli.images
    )
