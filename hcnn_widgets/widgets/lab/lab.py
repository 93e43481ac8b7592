"""Dashboard to choose, train and watch a network and compare it with the brain."""

import threading
from collections.abc import Callable
from typing import Any

import ipywidgets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.mapping.recordings.several import Recordings
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.brain.brain_map import BrainMap
from hcnn_widgets.widgets.kernels.kernel_grid import KernelGrid
from hcnn_widgets.widgets.network.answer_strip import AnswerStrip
from hcnn_widgets.widgets.network.network_view import NetworkView
from hcnn_widgets.widgets.panel.closing import close_parts
from hcnn_widgets.widgets.panel.kernel_line import KernelLine
from hcnn_widgets.widgets.panel.panel_box import BOX
from hcnn_widgets.widgets.panel.ticker import TICKER, Ticker
from hcnn_widgets.widgets.panel.words import in_words, shows_errors
from hcnn_widgets.widgets.predictivity.predictivity_bars import PredictivityBars
from hcnn_widgets.widgets.predictivity.score_trace import ScoreTrace
from hcnn_widgets.widgets.runs.guess import Guess
from hcnn_widgets.widgets.runs.run_table import RunTable
from hcnn_widgets.widgets.scores.missing_recordings import MissingRecordings
from hcnn_widgets.widgets.training.training_monitor import TrainingMonitor

from .lab_ahead import begin_ahead
from .lab_area import AreaChoice
from .lab_bar import lab_bar, lab_button
from .lab_cell import views_of
from .lab_choices import LabChoices
from .lab_fit import LabFit
from .lab_menu import LabMenu, standard_menu
from .lab_own import menu_with_own
from .lab_picture import LeavesPictureOfAll
from .lab_shown import Shown
from .lab_words import INVITATION, TO_COME
from .lab_work import RECORDINGS_AWAITED, LabWork


@checks_keywords
class Lab(LeavesPictureOfAll, ipywidgets.VBox):
    """Panels in a dashboard of one screen, with choices for architecture, goal, rule, images and recordings.

    A strip of images with the network's answers; score over training or as bars, brain, training curves, kernels; the
    network drawn, through which a chosen image is sent; and one's own guess, with the runs of the notebook, each of
    which can be opened again. The run before stays beside the present one, as pale lines and in the menu of the
    kernels. It follows its own width, and fills the screen at a press of its button or of the key F.

    "Train" makes the images and the network of the current choices and trains the network. "Start over" pauses the
    training, clears the panels and resets the choices; until the next training starts the same button, now "Undo",
    restores choices and panels.

    Parameters
    ----------
    menu : LabMenu, optional
        Choices on offer; by default everything in the package.
    images : StimulusSet, optional
        Your own, chosen first.
    recordings : RecordingSet, or sequence or mapping of them, optional
        Your own, chosen first.
    model : GoalDrivenModel, optional
        Your own in place of architecture, goal and rule; "Train" goes on from its present weights.
    ticker : Ticker
        Ticker that keeps the panels up to date.
    clock, score, read : callable, optional
        For the panels within: the time; the score of bars and brain map; the weights of the kernels.

    Raises
    ------
    TypeError
        If images, recordings or model are of another kind.

    Attributes
    ----------
    run : Run or None
        Training shown, for use in later cells; ``run.model`` is the model.
    beside : Run or None
        The one before, which is shown beside it.
    stimuli : StimulusSet or None
        Training images of the last training.
    recordings : list of RecordingSet
        Recordings that the model is compared with.
    """

    def __init__(
        self,
        menu: LabMenu | None = None,
        *,
        images: StimulusSet | None = None,
        recordings: Recordings | None = None,
        model: Any | None = None,
        ticker: Ticker = TICKER,
        clock: Callable[[], float] | None = None,
        score: Callable[[Any, Any], Any] | None = None,
        read: Callable[[Any, str], Any] | None = None,
    ) -> None:
        self._menu = menu_with_own(menu or standard_menu(), images, recordings, model)
        self._ticker, self._lock = ticker, threading.RLock()
        self.run: TrainingRun | None = None
        self.beside: TrainingRun | None = None
        self.stimuli: Any | None = None
        self.recordings: list[Any] = []
        self._work: LabWork | None = None
        self._former: Shown | None = None
        self._made_from: tuple[str, int] | None = None
        self._make_panels(clock, score, read)
        self.choices = LabChoices(self._menu)
        self._fit = LabFit(self._menu, self.choices, lambda: self._ticker.add(self))
        self._train = lab_button("Train", "play", "Make images and network as chosen, and train", "primary")
        self._start_over = lab_button("Start over", "undo", "Clear the panels; can be undone", "")
        self._status = KernelLine()
        self._train.on_click(self._on_train)
        self._start_over.on_click(self._on_start_over)
        self.views = views_of(self)
        bar = lab_bar([self._train, self._start_over], self.monitor, [self._status, self.views.tabs])
        super().__init__([self.choices, self._fit.line, *bar, self.strip, self.views])
        self.add_class(BOX).add_class("hcnn-lab")
        begin_ahead(self._menu.recordings[self.choices.setting.recordings])

    def _make_panels(self, clock: Any, score: Any, read: Any) -> None:
        shared = {"ticker": self._ticker} | ({} if clock is None else {"clock": clock})
        self.monitor = TrainingMonitor(to_come=TO_COME["curves"], **shared)
        self.monitor.invitation = INVITATION
        self.monitor.refresh()
        self.kernels = KernelGrid(read=read, to_come=TO_COME["kernels"], **shared)
        self.trace = ScoreTrace(score=score, to_come=TO_COME["trace"], **shared)
        self.bars = PredictivityBars(score=score, to_come=TO_COME["bars"], **shared)
        self.brain = BrainMap(score=score, to_come="", **shared)
        self.missing = MissingRecordings(self.bars.panel, self.trace.panel)
        self.strip = AnswerStrip(to_come=TO_COME["strip"], **shared)
        self.network = NetworkView(to_come=TO_COME["network"], **shared)
        self.guess, self.runs = Guess(**shared), RunTable(on_open=self._open, **shared)
        AreaChoice(self.brain, self.trace.panel, self.kernels, self.network)
        fitting = self.monitor.panel, self.kernels.panel, *self._score_panels
        for panel in fitting:
            panel.fits = True
        for panel in (*fitting, self.strip, self.network.panel):
            panel.when_over(self.owe_picture)

    @property
    def _score_panels(self) -> tuple[Any, ...]:
        return self.trace.panel, self.bars.panel, self.brain

    # --- what a person does -------------------------------------------------------------------------------------
    @shows_errors
    def _on_train(self, _button: Any) -> None:
        with self._lock:
            if self._work is not None and self._work.busy:
                raise RuntimeError("One thing at a time: the training that was asked for is still being made ready.")
            setting, before = self.choices.setting, self._former.run if self._former is not None else self.run
            self._fit.check()
            images = self.stimuli if (setting.images, setting.n_images) == self._made_from else None
            self._former, self.beside = None, before
            self._name_start_over()
            self.monitor.invitation = ""
            self._status.tell("Making ready\u2026", "Lost: run the cell again.")
            self._show(None, [])
            done = self._on_run, self._on_recordings, self._on_error
            self._work = LabWork(self._menu, setting, before, images, *done)
            self._work.start()
        self._ticker.add(self)

    @shows_errors
    def _on_start_over(self, _button: Any) -> None:
        with self._lock:
            if self._former is not None:
                former, self._former = self._former, None
                self.stimuli, self.beside, self.choices.setting = former.stimuli, former.beside, former.setting
                self._name_start_over()
                self._show(former.run, former.recordings, former.missing)
            else:
                self._put_aside()

    def _put_aside(self) -> None:
        missing = self.missing.words
        if self._work is not None and self._work.busy:
            self._work.give_up()
            if self.run is not None:
                missing = "The recordings were not ready yet when the panels were cleared."
        if self.run is not None and self.run.alive:
            self.run.pause()
        self._former = Shown(self.choices.setting, self.run, self.beside, self.stimuli, self.recordings, missing)
        self.choices.setting = self._menu.first
        self._name_start_over()
        self._show(None, [])

    def _name_start_over(self) -> None:
        undo = self._former is not None
        self.monitor.invitation = f"{INVITATION[:-1]}, or Undo." if undo else INVITATION
        self._start_over.description = "Undo" if undo else "Start over"
        self._start_over.tooltip = "Bring back what was cleared" if undo else "Clear the panels; can be undone"

    def _open(self, run: TrainingRun) -> None:
        """Show a run of the table again, beside the one that was shown until now."""
        with self._lock:
            busy = self._work is not None and self._work.busy
            if busy or (self.run is not None and self.run.alive and run is not self.run):
                raise RuntimeError(
                    "A training is under way here. Accepted is another run once it is over: Stop ends it."
                )
            self.views.selected_index = 0
            self.beside = self.beside if run is self.run else self.run
            self._show(run, self.recordings, self.missing.words)

    def stage(self) -> None:
        """Fill the screen of every page that shows the dashboard; Escape or a second call comes back."""
        self.monitor.panel.send({"kind": "stage", "whole": True})

    # --- what the work brings -----------------------------------------------------------------------------------
    def _on_run(self, work: LabWork, run: TrainingRun, images: Any) -> None:
        with self._lock:
            if work is not self._work or not work.busy:
                run.stop()
                return
            self.stimuli, self._made_from = images, (work.setting.images, work.setting.n_images)
            self._show(run, [], awaited=f"{RECORDINGS_AWAITED}…")

    def _on_recordings(self, work: LabWork, recordings: list[Any], missing: str = "") -> None:
        with self._lock:
            if work is self._work and work.busy:
                if not (missing and self.recordings):  # what is shown is as much as there is
                    self._show_scores(recordings, awaited=missing)
                self.missing.tell(missing, self._look_again)

    def _on_error(self, work: LabWork, error: BaseException) -> None:
        with self._lock:
            if work is self._work and work.busy:
                self.monitor.invitation = INVITATION
                self.say(error)
                self.monitor.refresh()

    def _show(self, run: TrainingRun | None, recordings: list[Any], missing: str = "", awaited: str = "") -> None:
        self.run = run
        beside = self.beside if run is not None else None
        self.monitor.follow(run, beside)
        self.kernels.follow(run, beside)
        for scores in (self.trace.panel, self.bars.panel):
            scores.hold_against(beside)
        for panel in (self.guess, self.strip, self.network):
            panel.follow(run)
        self._show_scores(recordings, awaited or missing)
        self.missing.tell(missing, self._look_again)

    def _look_again(self) -> None:
        if self._work is not None:
            self._work.look_again()
            self._ticker.add(self)

    def _show_scores(self, recordings: list[Any], awaited: str) -> None:
        self.recordings = recordings
        for panel in self._score_panels:
            panel.stop_scoring()
        for panel in self._score_panels:
            panel.awaited = awaited
            panel.follow(self.run, recordings or None)

    def say(self, problem: str | BaseException) -> None:
        """Show an error in words."""
        self.monitor.say(problem if isinstance(problem, str) else in_words(problem))

    # --- from the work to the page ------------------------------------------------------------------------------
    @property
    def over(self) -> bool:
        """Whether no work is under way and every panel has shown its last frame."""
        busy = self._fit.busy or (self._work is not None and self._work.busy)
        return not busy and self._status.value == "" and self._fit.told and all(panel.over for panel in self._panels)

    @property
    def _panels(self) -> tuple[Any, ...]:
        return self.strip, self.monitor, self.kernels, self.trace, self.bars, self.brain, self.network

    def tick(self) -> None:
        """Update the status line with the stage of the work; leave the picture once the last panel has ended."""
        words = self._work.words if self._work is not None else ""
        self._status.tell(words, "Lost: run the cell again." if words else "")
        self._fit.tell()
        self.leave_due_picture()

    def _panel_that_carries(self) -> Any:
        return self.monitor.panel

    def close(self) -> None:
        """Take the dashboard off the page; a training under way goes on, what is being made ready is given up."""
        if getattr(self, "_work", None) is not None:
            self._work.give_up()  # type: ignore[union-attr]
        if hasattr(self, "_ticker"):
            self._ticker.discard(self)
        self.drawing.cancel()
        close_parts(self)
        super().close()

    def __repr__(self) -> str:
        """Return the state of the training in a line."""
        return f"<Lab: {self.monitor.sentence()}>"
