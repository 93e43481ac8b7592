"""Panel to watch and steer a training run."""

import math
import threading
import time
from typing import Any

import ipywidgets

from hcnn_widgets.learning.training_run import TrainingRun, is_deaf
from hcnn_widgets.learning.training_thread import earlier_trainings
from hcnn_widgets.widgets.panel.given_source import run_given
from hcnn_widgets.widgets.panel.kernel_line import KernelLine
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.run_hold import RunHold
from hcnn_widgets.widgets.panel.ticker import TICKER, Ticker
from hcnn_widgets.widgets.panel.words import shows_errors

from .curves import Curves
from .earlier_trainings import EarlierTrainings
from .printed_lines import PrintedLines
from .state_line import BAR_STYLES, lost_line, share_done, state_line
from .training_code import training_code

HALTED = ("pausing", "paused")
NOT_SHOWN = "No training was shown here when the page was saved."
"""In place of an invitation, which nobody can follow on a saved page."""
LINE_S = 1.0
"""Time in s between the words that are told while the curves beside them are off screen."""
STEERABLE = ("training", "pausing", "paused")
FEWEST_ROWS, MOST_ROWS = 2, 8
"""Rows of the field for printed lines, which scrolls beyond."""


class TrainingMonitor(PanelBox):
    """Live curves of a run, with pause, single step, stop and the learning rate.

    Line: mean over the steps joined in a point. Band: their extremes. Dots: held-out images, once an epoch. Earlier
    trainings of the same name that still go on are named above, with a button that stops them. What the training
    prints, such as a callback's lines, appears beneath.

    Parameters
    ----------
    run : Run, Watcher, keras.Model or GoalDrivenModel, optional
        A run, or what has one: a Keras model that is watched (`hcnn_widgets.watch`), a model that has been trained.
        None makes an empty panel; ``follow`` shows a run later.
    beside : Run, optional
        Another run, such as the last one or one from a folder: its curves are drawn thin and pale under its title.
    ticker : Ticker
        Ticker that keeps the panel up to date.
    **options
        ``clock`` of the panel within.

    Attributes
    ----------
    invitation : str or None
        Words for no run, where something can be done about it; None: that there is nothing to show.
    """

    invitation: str | None = None

    def __init__(
        self,
        run: Any | None = None,
        beside: TrainingRun | None = None,
        *,
        ticker: Ticker = TICKER,
        **options: Any,
    ) -> None:
        check_options(options, type(self), Curves)
        self._hold: RunHold[TrainingRun] = RunHold(None)
        self._ticker, self._clock = ticker, options.get("clock", time.monotonic)
        self._lock = threading.RLock()
        self._printed, self._log = PrintedLines(None), None
        self._seen: tuple[Any, ...] | None = None
        self._make_controls()
        curves = Curves(ticker=ticker, **options)
        curves.when_over(self.refresh)
        controls = [self._pause, self._step, self._stop, self._rate]
        super().__init__(curves, controls, [self._earlier, self._state, self._progress])
        self.follow(run, beside)

    def _make_controls(self) -> None:
        self._pause = _button("Pause", "pause", "Halt after the steps under way, and go on", self._on_pause)
        self._step = _button("Step", "step-forward", "Take one single training step, then stay paused", self._on_step)
        self._stop = _button("Stop", "stop", "End the training; the network keeps what it has learned", self._on_stop)
        self._rate = ipywidgets.FloatText(
            description="Learning rate",
            tooltip="Size of a training step; acts while training goes on",
            step=1e-4,
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "190px"},
        )
        self._rate.observe(self._on_rate, "value")
        self._earlier = EarlierTrainings()
        self._state = KernelLine("No training yet.")
        self._progress = ipywidgets.FloatProgress(
            max=1.0, tooltip="Share of the training that is done", layout={"width": "auto", "height": "16px"}
        )

    def follow(self, run: Any | None, beside: TrainingRun | None = None) -> None:
        """Show and steer another run, with the curves of one beside."""
        run = run_given(run)
        self._hold, self._seen = RunHold(run, self._follow_again), None
        self._printed.stop()
        self._printed = PrintedLines(_thread_of(run))
        self.panel.follow(run, beside)
        self.refresh()
        if run is not None:
            self._ticker.add(self)

    def _follow_again(self) -> None:
        self._seen = None
        self._ticker.add(self)

    # --- from the run to the page -------------------------------------------------------------------------------
    @property
    def over(self) -> bool:
        """Whether curves and controls have reached their last state."""
        run = self._hold.get()
        return self.panel.over and (run is None or (self._seen is not None and self._seen[0] == run.state))

    def tick(self) -> None:
        """Update controls and words if the state, the learning rate or the frame has changed."""
        run = self._hold.get()
        if run is not None and self._seen != self._now(run):
            self.refresh()

    def _now(self, run: TrainingRun) -> tuple[Any, ...]:
        """Return all that the controls and words depend on; what is printed counts while somebody sees it."""
        visible = self.panel.visible
        printed = self._printed.version if visible else None
        second = int(self._clock() / LINE_S) if self._state.seen and not visible else None
        earlier = len(earlier_trainings(run))
        return run.state, self.panel.sequence, run.learning_rate, earlier, printed, is_deaf(run), second

    def refresh(self) -> None:
        """Update controls and words, sending only changes."""
        with self._lock:
            run = self._hold.get()
            state = run.state if run is not None else "none"
            if run is not None:
                self._seen = self._now(run)
                self._state.tell(state_line(run), lost_line(run))
                _put(self._progress, value=share_done(run), bar_style=BAR_STYLES.get(state, ""))
                _put(self._rate, value=run.learning_rate, disabled=not run.alive or is_deaf(run))
            else:
                invitation = self.invitation if self._hold.empty else None
                saved = NOT_SHOWN if invitation else ""
                self._state.tell(self._hold.words if invitation is None else invitation, saved=saved)
                _put(self._progress, value=0.0, bar_style="")
                _put(self._rate, disabled=True)
            halted, deaf = state in HALTED, is_deaf(run)
            _put(self._pause, description="Resume" if halted else "Pause", icon="play" if halted else "pause")
            _put(self._pause, disabled=deaf or state not in STEERABLE)
            _put(self._step, disabled=deaf or state not in STEERABLE)
            _put(self._stop, disabled=deaf or state not in (*STEERABLE, "starting"))
            self._earlier.look(run)
            self._show_printed()
            if run is not None and not run.alive:
                self._printed.stop()
                self._hold.let_go()

    def _show_printed(self) -> None:
        """Show what the training has printed; before the first line there is no place for it."""
        text = self._printed.text
        if not text and self._log is None:
            return
        if self._log is None:
            self._log = ipywidgets.Textarea(
                disabled=True, tooltip="Printed by the training", layout={"width": "auto"}, rows=FEWEST_ROWS
            )
            box: ipywidgets.Box = self
            box.children = (*box.children, self._log)
        _put(self._log, value=text, rows=min(max(FEWEST_ROWS, text.count("\n") + 1), MOST_ROWS))

    # --- from the page to the run: only flags are set -----------------------------------------------------------
    @shows_errors
    def _on_pause(self, _button: Any) -> None:
        run = self._steered()
        if run.state in HALTED:
            run.resume()
        else:
            run.pause()
        self.refresh()

    @shows_errors
    def _on_step(self, _button: Any) -> None:
        self._steered().step()
        self.refresh()

    @shows_errors
    def _on_stop(self, _button: Any) -> None:
        self._steered().stop()
        self.refresh()

    @shows_errors
    def _on_rate(self, change: dict[str, Any]) -> None:
        run, rate = self._hold.get(), change["new"]
        if run is None or rate == run.learning_rate:
            return
        if not math.isfinite(rate) or rate <= 0:
            self._rate.value = run.learning_rate
            raise ValueError(f"The learning rate must be a number above 0; received {rate:g}. It stays as it was.")
        run.learning_rate = rate
        self.panel.note("")

    def _steered(self) -> TrainingRun:
        run = self._hold.get()
        if run is None:
            raise RuntimeError(self._hold.words)
        return run

    @property
    def code(self) -> str:
        """Code, in Keras, that trains the same network without panels."""
        return training_code(self._hold.get())

    def sentence(self) -> str:
        """Return sentences on the state of the run and the last value of every curve."""
        return f"{self._state.value.rstrip('.')}. {self.panel.sentence()}"

    def close(self) -> None:
        """Take the panel off the page and stop updating it; the run goes on."""
        if hasattr(self, "_ticker"):
            self._ticker.discard(self)
            self._printed.stop()
            self._hold.let_go()
        super().close()


def _thread_of(run: TrainingRun | None) -> threading.Thread | None:
    """Return the thread in which a run trains, where it says so."""
    thread: threading.Thread | None = getattr(getattr(run, "training", None), "thread", None)
    return thread


def _button(description: str, icon: str, tooltip: str, on_click: Any) -> ipywidgets.Button:
    button = ipywidgets.Button(description=description, icon=icon, tooltip=tooltip, layout={"width": "auto"})
    button.on_click(on_click)
    return button


def _put(widget: ipywidgets.Widget, **values: Any) -> None:
    """Set the traits whose values change, so that nothing is sent in vain."""
    for name, value in values.items():
        if getattr(widget, name) != value:
            setattr(widget, name, value)
