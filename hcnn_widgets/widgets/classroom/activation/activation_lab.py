"""Activation functions over the pre-activations that they are given."""

from typing import Any

import ipywidgets

from hcnn_widgets.classroom.activation import ACTIVATIONS, LEAK
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.plane.cells import NUDGES
from hcnn_widgets.widgets.classroom.plane.plane_lab import labelled, put
from hcnn_widgets.widgets.classroom.scene_lab import LabPanel, SceneLab
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .activation_code import activation_code
from .activation_scene import activation_scene, place_at
from .activation_shown import MOST_LAYERS, STEP, ActivationShown, activation_shown_of
from .pre_activations import PreActivations, standard_normal


class ActivationLab(SceneLab[ActivationShown]):
    """ReLU, leaky ReLU, sigmoid, tanh, softplus and GELU: value, slope, and what becomes of pre-activations.

    Beneath the curves lie the pre-activations that come in, beside them the values that come out. Where the slope is 0
    a unit is dead and learns nothing, where it is below 0.1 it is saturated; through many layers slopes multiply. A
    pointer, or the arrow keys, walk along z; a click or Enter keeps the place. With Shift arrow keys move the
    threshold, left and right, and the number of layers, up and down; digits choose the function.

    Parameters
    ----------
    function : str
        A name in ``hw.classroom.ACTIVATIONS``; a ``lab.state`` in its place is shown again.
    z : float
        The pre-activation whose value and slope are written out.
    threshold : float
        What is taken from every pre-activation first; the negative of a bias.
    leak : float
        Slope of the leaky ReLU below 0, from 0 to 1.
    layers : int
        Layers that a gradient comes back through.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no activation function, or no numbers to show.
    """

    @takes_state
    def __init__(
        self,
        function: str = "relu",
        *,
        z: float = 1.0,
        threshold: float = 0.0,
        leak: float = LEAK,
        layers: int = 5,
        **options: Any,
    ) -> None:
        check_options(options, ActivationLab, LabPanel)
        shown = activation_shown_of(function, z, threshold, leak, layers, None)
        self._normal = standard_normal()
        self._make_controls()
        super().__init__(shown, [self._function, self._leak, self._threshold, self._layers], **options)

    def _make_controls(self) -> None:
        names = [(entry.words, name) for name, entry in ACTIVATIONS.items()]
        self._function = labelled(
            ipywidgets.Dropdown, "Function", "180px", options=names, tooltip="The activation function (its digit)"
        )
        sliding = {"continuous_update": True, "readout_format": ".3g"}
        self._threshold = labelled(
            ipywidgets.FloatSlider,
            "Threshold",
            "230px",
            min=-4,
            max=4,
            step=STEP,
            tooltip="Shift, left and right",
            **sliding,
        )
        self._leak = labelled(
            ipywidgets.FloatSlider,
            "Slope below 0",
            "240px",
            min=0,
            max=1,
            step=0.05,
            tooltip="Of leaky ReLU",
            **sliding,
        )
        self._layers = labelled(
            ipywidgets.IntSlider, "Layers", "210px", min=1, max=MOST_LAYERS, tooltip="Shift, up and down"
        )
        for name in ("function", "threshold", "leak", "layers"):
            self._control(name).observe(lambda change, name=name: self._set(name, change["new"]), "value")

    # --- what it shows --------------------------------------------------------------------------------------------
    @property
    def given(self) -> PreActivations | None:
        """The pre-activations that are shown."""
        return self._normal

    def scene(self, width: int) -> Scene:
        """Describe the curves and the numbers, for a width in pixels."""
        return activation_scene(self.shown, self.given, width)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that give the same values, slopes and shares."""
        return activation_code(self.shown)

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        for name in ("function", "threshold", "leak", "layers"):
            put(self._control(name), value=getattr(self.shown, name))
        put(self._leak.layout, display="none" if self.shown.activation.leak is None else None)

    # --- what is done ---------------------------------------------------------------------------------------------
    def pressed(self, place: int, key: str) -> None:
        """Act on a key along z."""
        if self.press_of_all(key):
            return
        if key.isdigit():
            self._set("function", list(ACTIVATIONS)[int(key) - 1])
        elif key in NUDGES:
            right, up = NUDGES[key]
            layers = min(max(self.shown.layers + up, 1), MOST_LAYERS)
            self.go_to(self.shown.other(threshold=self.shown.threshold + STEP * right, layers=layers))
        else:
            span = 4.0 if self.given is None else self.given.span
            self.go_to(self.shown.other(z=place_at(span, place)))

    def _set(self, name: str, value: Any) -> None:
        self.choose(lambda: self.shown.other(**{name: value}))

    def _control(self, name: str) -> Any:
        return getattr(self, f"_{name}")
