"""Words of BrainMap: title, cards and spoken sentences."""

from collections.abc import Sequence

import numpy as np

from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Mark
from hcnn_widgets.widgets.scene.scene import CardRow, Place
from hcnn_widgets.widgets.scene.word_room import score_text
from hcnn_widgets.widgets.scores.score_words import (
    ROOMY_TITLE,
    ToldScores,
    gain_rows,
    held_against,
    measure_note,
    score_sentence,
    title_within,
    whole_row,
)

from .brain_layout import BrainLayout, ShownArea
from .brain_outline import REGIONS


def brain_title(told: ToldScores | None, width: float = ROOMY_TITLE) -> str:
    """Return the title: what is shown, at which step, and of which images where not of all."""
    return title_within("Ventral stream", "Ventral stream", told and told.header, width)


def brain_places(
    told: ToldScores | None,
    areas: Sequence[ShownArea],
    layout: BrainLayout,
    marks: Sequence[tuple[Mark, ...]],
    pressable: bool = False,
) -> list[Place]:
    """Return the areas as places, with the marks of each; an area with recordings has a card of all model areas."""
    places, asks = [], ". Enter shows it in the other panels" if pressable else ""
    for shown, marked in zip(areas, marks, strict=True):
        if told is None or shown.brain is None:
            words = "no score yet" if told is None else "no recordings"
            places.append(Place(f"{shown.area}: {words}", marked))
            continue
        reach = next(region.outline for region in REGIONS if region.area == shown.area)[:, 0] * layout.scale
        beside = (layout.left + reach.min(), layout.left + reach.max(), 0.0)
        places.append(
            Place(
                _sentence(told, shown) + asks,
                marked,
                title=told.scores.brain_areas[shown.brain],
                badge="simulated" if told.scores.simulated[shown.brain] else "",
                rows=tuple(_rows(told, shown.brain, shown.best)),
                note=measure_note(told.header, shown.brain),
                beside=beside,
            )
        )
    return places


def _sentence(told: ToldScores, shown: ShownArea) -> str:
    """Describe all that is known of the best score of an area."""
    assert shown.brain is not None
    return f"{shown.area}: no score yet" if shown.best is None else score_sentence(told, shown.brain, shown.best)


def _rows(told: ToldScores, brain: int, best: int | None) -> list[CardRow]:
    scores, n = told.scores, len(told.scores.model_areas)
    rows = []
    for m, area in enumerate(scores.model_areas):
        untrained = scores.untrained[brain, m]
        beside = f" (untrained {score_text(untrained)})" if np.isfinite(untrained) else ""
        value = score_text(scores.value[brain, m]) + beside
        rows.append(CardRow(f"model {area}", value, depth_role(m, n), m == best))
    gain = [] if best is None else gain_rows(told, brain, best)
    return [*rows, *gain, *held_against(told, brain), *whole_row(told, brain)]
