"""The score after training on all images, beside bars of scores on a part of them."""

import numpy as np

from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.marks import Rect
from hcnn_widgets.widgets.scene.scene import CardRow, Place
from hcnn_widgets.widgets.scores.score_words import (
    ToldScores,
    gain_rows,
    held_against,
    measure_note,
    score_sentence,
    written,
)

from .bars_layout import Bar, BarsLayout, last_label
from .score_marks import Apart


def whole_score(whole: ToldScores, brain: int) -> Apart:
    """Return the score of the model area that predicts a brain area best on all images."""
    scores, best = whole.scores, whole.scores.best(brain)
    if best is None:
        return Apart(np.nan, np.nan, np.nan, np.nan, "soft")
    return Apart(
        value=float(scores.value[brain, best]),
        error=float(scores.error[brain, best]),
        untrained=float(np.fmax.reduce(scores.untrained[brain])),
        pixels=float(scores.pixels[brain]),
        fill=depth_role(best, len(scores.model_areas)),
    )


def whole_place(told: ToldScores, bar: Bar, layout: BarsLayout) -> Place:
    """Return the place of the score on all images, with its card."""
    assert told.whole is not None
    whole, brain, axis = told.whole, bar.brain, layout.axis
    label, best = last_label(whole), whole.scores.best(brain)
    where = f"{whole.scores.brain_areas[brain]}, {label}"
    mark = Rect("mark", bar.left - 1.5, axis.top, bar.width + 3, axis.height, fill="text", opacity=0.1)
    return Place(
        f"{label[0].upper()}{label[1:]}: {score_sentence(whole, brain, best)}" if best is not None else where,
        (mark,),
        title=where,
        badge="simulated" if whole.scores.simulated[brain] else "",
        rows=() if best is None else tuple(_rows(whole, brain, best)),
        note=f"{measure_note(whole.header, brain)}; on more images than the bars, so not to be joined to them",
        beside=(bar.left, bar.left + bar.width, axis.top + axis.height / 2),
    )


def _rows(whole: ToldScores, brain: int, best: int) -> list[CardRow]:
    scores, untrained = whole.scores, np.fmax.reduce(whole.scores.untrained[brain])
    model = f"model {scores.model_areas[best]}"
    rows = [CardRow(model, written(scores.value[brain, best]), depth_role(best, len(scores.model_areas)), True)]
    rows += [CardRow("untrained, its best area", written(untrained))] if np.isfinite(untrained) else []
    return [*rows, *gain_rows(whole, brain, best), *held_against(whole, brain)]
