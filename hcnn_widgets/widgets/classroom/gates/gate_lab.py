"""The gates of two inputs: which of them a line can be, and what two lines can be together."""

from dataclasses import replace
from typing import Any

import ipywidgets

from hcnn_widgets.classroom.gates import GATES
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.widgets.classroom.lab_box import button, labelled, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.plane.plane_drawing import Array, PlaneDrawing
from hcnn_widgets.widgets.classroom.plane.plane_lab import PlaneLab, PlanePanel
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .gate_code import gate_code
from .gate_keys import after_key, after_move, kept_end, line_of
from .gate_plane import gate_plane
from .gate_scene import gate_scene
from .gate_shown import COMBINATIONS, GateShown, gate_shown_of

FIRST_LINE = ((1.0, 0.0, -0.5),)
"""Upright between the corners: AND is not yet solved by it."""


class GateLab(PlaneLab[GateShown]):
    """All 16 gates of two inputs that are 0 or 1: a truth table to be changed, and a line to be drawn for it.

    In the plane a line is dragged by its diamonds. In the table beside it arrow keys walk, Shift and an arrow key move
    a line, Enter changes a target or chooses one of the 16 gates. "Best line" gets as many corners right as a line can:
    all of 14 gates, 3 of 4 of XOR and XNOR. "Second line" adds another unit, and both answers are combined.

    Parameters
    ----------
    gate : str
        The gate that is wanted: a name in ``hw.classroom.GATES``; a ``lab.state`` in its place is shown again.
    outputs : (4,) of 0 and 1, optional
        What is wanted at (0, 0), (0, 1), (1, 0) and (1, 1), in place of the gate.
    lines : (1, 3) or (2, 3) float
        Each line as w1, w2 and b.
    combine : "AND", "OR", "NAND" or "NOR"
        What the output unit makes of two lines.
    focus : int
        The corner whose sums are written out.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no gate.
    """

    @takes_state
    def __init__(
        self,
        gate: str = "AND",
        *,
        outputs: Any = None,
        lines: Any = FIRST_LINE,
        combine: str = "AND",
        focus: int = 0,
        **options: Any,
    ) -> None:
        check_options(options, GateLab, PlanePanel)
        known_name("gate", gate, GATES)
        shown = gate_shown_of(GATES[gate].outputs if outputs is None else outputs, lines, combine, focus)
        self._kept: Array | None = None
        self._make_controls()
        super().__init__(shown, [self._gate, self._best, self._second, self._combine], **options)

    def _make_controls(self) -> None:
        self._gate = labelled(
            ipywidgets.Dropdown, "Gate", "190px", options=list(GATES), tooltip="The gate that is wanted"
        )
        self._best = button(
            "Best line", "check", "Get as many corners right as can be (key t)", lambda _: self.act(self.solve)
        )
        self._second = ipywidgets.ToggleButton(
            description="Second line", icon="plus", tooltip="Add another unit (key l)", layout={"width": "auto"}
        )
        self._combine = labelled(
            ipywidgets.Dropdown,
            "Combined by",
            "170px",
            options=list(COMBINATIONS),
            tooltip="What the output unit is (key c)",
        )
        self._gate.observe(lambda change: self.choose(lambda: self.shown.of_gate(change["new"])), "value")
        self._second.observe(lambda change: self.choose(lambda: self.shown.with_second(bool(change["new"]))), "value")
        self._combine.observe(lambda change: self.choose(lambda: replace(self.shown, combine=change["new"])), "value")

    # --- what it shows --------------------------------------------------------------------------------------------
    def drawing(self) -> PlaneDrawing:
        """Return the plane of the gate."""
        return gate_plane(self.shown)

    def scene(self, width: int) -> Scene:
        """Describe the table beside the plane, for a width in pixels."""
        return gate_scene(self.shown, width)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras with the same weights, and the same answers."""
        return gate_code(self.shown)

    def mirror(self) -> None:
        """Set the lab's own controls to what is shown."""
        shown = self.shown
        put(self._gate, value=shown.name)
        put(self._second, value=shown.two)
        put(self._combine, value=shown.combine)
        put(self._combine.layout, display=None if shown.two else "none")

    # --- what is done ---------------------------------------------------------------------------------------------
    def solve(self) -> None:
        """Put the lines where they get most corners right."""
        self.go_to(self.shown.solved())

    def after_key(self, place: int, key: str) -> GateShown | None:
        """Return what is shown after a key in the table."""
        return after_key(self.shown, place, key)

    def moved(self, key: str, number: int, at: tuple[float, float]) -> GateShown | None:
        """Follow a drag: the line turns about its other end."""
        return None if self._kept is None else after_move(self.shown, line_of(key), at, self._kept)

    def picked(self, key: str, number: int) -> GateShown | None:
        """Keep the other end of the line that is taken hold of."""
        self._kept = kept_end(self.shown, line_of(key), number) if key.startswith("grip-") else None
        return None
