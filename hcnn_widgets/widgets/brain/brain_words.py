"""Words of BrainMap: title, cards, spoken sentences, and table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from hcnn_widgets.widgets.scene.marks import Mark
from hcnn_widgets.widgets.scene.scene import CardRow, Cell, Place
from hcnn_widgets.widgets.scene.word_room import score_text
from hcnn_widgets.widgets.scores.score_frame import Scores

from .brain_layout import BrainLayout, ShownArea
from .brain_outline import REGIONS

COLUMNS: tuple[str, ...] = ("brain area", "simulated", "model area", "step", "measure", "score", "error")
COLUMNS += ("untrained", "pixels", "ceiling", "convention", "source")


class BrainScores(NamedTuple):
    """Scores, the header of their frame, and the sentence that is said of all of them."""

    scores: Scores
    header: dict[str, Any]
    sentence: str


def brain_title(told: BrainScores | None) -> str:
    """Return the title: what is shown, at which step, and of which images where not of all."""
    if told is None:
        return "Ventral stream"
    step, part = told.header["step"], told.header["part"]
    moment = "" if step is None else f" at step {step:,}"
    return f"Ventral stream{moment}{part and f', on {part}'}"


def caption_of(told: BrainScores) -> str:
    """Return what the scores are: how many images, the convention, and where the recordings are from."""
    parts = (f"{told.header['n_stimuli']:,} images", told.header["convention"], told.header["source"])
    return "; ".join(filter(None, parts))


def brain_places(
    told: BrainScores | None, areas: Sequence[ShownArea], layout: BrainLayout, marks: Sequence[tuple[Mark, ...]]
) -> list[Place]:
    """Return the areas as places, with the marks of each; an area with recordings has a card of all model areas."""
    places = []
    for shown, marked in zip(areas, marks, strict=True):
        if told is None or shown.brain is None:
            words = "no score yet" if told is None else "no recordings"
            places.append(Place(f"{shown.area}: {words}", marked))
            continue
        reach = next(region.outline for region in REGIONS if region.area == shown.area)[:, 0] * layout.scale
        beside = (layout.left + reach.min(), layout.left + reach.max(), 0.0)
        places.append(
            Place(
                _sentence(told.scores, shown),
                marked,
                title=told.scores.brain_areas[shown.brain],
                badge="simulated" if told.scores.simulated[shown.brain] else "",
                rows=tuple(_rows(told.scores, shown.brain, shown.best)),
                note=_note(told.header, shown.brain),
                beside=beside,
            )
        )
    return places


def brain_table(told: BrainScores | None) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind the drawing, a row a score."""
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


def _sentence(scores: Scores, shown: ShownArea) -> str:
    """Describe all that is known of the best score of an area."""
    brain, best = shown.brain, shown.best
    assert brain is not None
    if best is None:
        return f"{shown.area}: no score yet"
    name = f"{scores.brain_areas[brain]} (simulated)" if scores.simulated[brain] else scores.brain_areas[brain]
    more = {
        "error": scores.error[brain, best],
        "untrained": scores.untrained[brain, best],
        "pixels": scores.pixels[brain],
        "ceiling": scores.ceiling[brain],
    }
    said = [f"{word} {score_text(value)}" for word, value in more.items() if np.isfinite(value)]
    return ", ".join([f"{name}: model area {scores.model_areas[best]} {score_text(shown.score)}", *said])


def _rows(scores: Scores, brain: int, best: int | None) -> list[CardRow]:
    n = len(scores.model_areas)
    rows = []
    for m, area in enumerate(scores.model_areas):
        untrained = scores.untrained[brain, m]
        beside = f" (untrained {score_text(untrained)})" if np.isfinite(untrained) else ""
        rows.append(CardRow(f"model {area}", score_text(scores.value[brain, m]) + beside, f"depth-{m}-{n}", m == best))
    held = {"pixels": scores.pixels[brain], "noise ceiling": scores.ceiling[brain]}
    return rows + [CardRow(name, score_text(value)) for name, value in held.items() if np.isfinite(value)]


def _note(header: dict[str, Any], brain: int) -> str:
    """Return what a score is: "Pearson r, median over 50 sites"."""
    measure, sites = header["measure"], header["n_sites"]
    if len(sites) <= brain or not sites[brain]:
        return str(measure)
    counted = f"{sites[brain]:,} sites"
    return measure.removesuffix("sites") + counted if measure.endswith("over sites") else f"{measure}; {counted}"
