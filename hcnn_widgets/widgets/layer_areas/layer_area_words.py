"""Words and numbers of a match between model areas and brain areas: sentences, cards, and table."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS, corrected_scores
from hcnn_widgets.mapping.noise.perfect_model import perfect_r
from hcnn_widgets.mapping.numerics.table import SIMULATED
from hcnn_widgets.mapping.prediction.tables.layer_area_table import CEILING, LayerAreaMatch
from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import score_text

Array = NDArray[np.float64]
DIAMOND = "\u25c6"


class ShownMatch(NamedTuple):
    """A match as it is shown.

    Attributes
    ----------
    match : LayerAreaMatch
    step : int or None
        Training step; None for a source that does not train.
    corrected : dict of str to (n_brain, n_model) float64
        r on the reporting half, corrected by the reliability of the recordings in that half, by each correction.
    ceiling : (n_brain,) float64
        r expected of a perfect model on the reporting half; NaN where not known.
    chosen : (n_brain,) intp
        Index of the model area that the choosing half chose.
    """

    match: LayerAreaMatch
    step: int | None
    corrected: dict[str, Array]
    ceiling: Array
    chosen: NDArray[np.intp]


def shown_match(match: LayerAreaMatch, step: int | None) -> ShownMatch:
    """Return a match with its corrected scores and ceilings."""
    corrected = {
        name: corrected_scores(match.reporting, match.reliability, name, match.n_reporting) for name in of_medians()
    }
    return ShownMatch(match, step, corrected, perfect_r(match.reliability), match.chosen_index)


def of_medians() -> list[str]:
    """Return the names of the corrections of the median over sites, the only corrections that a match has."""
    return [name for name, how in CORRECTIONS.items() if how.level == "score"]


def brain_name(match: LayerAreaMatch, brain: int) -> str:
    """Return the name of a brain area, and that it is simulated where it is."""
    name = match.brain_areas[brain]
    return f"{name} (simulated)" if match.simulated[brain] else name


def convention_of(match: LayerAreaMatch) -> str:
    """Return how the scores were computed, without repeats and without the note on simulated recordings."""
    notes = [note for note in dict.fromkeys(match.notes) if SIMULATED not in note]
    return "; ".join([match.convention, f"ceiling: {CEILING}", *notes])


def matrix_title(step: int | None) -> str:
    """Return the title of the panel."""
    return f"Model areas against brain areas{'' if step is None else f' at step {step:,}'}"


def matrix_sentence(shown: ShownMatch) -> str:
    """Return a sentence on the model area chosen for each brain area and its score on the other half of the images.

    Returns
    -------
    str
        "V4 (simulated) goes with model area V2, r 0.41; IT with ... (chosen on one half of the images, ...)."
    """
    match = shown.match
    said = [
        f"{brain_name(match, b)} goes with model area {match.model_areas[m]}, r {score_text(match.reporting[b, m])}"
        for b, m in enumerate(shown.chosen)
    ]
    step = "" if shown.step is None else f"At step {shown.step:,}, "
    how = "chosen on one half of the images, r on the other"
    return f"{step}{'; '.join(said)} ({how}; {convention_of(match)})."


def match_words(match: LayerAreaMatch) -> str:
    """Return where the match was chosen, and where the numbers are from, with the number of images in each half."""
    choosing, reporting = (
        " or ".join(f"{count:,}" for count in sorted(set(counts.tolist())))
        for counts in (match.n_choosing, match.n_reporting)
    )
    return (
        f"{DIAMOND} The model area that predicts a brain area best on one half of the images ({choosing}). "
        f"All numbers are from the other half ({reporting}), which had no say; maps are fitted within each half."
    )


def cell_sentence(shown: ShownMatch, brain: int, model: int) -> str:
    """Return all that is known of a cell, to be heard."""
    match = shown.match
    said = [
        f"{brain_name(match, brain)} from model area {match.model_areas[model]}: "
        f"r {score_text(match.reporting[brain, model])}",
        f"error {score_text(match.reporting_error[brain, model])}",
        f"on the choosing half {score_text(match.choosing[brain, model])}",
        f"noise ceiling {score_text(shown.ceiling[brain])}",
    ]
    return ", ".join(said) + (", chosen" if model == shown.chosen[brain] else "")


def cell_rows(shown: ShownMatch, brain: int, model: int) -> tuple[CardRow, ...]:
    """Return the rows of a cell's card."""
    match = shown.match
    colour = depth_role(model, len(match.model_areas))
    return (
        CardRow(f"model {match.model_areas[model]}", score_text(match.reporting[brain, model]), colour, strong=True),
        CardRow("error", score_text(match.reporting_error[brain, model])),
        *(CardRow(name, score_text(scores[brain, model])) for name, scores in shown.corrected.items()),
        CardRow("noise ceiling", score_text(shown.ceiling[brain])),
        CardRow("on the choosing half", score_text(match.choosing[brain, model])),
    )


def matrix_table(shown: ShownMatch) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind the drawing, a row per cell, brain area by brain area."""
    match = shown.match
    head: tuple[str, ...] = ("brain area", "simulated", "model area", "step", "chosen", "r", "error", "r choosing half")
    head += ("error choosing half", "noise ceiling", *shown.corrected)
    head += ("sites", "images choosing", "images reporting", "convention", "source")
    scores = (match.reporting, match.reporting_error, match.choosing, match.choosing_error)
    counts = (match.n_sites, match.n_choosing, match.n_reporting)
    rows: list[tuple[Cell, ...]] = [head]
    for (b, m), _ in np.ndenumerate(match.reporting):
        about = (match.brain_areas[b], "yes" if match.simulated[b] else "no", match.model_areas[m], shown.step)
        numbers = [float(score[b, m]) for score in scores] + [float(shown.ceiling[b])]
        numbers += [float(corrected[b, m]) for corrected in shown.corrected.values()]
        where = [int(count[b]) for count in counts]
        is_chosen = "yes" if m == shown.chosen[b] else "no"
        rows.append((*about, is_chosen, *numbers, *where, convention_of(match), match.source))
    return tuple(rows)
