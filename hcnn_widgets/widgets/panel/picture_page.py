"""The paper that still pictures are drawn on: matplotlib's own canvas, without pyplot and without a window."""

import io
import logging
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

from .words import short_name

DPI = 110
_KEPT: ContextVar[list[Any] | None] = ContextVar("_KEPT", default=None)
"""Figures that are drawn within `figures_of`, on this thread alone."""


@contextmanager
def _without_log_lines() -> Iterator[None]:
    """Keep matplotlib's remarks on its font cache out of the notebook."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def new_figure(width: float, height: float, layout: Literal["constrained"] | None = "constrained") -> Any:
    """Return an empty figure.

    Parameters
    ----------
    width, height : float
        Size in inches at 110 dots an inch.
    layout : str or None
        How matplotlib arranges what is on it; None where all places are given.
    """
    with _without_log_lines():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width, height), dpi=DPI, layout=layout)
        FigureCanvasAgg(figure)
    return figure


def open_frame(axis: Any, legend: int, **place: Any) -> None:
    """Leave the frame of a chart open at the top and at the right, and add a legend in this font size."""
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=legend, **place)


def in_lines(name: str, letters: int = 18) -> str:
    r"""Return a name, cut to 50 letters, in lines of so many letters: a longer one would leave no room for the axes.

    Examples
    --------
    >>> in_lines("V4"), in_lines("resnet50_block3_conv2", 12)
    ('V4', 'resnet50_blo\nck3_conv2')
    """
    return "\n".join(textwrap.wrap(short_name(name), letters)) or name


def png_of(figure: Any, *footnotes: str) -> bytes:
    """Return a figure as PNG; at its foot stand, in small words, those footnotes that are not empty.

    Within `figures_of` the figure is kept there instead, and the PNG is empty.
    """
    if footnotes:
        words = "; ".join(filter(None, footnotes))
        # In an SVG words are set in a font of the reader, which may be wider.
        width = int((26 if _KEPT.get() is None else 24) * figure.get_figwidth())
        figure.supxlabel(textwrap.fill(words, width), x=0.01, ha="left", fontsize=5.5, color="#555555")
    if (kept := _KEPT.get()) is not None:
        kept.append(figure)
        return b""
    with io.BytesIO() as file, _without_log_lines():
        figure.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()


def figures_of(picture: Callable[[], bytes]) -> list[Any]:
    """Return the figures of a still picture, in place of its PNG, so that other formats show the same drawing.

    Parameters
    ----------
    picture : function ()
        Ends in `png_of`, once per figure.
    """
    kept: list[Any] = []
    token = _KEPT.set(kept)
    try:
        picture()
    finally:
        _KEPT.reset(token)
    return kept


def side_by_side(pictures: list[bytes], n_columns: int = 2) -> bytes:
    """Lay pictures out in rows of ``n_columns``; empty ones are left out.

    Parameters
    ----------
    pictures : list of bytes
        PNG each.
    n_columns : int

    Returns
    -------
    bytes
        PNG; empty if there is none.
    """
    from PIL import Image

    tiles = [Image.open(io.BytesIO(picture)).convert("RGB") for picture in pictures if picture]
    if not tiles:
        return b""
    n_columns = min(n_columns, len(tiles))
    width, height = max(tile.width for tile in tiles), max(tile.height for tile in tiles)
    sheet = Image.new("RGB", (width * n_columns, height * -(-len(tiles) // n_columns)), "white")
    for index, tile in enumerate(tiles):
        sheet.paste(tile, (index % n_columns * width, index // n_columns * height))
    with io.BytesIO() as file:
        sheet.save(file, format="PNG")
        return file.getvalue()
