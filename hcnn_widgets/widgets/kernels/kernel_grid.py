"""Panel of a model area's kernels during training: twin of kernel_grid.ts."""

from typing import Any

import ipywidgets

from hcnn_widgets.learning.training_run import TrainingRun
from hcnn_widgets.records.checks import known_name
from hcnn_widgets.widgets.panel.given_source import source_given
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.panel_box import PanelBox
from hcnn_widgets.widgets.panel.words import shows_errors

from .kernel_canvas import KernelCanvas, areas_of
from .kernel_frame import LARGEST, SHOWN

EACH_LARGEST = "largest of each kernel"
CHOICES = {"now": "now", "before training": "before", "before and now": "both"}


class KernelGrid(PanelBox):
    """Kernels of a model area as a grid that follows the training.

    Teal is a positive weight, brown a negative weight, white or black (by theme) a weight of 0. By default kernels
    over three input channels are drawn as red, green and blue, and kernels over any other number of channels by the
    input channel with the largest weights of each kernel; the title names the choice, and the layer. One colour scale
    holds for all kernels, before training and now; it follows the weights slowly, so that the grid does not flicker.

    Parameters
    ----------
    source : Run, GoalDrivenModel, keras.Model, Watcher or None
        Source of the kernels. A Keras model is followed through its fits if it is watched (`hcnn_widgets.watch`); else
        its weights are read once, and its areas are those of ``GoalDrivenModel.from_keras(model)``.
    area : str, optional
        Model area; by default the model's first area.
    channel : int, optional
        Input channel to show; None for the default above.
    colormap : {"diverging", "grey"}
    shown : {"now", "before", "both", "beside"}
        The kernels of now, those before any training, both side by side, or those of the run beside and now.
    beside : Run, optional
        Another run, such as the last one or one from a folder, whose kernels can be shown beside.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    ValueError
        If the model has no such area, or `shown` is none of those, or asks for a run beside where there is none.
    """

    def __init__(
        self,
        source: Any | None = None,
        area: str | None = None,
        channel: int | None = None,
        colormap: str = "diverging",
        shown: str = "now",
        beside: TrainingRun | None = None,
        **options: Any,
    ) -> None:
        check_options(options, type(self), KernelCanvas)
        source = source_given(source)
        _check_shown(shown, beside)
        _check_area(area, areas_of(source))
        first: int | str = LARGEST if channel is None else channel
        canvas = KernelCanvas(source, area, first, colormap, shown, beside, **options)
        self._area = ipywidgets.Dropdown(description="Area", tooltip="Area of the model", layout={"width": "160px"})
        self._channel = ipywidgets.Text(
            description="Channel",
            value="" if channel is None else str(channel),
            placeholder=EACH_LARGEST,
            continuous_update=False,
            tooltip="Input channel to show: a number, or nothing for the one with the largest weights of each kernel",
            layout={"width": "260px"},
        )
        self._shown = ipywidgets.Dropdown(
            description="Show",
            options=self._choices(canvas),
            value=shown,
            tooltip="The kernels of now, those before any training, both, or those of the run beside",
            layout={"width": "250px"},
        )
        self._told = ipywidgets.Label("", layout={"display": "none"})
        super().__init__(canvas, [self._area, self._channel, self._shown], [self._told])
        self._offer_areas(area)
        self._area.observe(self._choose, "value")
        self._channel.observe(self._choose, "value")
        self._shown.observe(self._compare, "value")
        canvas.observe(self._tell_kernel, "selected")

    def follow(self, source: Any | None, beside: TrainingRun | None = None) -> None:
        """Show the kernels of another run or model, and those of one beside."""
        self.panel.area, shown = None, self.shown
        self.panel.follow(source, beside)
        self._offer_areas(None)
        choices = self._choices(self.panel)
        if dict(self._shown.options) != choices:
            self._shown.options = choices
            self.shown = shown if shown in choices.values() else "now"

    @staticmethod
    def _choices(canvas: KernelCanvas) -> dict[str, str]:
        beside = canvas.beside
        return CHOICES if beside is None else {**CHOICES, f"{beside.title} and now": "beside"}

    @property
    def area(self) -> str | None:
        """Name of the model area shown; set it to show another area of the model."""
        return self._area.value

    @area.setter
    def area(self, area: str) -> None:
        _check_area(area, self.panel.areas)
        self._area.value = area

    @property
    def shown(self) -> str:
        """Choice of "now", "before" (any training), "both" or "beside" (the other run); set it to show the others."""
        return self._shown.value

    @shown.setter
    def shown(self, shown: str) -> None:
        _check_shown(shown, self.panel.beside)
        self._shown.value = shown

    def _offer_areas(self, area: str | None) -> None:
        areas = self.panel.areas
        self._area.options = areas
        self._area.layout.display = "" if areas else "none"
        if areas:
            self._area.value = area or areas[0]

    @shows_errors
    def _choose(self, _change: Any) -> None:
        text = self._channel.value.strip()
        if text and not text.isdecimal():
            raise ValueError(f"`channel` must be a whole number from 0, or nothing; received {text!r}.")
        if self._area.value is not None:  # without a model there is none, and what the panel says of that stays
            self.panel.note("")
            self.panel.show(self._area.value, int(text) if text else LARGEST)

    @shows_errors
    def _compare(self, _change: Any) -> None:
        self.panel.compare(self.shown)

    @shows_errors
    def _tell_kernel(self, _change: Any) -> None:
        kernel, index = self.panel.kernel, self.panel.selected
        self._told.layout.display = "none" if kernel is None else ""
        if kernel is not None:
            size = " x ".join(str(n) for n in kernel.shape)
            self._told.value = (
                f"Kernel {index} of {self.area} ({size}): weights {kernel.min():.3f} to {kernel.max():.3f}"
            )

    @property
    def code(self) -> str:
        """Code that reads the same kernels."""
        from .kernels_code import kernels_code

        return kernels_code(self.panel.layer or "layer")


def _check_area(area: str | None, areas: tuple[str, ...]) -> None:
    if area is not None and areas and area not in areas:
        raise ValueError(f"`area` must be one of this model's areas, {', '.join(areas)}; received {area!r}.")


def _check_shown(shown: str, beside: Any | None) -> None:
    if known_name("shown", shown, SHOWN) == "beside" and beside is None:
        raise ValueError("`shown='beside'` needs a run. Accepted is one as `beside`; received none.")
