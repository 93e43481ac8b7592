"""Where the network and the curves of a TransferLab stand; arithmetic only."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from hcnn_widgets.widgets.predictivity.bars_layout import Axis
from hcnn_widgets.widgets.scene.word_room import font_size

USUAL_HEIGHT = 480
BOX = 40
"""Height of an area in the row, in pixels."""
LEAST_PLOT = 90
LEGEND_LINE = 1.4
"""Height of a line of the legend, in heights of letters."""


class Layout(NamedTuple):
    """Places in pixels.

    Attributes
    ----------
    font : int
    row_top : float
        Upper edge of the areas.
    title_foot : float
        Where the words above the plot stand.
    edges : tuple of (left, right)
        Of the image, of each area, and of the readout.
    left, right : float
        Of the plot.
    axis : Axis
        Of accuracies.
    counts : tuple of int
        Numbers of labels.
    words_top : float
        Where the first line beneath the plot stands.
    height : float
    """

    font: int
    row_top: float
    title_foot: float
    edges: tuple[tuple[float, float], ...]
    left: float
    right: float
    axis: Axis
    counts: tuple[int, ...]
    words_top: float
    height: float

    def across(self, n_labels: int) -> float:
        """Return where a number of labels stands: as many pixels for each doubling."""
        if len(self.counts) == 1:
            return (self.left + self.right) / 2
        low, high = math.log(self.counts[0]), math.log(self.counts[-1])
        spare = 0.06 * (self.right - self.left)
        inner = self.right - self.left - 2 * spare
        return self.left + spare + inner * (math.log(n_labels) - low) / (high - low)

    @property
    def foot(self) -> float:
        """Where the axis of numbers of labels stands."""
        return self.axis.top + self.axis.height

    def line_at(self, number: int) -> float:
        """Return where the freeze line stands behind an area."""
        return (self.edges[number + 1][1] + self.edges[number + 2][0]) / 2


def lab_layout(
    n_areas: int,
    counts: Sequence[int],
    ends: tuple[float, float],
    width: float,
    n_lines: tuple[int, int],
    height: float | None,
) -> Layout:
    """Lay a TransferLab out.

    Parameters
    ----------
    n_areas : int
    counts : sequence of int
        Numbers of labels.
    ends : (low, high)
        Of the axis of accuracies.
    width : float
    n_lines : (int, int)
        Of the legend, and beneath the plot.
    height : float, optional
        The most.
    """
    font = font_size(width) + 1
    row_top = 2.2 * font
    title_foot = row_top + BOX + 2.9 * font
    top = title_foot + (0.8 + LEGEND_LINE * n_lines[0]) * font
    words = 1.4 * font * max(n_lines[1], 1)
    whole = min(USUAL_HEIGHT, height or USUAL_HEIGHT)
    plot = max(LEAST_PLOT, whole - top - 3.4 * font - words)
    axis = Axis(*ends, top, plot)
    words_top = top + plot + 4.1 * font
    return Layout(
        font,
        row_top,
        title_foot,
        _row(n_areas + 2, width),
        4.2 * font,
        width - 1.2 * font,
        axis,
        tuple(counts),
        words_top,
        words_top + words - 0.7 * font,
    )


def _row(n: int, width: float) -> tuple[tuple[float, float], ...]:
    """Return the edges of boxes in a row, with a gap between that the line has room in."""
    gap = max(10.0, min(28.0, 0.035 * width))
    box = min(118.0, (width - 8 - (n - 1) * gap) / n)
    return tuple((4 + number * (box + gap), 4 + number * (box + gap) + box) for number in range(n))
