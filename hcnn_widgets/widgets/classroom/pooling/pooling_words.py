"""What a pooling lab says: the whole in a sentence, and each of its cells."""

import numpy as np

from hcnn_widgets.classroom.pooling import POOLINGS
from hcnn_widgets.widgets.classroom.boards.numbers_in_cells import factor, told
from hcnn_widgets.widgets.panel.words import plural

from .pooling_shown import At, PoolingShown

TIMES = "\u00d7"
HINT = (
    "Click a cell and type a number; arrow keys walk, Space moves the window on. k kind of pooling, w window, "
    "s stride, p padding, v changes the view, u undoes, r resets."
)


def sentence(shown: PoolingShown) -> str:
    """Return what is seen, in a sentence or two."""
    return f"{of_pooling(shown)} {of_view(shown)}".rstrip()


def of_pooling(shown: PoolingShown) -> str:
    """Return how large everything is."""
    (height, width), (rows, columns) = shown.image.shape, shown.output.shape
    exponent = f" (p = {told(shown.p)})" if POOLINGS[shown.kind].has_exponent else ""
    return (
        f"{shown.kind.capitalize()} pooling{exponent} of {height}{TIMES}{width} pixels in "
        f"{shown.size}{TIMES}{shown.size} windows, stride {shown.stride}, padding {shown.padding}: "
        f"{rows}{TIMES}{columns} outputs."
    )


def of_view(shown: PoolingShown) -> str:
    """Return what the view shows; "" where it is the pooled map alone."""
    n_pixels = shown.image.size
    if shown.view == "shift":
        same, none = shown.unchanged[shown.kind], shown.unchanged["none"]
        return f"Shifted by one pixel, {same:.0%} of its outputs stay as they are, and {none:.0%} of the pixels."
    if shown.view == "gradient":
        n = int(np.count_nonzero(shown.boards["gradient"]))
        return f"A gradient of 1 at every output reaches {n} of {plural(n_pixels, 'pixel')}."
    if shown.view == "unpool":
        n_winners = len({shown.winner(*at) for at in np.ndindex(shown.output.shape)})
        return f"Every output goes back to the pixel that won, {n_winners} of {n_pixels:,}; all others are 0."
    return ""


def cell_sentence(shown: PoolingShown, at: At) -> str:
    """Return what a cell is, and an output how it comes about."""
    board, row, column = at
    value = told(float(shown.boards[board][row, column]))
    where = f"{board.capitalize()}, row {row + 1}, column {column + 1}"
    if board == "output":
        return f"{where}: {written(shown, row, column)} = {value}.{_way_back(shown, row, column)}"
    if board == "image":
        n = _n_won(shown, row, column)
        return f"{where}: {value}." + (f" It wins in {plural(n, 'window')}." if shown.has_winner else "")
    if board == "its output":
        stays = np.isclose(shown.boards[board][row, column], shown.output[row, column])
        return f"{where}: {value}, " + ("as before." if stays else f"before {told(float(shown.output[row, column]))}.")
    return f"{where}: {value}."


def written(shown: PoolingShown, row: int, column: int) -> str:
    """Return how an output comes about, up to its equals sign."""
    seen = [float(shown.image[pixel]) for pixel in shown.pixels(row, column)]
    pooling, p = POOLINGS[shown.kind], told(shown.p)
    return pooling.sum_text.format(
        words=pooling.words,
        listed=", ".join(map(told, seen)),
        added=" + ".join(map(factor, seen)),
        powers=" + ".join(f"|{told(value)}|^{p}" for value in seen),
        n=len(seen),
        p=p,
    )


def _way_back(shown: PoolingShown, row: int, column: int) -> str:
    """Return where the winner is, or where the gradient goes."""
    if shown.view == "gradient" and not shown.has_winner:
        return " Its gradient is spread over the window."
    if not shown.has_winner:
        return ""
    won = "row {}, column {}".format(*(place + 1 for place in shown.winner(row, column)))
    if shown.view == "gradient":
        return f" Its gradient goes to the winner alone: {won}."
    return f" It goes back to {won}." if shown.view == "unpool" else f" The winner: {won}."


def _n_won(shown: PoolingShown, row: int, column: int) -> int:
    return int(((shown.switches.rows == row) & (shown.switches.columns == column)).sum())
