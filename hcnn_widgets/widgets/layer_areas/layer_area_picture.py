"""Still picture of a match between model areas and brain areas."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.picture_page import area_names, in_lines, new_figure, png_of

from .layer_area_frame import read_reporting


def matrix_picture(header: dict[str, Any], values: bytes) -> bytes:
    """Draw a match as cells of model areas (rows) by brain areas (columns), with the match of each column ringed.

    Returns
    -------
    bytes
        PNG.
    """
    scores = read_reporting(header, values).T
    n_model, n_brain = scores.shape
    figure = new_figure(max(4.5, 2.0 + 1.2 * n_brain), 1.8 + 0.5 * n_model)
    axis = figure.add_subplot()
    top = max(0.1, float(np.nanmax(scores, initial=0.1)))
    axis.imshow(scores, vmin=0, vmax=top, cmap="viridis", aspect="auto")
    for b, column in enumerate(header["columns"]):
        for m in range(n_model):
            chosen = m == column["chosen"]
            words = "–" if np.isnan(scores[m, b]) else f"{scores[m, b]:.2f}"
            ink = "black" if scores[m, b] > 0.6 * top else "white"
            axis.text(b, m, f"◆ {words}" if chosen else words, ha="center", va="center", color=ink, fontsize=9)
            if chosen:
                axis.add_patch(_ring(b, m))
    axis.set_xticks(range(n_brain), area_names(header["brain_areas"], header["simulated"]))
    axis.set_yticks(range(n_model), [in_lines(f"model {area}", 28) for area in header["model_areas"]])
    axis.xaxis.tick_top()
    axis.tick_params(length=0, labelsize=8)
    axis.spines[:].set_visible(False)
    step = "" if header["step"] is None else f"Step {header['step']:,}. "
    how = "◆: best on one half of the images; all r from the other half, maps fitted within each"
    return png_of(figure, f"{step}{how}", header["convention"], header["source"])


def _ring(column: int, row: int) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.46, row - 0.44), 0.92, 0.88, fill=False, edgecolor="#D55E00", linewidth=2.5)
