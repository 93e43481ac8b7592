"""Turn two RDMs and the scores of all model areas into a frame: twin of rdm_frame.ts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.comparison.comparisons import COMPARISONS
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import RdmCeiling
from hcnn_widgets.mapping.similarity.comparison.rdm_comparison import RdmScores
from hcnn_widgets.mapping.similarity.rdms.brain_rdms import BrainRdms
from hcnn_widgets.mapping.similarity.rdms.distances import DISTANCES
from hcnn_widgets.mapping.similarity.rdms.percentiles import percentiles
from hcnn_widgets.widgets.panel.frame import Frame, as_float32

from .rdm_order import Rows, groups_in, triangle

Array = NDArray[np.floating]

SCALES = ("percentiles", "distances")
"""Colour by the rank of a dissimilarity within its RDM, as in the papers, or by the dissimilarity itself."""


NO_RDM = "it has no RDM, or finds all pairs of these images equally unlike"
ALL_ALIKE = "it finds all pairs of these images equally unlike"
OWN = "it is this brain area's own RDM"
"""Reasons for a missing score."""


@dataclass(frozen=True, eq=False)
class RdmPair:
    """RDMs of the two matrices.

    Attributes
    ----------
    area, brain : str
        Names of the model area and of the brain area.
    model_vector, brain_vector : (k,) float
        Strict upper triangles over all stimuli; NaN where the model has no RDM.
    distance, brain_distance : str
        Names of the dissimilarities.
    simulated : bool
        Whether the responses of the brain area are simulated.
    """

    area: str
    brain: str
    model_vector: Array
    brain_vector: Array
    distance: str
    brain_distance: str
    simulated: bool = False


@dataclass(frozen=True, eq=False)
class ScoreBars:
    """Scores and noise ceilings of the bars.

    Attributes
    ----------
    method : str
        Name in `COMPARISONS`.
    brains : tuple of BrainRdms
    areas : tuple of str
        Model areas.
    trained, references : RdmScores or None
        Scores of the model's areas and of other models; None until they are computed.
    untrained : RdmScores or None
        Scores of the untrained network; None also where there is no untrained network.
    ceilings : sequence of (RdmCeiling or str)
        Noise ceiling of each brain area, or in a few words the reason for its absence.
    """

    method: str
    brains: tuple[BrainRdms, ...]
    areas: tuple[str, ...]
    trained: RdmScores | None = None
    untrained: RdmScores | None = None
    references: RdmScores | None = None
    ceilings: Sequence[RdmCeiling | str] = ()


def rdm_frame(
    pair: RdmPair,
    bars: ScoreBars,
    rows: Rows,
    labels: Sequence[str],
    scale: str,
    told: dict[str, Any],
) -> Frame:
    """Turn two RDMs and scores into a frame.

    Parameters
    ----------
    pair : RdmPair
    bars : ScoreBars
    rows : (n,) int
        Places in the sheet of images of the stimuli shown, in their order.
    labels : (n_stimuli,) str
        Category of every stimulus, "" where it has none.
    scale : str
        A name in `SCALES`.
    told : dict
        Further entries of the header: step, moment, order, convention, source, method_words.

    Returns
    -------
    Frame
        Values: model and brain dissimilarities, k float32 each; scores (value, error, untrained), n_brain rows of
        n_areas; scores of the references (value, error), n_brain rows of n_references; ceilings (lower, upper, bound),
        n_brain each, all float32; then the pixels of model and brain, k uint8 each, 0 alike and 255 unlike.
    """
    shown = [labels[row] for row in rows]
    limits, pixels = _pixels(pair, rows, scale)
    header = {
        "n": len(rows),
        "area": pair.area,
        "brain": pair.brain,
        "simulated": pair.simulated,
        "distance": _short(pair.distance) or "distance as given",
        "brain_distance": _short(pair.brain_distance) or pair.brain_distance or "distance as given",
        "defined": bool(np.isfinite(pair.model_vector).all()),
        "scale": scale,
        "model_limits": limits["model"],
        "brain_limits": limits["brain"],
        "rows": [int(row) for row in rows],
        "groups": [{"name": group.name, "start": group.start, "stop": group.stop} for group in groups_in(shown)],
        **_bars_header(bars),
        **told,
    }
    distances = [triangle(vector, rows) for vector in (pair.model_vector, pair.brain_vector)]
    numbers = np.concatenate([as_float32(part) for part in (*distances, *_bars_numbers(bars))])
    return Frame(header, numbers.tobytes() + pixels.tobytes())


def convention(
    distance: str, method: str, images: str, how: str, bars: ScoreBars, inferred: bool = False, of_model: bool = True
) -> str:
    """Return the caption: dissimilarity, images, comparison, error and noise ceiling, in words.

    Parameters
    ----------
    distance, method : str
        Names in `DISTANCES` and `COMPARISONS`.
    images : str
        Images compared: "92 images".
    how : str
        Convention by which the model's RDMs were computed.
    bars : ScoreBars
    inferred : bool
        Whether the categories were not named by the authors of the recordings.
    of_model : bool
        Whether the RDM belongs to a model.
    """
    words = DISTANCES[distance].words if distance in DISTANCES else "distance as given"
    images += ", their categories inferred, not the authors'" if inferred else ""
    parts = [f"model: {words}; {how}" if of_model else f"{words}; RDM as given", images, COMPARISONS[method].words]
    if any(len(brain.subjects) > 1 for brain in bars.brains):
        parts[-1] += ", mean over subjects"
        parts.append("whisker: standard error over subjects")
    known = [ceiling for ceiling in bars.ceilings if isinstance(ceiling, RdmCeiling)]
    if known:
        ways = " or ".join(dict.fromkeys(ceiling.convention.split("; ", 1)[1] for ceiling in known))
        parts.append(f"band: noise ceiling, lower to upper ({ways})")
    if any(np.isfinite(ceiling.bound) for ceiling in known):
        parts.append("line: bound that no model can exceed")
    return "; ".join(parts)


def _short(distance: str) -> str:
    """Return the label of a distance at the colour scale; "" for a distance outside `DISTANCES`."""
    return DISTANCES[distance].short if distance in DISTANCES else ""


def _pixels(pair: RdmPair, rows: Rows, scale: str) -> tuple[dict[str, list[float]], NDArray[np.uint8]]:
    """Return the limits of the colour scale of each matrix, and the pixels of model and brain, 2 k uint8."""
    vectors = {"model": pair.model_vector, "brain": pair.brain_vector}
    known = {name: bool(np.isfinite(vector).all()) for name, vector in vectors.items()}
    if scale == "percentiles":
        vectors = {name: percentiles(vector) if known[name] else vector for name, vector in vectors.items()}
        limits = {name: [0.0, 100.0] for name in vectors}
    else:
        limits = {name: _limits(vector) if known[name] else [0.0, 1.0] for name, vector in vectors.items()}
        if pair.distance == pair.brain_distance and all(known.values()):
            both = [min(low for low, _ in limits.values()), max(high for _, high in limits.values())]
            limits = dict.fromkeys(vectors, both)
    pixels = []
    for name, vector in vectors.items():
        low, high = limits[name]
        part = np.nan_to_num((triangle(vector, rows) - low) / (high - low))
        pixels.append(np.rint(255 * np.clip(part, 0, 1)).astype(np.uint8))
    return limits, np.concatenate(pixels)


def _limits(vector: Array) -> list[float]:
    """Return the smaller of 0 and the minimum, and the maximum; the maximum is moved up by 1 where both are equal."""
    low, high = min(0.0, float(vector.min())), float(vector.max())
    return [low, high if high > low else low + 1.0]


def _bars_header(bars: ScoreBars) -> dict[str, Any]:
    references = bars.references.names if bars.references is not None else ()
    ceilings = list(bars.ceilings) or [""] * len(bars.brains)
    reasons = [_no_score(bars, place) for place in range(len(bars.brains))]
    return {
        "method": bars.method,
        "areas": list(bars.areas),
        "brains": [
            {
                "area": brain.area,
                "subjects": len(brain.subjects),
                "simulated": brain.simulated,
                "no_ceiling": ceiling if isinstance(ceiling, str) else "",
                "no_score": reason,
            }
            for brain, ceiling, reason in zip(bars.brains, ceilings, reasons, strict=True)
        ],
        "references": list(references),
        "pending": bars.trained is None,
    }


def _no_score(bars: ScoreBars, place: int) -> list[str]:
    """Return for each model area, then each reference, the reason for a missing score; "" where it has a score."""
    said = [""] * len(bars.areas)
    if bars.trained is not None:
        said = ["" if np.isfinite(value) else NO_RDM for value in bars.trained.value[place]]
    if bars.references is not None:
        values, own = bars.references.value[place], bars.references.own[place]
        scores = zip(values, own, strict=True)
        said += ["" if np.isfinite(score) else OWN if same else ALL_ALIKE for score, same in scores]
    return said


def _bars_numbers(bars: ScoreBars) -> list[Array]:
    """Return the numbers of the bars in the order of the frame, NaN where they are not known."""
    n_brain, n_areas = len(bars.brains), len(bars.areas)
    unknown = np.full((n_brain, n_areas), np.nan)
    trained, untrained, references = bars.trained, bars.untrained, bars.references
    ceilings = list(bars.ceilings) or [""] * n_brain
    limits = [
        np.array([np.nan if isinstance(ceiling, str) else getattr(ceiling, name) for ceiling in ceilings])
        for name in ("lower", "upper", "bound")
    ]
    return [
        unknown if trained is None else trained.value,
        unknown if trained is None else trained.error,
        unknown if untrained is None else untrained.value,
        np.empty((n_brain, 0)) if references is None else references.value,
        np.empty((n_brain, 0)) if references is None else references.error,
        *limits,
    ]
