"""Which goals come free: every goal read out linearly from every area, beside the untrained network and the pixels."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, is_whole, known_name
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.no_control import NoControl
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .readout_fits import Folds, folds_of, predictions
from .readout_scores import drawn_counts, interval, scores
from .readout_targets import ReadoutTarget, targets_of
from .readouts_table import Readouts

Array = NDArray[np.float64]
UNITS = 512
N_FOLDS = 5
PIXELS = "pixels"


@checks_keywords
def readouts(
    model: GoalDrivenModel,
    images: StimulusSet,
    areas: Iterable[str] | None = None,
    goals: Iterable[Any] | None = None,
    *,
    untrained: bool = True,
    units: int = UNITS,
    n_folds: int = N_FOLDS,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Readouts:
    """Read every goal out from every area by ridge regression, each image by a readout that has not seen it.

    Which properties of an object does a network keep that was trained for another one? Images should be new to the
    network. Beside its areas stand those of the untrained network and the pixels, without which no number says that
    training has done anything.

    Parameters
    ----------
    model : GoalDrivenModel
        Built or let in by `GoalDrivenModel.from_keras`; while it trains, it is recorded between two steps.
    images : StimulusSet
        With labels or latent variables, 100 or more.
    areas : iterable of str, optional
        Of the model's; by default all.
    goals : iterable of str or Goal, optional
        Names in `hw.goal.GOALS`; by default all whose answer is a category or a few numbers, and that the images have.
    untrained : bool
        Whether the untrained network is read out, too.
    units : int
        Of each area, drawn at random, that a readout sees; of the pixels as many.
    n_folds : int
        Parts of the images, each of which is predicted from the others.
    seed : int
        Of units, folds and interval.
    progress : callable, optional
        Called as progress(n_done, n) before each area.

    Returns
    -------
    Readouts

    Raises
    ------
    TypeError, ValueError
        If the model has no network, or images lack what a goal needs.

    Source: Hong, Yamins, Majaj & DiCarlo (2016), Nature Neuroscience 19, 613.

    Examples
    --------
    >>> import hcnn_widgets as hw
    >>> images = hw.stimuli.objects(128, size=16)
    >>> model = hw.GoalDrivenModel(hw.architecture.hcnn(areas=("V1", "IT"), input_shape=(16, 16, 1)))
    >>> network = model.build(images.categories)
    >>> found = readouts(model, images, goals=["categorization", "size"], units=32)
    >>> found.areas, found.goals, found.trained.shape
    (('V1', 'IT'), ('categorization', 'size'), (2, 2, 3))
    """
    _check(model, images, units, n_folds, seed)
    chosen = _areas(model, areas)
    targets = targets_of(goals, images, n_folds)
    folds = folds_of(targets, len(images), n_folds, seed)
    reader = _Reader(targets, folds, drawn_counts(folds, len(images), seed), progress, len(chosen) * 2 + 1)
    recorded = model.record(images, units=units, seed=seed)
    trained = [reader.read(recorded[area]) for area in chosen]
    twin, notes = _untrained(model, images, units, seed) if untrained else (None, ())
    before = None if twin is None else [reader.read(twin[area]) for area in chosen]
    pixels = reader.read(_pixels(images, units, seed))
    none = np.full((len(chosen), len(targets), 3), np.nan)
    return Readouts(
        areas=chosen,
        goals=tuple(target.goal for target in targets),
        measures=tuple(target.measure for target in targets),
        chance=np.array([target.chance for target in targets]),
        trained=_with_intervals(trained),
        untrained=none if before is None else _with_intervals(before),
        difference=none if before is None else _with_intervals(_less(trained, before)),
        pixels=_with_intervals([pixels])[0],
        n_images=len(images),
        n_units=tuple(recorded[area].shape[1] for area in chosen),
        n_folds=n_folds,
        draws=np.array([[draws for _, draws in area] for area in trained]),
        notes=tuple(dict.fromkeys((*recorded.notes, *notes))),
    )


Scored = list[tuple[float, Array]]
"""Of each goal the score, and that of each draw of images."""


class _Reader:
    """Reads areas out, one after the other, and says how far it is."""

    def __init__(self, targets: list[ReadoutTarget], folds: Folds, counts: Array, progress: Any, total: int) -> None:
        self._targets, self._folds, self._counts = targets, folds, counts
        self._progress, self._done, self._total = progress, 0, total

    def read(self, units: NDArray[np.floating]) -> Scored:
        if self._progress is not None:
            self._progress(self._done, self._total)
        self._done += 1
        said = predictions(units, self._targets, self._folds)
        pairs = zip(self._targets, said, strict=True)
        return [scores(target, each, self._folds, self._counts) for target, each in pairs]


def _with_intervals(read: list[Scored]) -> Array:
    """Return (n_areas, n_goals, 3): score, and the ends of its interval."""
    return np.array([[(value, *interval(draws)) for value, draws in area] for area in read])


def _less(trained: list[Scored], untrained: list[Scored]) -> list[Scored]:
    """Return the differences, draw by draw of the same images."""
    return [
        [(a - b, drawn_a - drawn_b) for (a, drawn_a), (b, drawn_b) in zip(own, other, strict=True)]
        for own, other in zip(trained, untrained, strict=True)
    ]


def _untrained(model: GoalDrivenModel, images: StimulusSet, units: int, seed: int) -> tuple[Any, tuple[str, ...]]:
    try:
        recorded = model.untrained().record(images, units=units, seed=seed)
    except NoControl as refused:
        return None, (refused.words,)
    return recorded, recorded.notes


def _pixels(images: StimulusSet, units: int, seed: int) -> NDArray[np.float32]:
    """Return pixels drawn at random, as many as units, of images of at most 64 x 64."""
    height, width, n_channels = images.image_shape
    shown = images.adapted_to((min(height, 64), min(width, 64), n_channels)).images.reshape(len(images), -1)
    if units >= shown.shape[1]:
        return shown
    return shown[:, np.sort(np.random.default_rng(seed).choice(shown.shape[1], units, replace=False))]


def _areas(model: GoalDrivenModel, areas: Iterable[str] | None) -> tuple[str, ...]:
    if areas is None:
        return model.areas
    return tuple(known_name("areas", area, model.areas, "is no area of the model") for area in areas)


def _check(model: Any, images: Any, units: int, n_folds: Any, seed: int) -> None:
    check_kind("model", model, GoalDrivenModel, " (a Keras model comes in by GoalDrivenModel.from_keras)")
    check_kind("images", images, StimulusSet)
    check_count("units", units)
    check_seed(seed)
    if not is_whole(n_folds, 2):
        raise ValueError(f"`n_folds` must be a whole number of at least 2; received {n_folds!r}.")
    model._built()
