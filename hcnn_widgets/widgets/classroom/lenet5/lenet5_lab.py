"""LeNet-5 to be drawn for: a digit on a board, every layer's response, and weights that learn when asked to."""

from collections.abc import Callable
from typing import Any

import ipywidgets
import numpy as np

from hcnn_widgets.classroom.lenet5 import VARIANTS, weight_shapes
from hcnn_widgets.records.checks import check_seed, known_name
from hcnn_widgets.widgets.classroom.lab_box import LabBox, button, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .drawing import PRESET, levels_of
from .lenet_code import lenet_code
from .lenet_places import spot_of
from .lenet_scene import lenet_scene
from .lenet_shown import LeNetShown, Response
from .lenet_training import DIGITS, EPOCHS, DigitsAtHand, LeNetTraining


class LeNetPanel(ScenePanel):
    """The drawing of the lab: board, maps and output.

    Parameters
    ----------
    lab : LeNet5Lab
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    knows_height = True

    def __init__(self, lab: "LeNet5Lab", **traits: Any) -> None:
        self._lab = lab
        super().__init__(**traits)

    def scene(self, width: int, height: int = 0) -> Scene:
        """Describe the lab for a room in pixels."""
        return self._lab.scene(width, height)

    def source_over(self) -> bool:
        """Say whether the weights stay as they are."""
        return not self._lab.training.going_on

    def make_frame(self) -> Frame:
        """Return the scene with the weights as they are now."""
        self._lab.look()
        return super().make_frame()

    def pressed(self, place: int, key: str) -> None:
        """Have the lab act on a key or a stroke."""
        self._lab.act(lambda: self._lab.pressed(place, key))

    def show_again(self) -> None:
        """Send what there is to show now, and leave its picture once nothing has changed for a while."""
        self._was_pressed = True
        self.renew()


class LeNet5Lab(LabBox[LeNetShown]):
    """LeNet-5 as it was published, or as it is written today: draw a digit, and see what every layer responds.

    Draw with the mouse, or walk with arrow keys and press Enter; a digit key shows a handwritten one. "Train" learns
    from digits for a few seconds while the maps change. A map that is pointed at lights the maps that it is connected
    with. The arithmetic of each layer stands beside it; it adds up to 60,000 weights, today's variant to 61,706. F6
    stands as a picture of 7 x 12 beside the bitmap that it is nearest to.

    Parameters
    ----------
    drawing : sequence of str or (height, width) of numbers, optional
        16 rows of text, as ``lab.state`` has them, or an image, ink in white. A ``lab.state`` in its place is shown
        again.
    variant : "published" or "modern"
    seed : int
        Of the untrained weights.
    model : GoalDrivenModel, optional
        Of this variant, trained before: ``hw.GoalDrivenModel.load(...)``, or another lab's ``model``.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Attributes
    ----------
    model, run
        What has been trained here, for instance for ``hw.widgets.Curves(lab.run)``; None before.

    Raises
    ------
    TypeError, ValueError
        If the drawing is none, or the model is another network.
    """

    @takes_state
    def __init__(
        self,
        drawing: Any = PRESET,
        *,
        variant: str = "published",
        seed: int = 0,
        model: Any = None,
        **options: Any,
    ) -> None:
        check_options(options, LeNet5Lab, LeNetPanel)
        known_name("variant", variant, VARIANTS)
        check_seed(seed)
        shown = LeNetShown(levels_of(drawing), variant)
        self._seed, self._erases = seed, False
        self._last: tuple[int, int] = (0, 0)
        self._digits = DigitsAtHand()
        self._trainings = {each: LeNetTraining(each, seed) for each in VARIANTS}
        if model is not None:
            self._trainings[variant] = LeNetTraining(variant, seed, checked_model(model, variant))
        self._make_controls()
        controls = [self._train, self._new, self._variant, self._rubber, self._empty]
        super().__init__(shown, lambda: LeNetPanel(self, **options), controls)

    def _make_controls(self) -> None:
        self._train = self._button("Train", "play", "Learn from handwritten digits (key t)", self.train)
        self._new = self._button("New weights", "random", "Forget what was learnt (key w)", self.forget)
        self._variant = ipywidgets.ToggleButtons(
            options=[("Published", "published"), ("Modern", "modern")],
            tooltips=["LeNet-5 of 1998: 60,000 weights", "As it is written today: 61,706 weights"],
            style={"button_width": "auto"},
        )
        self._rubber = ipywidgets.ToggleButton(
            description="Rubber", icon="eraser", tooltip="Take ink away (key e)", layout={"width": "auto"}
        )
        self._empty = self._button("Empty board", "square-o", "Begin a new drawing (key n)", self.empty)
        self._variant.observe(lambda change: self._choose(change["new"]), "value")
        self._rubber.observe(lambda change: self._take_rubber(bool(change["new"])), "value")

    def _button(self, description: str, icon: str, tooltip: str, action: Callable[[], None]) -> ipywidgets.Button:
        return button(description, icon, tooltip, lambda _: self.act(action))

    # --- what it shows --------------------------------------------------------------------------------------------
    @property
    def training(self) -> LeNetTraining:
        """The weights of the variant that is shown."""
        return self._trainings[self.shown.variant]

    @property
    def model(self) -> Any:
        """The model of the variant that is shown; None before it was trained."""
        return self.training.model

    @property
    def run(self) -> Any:
        """Its latest run; None before there is one."""
        return self.training.run

    @property
    def response(self) -> Response:
        """What the network responds now: ``lab.response.maps["C3"]``."""
        training = self.training
        return Response(self.shown, training.weights, training.words(), training.is_trained)

    def scene(self, width: int, height: int = 0) -> Scene:
        """Describe the lab for a room in pixels; a height of 0 has no end."""
        return lenet_scene(self.response, width, height, not self.training.going_on)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that respond the same, and train."""
        return lenet_code(self.shown, self._seed, EPOCHS)

    def look(self) -> None:
        """Take the weights as they are now."""
        training = self.training
        if training.look():
            self.panel.note(training.problem)
            self.mirror_all()

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        put(self._variant, value=self.shown.variant)
        put(self._rubber, value=self._erases)
        put(self._train, disabled=self.training.going_on)
        put(self._new, disabled=self.training.going_on or not self.training.is_trained)

    # --- what is done ---------------------------------------------------------------------------------------------
    def train(self) -> None:
        """Learn from handwritten digits for some epochs, without waiting for it."""
        self.training.begin()
        self.changed()

    def forget(self) -> None:
        """Draw new weights, from another seed than before."""
        if self.training.is_trained and not self.training.going_on:
            self.training.stop()
            self._trainings[self.shown.variant] = LeNetTraining(self.shown.variant, self.training.seed + 1)
            self.changed()

    def empty(self) -> None:
        """Take all ink off the board."""
        self.go_to(self.shown.empty())

    def show_digit(self, digit: int) -> None:
        """Show the next handwritten image of a digit, one that is not learnt from."""
        self.go_to(LeNetShown(levels_of(np.kron(self._digits.one_of(digit), np.ones((2, 2)))), self.shown.variant))

    def pressed(self, place: int, key: str) -> None:
        """Act on a key, or on a stroke of the pen."""
        if self.press_of_all(key):
            return
        actions: dict[str, Callable[[], Any]] = {"n": self.empty, "t": self.train}
        actions |= {"w": self.forget, "v": lambda: self.go_to(self.shown.other_variant())}
        actions |= {"e": lambda: self._take_rubber(not self._erases)}
        if key in actions:
            actions[key]()
        elif key in DIGITS:
            self.show_digit(int(key))
        else:
            self._stroke(place, goes_on=key == "Drag")

    def _stroke(self, place: int, goes_on: bool) -> None:
        """Ink a cell, and those on the way to it where a stroke goes on."""
        spot = spot_of(place)
        if spot.part == "board":
            cell = spot.row, spot.column
            start = self._last if goes_on else cell
            self._last = cell
            self.go_to(self.shown.drawn(start, cell, self._erases), same_step=goes_on)

    def close(self) -> None:
        """Take the lab off the page; what it trains ends."""
        for training in getattr(self, "_trainings", {}).values():
            training.stop()
        super().close()

    def _choose(self, variant: str) -> None:
        if variant != self.shown.variant:
            self.choose(self.shown.other_variant)

    def _take_rubber(self, erases: bool) -> None:
        self._erases = erases
        if not self.mirroring.on:
            self.mirror_all()


def checked_model(model: Any, variant: str) -> Any:
    """Return a model whose network has the weights of a variant; refuse any other."""
    network = getattr(model, "network", None)
    came = [] if network is None else [tuple(each.shape) for each in network.get_weights()]
    wanted = weight_shapes(variant)
    if came != wanted:
        raise ValueError(
            f"`model` is not a {variant} LeNet-5 that has been built. Accepted is one of hw.architecture.lenet5("
            f"{variant!r}) with the ten digits, {len(wanted)} arrays of weights; received {type(model).__name__} with "
            f"{len(came)}."
        )
    return model
