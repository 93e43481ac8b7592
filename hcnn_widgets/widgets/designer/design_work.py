"""Thread of a designer that builds a model, trains and scores it, and keeps it in the folder."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hcnn_widgets.goal.quantity import HELD_OUT
from hcnn_widgets.sweeps.design import Design
from hcnn_widgets.sweeps.live_place import LivePlace
from hcnn_widgets.sweeps.one_network import LONGEST_ERROR, Task, scored_row
from hcnn_widgets.sweeps.sweep_folder import RUN_FOLDER
from hcnn_widgets.sweeps.sweep_row import SweepRow
from hcnn_widgets.widgets.goal_driven.moving_dot import Way
from hcnn_widgets.widgets.goal_driven.sweep_words import percent
from hcnn_widgets.widgets.panel.words import in_words
from hcnn_widgets.widgets.scene.word_room import score_text

from .material import HELD_OUT_SHARE, Material
from .told import Curve, UnderWay

TIMES_ITS_LOSS = 2
TRAINED = 0.75
"""Share of the progress when the training is over; scoring is the rest."""


@dataclass(frozen=True)
class Order:
    """What is to be built.

    Attributes
    ----------
    design : Design
    number : int
    title : str
    seed : int
        Of the first weights and of the order of images.
    epochs : float
    """

    design: Design
    number: int
    title: str
    seed: int
    epochs: float


class DesignWork:
    """One run of a designer, from the choices to the row, in a thread of its own.

    Parameters
    ----------
    order : Order
    material : Material
    on_row : callable
        Called with (work, row), on the thread; a row with an error says what went wrong.
    on_over : callable
        Called behind that, when another run may begin.
    """

    def __init__(
        self,
        order: Order,
        material: Material,
        on_row: Callable[["DesignWork", SweepRow], None],
        on_over: Callable[[], None],
    ) -> None:
        self.order, self._material, self._on_row, self._on_over = order, material, on_row, on_over
        self.run: Any = None
        self._place: LivePlace | None = None
        self.warning = ""
        self._stage, self._stopped, self.done = "Building", threading.Event(), threading.Event()

    def start(self) -> None:
        """Begin, and return at once."""
        threading.Thread(target=self._work, name="hcnn-designer", daemon=True).start()

    def stop(self) -> None:
        """End the training after the steps under way; the run gets no dot."""
        self._stopped.set()
        if self.run is not None:
            self.run.stop()

    @property
    def now(self) -> UnderWay:
        """What is under way, in words and as a share."""
        run = self.run
        if self.done.is_set():
            return UnderWay(curve=curve_of(run, self.order.title))
        words, share = f"{self._stage} {self.order.title}…", 0.02
        if run is not None and self._stage == "Training":
            words = f"Epoch {run.epoch:.1f} of {self.order.epochs:g}: {self.order.title}"
            share = TRAINED * run.steps_done / max(1, run.n_steps)
        elif run is not None:
            share = TRAINED + 0.1
        curve = curve_of(run, self.order.title)
        return UnderWay(words, round(share, 2), curve, self.order.title, self.way, self._moment_words())

    @property
    def way(self) -> Way:
        """The way of the network through the plot so far."""
        moments, run = () if self._place is None else self._place.history, self.run
        depth = 1 if run is None else len(run.model.areas)
        return Way(tuple((each.accuracy, each.best) for each in moments), depth, not self.done.is_set())

    def way_to(self, row: SweepRow) -> Way:
        """Return the whole way, to where the row has its dot."""
        points = (*self.way.points, (row.accuracy, row.best))
        return Way(points if all(map(math.isfinite, points[-1])) else (), row.depth)

    def _moment_words(self) -> str:
        place = self._place
        if place is None or self._stage != "Training":
            return ""
        if place.error or place.latest is None:
            return place.error or ""
        moment = place.latest
        return f"r {score_text(moment.best)}, accuracy {percent(moment.accuracy)}, {place.words}"

    def _work(self) -> None:
        order = self.order
        row = SweepRow(order.number)
        try:
            row = self._built_row()
        except Exception as error:  # whatever a run ends with, the others stay
            row = replace(row, error=in_words(error)[:LONGEST_ERROR])
        chosen = order.design
        row = replace(
            row,
            architecture=chosen.architecture,
            goal=chosen.goal,
            rule=chosen.rule,
            title=order.title,
            seed=order.seed,
            epochs=float(order.epochs),
        )
        self._on_row(self, row)
        self.done.set()
        self._on_over()

    def _built_row(self) -> SweepRow:
        order, material = self.order, self._material
        if refusal := order.design.refusal(material.images):
            raise ValueError(refusal)
        _, images = order.design.fitted(material.images)
        learnt, held_out = images.split(HELD_OUT_SHARE, seed=material.split_seed)
        model = order.design.model(images, seed=order.seed)
        self.run = run = model.train(learnt, validation=held_out, epochs=order.epochs, seed=order.seed)
        run.title = order.title
        self._stage = "Training"
        task = Task(
            learnt, held_out, material.recordings, order.epochs, material.units, material.split_seed, by_readout=True
        )
        self._place = LivePlace(run, task)
        if self._stopped.is_set():
            run.stop()
        run.control.over.wait()
        self._place.close()
        if run.state == "stopped":
            raise RuntimeError(
                f"Stopped at step {run.steps_done:,} of {run.n_steps:,}: no dot of a part of a training."
            )
        if run.state != "finished":
            raise RuntimeError(run.state_message)
        self._stage, self.warning = "Scoring", unlearnt_words(run)
        row = replace(scored_row(model, task, order.number), seconds=float(run.elapsed_s))
        if material.folder is not None:
            self._stage = "Saving"
            run.save(material.folder / RUN_FOLDER.format(number=order.number))
        return row


def unlearnt_words(run: Any) -> str:
    """Return a warning where a network has a far higher loss at the end than at first; else nothing."""
    loss = run.history.series("loss").mean
    if len(loss) < 2 or not loss[-1] > TIMES_ITS_LOSS * abs(loss[0]):
        return ""
    return f"The loss rose from {loss[0]:.3g} to {loss[-1]:.3g}. A lower learning rate is what mends this as a rule."


def curve_of(run: Any, title: str) -> Curve | None:
    """Return the first score of a run's goal over its epochs, on held-out images where it has been measured there."""
    if run is None:
        return None
    goal = run.model.goal
    kinds = () if goal is None else goal.score_kinds(run.model.categories)
    name = kinds[0].name if kinds else "loss"
    asked = f"{goal.name}: " if kinds else ""
    for prefix in (HELD_OUT, ""):
        series = run.history.series(prefix + name)
        if len(series) > 1 or (len(series) and not prefix):
            epochs = tuple(float(step) / run.steps_per_epoch for step in series.step)
            where = "held-out images" if prefix else "training images"
            return Curve(title, f"{asked}{name}, {where}", epochs, tuple(float(value) for value in series.mean))
    return Curve(title, f"{asked}{name}", (), ())
