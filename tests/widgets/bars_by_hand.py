"""Scores of three model areas as bars, for the tests of PredictivityBars."""

from types import SimpleNamespace

import numpy as np
from scene_marks import flat

from hcnn_widgets.widgets.predictivity.bars_scene import bars_scene
from hcnn_widgets.widgets.scene.marks import Rect, Text
from hcnn_widgets.widgets.scores.score_frame import score_frame
from hcnn_widgets.widgets.scores.score_measure import PEARSON
from hcnn_widgets.widgets.scores.score_words import told_scores

MODELS = ("V1", "V2", "V4")
NAN = float("nan")
V4 = {"area": "V4", "value": [0.3, 0.4, 0.5], "error": [0.02] * 3, "untrained": [0.2, 0.3, 0.35],
      "ceiling": 0.87, "pixels": 0.26}  # fmt: skip
IT = {"area": "IT", "simulated": True, "value": [-0.1, NAN, 0.2]}


def table(*rows, convention="RidgeCV; median over sites"):
    def column(name, unknown=NAN):
        return np.array([row.get(name, unknown) for row in rows], float)

    matrices = {name: column(name, [NAN] * 3) for name in ("value", "error", "untrained")}
    vectors = {name: column(name) for name in ("ceiling", "pixels")}
    return SimpleNamespace(
        step=340, model_areas=MODELS, brain_areas=tuple(row["area"] for row in rows), convention=convention, notes=(),
        simulated=tuple(row.get("simulated", False) for row in rows), source="made up", n_stimuli=192,
        **matrices, **vectors,
    )  # fmt: skip


def told(*rows, trains=True, measure=PEARSON, **options):
    return told_scores(score_frame(table(*rows, **options), trains=trains, measure=measure))


def scene(*rows, width=560, **options):
    return bars_scene(told(*(rows or (V4, IT)), **options), width)


def bars(drawn):
    return [mark for mark in flat(drawn.marks) if isinstance(mark, Rect) and mark.glides]


def words(marks):
    return [mark.words for mark in flat(marks) if isinstance(mark, Text)]
