"""Stand-ins for the page, the clock and a run, so that no test needs a kernel, a browser or Keras."""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import comm
import ipywidgets
import numpy as np
import pytest
from comm.base_comm import BaseComm

from hcnn_widgets.architecture.pixels import IN_UNIT_RANGE
from hcnn_widgets.goal.quantity import Quantity
from hcnn_widgets.learning.history import History
from hcnn_widgets.widgets.panel.ticker import Ticker

sys.path.insert(0, str(Path(__file__).parent))


ACCURACY = Quantity("accuracy", "fraction correct", lowest=0.0, highest=1.0, percent=True)


def _with_header(data: dict[str, Any], buffers: Any) -> dict[str, Any]:
    """Return what went to the page with the header of a frame, which lies in the buffers, in its place."""
    paths = data.get("buffer_paths") or []
    if ["header"] not in paths:
        return data
    return {**data, "state": {**data["state"], "header": json.loads(buffers[paths.index(["header"])])}}


class Page:
    """What a browser would have received, and what it would say."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, dict[str, Any]]] = []

    def updates(self, widget: ipywidgets.Widget) -> list[dict[str, Any]]:
        """Give the state updates that went to a widget, in order."""
        return [
            data["state"]
            for comm_id, data in self.messages
            if comm_id == widget.comm.comm_id and data.get("method") == "update"
        ]

    def frames(self, widget: ipywidgets.Widget) -> list[dict[str, Any]]:
        """Give the headers of the frames that went to a panel."""
        return [state["header"] for state in self.updates(widget) if state.get("header")]

    def say(self, widget: ipywidgets.Widget, **content: Any) -> None:
        """Send a custom message to a widget, as its view would."""
        widget._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})

    def change(self, widget: ipywidgets.Widget, **state: Any) -> None:
        """Change traits of a widget, as its view would."""
        widget._handle_msg({"content": {"data": {"method": "update", "state": state}}, "buffers": []})

    def click(self, button: ipywidgets.Button) -> None:
        """Press a button."""
        self.say(button, event="click")


class Clock:
    """Time that moves when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class IdleTicker(Ticker):
    """A ticker without a thread: rounds are made by hand."""

    def add(self, panel: Any) -> None:
        with self._lock:
            self._panels.add(panel)

    def looks_after(self, panel: Any) -> bool:
        return panel in self._panels


class FakeRun:
    """A run by hand: its state is set, its jobs are done when told to."""

    def __init__(self, model: Any) -> None:
        self.model, self.state, self.state_message = model, "training", "Training."
        self.steps_done, self.n_steps, self.steps_per_epoch = 0, 1200, 150
        self.elapsed_s, self.time_left_s, self._rate = 26.0, 74.0, 1e-3
        self.history = History()
        self.asked: list[str] = []
        self.jobs: list[tuple[Callable[[], Any], Future[Any]]] = []

    @property
    def alive(self) -> bool:
        return self.state not in ("finished", "stopped", "failed", "interrupted")

    @property
    def epoch(self) -> float:
        return self.steps_done / self.steps_per_epoch

    @property
    def learning_rate(self) -> float:
        return self._rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.asked.append(f"rate {rate:g}")
        self._rate = rate

    def pause(self) -> None:
        self.asked.append("pause")
        self.state = "pausing"

    def resume(self) -> None:
        self.asked.append("resume")
        self.state = "training"

    def step(self) -> None:
        self.asked.append("step")

    def stop(self) -> None:
        self.asked.append("stop")
        self.state = "stopping"

    def join(self, timeout: float | None = None) -> bool:
        return not self.alive

    def at_boundary(self, job: Callable[[], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        self.jobs.append((job, future))
        if not self.alive:
            self.do_jobs()
        return future

    def do_jobs(self) -> None:
        """Reach a step boundary."""
        while self.jobs:
            job, future = self.jobs.pop(0)
            try:
                future.set_result(job())
            except Exception as error:
                future.set_exception(error)

    def train(self, n_steps: int, loss: float = 1.0) -> None:
        """Take some steps."""
        steps = np.arange(self.steps_done + 1, self.steps_done + n_steps + 1)
        self.steps_done += n_steps
        self.history.append("loss", steps, np.full(n_steps, loss))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Give the page that all widgets made in this test talk to; they are closed after it."""
    there = Page()
    before = dict(ipywidgets.widgets.widget._instances)

    class PageComm(BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any):
            if msg_type == "comm_msg":
                there.messages.append((self.comm_id, _with_header(data, buffers)))

    monkeypatch.setattr(comm, "create_comm", PageComm)
    yield there
    for key, widget in list(ipywidgets.widgets.widget._instances.items()):
        if key not in before:
            widget.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ticker() -> IdleTicker:
    return IdleTicker()


@pytest.fixture
def model() -> Any:
    rng = np.random.default_rng(0)
    shapes = {"V1": (8, 5, 5, 1), "V2": (6, 3, 3, 8), "V4": (4, 3, 3, 3)}
    weights = {area: rng.standard_normal(shape).astype(np.float32) for area, shape in shapes.items()}
    rule = SimpleNamespace(measures=(), keras_lines=lines_of_backpropagation)
    goal = SimpleNamespace(score_kinds=lambda categories: (replace(ACCURACY, chance=1 / len(categories)),))
    known = {"rule": rule, "goal": goal, "categories": ("cat", "dog"), "pixels": IN_UNIT_RANGE}
    return SimpleNamespaceModel(areas=tuple(shapes), weights=weights, **known)


def lines_of_backpropagation(goal: Any, rate: float, epochs: float, n_steps: int | None) -> str:
    """Say the lines as the rule of the package does; Keras is loaded only by those who ask."""
    import hcnn_widgets as hw

    return hw.learning.Backpropagation(batch_size=32).keras_lines(hw.goal.Categorization(), rate, epochs, n_steps)


class SimpleNamespaceModel(SimpleNamespace):
    """A plain namespace that can be held weakly."""


@pytest.fixture
def run(model: Any) -> FakeRun:
    return FakeRun(model)


@pytest.fixture
def make_run() -> type[FakeRun]:
    return FakeRun


@pytest.fixture
def read() -> Callable[[Any, str], Any]:
    """Read the kernels of the stand-in model."""
    return lambda model, area: model.weights[area].copy()
