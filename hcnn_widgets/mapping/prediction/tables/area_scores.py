"""Score trained and untrained model areas, and the pixels, against recordings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.controls.controls import CONTROLS
from hcnn_widgets.mapping.maps.penalties import Alphas
from hcnn_widgets.mapping.maps.pixels import pixels
from hcnn_widgets.mapping.noise.corrections import check_correction
from hcnn_widgets.mapping.prediction.choices import Choices, Scaling
from hcnn_widgets.mapping.prediction.gains import Gains, neighbours_of, site_draws
from hcnn_widgets.mapping.prediction.notes import notes_by_area, notes_of_scores
from hcnn_widgets.mapping.prediction.score import Score
from hcnn_widgets.mapping.prediction.scoring import ACTIVATIONS_HINT, scores_of_tasks
from hcnn_widgets.mapping.prediction.tables.area_scores_table import PIXELS, AreaScores
from hcnn_widgets.mapping.prediction.task import PredictionTask, prediction_task, with_fitting_folds
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.recordings.several import recordings_tuple
from hcnn_widgets.records.checks import check_kind, known_name
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

MAX_UNITS = 1500
"""Features onto which an area with more units is projected at random."""


@checks_keywords
def area_scores(
    trained: ActivationSet,
    recordings: RecordingSet | Sequence[RecordingSet] | Mapping[str, RecordingSet],
    *,
    untrained: ActivationSet | None = None,
    stimuli: StimulusSet | ActivationSet | None = None,
    method: str = "ridgecv",
    splits: str = "kfold",
    n_folds: int = 10,
    scaling: Scaling = "none",
    correction: str = "r2/c",
    max_units: int | None = MAX_UNITS,
    seed: int = 0,
    groups: Mapping[str, str] | None = None,
    alphas: Alphas = "relative",
    controls: Sequence[str] = (),
) -> AreaScores:
    """Score every area of a trained network against recordings, beside the untrained network and the pixels.

    Pearson r is computed within each fold, and its median over sites averaged over folds: 0 on average for activations
    unrelated to the responses. Where a fold would hold fewer than 3 images, there are fewer folds.

    Parameters
    ----------
    trained : ActivationSet
        Must hold every recorded stimulus; joined by id.
    recordings : RecordingSet, or sequence or mapping of them
    untrained : ActivationSet, optional
        Activations of the same network before training, with the same areas: the control that every claim must beat.
    stimuli : StimulusSet or ActivationSet, optional
        Source of the row of the pixels: the images, which are reduced to 16 x 16 grey blocks, or the output of
        `pixels`. By default the recordings' own images.
    method, splits : str
        Names in `MAPS` and `SPLITS`.
    n_folds : int
    scaling : "none" or "z-score"
        Units that are only centred, as in Brain-Score; or each scaled to standard deviation 1 over the training images,
        which amplifies units that hardly ever respond.
    correction : str
        "r2/c" or "(r/c)2", for the columns of scores corrected for noise; see `CORRECTIONS`.
    max_units : int or None
        An area with more units is projected at random onto this many features, trained and untrained alike; None
        takes every unit.
    seed : int
        Seed of the random projection.
    groups : mapping of stimulus id to group, optional
        Groups that splits="grouped" and "leave-one-category-out" keep together, in place of the labels.
    alphas : str or (n_alphas,) float
        As in `predictivity`: by default relative to the activations' variance, whose unit then does not matter.
    controls : sequence of str
        Names in `CONTROLS` whose rows are to follow that of the pixels, made of the recordings' images and labels; that
        of a network is given as `untrained`.

    Returns
    -------
    AreaScores
        Shows as a table.

    Raises
    ------
    TypeError, ValueError
        If recorded stimuli are missing, the untrained network has other areas or units, a name is unknown, or a model
        area is named as the pixels are.

    Source: Yamins et al. 2014; Schrimpf et al. 2018.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, ids = rng.normal(size=(60, 8)), [f"image{i:02d}" for i in range(60)]
    >>> responses = x @ rng.normal(size=(8, 5)) + 0.3 * rng.normal(size=(4, 60, 5))
    >>> scores = area_scores(
    ...     ActivationSet({"V1": rng.normal(size=(60, 8)), "IT": x}, ids), RecordingSet(responses, ids, area="IT")
    ... )
    >>> scores.best(), bool(scores.trained[0, 1] > 0.95)
    ('IT', True)
    """
    check_correction(correction, "score")
    brains = recordings_tuple(recordings)
    _check(trained, untrained)
    for name in controls:
        known_name("controls", name, [each for each in CONTROLS if each != PIXELS], "is no further control")
    models = [trained] if untrained is None else [trained, untrained]

    choices = Choices(method, splits, n_folds, "per split", scaling, max_units, seed, alphas=alphas)
    tasks = [prediction_task(brain, with_fitting_folds(choices, brain), groups) for brain in brains]
    of_models = [[list(row.values()) for row in scores_of_tasks(model, tasks, choices)] for model in models]
    of_pixels: list[Score | None] = []
    for brain, task in zip(brains, tasks, strict=True):
        image = _pixels(stimuli, brain)
        of_pixels.append(None if image is None else next(iter(scores_of_tasks(image, [task], choices)[0].values())))
    of_controls = [
        [_of_control(name, brain, task, choices) for name in controls]
        for brain, task in zip(brains, tasks, strict=True)
    ]
    table = _table(trained.areas, brains, of_models, of_pixels, correction)
    return table if not controls else _with_controls(table, tuple(controls), of_controls)


def _of_control(name: str, brain: RecordingSet, task: PredictionTask, choices: Choices) -> Score:
    made = CONTROLS[name].of_recordings(brain)
    return next(iter(scores_of_tasks(made, [task], choices)[0].values()))


def _with_controls(table: AreaScores, controls: tuple[str, ...], scores: list[list[Score]]) -> AreaScores:
    """Return the table with the scores of controls, brain area by brain area."""
    values = np.array([[(score.value, score.error) for score in row] for row in scores])
    words = tuple(
        f"{name}: {CONTROLS[name].words}{f' ({CONTROLS[name].source})' if CONTROLS[name].source else ''}"
        for name in controls
    )
    return replace(
        table, controls=controls, control_r=values[..., 0], control_error=values[..., 1], notes=(*table.notes, *words)
    )


def _table(
    model_areas: tuple[str, ...],
    brains: tuple[RecordingSet, ...],
    of_models: list[list[list[Score]]],
    of_pixels: list[Score | None],
    correction: str,
) -> AreaScores:
    """Return the table of scores; `of_models` is trained (and untrained) x brain area x model area."""
    values = np.array([[[(s.value, s.error) for s in row] for row in table] for table in of_models])
    unknown = np.full(values.shape[1:], np.nan)
    untrained = values[1] if len(values) > 1 else unknown
    grey = np.array([(np.nan, np.nan) if s is None else (s.value, s.error) for s in of_pixels])
    firsts = [row[0] for row in of_models[0]]
    controls = of_models[1] if len(of_models) > 1 else [[]] * len(brains)
    notes = [
        notes_of_scores([*row, image], control) + (["no images, no pixels"] if image is None else [])
        for row, control, image in zip(of_models[0], controls, of_pixels, strict=True)
    ]
    areas = tuple(brain.area for brain in brains)
    draws = [[[site_draws(score) for score in row] for row in table] for table in of_models]
    table = AreaScores(
        model_areas=model_areas,
        brain_areas=areas,
        trained=values[0, ..., 0],
        trained_error=values[0, ..., 1],
        untrained=untrained[..., 0],
        untrained_error=untrained[..., 1],
        pixels=grey[:, 0],
        pixels_error=grey[:, 1],
        reliability=np.array([s.ceiling for s in firsts]),
        n_sites=np.array([int((~np.isnan(s.per_site)).sum()) for s in firsts]),
        n_stimuli=np.array([len(brain) for brain in brains]),
        simulated=tuple(brain.simulated for brain in brains),
        correction=correction,
        convention=firsts[0].convention,
        notes=notes_by_area(areas, notes),
        source="; ".join(dict.fromkeys(brain.source for brain in brains if brain.source)),
        gains=Gains.of(*draws) if len(draws) > 1 else None,
    )
    return replace(table, neighbours=neighbours_of(areas, model_areas, table.best_index, draws[0]))


def _pixels(stimuli: StimulusSet | ActivationSet | None, brain: RecordingSet) -> ActivationSet | None:
    """Return the activations behind the row of the pixels, or None without images."""
    shown = brain.stimuli if stimuli is None else stimuli
    return pixels(shown) if isinstance(shown, StimulusSet) else shown


def _check(trained: ActivationSet, untrained: ActivationSet | None) -> None:
    """Refuse types other than ActivationSet, an area named like the pixels, and a control of another network."""
    check_kind("trained", trained, ActivationSet, ACTIVATIONS_HINT)
    if PIXELS in trained.areas:
        raise ValueError(
            f"`trained` has an area named as the row of the image itself. Accepted are other names than {PIXELS!r}; "
            f"received {', '.join(trained.areas)}."
        )
    if untrained is None:
        return
    check_kind("untrained", untrained, ActivationSet, ", such as model.untrained().record(images)")
    wanted, came = (
        ", ".join(f"{area}: {activations[area].shape[1]} units" for area in activations.areas)
        for activations in (trained, untrained)
    )
    if wanted != came:
        raise ValueError(
            f"`untrained` is not of the same network. Accepted are the areas and units of `trained` ({wanted}); "
            f"received {came}."
        )
