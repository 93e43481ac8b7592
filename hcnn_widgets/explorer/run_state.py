"""How far the training of a model has come, as plain data."""

import math
from typing import Any


def run_state(run: Any) -> dict[str, Any] | None:
    """Say how a training run stands, in numbers that JSON can hold.

    Parameters
    ----------
    run : Run or None
        As ``model.run`` gives it.

    Returns
    -------
    dict or None
        ``state``, ``message``, ``alive``, ``steps_done``, ``n_steps``, ``time_left_s`` (None where unknown) and
        ``latest``: the newest finite value of every curve by its name. None where there is no run.
    """
    if run is None:
        return None
    return {
        "state": str(run.state),
        "message": str(run.state_message),
        "alive": bool(run.alive),
        "steps_done": int(run.steps_done),
        "n_steps": int(run.n_steps),
        "time_left_s": _finite(run.time_left_s),
        "latest": _latest(run.history),
    }


def _latest(history: Any) -> dict[str, float]:
    values = {name: _finite(history.last(name)) for name in history.names}
    return {name: value for name, value in values.items() if value is not None}


def _finite(value: float | None) -> float | None:
    """Round to what a reader can use; a number that JSON has no word for is left out."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.4g}")
