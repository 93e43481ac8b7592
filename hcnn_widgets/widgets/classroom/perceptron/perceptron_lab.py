"""A perceptron in its plane: points, line and arrow that are moved, sums written out, and learning from mistakes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import ipywidgets
import numpy as np

from hcnn_widgets.records.checks import known_name
from hcnn_widgets.widgets.classroom.lab_box import button, labelled, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.plane.plane_drawing import PlaneDrawing
from hcnn_widgets.widgets.classroom.plane.plane_lab import PlaneLab, PlanePanel
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.scene.scene import Scene

from .folded_plane import folded_plane
from .perceptron_code import perceptron_code
from .perceptron_given import PRESETS, shown_of
from .perceptron_keys import after_key, after_move
from .perceptron_plane import perceptron_plane, share_of, span_of
from .perceptron_scene import perceptron_scene
from .perceptron_shown import PerceptronShown

PLAY_MS = 350
"""Time from presentation to presentation while a run is played."""


class PerceptronLab(PlaneLab[PerceptronShown]):
    """A perceptron f(x) = h(w . x + b) of two inputs, in its plane and in numbers.

    In the plane points, line and arrow w are dragged. In the table beside it arrow keys walk, Shift and an arrow key
    move a point or w, digits are typed. A sum is written out for every point: w1 x1 + w2 x2 + b = z, and h(z) is 1 only
    above 0. "Step" presents the next point, Enter on a sum a point of one's own choice: a mistake draws the old w, the
    point that is added or taken away, and the new w. A tick a presentation is kept, and the slider goes back to any of
    them. Mistakes stand beside their bound (R / gamma)^2 where a line separates the classes.

    Parameters
    ----------
    preset : str
        "AND", "AND from 0", "OR", "XOR", "far apart", "close" or "two units"; a ``lab.state`` in its place is shown
        again.
    points : (n_points, 2) float, optional
        2 to 12 points in place of those of the preset.
    targets : (n_points,) or (n_points, n_units) of 0 and 1, optional
        Needed with points of one's own. Up to four units learn side by side.
    weights : (3,) or (3, n_units) float, optional
        At the start, with the bias last; 0 by default for points of one's own.
    order : sequence of int
        Points that were presented since.
    at : int, optional
        Presentations that are shown; all by default.
    focus, unit : int
        The point that is marked, and the unit that is shown.
    fold : bool
        Whether the bias is drawn as the weight of a third input that is always 1.
    shuffle : bool
        Whether each sweep over the points has an order of its own.
    eta : float
        Learning rate.
    seed : int
        Of the shuffled orders.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no perceptron.
    """

    @takes_state
    def __init__(
        self,
        preset: str = "AND",
        *,
        points: Any = None,
        targets: Any = None,
        weights: Any = None,
        order: Any = (),
        at: int | None = None,
        focus: int = 0,
        unit: int = 0,
        fold: bool = False,
        shuffle: bool = False,
        eta: float = 1.0,
        seed: int = 0,
        **options: Any,
    ) -> None:
        check_options(options, PerceptronLab, PlanePanel)
        known_name("preset", preset, PRESETS)
        own = points is not None or targets is not None
        given = {"points": points, "targets": targets, "weights": weights} if own else dict(PRESETS[preset])
        if weights is not None:
            given["weights"] = weights
        choices = {"order": order, "at": at, "focus": focus, "unit": unit, "fold": fold, "shuffle": shuffle}
        shown = shown_of({**given, **choices, "eta": eta, "seed": seed})
        self._span, self._share = span_of(shown.points), 1.0
        self._make_controls()
        row = [self._preset, self._step, self._run, self._shuffle, self._fold, self._unit]
        super().__init__(shown, row, [self._slider], **options)

    def _make_controls(self) -> None:
        self._preset = labelled(
            ipywidgets.Dropdown,
            "Points",
            "160px",
            options=list(PRESETS),
            value=None,
            tooltip="Situations of the lecture",
        )
        self._step = button("Step", "step-forward", "Present the next point (key s)", lambda _: self.act(self.step))
        self._run = button("Run", "forward", "Learn until nothing is wrong, and watch it", lambda _: self.run())
        toggle = {"layout": {"width": "auto"}}
        self._shuffle = ipywidgets.ToggleButton(
            description="Shuffle", icon="random", tooltip="Every sweep in an order of its own", **toggle
        )
        self._fold = ipywidgets.ToggleButton(
            description="Fold b",
            icon="cube",
            tooltip="Draw the bias as the weight of a third input, 1 (key f)",
            **toggle,
        )
        self._unit = labelled(
            ipywidgets.Dropdown, "Unit", "100px", options=[1], value=1, tooltip="The unit that is shown"
        )
        self._slider = Slider(
            "Presentation",
            max=0,
            interval=PLAY_MS,
            tooltip="Go back to an earlier presentation",
            layout={"width": "384px"},
        )
        self._preset.observe(self._on_preset, "value")
        self._slider.observe(self._on_at, "value")
        for control, name in ((self._shuffle, "shuffle"), (self._fold, "fold")):
            control.observe(lambda change, name=name: self._choose({name: bool(change["new"])}), "value")
        self._unit.observe(lambda change: self._choose({"unit": int(change["new"]) - 1}), "value")

    # --- what it shows --------------------------------------------------------------------------------------------
    def drawing(self) -> PlaneDrawing:
        """Return the plane, or the sketch of the space with the bias folded in."""
        if self.shown.fold:
            return folded_plane(self.shown, self._span)
        if not self._dragging:
            self._share = share_of(self.shown, self._span)
        return perceptron_plane(self.shown, self._span, self._share)

    def scene(self, width: int) -> Scene:
        """Describe the table beside the plane, for a width in pixels."""
        return perceptron_scene(self.shown, width, self._span)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that present the same points and give the same answers."""
        return perceptron_code(self.shown)

    def mirror(self) -> None:
        """Set the lab's own controls to what is shown."""
        shown = self.shown
        n_units = shown.targets.shape[1]
        put(self._preset, value=self._name_of_preset())
        put(self._slider, max=max(len(shown.order), self._slider.value))
        put(self._slider, value=shown.at)
        put(self._slider, max=len(shown.order))
        if not shown.order:
            put(self._slider, playing=False)
        put(self._shuffle, value=shown.shuffle)
        put(self._fold, value=shown.fold)
        put(self._unit, options=tuple(range(1, n_units + 1)))
        put(self._unit, value=shown.unit + 1)
        put(self._unit.layout, display=None if n_units > 1 else "none")

    def _name_of_preset(self) -> str | None:
        """Return the preset with these points and targets; None where they are of one's own."""
        state = self.shown.plain()
        same = [
            name
            for name, preset in PRESETS.items()
            if all(np.array_equal(np.asarray(preset[part]), state[part]) for part in ("points", "targets"))
        ]
        return self._preset.value if self._preset.value in same else same[0] if same else None

    # --- what is done ---------------------------------------------------------------------------------------------
    def step(self) -> None:
        """Present the next point."""
        self.go_to(self.shown.stepped())

    def run(self) -> None:
        """Learn until nothing is wrong, and play it from the presentation that is shown now."""
        here = self.shown.at
        self.act(lambda: self.go_to(replace(self.shown.run(), at=here, focus=self.shown.focus)))
        self._slider.playing = True

    def after_key(self, place: int, key: str) -> PerceptronShown | None:
        """Return what is shown after a key in the table."""
        return after_key(self.shown, place, key, self._span)

    def moved(self, key: str, number: int, at: tuple[float, float]) -> PerceptronShown | None:
        """Follow a drag."""
        return after_move(self.shown, key, number, at, self._span, self._share)

    def picked(self, key: str, number: int) -> PerceptronShown | None:
        """Mark the point that is pressed."""
        is_other = key in ("ones", "zeros") and number != self.shown.focus
        return replace(self.shown, focus=number) if is_other else None

    def begin_with(self, given: Mapping[str, Any]) -> None:
        """Show a preset, with the choices as they are."""
        shown = self.shown
        choices = {"order": (), "at": 0, "focus": 0, "unit": 0, "eta": shown.eta, "seed": shown.seed}
        new = shown_of({**given, **choices, "fold": shown.fold, "shuffle": shown.shuffle})
        self._span = span_of(new.points)
        self.go_to(new)

    def _on_preset(self, change: dict[str, Any]) -> None:
        if not self.mirroring.on and change["new"] is not None:
            self.act(lambda: self.begin_with(PRESETS[change["new"]]))

    def _on_at(self, change: dict[str, Any]) -> None:
        at = min(int(change["new"]), len(self.shown.order))
        focus = self.shown.order[at - 1] if at else self.shown.focus
        self._choose({"at": at, "focus": focus}, same_step=True)

    def _choose(self, changes: dict[str, Any], same_step: bool = False) -> None:
        if any(getattr(self.shown, name) != value for name, value in changes.items()):
            self.choose(lambda: replace(self.shown, **changes), same_step)
