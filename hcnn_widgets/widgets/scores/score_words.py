"""Words of scores, shared by the panels that are scenes: sentences, rows of cards, and the table that is saved."""

from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import score_text

from .score_frame import Scores, read_scores, scores_sentence

COLUMNS: tuple[str, ...] = ("brain area", "simulated", "model area", "step", "images", "measure", "score", "error")
COLUMNS += ("untrained", "pixels", "ceiling", "convention", "source")


ROOMY_TITLE = 520
"""Pixels: in a narrower panel a long title would be cut."""


class ToldScores(NamedTuple):
    """Scores, the header of their frame, and the sentence that is said of all of them.

    ``whole`` are the scores after training on all images, where these are on a part of them.
    """

    scores: Scores
    header: dict[str, Any]
    sentence: str
    whole: "ToldScores | None" = None


def told_scores(frame: Frame, whole: Frame | None = None) -> ToldScores:
    """Return the scores of a frame with their words, and those of the frame of all images."""
    header, values = frame.header, frame.values
    beside = None if whole is None else told_scores(whole)
    return ToldScores(read_scores(header, values), header, scores_sentence(header, values), beside)


def moment(header: dict[str, Any]) -> str:
    """Return when the scores were taken, and of which images where not of all.

    Examples
    --------
    >>> moment({"step": 1340, "part": "320 of 640 images"}), moment({"step": None, "part": ""})
    (' at step 1,340, on 320 of 640 images', '')
    """
    step = "" if header["step"] is None else f" at step {header['step']:,}"
    return f"{step}{header['part'] and ', on ' + header['part']}"


def title_within(long: str, short: str, header: dict[str, Any] | None, width: float) -> str:
    """Return a title with the moment of its scores, as short as a narrow panel needs it.

    Examples
    --------
    >>> title_within("Neural predictivity", "Predictivity", {"step": 1340, "part": "320 of 640 images"}, 386)
    'Predictivity, step 1,340, 320/640 images'
    """
    if header is None or width >= ROOMY_TITLE:
        return f"{long}{'' if header is None else moment(header)}"
    step = [] if header["step"] is None else [f"step {header['step']:,}"]
    return ", ".join([short, *step, *([header["part"].replace(" of ", "/")] if header["part"] else [])])


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


def whole_row(told: ToldScores, brain: int) -> list[CardRow]:
    """Return the row of a card on the score of a brain area after training on all images, which stands apart."""
    whole = told.whole
    best = None if whole is None else whole.scores.best(brain)
    if whole is None or best is None:
        return []
    scores, percent = whole.scores, whole.header["percent"]
    untrained = np.fmax.reduce(scores.untrained[brain])
    beside = f", untrained {written(untrained, percent)}" if np.isfinite(untrained) else ""
    value = f"{written(scores.value[brain, best], percent)} (model {scores.model_areas[best]}{beside})"
    return [CardRow(f"at the end, on {whole.header['all_images']}", value)]


def score_table(told: ToldScores | None) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind a drawing, a row a score."""
    if told is None:
        return (COLUMNS,)
    rows = [row for part in (told, told.whole) if part is not None for row in _rows(part)]
    return (COLUMNS, *rows)


def _rows(told: ToldScores) -> list[tuple[Cell, ...]]:
    scores, header = told.scores, told.header
    rows: list[tuple[Cell, ...]] = []
    for b, area in enumerate(scores.brain_areas):
        for m, model in enumerate(scores.model_areas):
            own = (scores.value[b, m], scores.error[b, m], scores.untrained[b, m])
            numbers = [float(number) for number in (*own, scores.pixels[b], scores.ceiling[b])]
            simulated, about = "yes" if scores.simulated[b] else "no", (header["convention"], header["source"])
            when = header["step"], header["n_stimuli"], header["measure"]
            rows.append((area, simulated, model, *when, *numbers, *about))
    return rows
