"""Canvas of KernelGrid, fed with weights by the training thread without waiting for it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.panel.live_panel import LivePanel
from hcnn_widgets.widgets.panel.page_message import hears
from hcnn_widgets.widgets.panel.run_hold import RunHold

from .kernel_frame import LARGEST, NOW, KernelLook, kernel_frame
from .kernels_beside import KernelsBeside

Weights = tuple[int, str, NDArray[np.float32]]
UNLIKE = "{title} has no kernels of this size in this area. These are those of now."
UNKNOWN = "The kernels before training are not known: the network came with its weights. These are those of now."


class KernelCanvas(LivePanel, page="KernelGrid"):
    """Kernels of a model area as pixels on a canvas: twin of kernel_grid.ts.

    Parameters
    ----------
    source : Run, GoalDrivenModel or None
        Source of the kernels. A model is followed through its run if it is training; else its weights are read once.
    area : str, optional
        Model area; by default the model's first area.
    channel : int or "largest"
        Input channel to show; "largest" as in `kernel_frame`.
    colormap : {"diverging", "grey"}
    shown : {"now", "before", "both", "beside"}
        The kernels of now, those before any training, both side by side, or those of the run beside and now.
    beside : Run, optional
        Another run, whose kernels can be shown beside.
    read : callable
        Function of (model, area) that returns the kernels, (n_kernels, height, width, n_channels) float32.
    **traits
        Any trait of an ipywidgets.DOMWidget, and LivePanel's ``clock`` and ``ticker``.
    """

    selected = traitlets.Int(None, allow_none=True)
    """Index of the kernel selected in the grid: 7, or None"""

    def __init__(
        self,
        source: Any | None = None,
        area: str | None = None,
        channel: int | str = LARGEST,
        colormap: str = "diverging",
        shown: str = "now",
        beside: TrainingRun | None = None,
        *,
        read: Callable[[Any, str], NDArray[np.float32]] | None = None,
        **traits: Any,
    ) -> None:
        self._kernels_of = read or _kernels_of
        self.area, self.channel, self.colormap, self.shown = area, channel, colormap, shown
        self._model: RunHold[Any] = RunHold(None)
        self._run: RunHold[TrainingRun] = RunHold(None)
        self._forget()
        super().__init__(**traits)
        self.follow(source, beside)

    def follow(self, source: Any | None, beside: TrainingRun | None = None) -> None:
        """Show the kernels of another run or model, and those of one beside."""
        source = source_given(source)
        self.beside = None if beside is None else KernelsBeside(beside, self._kernels_of)
        run = source if hasattr(source, "at_boundary") else getattr(source, "run", None)
        self._model, self._run = RunHold(_model_of(source)), RunHold(run, self.renew)
        self.clear()
        self._forget()
        self.start()

    def show(self, area: str | None, channel: int | str = LARGEST) -> None:
        """Show another model area or input channel."""
        self.area, self.channel, self.selected = area, channel, None
        self._forget()
        self.want()
        self.start()

    def compare(self, shown: str) -> None:
        """Show others: "now", "before", "both" or "beside"."""
        self.shown = shown
        self.renew()

    def _forget(self) -> None:
        self._look = KernelLook()
        self._asked_for: Future[Weights] | None = None
        self._weights: Weights | None = None
        self._layer: str | None = None
        self._before: NDArray[np.float32] | None = None

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of the model areas that can be shown."""
        return areas_of(self._model.get())

    @property
    def kernel(self) -> NDArray[np.float32] | None:
        """Weights of the selected kernel, (height, width, n_channels), or None."""
        if self.selected is None or self._weights is None:
            return None
        return self._weights[2][self.selected]

    @property
    def layer(self) -> str | None:
        """Path of the layer whose kernels are shown, nested models first ("backbone/conv1"), or None."""
        model = self._model.get()
        if model is None or getattr(model, "network", None) is None:
            return None
        from hcnn_widgets.activations.filter_kernels import filter_layer_path

        return filter_layer_path(model.network, model.taps, self._shown_area())

    def _shown_area(self) -> str:
        if self.area is None and not self.areas:
            raise ValueError(getattr(self._model.get(), "why_no_areas", "The model has no areas."))
        return self.area if self.area is not None else self.areas[0]

    def source_over(self) -> bool:
        """Return whether the weights have reached their last values."""
        run = self._run.get()
        return run is None or not run.alive

    def make_frame(self) -> Frame:
        """Return a frame of the latest weights read, and request the next reading."""
        model, run = self._model.get(), self._run.get()
        over = self.source_over()
        if model is not None:
            self._read(model, run)
        elif self._weights is None:
            return Frame(message=self.nothing_yet(self._model.words) if self._model.empty else "", final=True)
        if self._weights is None:
            return Frame(message="" if self.header else "Waiting for the first kernels…")
        step, area, kernels = self._weights
        beside = None if self.beside is None else self.beside.of(area, kernels.shape)
        frame, self._look = kernel_frame(
            kernels,
            area,
            step,
            self._look,
            self.channel,
            self.colormap,
            before=self._before,
            beside=beside,
            shown=self.shown,
            layer=self._layer,
        )
        final = model is None or (over and self._asked_for is None)
        if final:
            self._model.let_go()
            self._run.let_go()
        return Frame(frame.header, frame.values, self._missing(beside is not None), final=final)

    def _missing(self, has_beside: bool) -> str:
        """Return why kernels that are asked for are not shown; empty where all are."""
        if self.shown == "beside" and not has_beside:
            return "" if self.beside is None else UNLIKE.format(title=self.beside.title)
        return UNKNOWN if self.shown in ("before", "both") and self._before is None else ""

    def _read(self, model: Any, run: TrainingRun | None) -> None:
        """Store the weights of a finished reading; request another if the network has trained since."""
        if self._asked_for is not None and self._asked_for.done():
            arrived, self._asked_for = self._asked_for, None
            self._weights = arrived.result()
        if self._asked_for is not None:
            return
        step = run.steps_done if run is not None else 0
        if self._weights is not None and self._weights[0] == step:
            return
        if self._weights is None:
            self._layer, self._before = self.layer, _before_of(model, self._shown_area())
        self._asked_for = self._ask(model, run, self._shown_area())
        if self._asked_for.done():
            arrived, self._asked_for = self._asked_for, None
            self._weights = arrived.result()

    def _ask(self, model: Any, run: TrainingRun | None, area: str) -> "Future[Weights]":
        """Request the weights from the training thread between two steps; without a run, read them at once."""

        def read() -> Weights:
            return (run.steps_done if run is not None else 0), area, self._kernels_of(model, area)

        if run is not None:
            return run.at_boundary(read)
        future: Future[Weights] = Future()
        future.set_result(read())
        return future

    @hears("select", index=int)
    def select(self, index: int) -> None:
        """Select the kernel with this index; an index outside the grid selects none."""
        if self._weights is not None:
            self.selected = index if 0 <= index < len(self._weights[2]) else None

    def close(self) -> None:
        """Take the kernels off the page, and hold neither run nor model any more."""
        for hold in (getattr(self, "_run", None), getattr(self, "_model", None)):
            if hold is not None:
                hold.let_go()
        super().close()

    def picture(self) -> bytes:
        """Draw the kernels as a PNG."""
        from .kernel_picture import kernel_picture

        return kernel_picture(self.header, self.values) if self.header else b""

    def sentence(self) -> str:
        """Return a sentence on the kernels shown and their training step."""
        if not self.header:
            return self.message or "Kernels."
        *before, last = self.header["sides"]
        beside = f" {before[0]} and" if before else ""
        return f"{self.header['title']};{beside} {_moment(last, self.header['step'])}."


def areas_of(source: Any | None) -> tuple[str, ...]:
    """Return the area names of a model or of a run's model; an empty tuple for None."""
    model = _model_of(source)
    return tuple(model.areas) if model is not None else ()


def _model_of(source: Any | None) -> Any | None:
    return source.model if hasattr(source, "at_boundary") else source  # type: ignore[union-attr]


def _moment(side: str, step: int) -> str:
    """Return when the kernels of a side were as they are shown, in words."""
    return f"at step {step:,}" if side == NOW else side


def _before_of(model: Any, area: str) -> NDArray[np.float32] | None:
    """Return the kernels before any training, None where they are not known; it looks at no weights of the network."""
    known = getattr(model, "kernels_before", None)
    return None if known is None or model.network is None else known(area)


def _kernels_of(model: Any, area: str) -> NDArray[np.float32]:
    """Read the weights at once; call this only from a thread that may touch the network."""
    if model.network is None:
        raise ValueError(f"`{model.name}` has no network yet: train it, or build it, first.")
    from hcnn_widgets.activations.filter_kernels import kernels

    return kernels(model.network, model.taps, area)
