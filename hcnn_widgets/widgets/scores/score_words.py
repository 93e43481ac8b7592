"""Words of scores, shared by the panels that are scenes: sentences, rows of cards, and the table that is saved."""

from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import score_text

from .score_frame import Scores, read_scores, scores_sentence

COLUMNS: tuple[str, ...] = ("brain area", "simulated", "model area", "step", "measure", "score", "error")
COLUMNS += ("untrained", "pixels", "ceiling", "convention", "source")


class ToldScores(NamedTuple):
    """Scores, the header of their frame, and the sentence that is said of all of them."""

    scores: Scores
    header: dict[str, Any]
    sentence: str


def told_scores(frame: Frame) -> ToldScores:
    """Return the scores of a frame with their words."""
    header, values = frame.header, frame.values
    return ToldScores(read_scores(header, values), header, scores_sentence(header, values))


def moment(header: dict[str, Any]) -> str:
    """Return when the scores were taken, and of which images where not of all.

    Examples
    --------
    >>> moment({"step": 1340, "part": "192 of 640 images"}), moment({"step": None, "part": ""})
    (' at step 1,340, on 192 of 640 images', '')
    """
    step = "" if header["step"] is None else f" at step {header['step']:,}"
    return f"{step}{header['part'] and ', on ' + header['part']}"


def caption_of(header: dict[str, Any]) -> str:
    """Return what the scores are: how many images, the convention, and where the recordings are from."""
    parts = (f"{header['n_stimuli']:,} images", header["convention"], header["source"])
    return "; ".join(filter(None, parts))


def measure_note(header: dict[str, Any], brain: int) -> str:
    """Return what a score is: "Pearson r, median over 50 sites"."""
    measure, sites = header["measure"], header["n_sites"]
    if len(sites) <= brain or not sites[brain]:
        return str(measure)
    counted = f"{sites[brain]:,} sites"
    return measure.removesuffix("sites") + counted if measure.endswith("over sites") else f"{measure}; {counted}"


def written(value: float, percent: bool = False) -> str:
    """Return a score as its measure is written; a dash where it is not known.

    Examples
    --------
    >>> written(0.468), written(0.468, percent=True), written(float("nan"), percent=True)
    ('0.47', '47 %', '\u2013')
    """
    if percent and np.isfinite(value):
        return f"{score_text(round(100 * float(value))).removesuffix('.00')} %"
    return score_text(value)


def score_sentence(told: ToldScores, brain: int, model: int) -> str:
    """Return all that is known of a score, to be heard."""
    scores, percent = told.scores, told.header["percent"]
    name = f"{scores.brain_areas[brain]} (simulated)" if scores.simulated[brain] else scores.brain_areas[brain]
    more = {
        "error": scores.error[brain, model],
        "untrained": scores.untrained[brain, model],
        "pixels": scores.pixels[brain],
        "ceiling": scores.ceiling[brain],
    }
    said = [f"{word} {written(value, percent)}" for word, value in more.items() if np.isfinite(value)]
    best = written(scores.value[brain, model], percent)
    gain = gain_of(told, brain, model)
    said += [f"trained less untrained {gain}"] if gain else []
    return ", ".join([f"{name}: model area {scores.model_areas[model]} {best}", *said])


def gain_of(told: ToldScores, brain: int, model: int) -> str:
    """Return what training added to a score, with its interval and p; empty where it is not known."""
    gains: list[str] = told.header["gains"]
    return gains[brain * len(told.scores.model_areas) + model] if gains else ""


def gain_rows(told: ToldScores, brain: int, model: int) -> list[CardRow]:
    """Return the row of a card on what training added to a score; none where it is not known."""
    gain = gain_of(told, brain, model)
    return [CardRow("trained \u2212 untrained", gain)] if gain else []


def held_against(told: ToldScores, brain: int) -> list[CardRow]:
    """Return the rows of a card on what every score of a brain area is held against, where that is known."""
    held = {"pixels": told.scores.pixels[brain], "noise ceiling": told.scores.ceiling[brain]}
    percent = told.header["percent"]
    return [CardRow(name, written(value, percent)) for name, value in held.items() if np.isfinite(value)]


def score_table(told: ToldScores | None) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind a drawing, a row a score."""
    if told is None:
        return (COLUMNS,)
    scores, header = told.scores, told.header
    rows: list[tuple[Cell, ...]] = [COLUMNS]
    for b, area in enumerate(scores.brain_areas):
        for m, model in enumerate(scores.model_areas):
            own = (scores.value[b, m], scores.error[b, m], scores.untrained[b, m])
            numbers = [float(number) for number in (*own, scores.pixels[b], scores.ceiling[b])]
            simulated, about = "yes" if scores.simulated[b] else "no", (header["convention"], header["source"])
            rows.append((area, simulated, model, header["step"], header["measure"], *numbers, *about))
    return tuple(rows)
