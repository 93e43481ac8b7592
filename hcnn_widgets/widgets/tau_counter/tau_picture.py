"""Still picture of two small RDMs and the state of the count."""

from typing import Any

from hcnn_widgets.mapping.similarity.rdms.percentiles import percentiles
from hcnn_widgets.widgets.panel.picture_page import in_lines, new_figure, png_of

from .tau_frame import read_tau, running_words


def tau_picture(header: dict[str, Any], values: bytes, position: int, names: list[str]) -> bytes:
    """Draw both RDMs with their numbers, and the state of the count above them.

    Parameters
    ----------
    header : dict
    values : bytes
    position : int
        Number of steps taken.
    names : list of str
        Names of the stimuli, in the order shown.

    Returns
    -------
    bytes
        PNG.
    """
    from scipy.spatial.distance import squareform

    a, b, verdicts = read_tau(header, values)
    n = header["n"]
    figure = new_figure(8.0, 3.9)
    for column, (name, vector) in enumerate([(header["name_a"], a), (header["name_b"], b)]):
        axis = figure.add_subplot(1, 2, column + 1)
        matrix, shade = squareform(vector), squareform(percentiles(vector))
        axis.imshow(shade, cmap="viridis", vmin=0, vmax=100)
        for row, line in enumerate(matrix):
            for place, value in enumerate(line):
                if row != place:
                    ink = "black" if shade[row, place] > 55 else "white"
                    axis.text(place, row, f"{value:.2f}", ha="center", va="center", fontsize=7, color=ink)
        axis.set_title(in_lines(name, 28), fontsize=9)
        axis.set_xticks([])
        axis.set_yticks(range(n), [in_lines(name) for name in names] if column == 0 else [""] * n, fontsize=7)
    figure.suptitle(running_words(verdicts, position), fontsize=10)
    return png_of(figure, header["source"])
