"""Perceptrons in layers: input plane and hidden space side by side, weights by hand or trained in Keras."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from hcnn_widgets.classroom.point_sets import POINT_SETS
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.widgets.classroom.lab_box import put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.plane.plane_drawing import PlaneDrawing
from hcnn_widgets.widgets.classroom.plane.plane_lab import NARROWEST_PANEL, PlaneLab, PlanePanel
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .mlp_code import mlp_code
from .mlp_controls import MlpControls
from .mlp_given import preset, shown_of
from .mlp_keys import ENTERED, after_key, after_move, entered, entered_value, number_at, with_number, with_point
from .mlp_layout import MANY_COLUMNS, columns_of
from .mlp_planes import hidden_plane, input_plane, view_of
from .mlp_scene import mlp_scene
from .mlp_shown import MlpShown, Moment
from .mlp_trainer import PACE_S, Trainer
from .mlp_training import NO_SLOPE, Task, moments

LEAST_WIDTH = (f"{NARROWEST_PANEL}px", "640px")
"""Of a panel of few columns, which has room beside the planes, and of one of many, which stands below them."""


class MlpLab(PlaneLab[MlpShown]):
    """A network of two inputs, one or two hidden layers and one output, in its input plane and in its hidden space.

    The first view is XOR by hand: OR and NAND are two hidden units, joined by AND. To the output unit their answers are
    new coordinates, in which one line is enough: the second plane shows the same points and the same grid, bent.

    In the plane points are dragged. In the network and in the table a link is clicked, or walked to, and its weight is
    typed. Enter on a unit brings its map, what it answers all over the plane, into the plane; pointing at it shows the
    map at once. "Train" goes on from the weights that are shown, in Keras, which is loaded only then; the slider goes
    back to any moment of the training.

    Parameters
    ----------
    preset : str
        "XOR", "XOR clouds", "moons", "circles" or "spiral"; a ``lab.state`` in its place is shown again.
    points : (n_points, 2) float, optional
        2 to 400 points in place of those of the preset: an array, lists, or two columns of a table.
    targets : (n_points,) of 0 and 1, optional
        Needed with points of one's own.
    weights : sequence of (n_below + 1, n_units) float, optional
        Of each layer, the output last; the last row is the bias. Points of one's own have random ones by default.
    hidden : int or sequence of int
        Hidden units of random weights: 3, or (4, 4).
    units : str
        "step", "relu", "sigmoid" or "tanh"; by default the preset's, "tanh" for points of one's own.
    focus : int
        The point whose sums are written out.
    unit : int, optional
        The unit whose map is seen, hidden ones first; by default the output.
    axes : (int, int)
        Units of the last hidden layer that the hidden space shows.
    optimizer : {"adam", "sgd"}
    rate : float
        Learning rate.
    seed : int
        Of random weights.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no network of a plane.
    """

    side = 308
    pace_s = PACE_S

    @takes_state
    def __init__(
        self,
        preset: str = "XOR",
        *,
        points: Any = None,
        targets: Any = None,
        weights: Any = None,
        hidden: Any = None,
        units: str | None = None,
        focus: int = 0,
        unit: int | None = None,
        axes: Any = (0, 1),
        optimizer: str = "adam",
        rate: float = 0.1,
        seed: int = 7,
        **options: Any,
    ) -> None:
        check_options(options, MlpLab, PlanePanel)
        known_name("preset", preset, POINT_SETS)
        given = _situation(preset, {"points": points, "targets": targets}, weights, hidden, units)
        choices = {"focus": focus, "unit": unit, "axes": axes, "optimizer": optimizer, "rate": rate, "seed": seed}
        shown = shown_of({**given, **choices})
        self._lock = threading.RLock()
        self._trainer: Trainer | None = None
        self._is_learning = self._is_first = False
        self._entry: tuple[int, str] = (-1, "")
        self._view = view_of(shown.points)
        self._controls = MlpControls(self)
        super().__init__(shown, self._controls.row, [self._controls.moment], **options)
        self.changed()

    # --- what it shows --------------------------------------------------------------------------------------------
    def drawings(self) -> tuple[PlaneDrawing, ...]:
        """Return the plane of the inputs and the hidden space."""
        return input_plane(self.shown, *self._view), hidden_plane(self.shown, *self._view)

    def scene(self, width: int) -> Scene:
        """Describe the panel with network and table, for a width in pixels."""
        return mlp_scene(self.shown, width, self._view, awaited=self.training and self._is_first)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras with the same weights and the same answers, and those of the training."""
        return mlp_code(self.shown)

    @property
    def training(self) -> bool:
        """Whether it is being trained now."""
        return self._trainer is not None

    def mirror(self) -> None:
        """Set the lab's own controls to what is shown."""
        self._controls.show(self.shown, self.training)

    # --- what is done ---------------------------------------------------------------------------------------------
    def act(self, change: Callable[[], object]) -> None:
        """Do what a person asks for in the page, while no moment of a training arrives."""
        with self._lock:
            super().act(change)

    def go_to(self, shown: MlpShown | None, same_step: bool = False) -> None:
        """Show something else; None changes nothing. Another network than the one in training ends the training."""
        with self._lock:
            if shown is not None and not self._is_learning and _network(shown) != _network(self.shown):
                self.stop()
            super().go_to(shown, same_step)

    def undo(self) -> None:
        """Take the last change back; a training that goes on is stopped, and taken back as a whole."""
        with self._lock:
            self.stop()
            super().undo()

    def reset(self) -> None:
        """Take all changes back."""
        with self._lock:
            self.stop()
            super().reset()

    def changed(self) -> None:
        """Show what is shown now; the planes reach as far as the points."""
        if not self._dragging:
            self._view = _wide_enough(self._view, self.shown)
        put(self.panel.layout, min_width=LEAST_WIDTH[columns_of(self.shown) > MANY_COLUMNS])
        super().changed()

    def train(self) -> None:
        """Begin to train from the weights that are shown, or stop."""
        with self._lock:
            if self.training:
                self.stop()
                return
            shown = self.shown
            if not shown.kind.learns:
                raise ValueError(NO_SLOPE)
            first = shown.history[shown.at].epoch if shown.history else 0
            task = Task(shown.points, shown.targets, shown.weights, shown.units, shown.optimizer, shown.rate, first)
            self._trainer, self._is_first = Trainer(moments(task), self._arrived, self._ended, self.pace_s), True
            self.changed()
            self._trainer.start()

    def stop(self) -> None:
        """End the training, if there is one; what it has come to stays."""
        with self._lock:
            trainer, self._trainer = self._trainer, None
            if trainer is not None:
                trainer.stop()
                self.changed()

    def pressed(self, place: int, key: str) -> None:
        """Act on a key in the network or the table."""
        before, self._entry = self._entry, (-1, "")
        there = number_at(self.shown, place) if key in ENTERED else None
        if there is not None:
            going_on = before[0] == place
            text = entered(before[1] if going_on else "", key, there)
            self._entry = place, text
            self.go_to(with_number(self.shown, place, entered_value(text), self._view), same_step=going_on)
        elif key == "t":
            self.train()
        else:
            super().pressed(place, key)

    def after_key(self, place: int, key: str) -> MlpShown | None:
        """Return what is shown after a key in the network or the table."""
        return after_key(self.shown, place, key, self._view)

    def moved(self, key: str, number: int, at: tuple[float, float]) -> MlpShown | None:
        """Follow a drag of a point."""
        return after_move(self.shown, number, at, self._view) if key in ("ones", "zeros") else None

    def picked(self, key: str, number: int) -> MlpShown | None:
        """Mark the point that is pressed, in either plane."""
        is_point = key.removesuffix("-hidden") in ("ones", "zeros")
        return replace(self.shown, focus=number) if is_point and number != self.shown.focus else None

    def begin_with(self, name: str) -> None:
        """Show a preset, with the choices as they are."""
        kept = {each: getattr(self.shown, each) for each in ("optimizer", "rate", "seed")}
        given = {**preset(name), "focus": 0, "unit": None, "axes": (0, 1), **kept}
        new = shown_of(given)
        self._view = view_of(new.points)
        self.go_to(new)

    def add_point(self) -> None:
        """Add a point where there is most room."""
        self.go_to(with_point(self.shown, self._view))

    def close(self) -> None:
        """Take the lab off the page; a training ends."""
        if hasattr(self, "_trainer"):  # not of a lab whose making was refused
            self.stop()
        super().close()

    # --- on the training's thread ---------------------------------------------------------------------------------
    def _arrived(self, trainer: Trainer, moment: Moment) -> None:
        with self._lock:
            if trainer is not self._trainer:
                return
            is_first, self._is_first, self._is_learning = self._is_first, False, True
            try:
                self.go_to(self.shown.learnt(moment), same_step=not is_first)
            finally:
                self._is_learning = False

    def _ended(self, trainer: Trainer, error: Exception | None) -> None:
        with self._lock:
            if trainer is not self._trainer:
                return
            self._trainer = None
            if error is not None:
                self.panel.note(error)
            self.changed()


def _situation(name: str, own: dict[str, Any], weights: Any, hidden: Any, units: str | None) -> dict[str, Any]:
    """Return a preset, or points of one's own, with the weights and units that are given in place of its own."""
    given = preset(name)
    if any(part is not None for part in own.values()):
        given = {**own, "weights": None, "hidden": (4,), "units": "tanh"}
    if hidden is not None:
        given |= {"hidden": hidden, "weights": None, "units": "tanh"}
    given |= {} if weights is None else {"weights": weights}
    return given | ({} if units is None else {"units": units})


def _network(shown: MlpShown) -> tuple[Any, ...]:
    """Return what a training works on; its parts are never changed, so the same objects are the same network."""
    parts = (shown.points, shown.targets, shown.weights)
    return (*map(id, parts), shown.units, shown.optimizer, shown.rate)


def _wide_enough(view: tuple[float, tuple[float, float]], shown: MlpShown) -> tuple[float, tuple[float, float]]:
    """Return the view, or a wider one where a point lies outside of it."""
    span, middle = view
    return view if (np.abs(shown.points - middle) <= span + 1e-9).all() else view_of(shown.points)
