"""The controls of a lab of layered perceptrons: menus, Train, and the slider through the training."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets
import numpy as np

from hcnn_widgets.classroom.mlp import UNIT_KINDS
from hcnn_widgets.classroom.point_sets import POINT_SETS
from hcnn_widgets.widgets.classroom.lab_box import button, labelled, put
from hcnn_widgets.widgets.panel.slider import Slider

from .mlp_shown import MlpShown
from .mlp_training import OPTIMIZERS

PLAY_MS = 100
"""From moment to moment while the training is played again."""
LAYERS = ((2,), (3,), (4,), (6,), (8,), (4, 4), (8, 8))
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 10.0, 100.0)


class MlpControls:
    """Makes the controls, has the lab do what they ask for, and sets them to what is shown.

    Parameters
    ----------
    lab : MlpLab

    Attributes
    ----------
    row : sequence of ipywidgets
    moment : Slider
        Stands beneath the planes; it goes back in the training, and plays it.
    """

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        menu = ipywidgets.Dropdown
        self.points = labelled(menu, "Points", "160px", options=list(POINT_SETS), tooltip="Situations of the lecture")
        self.hidden = labelled(menu, "Hidden", "125px", options=_layers([]), tooltip="Hidden units; weights begin anew")
        self.units = labelled(menu, "Units", "135px", options=list(UNIT_KINDS), tooltip="What hidden units answer")
        self.steps = labelled(menu, "Steps", "125px", options=_optimizers(), tooltip="How a step follows the slope")
        self.rate = labelled(menu, "Rate", "115px", options=_rates(0.1), tooltip="Learning rate")
        self.train = ipywidgets.ToggleButton(
            description="Train", icon="play", tooltip="Train in Keras, or stop (key t)", layout={"width": "auto"}
        )
        self.fresh = button(
            "New weights", "random", "Draw other weights to begin with (key w)", lambda _: lab.act(self._begin_anew)
        )
        self.add = button("Add point", "plus", "Where there is most room (key n)", lambda _: lab.act(lab.add_point))
        self.moment = Slider("Training", min=0.0, max=0.0, interval=PLAY_MS, layout={"max_width": "720px"})
        self.row: Sequence[Any] = (
            *(self.points, self.hidden, self.units, self.steps, self.rate),
            *(self.train, self.fresh, self.add),
        )
        self._listen()

    def _listen(self) -> None:
        lab = self._lab
        self.points.observe(lambda change: self._begin_with(change["new"]), "value")
        self.hidden.observe(lambda change: lab.choose(lambda: lab.shown.of_layers(change["new"])), "value")
        self.units.observe(lambda change: lab.choose(lambda: lab.shown.by_hand(units=change["new"])), "value")
        self.steps.observe(lambda change: lab.choose(lambda: replace(lab.shown, optimizer=change["new"])), "value")
        self.rate.observe(lambda change: lab.choose(lambda: replace(lab.shown, rate=change["new"])), "value")
        self.train.observe(self._on_train, "value")
        self.moment.observe(lambda change: self._on_moment(int(change["new"])), "value")

    def show(self, shown: MlpShown, training: bool) -> None:
        """Set the controls to what is shown; the lab says that this is no choice."""
        put(self.points, value=_name_of(shown, self.points.value))
        put(self.hidden, options=_layers([shown.n_hidden]))
        put(self.hidden, value=shown.n_hidden)
        put(self.units, value=shown.units)
        put(self.steps, value=shown.optimizer)
        put(self.rate, options=_rates(shown.rate))
        put(self.rate, value=shown.rate)
        put(self.train, value=training)
        put(self.train, description="Stop" if training else "Train", icon="stop" if training else "play")
        last = max(len(shown.history) - 1, 0)
        put(self.moment, max=max(last, self.moment.value))
        put(self.moment, value=shown.at)
        put(self.moment, max=last)
        put(self.moment, disabled=not shown.history)
        put(self.moment, text=f"epoch {shown.history[shown.at].epoch}" if shown.history else "no training yet")
        if not shown.history:
            put(self.moment, playing=False)

    def _begin_with(self, name: str | None) -> None:
        if not self._lab.mirroring.on and name is not None:
            self._lab.act(lambda: self._lab.begin_with(name))

    def _begin_anew(self) -> None:
        shown = self._lab.shown
        self._lab.go_to(shown.of_layers(shown.n_hidden, shown.seed + 1))

    def _on_train(self, change: dict[str, Any]) -> None:
        lab = self._lab
        if lab.mirroring.on or change["new"] == lab.training:
            return
        lab.act(lab.train)
        with lab.mirroring.under_way():
            self.show(lab.shown, lab.training)  # where it was refused, the button comes back up

    def _on_moment(self, at: int) -> None:
        shown = self._lab.shown
        if shown.history and at != shown.at:
            self._lab.choose(lambda: shown.at_moment(at), same_step=True)


def _layers(also: list[tuple[int, ...]]) -> list[tuple[str, tuple[int, ...]]]:
    """Return the hidden layers to choose from, with those that are shown."""
    counts = sorted({*LAYERS, *also}, key=lambda layers: (len(layers), layers))
    return [(" + ".join(map(str, layers)), layers) for layers in counts]


def _rates(shown: float) -> list[tuple[str, float]]:
    return [(f"{rate:g}", rate) for rate in sorted({*RATES, shown})]


def _optimizers() -> list[tuple[str, str]]:
    return [(kind, name) for name, kind in OPTIMIZERS.items()]


def _name_of(shown: MlpShown, first: str | None) -> str | None:
    """Return the preset with these points, the chosen one if it is among them; None where they are of one's own."""
    for name in dict.fromkeys([*([first] if first else []), *POINT_SETS]):
        drawn = POINT_SETS[name].drawn()
        if np.array_equal(drawn.points, shown.points) and np.array_equal(drawn.targets, shown.targets):
            return name
    return None
