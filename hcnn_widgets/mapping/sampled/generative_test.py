"""Test the claim that a model area stands in for a brain area: its units predict newly drawn sites as sites do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.controls.controls import CONTROLS
from hcnn_widgets.mapping.maps.fold_maps import FoldMaps
from hcnn_widgets.mapping.maps.splits import Folds
from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.numerics.correlation import prediction_r, varying_columns
from hcnn_widgets.mapping.numerics.known_values import mean_known, median_known
from hcnn_widgets.mapping.prediction.bootstrap import resampled_medians
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.difference import Draws, drawn_difference
from hcnn_widgets.mapping.prediction.task import prediction_task, with_fitting_folds
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.sampled.generative_table import RECORDED, GenerativeTest
from hcnn_widgets.mapping.sampled.sample_area import area_like, sample_area
from hcnn_widgets.mapping.sampled.site_medians import N_BOOTSTRAP, site_median
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, known_name
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
Tell = Callable[[int, int], bool]
"""Told (splits done, of how many) -> whether to go on."""
METHOD, N_FOLDS = "ridgecv", 5
CONVENTION = (
    "sites split in halves {n_splits} times; {recorded} recorded sites, or {n} stand-ins{noise}, predict the other "
    "half by RidgeCV in {n_folds} folds of the images; what predicts and what is predicted are of disjoint halves of "
    "the trials; Pearson r within folds, mean over folds and splits, median over sites"
)


@dataclass(frozen=True)
class Claim:
    """What is tested; the fields are arguments of `generative_test`."""

    area: str | None = None
    controls: tuple[str, ...] = ("pixels",)
    n_stand_ins: int | None = None
    noise: str = "recorded"
    n_splits: int = 20
    seed: int = 0


class _Sides(NamedTuple):
    """Trials of every stimulus that stand-ins, and the sites that they predict, are averaged over; boolean masks."""

    standing_in: NDArray[np.bool_]
    predicted: NDArray[np.bool_]


@checks_keywords
def generative_test(
    activations: ActivationSet,
    recordings: RecordingSet,
    *,
    untrained: ActivationSet | None = None,
    area: str | None = None,
    controls: Sequence[str] = ("pixels",),
    n_stand_ins: int | None = None,
    noise: str = "recorded",
    n_splits: int = 20,
    seed: int = 0,
) -> GenerativeTest:
    """Test whether units of a model area predict newly recorded sites as well as other recorded sites do.

    If a model area is a sample of the same population as the recorded sites, as electrodes at random are, it does not
    matter whether a new site is predicted from recorded sites or from as many units of the model. Sites are split in
    halves, again and again: one half is to be predicted, from the other half, from as many units of the model
    area drawn anew with noise of the same kind, and from as many of each control. Sites that are recorded together
    share the noise of a trial, so what predicts and what is predicted are averages over disjoint halves of the trials.

    Parameters
    ----------
    activations : ActivationSet
        Must hold every recorded stimulus; joined by id.
    recordings : RecordingSet
        With 4 sites that vary and 2 trials of every stimulus, or more.
    untrained : ActivationSet, optional
        Of the same network before training.
    area : str, optional
        Model area; by default that which is named as the brain area.
    controls : sequence of str
        Names in `CONTROLS` that the recordings' images, or their labels, are enough for; drawn from like the model. One
        with fewer units than stand-ins gives all of them.
    n_stand_ins : int, optional
        Units of model and controls; by default as many as there are recorded sites in a half.
    noise : "recorded" or "none"
        Whether units of model and controls have trial noise, as the recorded sites in their place have: they are then
        matched in mean and spread, too, so that they are about as reliable.
    n_splits : int
    seed : int
        Of halves, draws and noise.

    Returns
    -------
    GenerativeTest
        Shows as a table. r is 0 on average for stand-ins that have nothing to do with the sites.

    Raises
    ------
    TypeError, ValueError
        If an argument is of another kind, stimuli are missing, there are too few sites or trials, or an area has too
        few units.

    Source: Yamins & DiCarlo 2016, Nature Neuroscience 19, 356.
    """
    claim = Claim(area, tuple(controls), n_stand_ins, noise, n_splits, seed)
    tested = generative_steps(activations, recordings, untrained, claim, lambda *_: True)
    assert tested is not None
    return tested


def generative_steps(
    activations: ActivationSet, recordings: RecordingSet, untrained: ActivationSet | None, claim: Claim, tell: Tell
) -> GenerativeTest | None:
    """Do `generative_test`, telling after each split how far it is; None where it was told to give up."""
    n_splits, seed, noise = claim.n_splits, claim.seed, claim.noise
    varying = _checked(activations, recordings, n_splits, seed)
    area = area_like(activations, recordings, claim.area)
    n_half = len(varying) // 2
    size = n_half if claim.n_stand_ins is None else claim.n_stand_ins
    check_count("n_stand_ins", size)
    choices = with_fitting_folds(Choices(METHOD, "kfold", N_FOLDS), recordings)
    task = prediction_task(recordings, choices)
    ordered = replace(recordings, stimuli=None).select(task.recordings.stimulus_ids)
    sources = _sources(activations, recordings, untrained, area, claim.controls)
    n_networks = len(sources) - len(claim.controls)
    r = np.full((n_splits, 1 + len(sources), recordings.n_sites), np.nan)
    for split in range(n_splits):
        rng = np.random.default_rng([seed, split])
        order, sides = rng.permutation(varying), _trial_halves(ordered, rng)
        held_out = order[n_half:]
        y = ordered.mean_over_trials(sides.predicted)[:, held_out]
        x = ordered.mean_over_trials(sides.standing_in)[:, order[:n_half]]
        r[split, 0, held_out] = _predicted_r(x, y, task.folds)
        for place, (source, of_area) in enumerate(sources.values(), 1):
            n_sites = size if place <= n_networks else min(size, int(varying_columns(source[of_area]).sum()))
            each = int(rng.integers(2**31))
            drawn = sample_area(source, ordered, n_sites, area=of_area, noise=noise, match="mean and spread", seed=each)
            x = drawn.mean_over_trials(sides.standing_in if noise == "recorded" else None)
            r[split, place, held_out] = _predicted_r(x, y, task.folds)
        if not tell(split + 1, n_splits):
            return None
    words = CONVENTION.format(
        n_splits=n_splits,
        recorded=n_half,
        n=size,
        n_folds=len(task.folds),
        noise=" with trial noise as recorded" if noise == "recorded" else " without noise",
    )
    return _table(
        recordings, (RECORDED, *sources), mean_known(r, axis=0), (n_half, size), n_splits, words, task.notes, seed
    )


def _sources(
    activations: ActivationSet,
    recordings: RecordingSet,
    untrained: ActivationSet | None,
    area: str,
    controls: Sequence[str],
) -> Mapping[str, tuple[ActivationSet, str]]:
    """Return what stand-ins are drawn from: name -> activations and their area."""
    sources = {f"model {area}": (activations, area)}
    if untrained is not None:
        check_kind("untrained", untrained, ActivationSet, ", such as model.untrained().record(images)")
        sources[f"untrained {area}"] = untrained, known_name("area", area, untrained.areas, "is no untrained area")
    for name in controls:
        control = CONTROLS[known_name("controls", name, CONTROLS, "is no control")]
        made = control.of_recordings(recordings)
        sources[name] = made, made.areas[-1]
    return sources


def _trial_halves(recordings: RecordingSet, rng: np.random.Generator) -> _Sides:
    """Return random halves of each stimulus's own trials."""
    present = ~np.isnan(recordings.responses[:, :, 0])
    order = np.where(present, rng.random(present.shape), np.inf).argsort(axis=0).argsort(axis=0)
    first = order < present.sum(axis=0) // 2
    return _Sides(first & present, ~first & present)


def _predicted_r(x: Array, y: Array, folds: Folds) -> Array:
    """Return the mean over folds of each site's Pearson r on held-out stimuli, (n_sites,)."""
    with one_blas_thread():  # small matrices, and a panel may wait for them while a network trains
        predicted = FoldMaps(x, folds).predict(y, METHOD)
    each = [prediction_r(of_fold, y[test]) for of_fold, (_, test) in zip(predicted, folds, strict=True)]
    return mean_known(np.array(each), axis=0)


def _table(
    recordings: RecordingSet,
    names: tuple[str, ...],
    per_site: Array,
    sizes: tuple[int, int],
    n_splits: int,
    words: str,
    notes: tuple[str, ...],
    seed: int,
) -> GenerativeTest:
    known = ~np.isnan(per_site).any(axis=0)
    draws = [
        Draws(
            float(median_known(r[known], axis=0)),
            resampled_medians(r[np.newaxis, known], N_BOOTSTRAP, seed),
            int(known.sum()),
        )
        for r in per_site
    ]
    return GenerativeTest(
        stand_ins=names,
        per_site=per_site,
        medians=tuple(site_median(r[known], seed) for r in per_site),
        differences=tuple(drawn_difference(each, draws[0]) for each in draws),
        n_recorded=sizes[0],
        n_stand_ins=sizes[1],
        n_splits=n_splits,
        n_stimuli=len(recordings),
        brain_area=recordings.area,
        simulated=recordings.simulated,
        convention=words,
        notes=notes,
        source=recordings.source,
    )


def _checked(activations: ActivationSet, recordings: RecordingSet, n_splits: int, seed: int) -> NDArray[np.intp]:
    """Return the sites that vary; refuse other kinds, and too few sites or trials."""
    check_kind("activations", activations, ActivationSet, ", as model.record(images) gives it")
    check_kind("recordings", recordings, RecordingSet)
    check_count("n_splits", n_splits)
    check_seed(seed)
    varying = np.flatnonzero(varying_columns(recordings.mean_over_trials()))
    fewest = int(recordings.trials_per_stimulus().min())
    if len(varying) < 4 or fewest < 2:
        raise ValueError(
            "`recordings` cannot be halved. Accepted are 4 sites that vary or more, and 2 trials or more of every "
            f"stimulus; received {len(varying)} such sites, and as few as {fewest} trials."
        )
    return varying
