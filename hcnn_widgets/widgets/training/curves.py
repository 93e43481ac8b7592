"""Live training curves of a run: twin of curves.ts."""

from typing import Any

from hcnn_widgets.learning.training_run import TrainingRun, quantities_of
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.run_hold import RunHold

from .curves_frame import curves_frame, own_curves
from .ghost import Ghost


class Curves(LivePanel):
    """Loss and scores over the steps of a run: line = mean of the steps joined in a point, band = their extremes.

    Parameters
    ----------
    run : Run, optional
        None makes an empty panel; ``follow`` shows a run later.
    beside : Run, optional
        Another run, whose loss and scores are drawn as thin, pale lines under its title; on held-out images where there
        are any.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    def __init__(self, run: TrainingRun | None = None, beside: TrainingRun | None = None, **traits: Any) -> None:
        self._ghost: Ghost | None = None
        self._hold: RunHold[TrainingRun] = RunHold(None)
        super().__init__(**traits)
        self.follow(run, beside)

    def follow(self, run: TrainingRun | None, beside: TrainingRun | None = None) -> None:
        """Show the curves of another run, with those of one beside."""
        self._ghost = Ghost.of(beside)
        self._hold = RunHold(run, self.renew)
        self.clear()
        self.start()

    def source_over(self) -> bool:
        """Return whether training is over."""
        run = self._hold.get()
        return run is None or not run.alive

    def make_frame(self) -> Frame:
        """Return a frame of the curves up to now."""
        run = self._hold.get()
        if run is None:
            return Frame(message=self.nothing_yet(self._hold.words) if self._hold.empty else "", final=True)
        over = not run.alive
        frame = curves_frame(run.history, quantities_of(run), beside=self._ghost)
        if over:
            self._hold.let_go()
        if run.state == "failed":
            return Frame(frame.header, frame.values, run.state_message, final=over, wrong=True)
        return Frame(frame.header, frame.values, frame.message, final=over)

    def close(self) -> None:
        """Take the curves off the page; the run is nobody's for their sake."""
        if hasattr(self, "_hold"):
            self._hold.let_go()
        super().close()

    def picture(self) -> bytes:
        """Draw the curves as a PNG."""
        from .curves_picture import curves_picture

        return curves_picture(self.header, self.values) if self.header else b""

    def sentence(self) -> str:
        """Return a sentence with the last value of every curve."""
        lines = [(f"{line} {chart}", points) for chart, line, points in own_curves(self.header, self.values)]
        said = [f"{name} {points[1, -1]:.3g}" for name, points in lines if points.shape[1]]
        beside = "" if self._ghost is None else f" Beside: {self._ghost.title}."
        if not said:
            return (self.message or "Training curves.") + beside
        last = max(points[0, -1] for _, points in lines if points.shape[1])
        return f"Training curves up to step {last:,.0f}: {', '.join(said)}.{beside}"
