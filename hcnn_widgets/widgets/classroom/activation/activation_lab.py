"""Activation functions over the pre-activations that they are given."""

from typing import Any

import ipywidgets

from hcnn_widgets.classroom.activation import ACTIVATIONS, LEAK
from hcnn_widgets.widgets.classroom.lab_box import labelled, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.plane.cells import NUDGES
from hcnn_widgets.widgets.classroom.scene_lab import LabPanel, SceneLab
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.slider import Slider
from hcnn_widgets.widgets.scene.scene import Scene

from .activation_code import activation_code
from .activation_scene import activation_scene, place_at
from .activation_shown import MOST_LAYERS, STEP, ActivationShown, activation_shown_of
from .pre_activations import PreActivations, standard_normal

SET = ("function", "threshold", "leak", "layers")
"""What controls set."""


class ActivationLab(SceneLab[ActivationShown]):
    """ReLU, leaky ReLU, sigmoid, tanh, softplus and GELU: value, slope, and what becomes of pre-activations.

    Beneath the curves lie the pre-activations that come in, beside them the values that come out. Where the slope is 0
    a unit is dead and learns nothing, where it is below 0.1 it is saturated; through many layers slopes multiply. A
    pointer, or the arrow keys, walk along z; a click or Enter keeps the place. With Shift arrow keys move the
    threshold, left and right, and the number of layers, up and down; digits choose the function.

    Parameters
    ----------
    function : str, optional
        A name in ``hw.classroom.ACTIVATIONS``; by default the layer's own, or ReLU. A ``lab.state`` in its place is
        shown again.
    model : GoalDrivenModel, Run or keras.Model, optional
        Whose pre-activations are shown, live while it trains; by default a standard normal distribution stands there.
    area : str, optional
        An area of the model, or a layer with an activation function; by default the first.
    images : StimulusSet or (n_stimuli, height, width, n_channels), optional
        What the model is shown; by default images that its training holds out.
    z : float
        The pre-activation whose value and slope are written out.
    threshold : float
        What is taken from every pre-activation first; the negative of a bias.
    leak : float, optional
        Slope of the leaky ReLU below 0, from 0 to 1; by default the layer's own, or 0.2.
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
        function: str | None = None,
        *,
        model: Any = None,
        area: str | None = None,
        images: Any = None,
        z: float = 1.0,
        threshold: float = 0.0,
        leak: float | None = None,
        layers: int = 5,
        **options: Any,
    ) -> None:
        check_options(options, ActivationLab, LabPanel)
        self._source, self._told = _source_of(model, area, images), (None, None, None)  # type: Any, Any
        path = None if self._source is None else self._source.path_of(area)
        own = ("relu", LEAK) if path is None else self._own(path)
        shown = activation_shown_of(
            own[0] if function is None else function, z, threshold, own[1] if leak is None else leak, layers, path
        )
        self._normal = standard_normal()
        self._make_controls()
        super().__init__(shown, [self._area, self._function, self._leak, self._threshold, self._layers], **options)

    def _own(self, path: str) -> tuple[str, float]:
        """Return the function and the leak of a layer; those of the first view where it has none of these."""
        point = self._source.points[path]
        return point.function if point.function in ACTIVATIONS else "relu", point.leak or LEAK

    def _make_controls(self) -> None:
        paths = () if self._source is None else self._source.paths
        self._area = labelled(
            ipywidgets.Dropdown, "Layer", "240px", options=paths, tooltip="The layer whose pre-activations are shown"
        )
        names = [(entry.words, name) for name, entry in ACTIVATIONS.items()]
        self._function = labelled(
            ipywidgets.Dropdown, "Function", "180px", options=names, tooltip="The activation function (its digit)"
        )
        self._threshold = Slider(
            "Threshold", min=-4, max=4, step=STEP, tooltip="Shift, left and right", layout={"width": "270px"}
        )
        self._leak = Slider(
            "Slope below 0", min=0, max=1, step=0.05, tooltip="Of the leaky ReLU", layout={"width": "270px"}
        )
        self._layers = Slider("Layers", min=1, max=MOST_LAYERS, tooltip="Shift, up and down", layout={"width": "240px"})
        for name in self._names:
            self._control(name).observe(lambda change, name=name: self._set(name, change["new"]), "value")

    @property
    def _names(self) -> tuple[str, ...]:
        return ("area", *SET) if self._source is not None else SET

    # --- what it shows --------------------------------------------------------------------------------------------
    @property
    def given(self) -> PreActivations | None:
        """The pre-activations that are shown; None as long as they are read."""
        if self._source is None:
            return self._normal
        assert self.shown.area is not None
        return self._source.look(self.shown.area)

    def told(self) -> object:
        """Return what is shown over what, the same object as long as neither has changed."""
        shown, given = self.shown, self.given
        if self._told[0] is not shown or self._told[1] is not given:
            self._told = shown, given, object()
        return self._told[2]

    def awaited(self) -> str:
        """Say what is being read."""
        return "" if self._source is None else str(self._source.waits(self.shown.area))

    def source_over(self) -> bool:
        """Say whether the model is at rest, and has been read."""
        return self._source is None or bool(self._source.over(self.shown.area))

    def scene(self, width: int) -> Scene:
        """Describe the curves and the numbers, for a width in pixels."""
        return activation_scene(self.shown, self.given, width)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that give the same values, slopes and shares."""
        return activation_code(self.shown, None if self._source is None else self._source.points[self.shown.area])

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        for name in self._names:
            put(self._control(name), value=getattr(self.shown, name))
        for slider in (self._threshold, self._leak):
            put(slider, text=f"{slider.value:.3g}")
        put(self._area.layout, display="none" if self._source is None else None)
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
        new = int(value) if name == "layers" else value
        self.choose(lambda: self.shown.other(**{name: new}))

    def close(self) -> None:
        """Take the lab off the page, and hold neither run nor model any more."""
        if getattr(self, "_source", None) is not None:
            self._source.close()
        super().close()

    def _control(self, name: str) -> Any:
        return getattr(self, f"_{name}")


def _source_of(model: Any, area: str | None, images: Any) -> Any:
    """Return what reads a network, loaded only where there is one: the lab needs no Keras."""
    if model is None:
        for name, given in (("area", area), ("images", images)):
            if given is not None:
                raise ValueError(
                    f"`{name}` is of a model, and there is none. Accepted is `{name}` beside model=...; received no "
                    "model."
                )
        return None
    from .activation_source import ActivationSource

    return ActivationSource(model, images)
