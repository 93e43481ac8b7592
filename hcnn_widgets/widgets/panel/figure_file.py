"""Pictures for a paper: the drawing of a still picture as SVG, PDF or PNG."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from hcnn_widgets.records.checks import known_name

from .picture_page import figures_of

FORMATS = ("svg", "pdf", "png")
_POINTS = 72
"""Points in an inch, the unit of matplotlib's SVG."""
_SETTINGS = {
    "svg.fonttype": "none",  # words stay words, to be searched and edited
    "pdf.fonttype": 42,  # TrueType: whole letters, where Type 3 would be refused by many journals
    "svg.hashsalt": "hcnn_widgets",
}


def figure_file(picture: Callable[[], bytes], file_format: str) -> str | bytes:
    """Return a picture in a format for papers.

    Parameters
    ----------
    picture : function ()
        Draws the still picture, as PNG.
    file_format : "svg", "pdf" or "png"

    Returns
    -------
    str or bytes
        SVG is text, whose words are text; of several figures, one beneath another. PDF has a page for each. Empty when
        there is nothing to show yet.

    Raises
    ------
    ValueError
        If the format is unknown.
    """
    if known_name("file_format", file_format, FORMATS) == "png":
        return picture()
    figures = figures_of(picture)
    if not figures:
        return "" if file_format == "svg" else b""
    from matplotlib import rc_context

    with rc_context(_SETTINGS):
        return _svg(figures) if file_format == "svg" else _pdf(figures)


def _pdf(figures: Sequence[Any]) -> bytes:
    from matplotlib.backends.backend_pdf import PdfPages

    with io.BytesIO() as file:
        with PdfPages(file, metadata={"CreationDate": None}) as pages:
            for figure in figures:
                pages.savefig(figure)
        return file.getvalue()


def _svg(figures: Sequence[Any]) -> str:
    drawings = []
    for figure in figures:
        with io.StringIO() as file:
            figure.savefig(file, format="svg", metadata={"Date": None})
            drawings.append(file.getvalue())
    if len(drawings) == 1:
        return drawings[0]
    sizes = [figure.get_size_inches() * _POINTS for figure in figures]
    width, height = max(size[0] for size in sizes), sum(size[1] for size in sizes)
    parts, top = [], 0.0
    for number, (drawing, size) in enumerate(zip(drawings, sizes, strict=True)):
        parts.append(f'<svg y="{top:g}" {_apart(drawing[drawing.index("<svg") + 5 :], f"part{number}-")}')
        top += size[1]
    opening = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return (
        f'{opening} viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt">{"".join(parts)}</svg>'
    )


def _apart(drawing: str, prefix: str) -> str:
    """Put a prefix before the ids of a drawing, and before what refers to them, as each figure counts from 1."""
    return re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", drawing)
