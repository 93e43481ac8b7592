"""A run with scores and accuracies that a test says."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.history import History


def run_of(scored: list[tuple[int, float, float]], measured: dict[int, float]) -> Any:
    """Return a run with scores (step, V2, IT) and accuracies after steps."""
    history = History()
    for step, value in measured.items():
        history.append("validation accuracy", [step], [value])
    tables = [
        SimpleNamespace(
            step=step,
            brain_areas=("V4",),
            model_areas=("V2", "IT"),
            value=np.array([[v2, it]]),
            ceiling=np.array([0.8]),
            simulated=(True,),
        )
        for step, v2, it in scored
    ]
    goal = SimpleNamespace(score_kinds=lambda units: (Quantity("accuracy"),))
    model = SimpleNamespace(goal=goal, categories=(), areas=("V2", "IT"))
    score = SimpleNamespace(key=("one",), history=tables)
    members = {"model": model, "history": history, "saved_scores": (score,), "alive": False, "at_boundary": None}
    return SimpleNamespaceHeld(**members)


class SimpleNamespaceHeld(SimpleNamespace):
    """A plain namespace that can be held weakly, by what it is."""

    __hash__ = object.__hash__
