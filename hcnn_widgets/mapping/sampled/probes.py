"""Tuning to what is shown for that purpose: orientation of gratings, and tolerance to position, size and the like."""

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.classroom.gratings import grating
from hcnn_widgets.mapping.numerics.correlation import pearson_per_site
from hcnn_widgets.mapping.numerics.known_values import mean_known
from hcnn_widgets.records.checks import check_count, check_kind, checked_text
from hcnn_widgets.records.given_arrays import numbers
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

Array = NDArray[np.float64]
ORIENTATION, WAVELENGTH = "orientation", "wavelength"
"""Latent variables of gratings."""


class OrientationTuning(NamedTuple):
    """How sharply sites are tuned to orientation.

    Attributes
    ----------
    circular_variance : (n_sites,) float64
        0 where a site responds to a single orientation, 1 where to all alike; NaN for silent sites.
    preferred : (n_sites,) float64
        Orientation in degrees, from 0 to 180, as `hw.classroom.grating` names it.
    """

    circular_variance: Array
    preferred: Array


@checks_keywords
def gratings(
    size: int = 64,
    n_orientations: int = 12,
    wavelengths: tuple[float, ...] = (4.0, 8.0, 16.0),
    n_phases: int = 4,
    degrees: float = 8.0,
) -> StimulusSet:
    """Return gratings of full contrast that fill the image: every orientation, wavelength and phase.

    Parameters
    ----------
    size : int
        Height and width, in pixels.
    n_orientations : int
        At even steps from 0 up to 180 degrees.
    wavelengths : tuple of float
        In pixels.
    n_phases : int
        At even steps around the circle.
    degrees : float
        Visual angle of the width.

    Returns
    -------
    StimulusSet
        With the latent variables "orientation" (deg), "wavelength" (pixels) and "phase" (deg).

    Examples
    --------
    >>> len(gratings(16, n_orientations=4, wavelengths=(8.0,), n_phases=2))
    8
    """
    check_count("n_orientations", n_orientations)
    check_count("n_phases", n_phases)
    shown = [
        (180 * orientation / n_orientations, float(wavelength), 360 * phase / n_phases)
        for orientation in range(n_orientations)
        for wavelength in wavelengths
        for phase in range(n_phases)
    ]
    images = [grating(size, orientation, wavelength=length, phase=phase) for orientation, length, phase in shown]
    orientation, length, phase = np.array(shown).T
    return StimulusSet.from_arrays(
        np.clip(images, 0, 1).astype(np.float32),
        latents={ORIENTATION: orientation, WAVELENGTH: length, "phase": phase},
        latent_units={ORIENTATION: "deg", WAVELENGTH: "pixels", "phase": "deg"},
        degrees=degrees,
        name="gratings",
    )


@checks_keywords
def orientation_tuning(responses: Any, stimuli: StimulusSet) -> OrientationTuning:
    """Measure how sharply sites are tuned to orientation, by the circular variance of their mean responses.

    ``1 - |sum r exp(2 i angle)| / sum r`` over orientations, r averaged over phases, at the wavelength of the highest
    mean response. For units of a model, or many trials: noise makes a site look tuned.

    Parameters
    ----------
    responses : (n_stimuli, n_sites) float
        To these stimuli in this order; responses below 0 count as 0.
    stimuli : StimulusSet
        With the latent variable "orientation" in degrees and, if it has one, "wavelength", as `gratings` makes them.

    Raises
    ------
    TypeError, ValueError
        If the stimuli have no orientations, or the responses are not to them.

    Source: Ringach, Shapley & Hawken 2002, J Neurosci 22, 5639.

    Examples
    --------
    >>> shown = gratings(16, n_orientations=4, wavelengths=(8.0,), n_phases=1)
    >>> tuned = orientation_tuning(np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]), shown)
    >>> tuned.circular_variance.round(3).tolist(), tuned.preferred[0].round(3).item()
    ([0.0, 1.0], 0.0)
    """
    check_kind("stimuli", stimuli, StimulusSet, ", as gratings() makes them")
    r = numbers("responses", responses)
    if ORIENTATION not in stimuli.latents or r.ndim != 2 or len(r) != len(stimuli):
        raise ValueError(
            "`responses` and `stimuli` do not go together. Accepted are stimuli with the latent variable 'orientation' "
            f"and a row of responses to each; received responses {r.shape} to {len(stimuli)} stimuli with "
            f"{', '.join(stimuli.latents) or 'no latent variables'}."
        )
    r = np.maximum(r.astype(np.float64), 0)
    angles, of_angle = np.unique(np.asarray(stimuli.latents[ORIENTATION], np.float64), return_inverse=True)
    lengths, of_length = np.unique(stimuli.latents.get(WAVELENGTH, np.zeros(len(r))), return_inverse=True)
    means = np.zeros((len(lengths), len(angles), r.shape[1]))
    counts = np.zeros((len(lengths), len(angles), 1))
    np.add.at(means, (of_length, of_angle), r)
    np.add.at(counts, (of_length, of_angle), 1)
    means = means / np.maximum(counts, 1)
    curve = means[means.mean(axis=1).argmax(axis=0), :, np.arange(r.shape[1])].T
    vector = np.exp(2j * np.deg2rad(angles)) @ curve
    whole = curve.sum(axis=0)
    known = np.divide(np.abs(vector), whole, out=np.full(len(whole), np.nan), where=whole > 0)
    preferred = np.where(whole > 0, np.round(np.rad2deg(np.angle(vector)) / 2, 9) % 180, np.nan)
    return OrientationTuning(1 - known, preferred)


@checks_keywords
def tolerance(responses: Any, objects: Any, changes: Any) -> Array:
    """Measure how well sites keep their order of objects while position, size or the like changes.

    Pearson r over objects between the responses in two conditions, mean over all pairs of conditions: 1 for a site that
    minds the object alone, 0 on average for noise.

    Parameters
    ----------
    responses : (n_stimuli, n_sites) float
    objects : (n_stimuli,) str
        What each stimulus shows.
    changes : (n_stimuli,) str
        Where, how large, ...: the condition that it is shown in. Every object is shown in every condition, once or more
        (then averaged).

    Returns
    -------
    (n_sites,) float64
        NaN for a site that is constant in a condition.

    Raises
    ------
    TypeError, ValueError
        If lengths differ, there are fewer than 3 objects or 2 conditions, or an object is missing from a condition.

    Source: Li, Cox, Zoccolan & DiCarlo 2009, J Neurophysiol 102, 360 (rank order of objects across changes).

    Examples
    --------
    >>> tolerance([[1], [2], [3], [2], [3], [4]], list("abcabc"), ["left"] * 3 + ["right"] * 3)
    array([1.])
    """
    r = numbers("responses", responses)
    if r.ndim != 2:
        raise ValueError(f"`responses` has the wrong shape. Accepted is (n_stimuli, n_sites); received {r.shape}.")
    kinds, of_kind = np.unique(checked_text("objects", objects, len(r)), return_inverse=True)
    conditions, of_condition = np.unique(checked_text("changes", changes, len(r)), return_inverse=True)
    counts = np.zeros((len(conditions), len(kinds), 1))
    np.add.at(counts, (of_condition, of_kind), 1)
    never = int((counts == 0).sum())
    if len(kinds) < 3 or len(conditions) < 2 or never:
        raise ValueError(
            "`objects` and `changes` give no tolerance. Accepted are 3 objects or more, each in 2 or more conditions, "
            f"the same; received {len(kinds)} objects, {len(conditions)} conditions, and {never} pairs "
            "of them that were never shown."
        )
    means = np.zeros((len(conditions), len(kinds), r.shape[1]))
    np.add.at(means, (of_condition, of_kind), r)
    means /= counts
    pairs = [pearson_per_site(means[a], means[b]) for a, b in combinations(range(len(conditions)), 2)]
    return mean_known(np.array(pairs), axis=0)
