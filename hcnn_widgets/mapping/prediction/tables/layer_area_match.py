"""Match model areas to brain areas: choose on half of the images, report on the other half."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.penalties import Alphas
from hcnn_widgets.mapping.prediction.choices import Choices, Precision, Scaling
from hcnn_widgets.mapping.prediction.difference import Draws
from hcnn_widgets.mapping.prediction.gains import neighbours_of, site_draws
from hcnn_widgets.mapping.prediction.notes import notes_of_halves
from hcnn_widgets.mapping.prediction.repeated_images import images_of
from hcnn_widgets.mapping.prediction.scoring import ACTIVATIONS_HINT, each_score
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.prediction.task import prediction_task, with_fitting_folds
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import Recordings, recordings_tuple
from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stratified_split import smaller_part

Array = NDArray[np.float64]


@checks_keywords
def layer_area_match(
    activations: ActivationSet,
    recordings: Recordings,
    *,
    method: str = "ridgecv",
    splits: str = "kfold",
    n_folds: int = 10,
    scaling: Scaling = "none",
    max_units: int | None = None,
    seed: int = 0,
    precision: Precision = "float64",
    groups: Mapping[str, str] | None = None,
    alphas: Alphas = "relative",
) -> LayerAreaMatch:
    """Choose for each brain area the model area that predicts it best, and report its score on other images.

    The highest of several scores is biased upwards on the images by which it was chosen, as its noise was chosen, too.
    So the images of each brain area are divided at random into two halves, with each object in proportion. All model
    areas are scored within each half, by maps fitted and tested on that half; the first half chooses the model area,
    the second half reports its score.

    Parameters
    ----------
    activations : ActivationSet
        Must hold every recorded stimulus; joined by id.
    recordings : RecordingSet, or sequence or mapping of them
        One per brain area. Stimuli with identical images stay in the same half.
    method, splits, n_folds, scaling, max_units, precision, groups, alphas
        As in `predictivity`, within each half; where a fold would hold fewer than 3 images, there are fewer folds.
    seed : int
        Seed of the random halves, and of a random projection.

    Returns
    -------
    LayerAreaMatch
        Shows as a table.

    Raises
    ------
    TypeError, ValueError
        As `predictivity`, and if there are too few images for two halves.

    Source: Yamins & DiCarlo 2016, Figure 2; Kriegeskorte et al. 2009 on choosing and reporting by the same data.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, ids = rng.normal(size=(80, 8)), [f"image{i:02d}" for i in range(80)]
    >>> responses = x @ rng.normal(size=(8, 5)) + 0.3 * rng.normal(size=(4, 80, 5))
    >>> match = layer_area_match(
    ...     ActivationSet({"low": rng.normal(size=(80, 8)), "top": x}, ids), RecordingSet(responses, ids, area="IT")
    ... )
    >>> match.chosen, bool(match.reported[0] > 0.9)
    (('top',), True)
    """
    choices = Choices(method, splits, n_folds, "per split", scaling, max_units, seed, precision, alphas=alphas)
    check_kind("activations", activations, ActivationSet, ACTIVATIONS_HINT)
    brains = recordings_tuple(recordings)
    parts = [image_halves(brain, seed) for brain in brains]
    halves = [half for side in zip(*parts, strict=True) for half in side]
    tasks = [prediction_task(half, with_fitting_folds(choices, half), groups) for half in halves]
    areas = tuple(brain.area for brain in brains)
    value, error = np.empty((2, len(tasks), len(activations.areas)))
    said: list[list[str]] = [[] for _ in tasks]
    draws: list[dict[str, Draws]] = [{} for _ in brains]
    of_sites: list[dict[str, Array]] = [{} for _ in brains]
    for number, area, score in each_score(activations, tasks, choices):
        said[number] += score.notes
        value[number, activations.areas.index(area)] = score.value
        error[number, activations.areas.index(area)] = score.error
        if number >= len(brains):
            draws[number - len(brains)][area] = site_draws(score)
            of_sites[number - len(brains)][area] = score.per_split
    reporting = tasks[len(brains) :]
    counts = [len(task.responses) for task in tasks]
    match = LayerAreaMatch(
        model_areas=activations.areas,
        brain_areas=areas,
        choosing=value[: len(brains)],
        choosing_error=error[: len(brains)],
        reporting=value[len(brains) :],
        reporting_error=error[len(brains) :],
        reliability=np.array([task.ceiling for task in reporting]),
        n_sites=np.array([int(task.varying.sum()) for task in reporting]),
        n_choosing=np.array(counts[: len(brains)]),
        n_reporting=np.array(counts[len(brains) :]),
        simulated=tuple(brain.simulated for brain in brains),
        convention=choices.convention(len(tasks[0].folds)),
        notes=notes_of_halves(areas, said[: len(brains)], said[len(brains) :]),
        source="; ".join(dict.fromkeys(brain.source for brain in brains if brain.source)),
    )
    of_areas = [[row[area] for area in activations.areas] for row in draws]
    return replace(
        match,
        neighbours=neighbours_of(areas, activations.areas, match.chosen_index, of_areas),
        reported_sites=tuple(row[area] for row, area in zip(of_sites, match.chosen, strict=True)),
    )


def image_halves(recordings: RecordingSet, seed: int) -> tuple[RecordingSet, RecordingSet]:
    """Divide the images at random into halves, with each object in proportion, whatever the order of the rows.

    Parameters
    ----------
    recordings : RecordingSet
    seed : int

    Returns
    -------
    RecordingSet, RecordingSet
        The choosing half and the reporting half. Stimuli with identical images stay in the same half.

    Raises
    ------
    ValueError
        If there are fewer than 4 images.
    """
    if len(recordings) < 4:
        raise ValueError(
            f"`recordings` of {recordings.area} have too few images for two halves. Accepted are 4 or more; received "
            f"{len(recordings)}."
        )
    order = np.argsort(recordings.stimulus_ids)
    labels = np.zeros(len(order)) if recordings.labels is None else recordings.labels[order]
    first = smaller_part(np.unique(labels, return_inverse=True)[1].astype(np.int64), 0.5, seed)
    if recordings.stimuli is not None:
        # Each image goes where its first stimulus went.
        _, place, image = np.unique(images_of(recordings.stimuli)[order], return_index=True, return_inverse=True)
        first = first[place][image]
    ids = recordings.stimulus_ids[order]
    return recordings.select(ids[first]), recordings.select(ids[~first])
