"""What a convolution lab says: the whole in a sentence, and each of its cells."""

import numpy as np

from hcnn_widgets.classroom.convolution import WindowSum, cross_correlation
from hcnn_widgets.classroom.windows import BORDERS
from hcnn_widgets.widgets.classroom.boards.numbers_in_cells import factor, told
from hcnn_widgets.widgets.panel.words import plural

from .convolution_shown import At, ConvolutionShown

TIMES, LEFT_FLOOR, RIGHT_FLOOR = "\u00d7", "\u230a", "\u230b"
HINT = (
    "Click a cell and type a number; arrow keys walk, Space moves the window on. p padding, s stride, d dilation, "
    "f turns the kernel, v changes the view, g predicts first, u undoes, r resets."
)


def sentence(shown: ConvolutionShown) -> str:
    """Return what is seen, in a sentence."""
    height, width, n_channels = shown.image.shape
    channels = f" in {n_channels} channels" if n_channels > 1 else ""
    kind = "True convolution" if shown.turned else "Cross-correlation"
    steps = f", dilation {shown.dilation}" if shown.dilation > 1 else ""
    bias = f", bias {told(shown.bias)}" if shown.bias else ""
    whole = (
        f"{kind} of {height}{TIMES}{width} pixels{channels} with a kernel of {_sides(shown.size)}: padding "
        f"{shown.padding}, stride {shown.stride}{steps}{bias}, output {_sides(shown.output.shape)}."
    )
    if shown.view == "windows":
        whole = f"{whole} {votes(shown)}"
    return f"{whole} {_tally(shown)}" if shown.predict else whole


def sizes(shown: ConvolutionShown) -> str:
    """Return how the size of the output follows, with its floor."""
    (above, below, left, right), (height, width) = zeros(shown), shown.image.shape[:2]
    rows, columns = shown.output.shape
    parts = []
    for length, zeros_there, cells, n in ((height, above + below, 0, rows), (width, left + right, 1, columns)):
        extent = (shown.size[cells] - 1) * shown.dilation + 1
        parts.append(f"{LEFT_FLOOR}({length} + {zeros_there} \u2212 {extent}) / {shown.stride}{RIGHT_FLOOR} + 1 = {n}")
    return f"rows {parts[0]}, columns {parts[1]}" if parts[0] != parts[1] else f"rows and columns: {parts[0]}"


def zeros(shown: ConvolutionShown) -> tuple[int, int, int, int]:
    """Return the rows or columns of padding above, below, left and right, whether a window sees them or not."""
    if shown.padding in ("same", *BORDERS):
        return shown.reach
    given = [0, 0] if shown.padding == "valid" else [_zeros_of_side(shown, side) for side in shown.size]
    return given[0], given[0], given[1], given[1]


def _zeros_of_side(shown: ConvolutionShown, cells: int) -> int:
    return (cells - 1) * shown.dilation if shown.padding == "full" else int(shown.padding)


def cell_sentence(shown: ConvolutionShown, at: At, in_full: bool = True) -> str:
    """Return what a cell is, and an output what it is the sum of.

    Parameters
    ----------
    shown : ConvolutionShown
    at : (board, row, column)
    in_full : bool
        Whether the sum of an output is written out.
    """
    board, row, column = at
    n_rows = shown.boards[board].shape[0] // (1 if board == "output" else shown.n_channels)
    channel, row_there = divmod(row, n_rows)
    of_channel = f", channel {channel + 1}" if shown.n_channels > 1 and board != "output" else ""
    where = f"{board.capitalize()}{of_channel}, row {row_there + 1}, column {column + 1}"
    if board == "image":
        n_windows = int(shown.counts[row_there, column])
        seen = f"{n_windows} window{'s see' if n_windows != 1 else ' sees'} it."
        return f"{where}: {told(shown.value_at(at))}. {seen}"
    if board == "kernel":
        return f"{where}: {told(shown.value_at(at))}. It meets one pixel of every window: those in the frame."
    if not in_full:
        value = told(float(shown.output[row, column])) if shown.is_open(row, column) else "?"
        return f"{where}: {value}. Enter or a click shows its sum."
    summed = shown.window_sum(row, column)
    if shown.is_open(row, column):
        return f"{where}: {sum_text(summed)}{told(summed.value)}" + (" \u2713 right." if shown.predict else "")
    return f"{where}: {sum_text(summed)}? {verdict(shown, row, column)}"


def sum_text(summed: WindowSum) -> str:
    """Return the sum, written out up to its equals sign."""
    pairs = zip(summed.values.ravel().tolist(), summed.weights.ravel().tolist(), strict=True)
    terms = [f"{factor(value)}{TIMES}{factor(weight)}" for value, weight in pairs]
    return " + ".join([*terms, *([factor(summed.bias)] if summed.bias else [])]) + " = "


def verdict(shown: ConvolutionShown, row: int, column: int) -> str:
    """Return what is to be said of a prediction, with the likely mistake where it is wrong."""
    answer = shown.predicted[row, column]
    if np.isnan(answer):
        return "Type what it will be."
    if shown.right[row, column]:
        return "Right."
    if shown.is_being_typed(row, column):
        return f"{told(float(answer))}: Enter takes it."
    return f"{told(float(answer))} is not it{_mistake(shown, row, column, float(answer))}."


def _mistake(shown: ConvolutionShown, row: int, column: int, answer: float) -> str:
    """Return the mistake by which one comes to an answer."""
    kernel, value = shown.applied, float(shown.output[row, column])
    others = {
        ": it is the sum with the kernel turned by 180 degrees": kernel[::-1, ::-1],
        ": it is the sum with rows and columns of the kernel exchanged": kernel.transpose(1, 0, 2),
    }
    for words, other in others.items():
        if other.shape == kernel.shape and np.isclose(_cell_with(shown, other, row, column), answer):
            return words
    return ": the bias is forgotten" if shown.bias and np.isclose(value - shown.bias, answer) else ""


def _cell_with(shown: ConvolutionShown, kernel: np.ndarray, row: int, column: int) -> float:
    patch = shown.seen[row, column]
    return float(cross_correlation(patch, kernel[..., None], bias=shown.bias).item())


def _tally(shown: ConvolutionShown) -> str:
    typing = shown.focus[0] == "output" and shown.is_being_typed(*shown.focus[1:])
    n_right, n_answers = int(shown.right.sum()), int((~np.isnan(shown.predicted)).sum()) - typing
    n_wrong, n_open = n_answers - n_right, shown.output.size - n_answers
    if n_right == shown.output.size:
        return "All are predicted right."
    return f"Predict first: {n_right} right, {n_wrong} wrong, {n_open} to go."


def _sides(size: tuple[int, int]) -> str:
    return f"{size[0]}{TIMES}{size[1]}"


def votes(shown: ConvolutionShown) -> str:
    """Return how many windows see the pixel in a corner, and how many one in the middle."""
    fewest, most = int(shown.counts.min()), int(shown.counts.max())
    if fewest == most:
        return f"Every pixel is seen by {plural(most, 'window')}."
    corner = int(shown.counts[0, 0])
    if corner == fewest:
        return f"{plural(corner, 'window')} {'sees' if corner == 1 else 'see'} the corner, up to {most} the rest."
    return f"Pixels are seen by {fewest} to {most} windows."
