"""Neural predictivity: how well a linear map from a model area predicts recorded sites on held-out stimuli."""

from collections.abc import Collection, Mapping, Sequence

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.maps.penalties import Alphas
from hcnn_widgets.mapping.maps.splits import usual_splits
from hcnn_widgets.mapping.prediction.choices import Choices, Direction, Pooling, Precision, Scaling
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.prediction.scoring import scores_of_tasks
from hcnn_widgets.mapping.prediction.task import prediction_task
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def predictivity(
    activations: ActivationSet,
    recordings: RecordingSet,
    method: str = "ridgecv",
    splits: str | None = None,
    *,
    n_folds: int = 10,
    pooling: Pooling = "per split",
    scaling: Scaling = "none",
    max_units: int | None = None,
    seed: int = 0,
    precision: Precision = "float64",
    direction: Direction = "forward",
    groups: Mapping[str, str] | None = None,
    alphas: Alphas = "relative",
    corrections: Sequence[str] = (),
) -> dict[str, Score]:
    """Score every area of a model against the recordings of one brain area.

    The stimuli are joined by id and sorted by id, trials averaged, and a map from units to sites fitted on each fold's
    training stimuli and tested on the others.

    Parameters
    ----------
    activations : ActivationSet
        Must hold every recorded stimulus; other stimuli are ignored.
    recordings : RecordingSet
        Sites that are constant over stimuli are left out, and counted in the notes. If the recordings hold their
        images, no fold trains on an image that it tests under another id.
    method : "ridge", "ridgecv", "pls", "pls_exact", "one_to_one" or "ridgecv_per_site"
        The map; see `MAPS`. RidgeCV chooses one penalty for all sites, as in Brain-Score, or one per site, as with
        himalaya and scikit-learn's ``alpha_per_target``; a live score has one for all sites of an area. The iteration
        for the components of "pls" stops where that of scikit-learn, and so of Brain-Score, stops; the components of
        "pls_exact" are the limit of that iteration.
    splits : "brain-score", "kfold", "grouped" or "leave-one-category-out", optional
        The folds; see `SPLITS`. By default "brain-score", or "kfold" where the recordings have no labels. The last two
        keep the stimuli of a group together, in training or in test.
    n_folds : int
        "leave-one-category-out" makes as many folds as there are categories.
    pooling : "per split" or "pooled"
        Pearson r within each fold, with the median over sites averaged over folds (Brain-Score); or a single r per site
        over the held-out predictions of all folds together, then the median over sites. "pooled" needs folds that hold
        each stimulus out once (all but "brain-score"); a map that explains nothing then scores below 0, as the mean of
        the training responses runs against the held-out responses.
    scaling : "none" or "z-score"
        Units unscaled, or each scaled to mean 0 and standard deviation 1 over the training stimuli.
    max_units : int, optional
        An area with more units is projected at random onto this many features, see `random_projection`; in reverse,
        this many units are drawn at random.
    seed : int
        Seed of the random projection, or of the drawn units.
    precision : "float64" or "float32"
        Precision of the products over units; float32 halves time and memory.
    direction : "forward" or "reverse"
        Sites predicted from units; or units from sites, which asks whether the sites hold all the information of the
        model. `per_site` and the other fields of sites then describe units; with many units, `max_units` saves memory.
    groups : mapping of stimulus id to group, optional
        Groups that the splits keep together, in place of the labels: an object, a category, a scene, a film.
    alphas : "relative", "brain-score", "himalaya" or (n_alphas,) float
        Penalties that "ridgecv" chooses from: relative to the predictors' mean variance, as those of the live score, so
        that the unit of the activations does not matter; the absolute grid of Brain-Score, or of himalaya's voxelwise
        tutorials; or any others above 0, absolute.
    corrections : sequence of str
        "r2/(c*m)" and "r2/(rv*rv_hat)", if `Score.corrected` is to offer them: they need maps fitted on parts of the
        trials. It always offers the other corrections.

    Returns
    -------
    dict of str to Score
        One per model area.

    Raises
    ------
    TypeError
        If `activations`, `recordings`, `groups` or `corrections` is of another type.
    ValueError
        If a name is unknown, recorded stimuli have no activations, or there are too few stimuli, sites or trials.

    Source: Yamins et al. 2014; Schrimpf et al. 2018 (Brain-Score); in reverse, Muzellec & Kar 2025.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> x, ids = rng.normal(size=(60, 8)), [f"image{i:02d}" for i in range(60)]
    >>> recordings = RecordingSet((x @ rng.normal(size=(8, 5)))[np.newaxis], stimulus_ids=ids, area="IT")
    >>> predictivity(ActivationSet({"top": x}, stimulus_ids=ids), recordings, splits="kfold")["top"].value > 0.99
    True
    """
    if isinstance(corrections, str) or not isinstance(corrections, Collection):
        raise TypeError(
            "`corrections` is no sequence of names. Accepted is one such as ('r2/(c*m)',), or () for none; received "
            f"{corrections!r}."
        )
    splits = usual_splits(getattr(recordings, "labels", None)) if splits is None else splits
    choices = Choices(method, splits, n_folds, pooling, scaling, max_units, seed, precision, direction, alphas)
    task = prediction_task(recordings, choices, groups)
    return scores_of_tasks(activations, [task], choices, tuple(corrections))[0]
