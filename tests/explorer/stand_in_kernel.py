"""Stand-ins for what a kernel has: a shell with events, comms, a model that is being trained."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hcnn_widgets.goal.quantity import Quantity

ACCURACY = Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True)


class Comm:
    """Keeps what was sent to the page."""

    def __init__(self, comm_id: str = "page") -> None:
        self.comm_id = comm_id
        self.sent: list[dict[str, Any]] = []

    def on_msg(self, callback: Callable[[dict[str, Any]], None]) -> None:
        self.hear = callback

    def on_close(self, callback: Callable[[dict[str, Any]], None]) -> None:
        self.close = callback

    def send(self, data: dict[str, Any]) -> None:
        self.sent.append(data)

    def say(self, **data: Any) -> None:
        self.hear(message(**data))


class Events:
    """As IPython's: callbacks by event."""

    def __init__(self) -> None:
        self.callbacks: dict[str, list[Callable[..., None]]] = {}

    def register(self, event: str, function: Callable[..., None]) -> None:
        self.callbacks.setdefault(event, []).append(function)

    def unregister(self, event: str, function: Callable[..., None]) -> None:
        self.callbacks[event].remove(function)

    def trigger(self, event: str, *values: object) -> None:
        for function in list(self.callbacks.get(event, [])):
            function(*values)

    @property
    def n_callbacks(self) -> int:
        return sum(len(functions) for functions in self.callbacks.values())


class History:
    """Two curves' newest values."""

    def __init__(self, **last: float) -> None:
        self._last = last
        self.names = tuple(last)

    def last(self, name: str) -> float | None:
        return self._last.get(name)


def message(**data: Any) -> dict[str, Any]:
    return {"content": {"data": data}}


def a_model(score: Quantity | None) -> SimpleNamespace:
    goal = SimpleNamespace(score_kinds=lambda units: (score,)) if score is not None else None
    return SimpleNamespace(goal=goal, categories=("cat", "dog"))


def a_run(**values: Any) -> SimpleNamespace:
    defaults = {
        "state": "training",
        "state_message": "Training.",
        "alive": True,
        "steps_done": 40,
        "n_steps": 100,
        "steps_per_epoch": 10,
        "epoch": 4.0,
        "elapsed_s": 8.0,
        "learning_rate": 1e-3,
        "time_left_s": 12.3456,
        "history": History(loss=0.123456, accuracy=0.5),
        "model": a_model(ACCURACY),
    }
    asked = dict.fromkeys(("pause", "resume", "step", "stop", "join", "at_boundary"), lambda *_: None)
    return SimpleNamespace(**{**defaults, **asked, **values})
