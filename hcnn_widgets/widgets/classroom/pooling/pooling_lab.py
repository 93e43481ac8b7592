"""Pooling that is typed over: which pixel wins, what a shift changes, and the ways back."""

from typing import Any

from hcnn_widgets.widgets.classroom.boards.board_lab import BoardLab
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.scene_lab import LabPanel
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .pooling_code import pooling_code
from .pooling_controls import PoolingControls
from .pooling_given import FIRST, given_shown
from .pooling_keys import after_key, at_output, output_after
from .pooling_layout import layout_of
from .pooling_scene import pooling_scene
from .pooling_shown import At, PoolingShown

ANY_WIDTH = 640


class PoolingLab(BoardLab[PoolingShown]):
    """An image and its pooled map, cell by cell: max, mean or L_p of each window.

    Pixels that win have a ring, and the output in front is linked with its winner. Beside the pooled map stands what is
    chosen: the same of the image shifted by one pixel, with the share of outputs that stay as they are; the gradient
    that each pixel gets; or the image that unpooling with switches makes, as in U-Net.

    Parameters
    ----------
    image : (height, width) or (height, width, n_channels) array, optional
        Up to 64 x 64 as it is; a larger one, or one with channels, is made grey and reduced, and the lab says so. A
        ``lab.state`` in its place is shown again.
    kind : str
        A name in ``hw.classroom.POOLINGS``: "max", "mean" or "lp".
    size : int
        Side of the window, in pixels.
    stride : int, optional
        Step between windows; by default their size.
    padding : "valid" or "same"
        As in Keras; padding is never counted.
    p : float
        Exponent of "lp".
    view : "pooled", "shift", "gradient" or "unpool"
        What stands beside the pooled map.
    focus : (board, row, column)
        The cell in front.
    source : str
        Where the image is from, said below it.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    TypeError, ValueError
        If these are no pooling.
    """

    @takes_state
    def __init__(
        self,
        image: Any = FIRST,
        kind: str = "max",
        size: int = 2,
        stride: int | None = None,
        padding: str = "valid",
        *,
        p: float = 2.0,
        view: str = "pooled",
        focus: Any = ("output", 0, 0),
        source: str = "",
        **options: Any,
    ) -> None:
        check_options(options, PoolingLab, LabPanel)
        choices = {"kind": kind, "size": size, "stride": stride, "padding": padding, "p": p, "view": view}
        shown = given_shown(image, source, focus, **choices)
        self._controls = PoolingControls(self)
        super().__init__(shown, self._controls.row, **options)

    # --- what it shows --------------------------------------------------------------------------------------------
    def scene(self, width: int) -> Scene:
        """Describe the boards for a width in pixels."""
        return pooling_scene(self.shown, width)

    @property
    def code(self) -> str:
        """Lines of NumPy, Keras and TensorFlow that give the same numbers."""
        return pooling_code(self.shown)

    def at_output(self, number: int) -> PoolingShown:
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

    def after_key(self, cell: At, key: str) -> PoolingShown | None:
        """Return what is shown after a key at a cell; None for the same."""
        return after_key(self.shown, cell, key)

    def output_after(self, shown: PoolingShown) -> PoolingShown:
        """Return what is shown with the output in front that comes next in reading order."""
        return output_after(shown)
