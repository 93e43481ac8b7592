"""Draw sites of a model area, as an experimenter draws electrodes, with the trial noise of a recording."""

import zlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.numerics.correlation import varying_columns
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.sampled.trial_noise import TrialNoise, trial_noise
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, known_name
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords

Array = NDArray[np.float64]
NOISES = ("recorded", "none")
MATCHES = ("mean", "mean and spread")


@checks_keywords
def sample_area(
    activations: ActivationSet,
    recordings: RecordingSet,
    n_sites: int = 50,
    *,
    area: str | None = None,
    units_per_site: int = 1,
    noise: str = "recorded",
    match: str = "mean",
    seed: int = 0,
) -> RecordingSet:
    """Draw sites of a model area, and record them as the sites of a brain area were recorded.

    A site is a single unit, as an isolated neuron is, or the mean of a few units with random weights, as a multi-unit
    electrode has it. Its mean over the images is that of a recorded site drawn at random; its trials are as many, and
    vary with the mean as they did there.

    Parameters
    ----------
    activations : ActivationSet
        Must hold every recorded stimulus; joined by id.
    recordings : RecordingSet
        What the rates, the noise and the numbers of trials are matched to.
    n_sites : int
    area : str, optional
        Model area; by default that which is named as the brain area.
    units_per_site : int
        1 for single units, each drawn once.
    noise : "recorded" or "none"
        "none": a single trial of the mean responses.
    match : "mean" or "mean and spread"
        What of a recorded site's mean responses a drawn site has. With the mean alone the responses keep their shape:
        to match the spread as well matches sparseness by construction, and nothing of it can be learned any more. With
        both, what falls below 0 counts as 0, and a drawn site is about as reliable as the recorded one.
    seed : int
        The same seed draws the same sites and noise.

    Returns
    -------
    RecordingSet
        Marked simulated, of the stimuli of `recordings`; a site is named by its first unit. Where recorded responses
        are rates, negative activations count as 0; where they are not, the mean alone cannot be matched, and both are.

    Raises
    ------
    TypeError, ValueError
        If an argument is of another kind, stimuli are missing, no model area is named as the brain area, the area has
        too few units that vary, or the recordings show no noise.

    Source: Yamins & DiCarlo 2016, Nature Neuroscience 19, 356 (goal-driven networks as generative models of areas).

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> ids = [f"image{n}" for n in range(30)]
    >>> recordings = RecordingSet(rng.poisson(5.0, (4, 30, 6)), ids, area="V4")
    >>> sample_area(ActivationSet({"V4": rng.random((30, 80))}, ids), recordings, n_sites=20)
    RecordingSet(V4: 4 trials x 30 stimuli x 20 sites, simulated)
    """
    check_kind("activations", activations, ActivationSet, ", as model.record(images) gives it")
    check_kind("recordings", recordings, RecordingSet)
    for name, count in (("n_sites", n_sites), ("units_per_site", units_per_site)):
        check_count(name, count)
    check_seed(seed)
    known_name("noise", noise, NOISES)
    known_name("match", match, MATCHES)
    area = area_like(activations, recordings, area)
    rows = rows_of(recordings.stimulus_ids, activations.stimulus_ids, "activations")
    rng = np.random.default_rng([seed, zlib.crc32(area.encode())])
    law = trial_noise(recordings) if noise == "recorded" else None
    positive = law.positive if law is not None else not (recordings.mean_over_trials() < 0).any()
    units = activations[area][rows].astype(np.float64)
    shapes, names = _drawn_sites(np.maximum(units, 0) if positive else units, area, n_sites, units_per_site, rng)
    like = _recorded_sites(recordings, n_sites, rng)
    mean = _in_unit_of(recordings.mean_over_trials()[:, like], shapes, positive, positive and match == "mean")
    return _recorded(recordings, mean, law, like, np.array(names), area, rng)


def area_like(activations: ActivationSet, recordings: RecordingSet, area: str | None) -> str:
    """Return a model area: the one that is asked for, or that is named as the brain area."""
    if area is None and recordings.area not in activations.areas:
        raise ValueError(
            f"`area` is needed: no model area is named as the brain area. Accepted are "
            f"{', '.join(map(repr, activations.areas))}; received None beside recordings of {recordings.area}."
        )
    return known_name("area", recordings.area if area is None else area, activations.areas, "is no model area")


def unit_numbers(sites: RecordingSet) -> list[int]:
    """Return the first unit of each drawn site, as its column in the activations."""
    return [int(name.rsplit("-", 1)[1]) for name in np.asarray(sites.site_ids).tolist()]


def _drawn_sites(
    units: Array, area: str, n_sites: int, units_per_site: int, rng: np.random.Generator
) -> tuple[Array, list[str]]:
    """Return the responses of drawn sites, (n_stimuli, n_sites), and the sites' names."""
    varying = np.flatnonzero(varying_columns(units))
    most = len(varying) if units_per_site == 1 else len(varying) and n_sites
    if most < n_sites or len(varying) < units_per_site:
        raise ValueError(
            f"`n_sites` is more than the area has. Accepted are up to {len(varying)} units of model {area} that vary, "
            f"each once, or units_per_site=2 for any number of mixtures; received n_sites={n_sites}, "
            f"units_per_site={units_per_site}."
        )
    if units_per_site == 1:
        chosen = rng.choice(varying, n_sites, replace=False)
        return units[:, chosen], [f"{area}-unit-{unit:05d}" for unit in chosen]
    sites, names = np.empty((len(units), n_sites)), []
    for site in range(n_sites):
        chosen = rng.choice(varying, units_per_site, replace=False)
        each = units[:, chosen] / units[:, chosen].std(axis=0)
        sites[:, site] = each @ rng.dirichlet(np.ones(units_per_site))
        names.append(f"{area}-mixture-{site:04d}-of-{chosen[0]:05d}")
    return sites, names


def _recorded_sites(recordings: RecordingSet, n_sites: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return a recorded site that varies for each drawn one, none of them twice as long as there are others."""
    varying = np.flatnonzero(varying_columns(recordings.mean_over_trials()))
    if not len(varying):
        raise ValueError("`recordings` have no site that varies. Accepted is one or more; received constant sites.")
    rounds = [rng.permutation(varying) for _ in range(-(-n_sites // len(varying)))]
    return np.concatenate(rounds)[:n_sites]


def _in_unit_of(recorded: Array, shapes: Array, positive: bool, by_mean: bool) -> Array:
    """Return mean responses in the unit of recorded ones: by their mean, or by mean and spread."""
    if by_mean:
        return shapes * (recorded.mean(axis=0) / shapes.mean(axis=0))
    scaled = (shapes - shapes.mean(axis=0)) * (recorded.std(axis=0) / shapes.std(axis=0)) + recorded.mean(axis=0)
    return np.maximum(scaled, 0) if positive else scaled


def _recorded(
    recordings: RecordingSet,
    mean: Array,
    law: TrialNoise | None,
    like: NDArray[np.intp],
    names: NDArray[np.str_],
    area: str,
    rng: np.random.Generator,
) -> RecordingSet:
    """Return trials of sites, as many of each stimulus as were recorded, with their true ceiling."""
    if law is None:
        responses, reliability, words = mean[np.newaxis], None, "no noise"
    else:
        responses = law.drawn(mean, like, recordings.n_trials, rng)
        responses[np.isnan(recordings.responses[:, :, 0])] = np.nan
        left = (law.variance(mean, like) / recordings.trials_per_stimulus()[:, np.newaxis]).mean(axis=0)
        signal = mean.var(axis=0)
        reliability = float(np.median(signal / (signal + left)))
        words = f"trial noise as recorded (variance over trials follows the mean to the power {law.exponent:.2f})"
    return replace(
        recordings,
        responses=responses.astype(np.float32),
        area=area,
        simulated=True,
        site_ids=names,
        true_ceiling=reliability,
        source=f"drawn from model {area}; {words}, matched to {recordings.source or recordings.area}",
    )
