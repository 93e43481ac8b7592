"""A convolution that is typed over: image, kernel and output as cells, and the sum behind every output cell."""

from dataclasses import replace
from typing import Any

from hcnn_widgets.widgets.classroom.boards.board_lab import BoardLab
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.scene_lab import LabPanel
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .convolution_code import convolution_code
from .convolution_controls import ConvolutionControls
from .convolution_given import SLIDE, given_shown
from .convolution_keys import after_key, at_output, output_after
from .convolution_layout import layout_of
from .convolution_scene import convolution_scene
from .convolution_shown import At, ConvolutionShown

ANY_WIDTH = 640


class ConvolutionLab(BoardLab[ConvolutionShown]):
    """An image, a kernel and their cross-correlation, cell by cell.

    A click on an output, or walking there with the arrow keys, shows its window and its sum, product by product; Space
    or the player moves the window on. Numbers are typed into cells. "Predict first" hides the outputs until they are
    typed.

    Parameters
    ----------
    image : (height, width) or (height, width, n_channels) array, optional
        Of 64 x 64 pixels and 3 channels at most, as it is; a larger one is made grey and reduced, and the lab says so.
        By default that of the lecture's slide. A ``lab.state`` in its place is shown again.
    kernel : (height, width) or (height, width, n_channels) float, optional
        Of two axes it is the same on every channel.
    padding : str or int
        "valid", "same" (both as in Keras), "full", or the number of zeros on every side.
    stride, dilation : int
    bias : float
    turned : bool
        Whether the kernel is turned by 180 degrees before it is applied: a true convolution.
    view : "sum", "matrix" or "windows"
        The sum of the window in front, the whole as one product of matrices, or how many windows see each pixel.
    predict : bool
        Whether outputs are hidden until they are typed.
    answers : (n_rows, n_columns) of float or None, optional
        What was predicted.
    focus : (board, row, column)
        The cell in front: "image", "kernel" or "output", rows counted on from channel to channel.
    source : str
        Where the image is from, said below it.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no convolution.
    """

    @takes_state
    def __init__(
        self,
        image: Any = SLIDE[0],
        kernel: Any = SLIDE[1],
        padding: str | int = "valid",
        stride: int = 1,
        *,
        dilation: int = 1,
        bias: float = 0.0,
        turned: bool = False,
        view: str = "sum",
        predict: bool = False,
        answers: Any = None,
        focus: Any = ("output", 0, 0),
        source: str = "",
        **options: Any,
    ) -> None:
        check_options(options, ConvolutionLab, LabPanel)
        choices = {"padding": padding, "stride": stride, "dilation": dilation, "bias": bias, "turned": turned}
        asked = {"view": view, "predict": predict, "answers": answers, "focus": focus}
        shown = given_shown(image, kernel, source, **choices, **asked)
        self._controls = ConvolutionControls(self)
        super().__init__(shown, self._controls.row, **options)

    # --- what it shows --------------------------------------------------------------------------------------------
    def scene(self, width: int) -> Scene:
        """Describe the boards for a width in pixels."""
        return convolution_scene(self.shown, width)

    @property
    def code(self) -> str:
        """Lines of NumPy and Keras that give the same output."""
        return convolution_code(self.shown)

    def n_outputs(self) -> int:
        """Return how many outputs the player walks over."""
        return self.shown.output.size

    def number_in_front(self) -> int | None:
        """Return the output in front, counted in reading order; None where it is none."""
        board, row, column = self.shown.focus
        return row * self.shown.output.shape[-1] + column if board == "output" else None

    def at_output(self, number: int) -> ConvolutionShown:
        """Return what is shown with an output in front, counted in reading order."""
        return at_output(self.shown, number)

    def mirror_controls(self) -> None:
        """Set menus and boxes to what is shown."""
        self._controls.follow(self.shown)

    # --- what is done ---------------------------------------------------------------------------------------------
    def pressed(self, place: int, key: str) -> None:
        """Act on a key at a cell: digits write it, Enter and a click bring it in front."""
        at = self._at(place)
        if self.press_of_all(key):
            return
        if key == " ":
            self.point_at(output_after(replace(self.shown, focus=at)))
        elif key == "Enter":
            self.point_at(replace(self.shown, focus=at, entry=""))
        else:
            goes_on = bool(self.shown.entry) and at == self.shown.focus
            after = after_key(self.shown, at, key)
            self.go_to(after, same_step=goes_on and after is not None and bool(after.entry))

    def _at(self, place: int) -> At:
        """Return the cell of a place, which all widths count alike unless the pixels are too small to be walked."""
        return layout_of(self.shown, self._panel_width()).at(place)

    def _panel_width(self) -> int:
        panel: Any = self.panel
        return int(panel.header.get("width", ANY_WIDTH))
