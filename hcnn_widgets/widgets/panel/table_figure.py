"""Tables of scores as pictures for a paper."""

from typing import Any

from hcnn_widgets.mapping.numerics.table import Table
from hcnn_widgets.records.checks import check_kind

from .figure_file import figure_file
from .picture_page import new_figure, png_of

FONT = 8
_INCHES = 0.075
"""Width of a letter at this size, in inches."""
_LINE = 0.19
_GAP = 0.2


def table_figure(table: Any, file_format: str = "svg") -> str | bytes:
    """Return a table as a picture for a paper, with its remarks beneath it.

    Parameters
    ----------
    table : AreaScores, LayerAreaMatch, ScoresOverTime, RdmInference, RdmBootstrap or another table
    file_format : "svg", "pdf" or "png"

    Returns
    -------
    str or bytes
        SVG is text, whose words are text; the others are bytes.

    Raises
    ------
    TypeError
        If it is no such table.
    ValueError
        If the format is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> from hcnn_widgets.mapping import rdm_inference
    >>> found = rdm_inference({"truth": np.arange(6.0)}, [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 6, 5]])
    >>> "truth" in table_figure(found)
    True
    """
    check_kind("table", table, Table, ", such as area_scores makes")
    return figure_file(lambda: _picture(table), file_format)


def _picture(table: Table) -> bytes:
    """Draw the table as PNG: names to the left, numbers to the right, marked cells bold, lines as in journals."""
    header, rows, bold = table.as_shown()
    widths = [_INCHES * max(len(line[column]) for line in (header, *rows)) + _GAP for column in range(len(header))]
    width, height = sum(widths) + _GAP, _LINE * (len(rows) + 2)
    figure = new_figure(width, height + 0.12 * (2 + sum(map(len, table.remarks())) / (26 * width)))
    axis = figure.add_subplot()
    axis.set(xlim=(0, width), ylim=(height, 0))
    axis.set_axis_off()
    for number, line in enumerate((header, *rows)):
        left = _GAP / 2
        for column, (cell, room) in enumerate(zip(line, widths, strict=True)):
            of_names = column < 2
            look = {"fontsize": FONT, "va": "center", "parse_math": False, "ha": "left" if of_names else "right"}
            weight = "bold" if not number or (number - 1, column) in bold else "normal"
            axis.text(
                left if of_names else left + room - _GAP / 2, _LINE * (number + 0.75), cell, weight=weight, **look
            )
            left += room
    for place, thick in ((0.2, 1.0), (1.25, 0.5), (len(rows) + 1.3, 1.0)):
        axis.plot([0, width], [_LINE * place] * 2, color="black", linewidth=thick)
    return png_of(figure, " ".join(table.remarks()))
