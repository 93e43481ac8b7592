"""Progress of a model's training, as plain data."""

import math
from typing import Any

from hcnn_widgets.goal.quantity import HELD_OUT
from hcnn_widgets.learning.busy_kernel import DEAF
from hcnn_widgets.learning.training_run import TrainingRun, is_deaf, quantities_of


def run_state(run: TrainingRun | None) -> dict[str, Any] | None:
    """Describe how a training run stands, in numbers that JSON can hold.

    Parameters
    ----------
    run : Run or None
        As ``model.run`` gives it.

    Returns
    -------
    dict or None
        ``state``, ``message``, ``alive``, ``stoppable`` (whether a stop would be heard), ``steps_done``, ``n_steps`` (0
        where unknown), ``time_left_s`` (None where unknown) and ``score``: the newest score in words, on held-out
        stimuli where there are any; empty where it is not known.
        None where there is no run.
    """
    if run is None:
        return None
    return {
        "state": str(run.state),
        "message": f"{run.state_message} {DEAF}." if is_deaf(run) else str(run.state_message),
        "alive": bool(run.alive),
        "stoppable": bool(run.alive and run.state != "waiting" and not is_deaf(run)),
        "steps_done": int(run.steps_done),
        "n_steps": int(run.n_steps),
        "time_left_s": _finite(run.time_left_s),
        "score": _score(run),
    }


def _score(run: TrainingRun) -> str:
    kinds = quantities_of(run)
    if not kinds:
        return ""
    kind = kinds[0]
    for prefix, words in ((HELD_OUT, "held-out"), ("", "training")):
        value = _finite(run.history.last(prefix + kind.name))
        if value is not None:
            return f"{words} {kind.name} {kind.in_words(value)}"
    return ""


def _finite(value: float | None) -> float | None:
    """Round to what a reader can use; a number that JSON has no word for is left out."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.4g}")
