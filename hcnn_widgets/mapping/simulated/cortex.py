"""Simulated recordings of V1, V2, V4 and IT with a known noise ceiling, for teaching and for tests."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.simulated.it_object_tuning import it_sites
from hcnn_widgets.mapping.simulated.v1_gabor_energy import SIZE, complex_maps, v1_sites
from hcnn_widgets.mapping.simulated.v2_conjunctions import v2_sites
from hcnn_widgets.mapping.simulated.v4_contours import v4_sites
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, is_number
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

SOURCES = {
    "V1": "Gabor filters and energy, normalised (Jones & Palmer 1987; Adelson & Bergen 1985; Heeger 1992)",
    "V2": "conjunctions of two orientations (Ito & Komatsu 2004; Anzai et al. 2007)",
    "V4": "contour templates, invariant to position (Riesenhuber & Poggio 1999; Pasupathy & Connor 2001)",
    "IT": "tuned to category, exemplar and latent variables (Majaj et al. 2015; Hong et al. 2016)",
}
"""Area -> the model of its sites, and the model's sources."""
_SPARE = 3
"""Candidates per site: a candidate whose receptive field is empty in all images is left out."""


@checks_keywords
def simulated_cortex(
    images: StimulusSet,
    areas: Sequence[str] = ("V1", "V2", "V4", "IT"),
    n_sites: int = 40,
    n_trials: int = 6,
    reliability: float = 0.7,
    seed: int = 0,
) -> dict[str, RecordingSet]:
    """Simulate recordings from the areas of the ventral stream.

    Parameters
    ----------
    images : StimulusSet
        Converted to grey at 64 x 64. IT needs their labels, and uses their latent variables.
    areas : sequence of str
        Among "V1", "V2", "V4", "IT".
    n_sites, n_trials : int
        Sites per area; trials per stimulus, 2 or more.
    reliability : float
        Reliability of each site's mean over trials, above 0 and at most 1: the true ceiling. A perfect model's expected
        correlation is its square root.
    seed : int
        The same seed makes the same sites and the same noise.

    Returns
    -------
    dict of str to RecordingSet
        Recordings of each area, marked simulated, with `true_ceiling`. A site's signal has mean 0 and standard
        deviation 1 over the images; the noise is Gaussian, independent, and of the same variance at all sites.

    Raises
    ------
    TypeError
        If `images` is no StimulusSet.
    ValueError
        If an area is unknown, a number is out of range, IT is requested without labels, or the images vary too
        little to drive the sites.

    Source: see `SOURCES`.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> images = StimulusSet.from_arrays(rng.random((20, 64, 64)).astype(np.float32))
    >>> simulated_cortex(images, areas=("V1",), n_sites=5)["V1"]
    RecordingSet(V1: 6 trials x 20 stimuli x 5 sites, simulated)
    """
    check_kind("images", images, StimulusSet, ", made of images by StimulusSet.from_arrays(images, labels=...)")
    _check(areas, n_sites, n_trials, reliability)
    check_seed(seed)
    grey = images.adapted_to((SIZE, SIZE, 1)).images[..., 0]
    maps = complex_maps(grey, images.degrees) if {"V2", "V4"} & set(areas) else None
    recordings = {}
    for area in areas:
        rng = np.random.default_rng([seed, zlib.crc32(area.encode())])
        signal = _varying(_signal(area, images, grey, maps, _SPARE * n_sites, rng), n_sites, area)
        noise = np.sqrt(n_trials * (1 - reliability) / reliability)
        responses = signal + noise * rng.standard_normal((n_trials, *signal.shape))
        recordings[area] = RecordingSet(
            responses.astype(np.float32),
            images.stimulus_ids,
            area=area,
            labels=images.labels,
            stimuli=images,
            simulated=True,
            source=f"simulated {area}: {SOURCES[area]}; noise for a reliability of {reliability:g}",
            true_ceiling=reliability,
        )
    return recordings


def _signal(
    area: str,
    images: StimulusSet,
    grey: NDArray[np.float32],
    maps: NDArray[np.float32] | None,
    n_sites: int,
    rng: np.random.Generator,
) -> NDArray[np.floating]:
    """Return the responses of an area's sites without noise."""
    if area == "V1":
        return v1_sites(grey, images.degrees, n_sites, rng)
    if area == "IT":
        return it_sites(images, n_sites, rng)
    assert maps is not None
    return v2_sites(maps, images.degrees, n_sites, rng) if area == "V2" else v4_sites(maps, n_sites, rng)


def _varying(signal: NDArray[np.floating], n_sites: int, area: str) -> NDArray[np.float64]:
    """Return the first sites that the images drive, with mean 0 and standard deviation 1."""
    deviations = signal.std(axis=0, dtype=np.float64)
    driven = np.flatnonzero(deviations > 0.01 * max(deviations.max(), 1e-6))[:n_sites]
    if len(driven) < n_sites:
        raise ValueError(
            f"`images` vary too little for {area}. Accepted are images that drive {n_sites} sites; received images "
            f"that drive {len(driven)} of {signal.shape[1]}."
        )
    return (signal[:, driven] - signal[:, driven].mean(axis=0, dtype=np.float64)) / deviations[driven]


def _check(areas: Sequence[str], n_sites: int, n_trials: int, reliability: float) -> None:
    """Refuse areas that are not simulated, and numbers out of range."""
    listed = list(areas) if isinstance(areas, Sequence) and not isinstance(areas, str) else []
    if not listed or any(area not in tuple(SOURCES) for area in listed) or len(set(listed)) < len(listed):
        raise ValueError(
            f"`areas` cannot be simulated. Accepted are some of {', '.join(SOURCES)}, each once, as a sequence; "
            f"received {areas!r}."
        )
    check_count("n_sites", n_sites)
    check_count("n_trials", n_trials)
    if n_trials < 2 or not is_number(reliability) or not 0 < reliability <= 1:
        raise ValueError(
            "`n_trials` or `reliability` makes no recordings. Accepted are 2 trials or more, and a reliability above 0 "
            f"and at most 1; received {n_trials} and {reliability!r}."
        )
