"""A convolution that is typed over: image, kernel and output as cells, and the sum behind every output cell."""

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
        "valid", "same" (both as in Keras), "full", the number of zeros on every side, or as much as "same" of pixels:
        "reflect" (mirrored at the edge), "wrap" (those of the other side).
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

    def at_output(self, number: int) -> ConvolutionShown:
        """Return what is shown with an output in front, counted in reading order."""
        return at_output(self.shown, number)

    def mirror_controls(self) -> None:
        """Set menus and boxes to what is shown."""
        self._controls.follow(self.shown)

    # --- what is done ---------------------------------------------------------------------------------------------
    def cell_at(self, place: int) -> At:
        """Return the cell of a place, which all widths count alike unless the pixels are too small to be walked."""
        panel: Any = self.panel
        return layout_of(self.shown, int(panel.header.get("width", ANY_WIDTH))).at(place)

    def after_key(self, cell: At, key: str) -> ConvolutionShown | None:
        """Return what is shown after a key at a cell; None for the same."""
        return after_key(self.shown, cell, key)

    def output_after(self, shown: ConvolutionShown) -> ConvolutionShown:
        """Return what is shown with the output in front that comes next in reading order."""
        return output_after(shown)
