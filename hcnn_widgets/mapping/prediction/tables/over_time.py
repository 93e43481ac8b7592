"""Score neural predictivity in each time bin after stimulus onset."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.penalties import Alphas
from hcnn_widgets.mapping.maps.splits import usual_splits
from hcnn_widgets.mapping.prediction.choices import Choices, Pooling, Precision, Scaling
from hcnn_widgets.mapping.prediction.notes import notes_by_area
from hcnn_widgets.mapping.prediction.repeated_images import images_of
from hcnn_widgets.mapping.prediction.scoring import ACTIVATIONS_HINT, each_score
from hcnn_widgets.mapping.prediction.tables.scores_over_time import ScoresOverTime
from hcnn_widgets.mapping.prediction.task import prediction_task
from hcnn_widgets.mapping.recordings.time_resolved import TimeResolvedRecordings
from hcnn_widgets.records.checks import check_kind
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def predictivity_over_time(
    activations: ActivationSet,
    recordings: TimeResolvedRecordings,
    method: str = "ridgecv",
    splits: str | None = None,
    *,
    n_folds: int = 10,
    pooling: Pooling = "per split",
    scaling: Scaling = "none",
    max_units: int | None = None,
    seed: int = 0,
    precision: Precision = "float64",
    groups: Mapping[str, str] | None = None,
    alphas: Alphas = "relative",
) -> ScoresOverTime:
    """Score every model area against the recordings in every time bin, with one map per bin on the same folds.

    Parameters
    ----------
    activations : ActivationSet
        Must hold every recorded stimulus. The decompositions of each fold's activations are computed once for all bins.
    recordings : TimeResolvedRecordings
        A bin in which no site varies, such as a bin before the response, has no score and is named in the notes.
    method, splits, n_folds, pooling, scaling, max_units, seed, precision, groups, alphas
        As in `predictivity`.

    Returns
    -------
    ScoresOverTime

    Raises
    ------
    TypeError, ValueError
        As `predictivity`, and if no site varies in any bin.

    Source: Kar et al. 2019 (maps fitted in each 10 ms bin).

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, ids = rng.normal(size=(60, 8)), [f"image{i:02d}" for i in range(60)]
    >>> answer = x @ rng.normal(size=(8, 5))
    >>> rates = np.stack([0 * answer, answer])[:, np.newaxis] + rng.normal(size=(2, 4, 60, 5))
    >>> recordings = TimeResolvedRecordings(rates, [(0, 50), (50, 100)], ids, area="IT")
    >>> scores = predictivity_over_time(ActivationSet({"top": x}, ids), recordings, splits="kfold")
    >>> (scores.value[0] > 0.8).tolist()
    [False, True]
    """
    splits = usual_splits(getattr(recordings, "labels", None)) if splits is None else splits
    choices = Choices(method, splits, n_folds, pooling, scaling, max_units, seed, precision, alphas=alphas)
    check_kind("activations", activations, ActivationSet, ACTIVATIONS_HINT)
    check_kind("recordings", recordings, TimeResolvedRecordings, " (`predictivity` takes those without time bins)")
    images = None if recordings.stimuli is None else images_of(recordings.stimuli)
    bins = [replace(recordings.at(index), stimuli=None) for index in range(recordings.n_times)]
    places = [index for index, time_bin in enumerate(bins) if not time_bin.constant_sites().all()]
    if not places:
        raise ValueError(
            "`recordings` have no site that varies in any bin. Accepted is one or more; received constant sites only."
        )
    tasks = [prediction_task(bins[place], choices, groups, images) for place in places]
    shape = (len(activations.areas), len(bins))
    value, error = np.full(shape, np.nan), np.full(shape, np.nan)
    per_site = np.full((*shape, recordings.responses.shape[3]), np.nan)
    said = [[] if index in places else ["no site varies"] for index in range(len(bins))]
    for number, area, score in each_score(activations, tasks, choices):
        said[places[number]] += score.notes
        cell = activations.areas.index(area), places[number]
        value[cell], error[cell], per_site[cell] = score.value, score.error, score.per_site
    reliability = np.full(len(bins), np.nan)
    reliability[places] = [task.ceiling for task in tasks]
    return ScoresOverTime(
        area=recordings.area,
        model_areas=activations.areas,
        time_ms=recordings.time_ms,
        value=value,
        error=error,
        per_site=per_site,
        reliability=reliability,
        convention=choices.convention(len(tasks[0].folds)),
        simulated=recordings.simulated,
        notes=notes_by_area([f"{start:g} to {end:g} ms" for start, end in recordings.time_ms], said),
        source=recordings.source,
    )
