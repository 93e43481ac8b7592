"""Simulated IT: sites tuned to the object's identity and its latent variables."""

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float64]

DEPTH = 0.4
"""Share of the response that the least preferred value of a latent variable takes away."""


def it_sites(stimuli: StimulusSet, n_sites: int, rng: np.random.Generator) -> Array:
    """Return the responses of IT sites without noise: category x exemplar x soft tuning to two latent variables.

    Parameters
    ----------
    stimuli : StimulusSet
        With labels; a latent variable named "exemplar" and numeric variables (position, size, pose) are used if given.
    n_sites : int
    rng : numpy.random.Generator

    Returns
    -------
    (n_stimuli, n_sites) float64
        From 0. A site prefers one or two categories, and exemplars among them, and responds up to 40 % less to
        other values of each of two latent variables.

    Raises
    ------
    ValueError
        If the stimuli have no labels.

    Source: Majaj et al. 2015 (categories); Hong et al. 2016 (position, size and pose in IT).
    """
    if stimuli.labels is None:
        raise ValueError(
            "`images` tell nothing that a simulated IT could be tuned to. Accepted are stimuli with labels, or "
            "areas=('V1', 'V2', 'V4'); received labels=None."
        )
    identity = _identity_drive(stimuli, n_sites, rng)
    values = _numeric_latents(stimuli)
    for _ in range(2 if values.shape[1] else 0):
        chosen = rng.integers(values.shape[1], size=n_sites)
        distance = values[:, chosen] - rng.normal(size=n_sites)
        identity *= 1 - DEPTH * (1 - np.exp(-(distance**2) / 2))
    return identity


def _identity_drive(stimuli: StimulusSet, n_sites: int, rng: np.random.Generator) -> Array:
    """Return each site's response to the category and the exemplar of each stimulus."""
    category = stimuli.label_indices()
    n_categories = len(stimuli.categories)
    tuning = 0.2 * rng.random((n_categories, n_sites))
    for _ in range(2):
        tuning[rng.integers(n_categories, size=n_sites), np.arange(n_sites)] += rng.uniform(0.4, 1.0, n_sites)
    names = stimuli.latents.get("exemplar")
    if names is None:
        return np.asarray(tuning[category])
    pairs = np.stack([category, np.unique(names, return_inverse=True)[1]], axis=1)
    exemplar = np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1)
    factor = rng.uniform(0.6, 1.4, (exemplar.max() + 1, n_sites))
    return np.asarray(tuning[category] * factor[exemplar])


def _numeric_latents(stimuli: StimulusSet) -> Array:
    """Return the numeric latent variables that vary, with mean 0 and standard deviation 1, (n_stimuli, n_latents)."""
    columns = [
        values.astype(np.float64)
        for name, values in sorted(stimuli.latents.items())
        if name != "exemplar" and values.dtype.kind in "fiu" and np.ptp(values) > 0
    ]
    if not columns:
        return np.zeros((len(stimuli), 0))
    return np.stack([(column - column.mean()) / column.std() for column in columns], axis=1)
