"""Panel of transfer: a freeze line on a network, and which goals come free."""

from typing import Any

import ipywidgets
import traitlets

from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.transfer.begin_transfer import several, transfer_settings
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors

from .readout_words import SHOWN
from .transfer_code import transfer_code
from .transfer_drawing import VIEWS, TransferDrawing
from .transfer_state import TransferState


class TransferLab(PanelBox):
    """Carry a trained network over to categories that it has never seen, and read other goals out of its areas.

    "New categories": the areas stand in a row with a freeze line, which is dragged, or moved by + and -. What lies
    before it keeps the weights of the trained network, what lies behind is drawn anew. "Start", or the key B, trains
    four kinds of networks for few and many labelled images: frozen up to the line, fine-tuned, from scratch, and frozen
    untrained, the control. Accuracies on held-out images come one by one, with 95 % intervals; every line that was
    measured is kept.

    "Other goals", or the key V: what a linear readout tells from each area, of each goal, for the trained and the
    untrained network, and the difference (key X).

    Parameters
    ----------
    model : GoalDrivenModel
        Trained; it stays as it is.
    images : StimulusSet
        With labels, of categories that the model was not trained on (`hw.stimuli.split_categories`).
    freeze_at : str, optional
        Where the line lies at first: behind this area, by default the highest.
    n_labels, seeds, ways, n_steps, learning_rate, batch_size
        As in `hw.transfer.transfer`.
    **options
        ``view``, ``scores``, ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        As `hw.transfer.transfer`.
    """

    def __init__(
        self,
        model: GoalDrivenModel,
        images: StimulusSet,
        freeze_at: str | None = None,
        n_labels: Any = (10, 30, 100, 300),
        seeds: Any = (0, 1, 2),
        **options: Any,
    ) -> None:
        names = ("ways", "n_steps", "learning_rate", "batch_size")
        own: dict[str, Any] = {"n_labels": several("n_labels", n_labels), "seeds": several("seeds", seeds)}
        own |= {name: options.pop(name) for name in names if name in options}
        check_options(options, TransferLab, TransferDrawing)
        line = transfer_settings(model, images, freeze_at, **own)["freeze_at"]
        self.state = TransferState(model, images, own)
        panel = TransferDrawing(self.state, freeze_at=line, layout={"min_height": "480px"}, **options)
        self._make_controls()
        super().__init__(panel, [self._view, self._start, self._stop, self._scores])
        traitlets.link((panel, "view"), (self._view, "value"))
        traitlets.link((panel, "scores"), (self._scores, "value"))
        panel.observe(self._on_choice, ["view", "scores", "going"])
        self._start.on_click(self._on_start)
        self._stop.on_click(self._on_stop)
        self._on_choice(None)

    def _make_controls(self) -> None:
        self._view = ipywidgets.ToggleButtons(
            options=[(words, name) for name, words in VIEWS.items()],
            tooltips=["Learn categories that the network has never seen", "Read other goals out of its areas"],
        )
        self._start = ipywidgets.Button(
            description="Start", icon="play", tooltip="Train networks for this freeze line", layout={"width": "auto"}
        )
        self._stop = ipywidgets.Button(
            description="Stop", icon="stop", tooltip="End the training under way", layout={"width": "auto"}
        )
        self._scores = ipywidgets.Dropdown(
            description="Scores",
            options=[(words, name) for name, words in SHOWN.items()],
            tooltip="Of the trained or the untrained network, or the difference",
            layout={"width": "280px"},
        )

    @property
    def transfer(self) -> Any:
        """The transfer of the line that is shown (`hw.transfer.Transfer`); None before it is measured."""
        return self.state.transfers.get(self.panel.freeze_at)

    @property
    def readouts(self) -> Any:
        """The readouts (`hw.transfer.Readouts`); None before they are there."""
        return self.state.readouts

    @property
    def code(self) -> str:
        """Lines of code that do the same."""
        return transfer_code(self.panel.view, self.panel.freeze_at, self.state.options)

    @shows_errors
    def _on_choice(self, _change: Any) -> None:
        new = self.panel.view == "transfer"
        for control in (self._start, self._stop):
            control.layout.display = "" if new else "none"
        self._scores.layout.display = "none" if new else ""
        self._stop.disabled = not self.panel.going
        if not new:
            self.state.read_out()
        self.panel.renew()

    @shows_errors
    def _on_start(self, _button: Any) -> None:
        self.panel.begin()

    @shows_errors
    def _on_stop(self, _button: Any) -> None:
        self.state.stop()

    def close(self) -> None:
        """Take the lab off the page; what it trains ends."""
        if hasattr(self, "state"):
            self.state.stop()
        super().close()
