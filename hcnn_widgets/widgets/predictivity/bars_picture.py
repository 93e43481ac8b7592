"""Still picture of scores as bars."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.picture_page import COLOURS, area_names, in_lines, new_figure, open_frame, png_of
from hcnn_widgets.widgets.scores.score_frame import read_scores

GROUP_WIDTH = 0.8


def bars_picture(header: dict[str, Any], values: bytes) -> bytes:
    """Draw a frame of scores as bars grouped by brain area.

    Whisker = error of the score, tick = untrained network, dotted line = bare pixels, dashed line = noise ceiling.

    Returns
    -------
    bytes
        PNG.
    """
    figure = new_figure(bars_width(header), 3.6)
    draw_bars(figure.add_subplot(), header, values)
    return png_of(figure, header["convention"], header["source"])


def bars_width(header: dict[str, Any]) -> float:
    """Return the width in inches that fits the bars of a frame."""
    return max(5.0, 1.2 + 1.5 * len(header["brain_areas"]))


def draw_bars(axis: Any, header: dict[str, Any], values: bytes) -> None:
    """Draw the bars of a frame of scores into Matplotlib axes."""
    scores = read_scores(header, values)
    n_brain, n_model = scores.value.shape
    width = GROUP_WIDTH / max(1, n_model)
    centres = np.arange(n_brain)
    for m, area in enumerate(scores.model_areas):
        x = centres + (m - (n_model - 1) / 2) * width
        axis.bar(
            x,
            scores.value[:, m],
            0.9 * width,
            yerr=scores.error[:, m],
            color=COLOURS[m % 7],
            label=in_lines(area),
            capsize=2,
        )
        axis.hlines(scores.untrained[:, m], x - 0.45 * width, x + 0.45 * width, colors="black", linewidth=2)
    edges = centres - GROUP_WIDTH / 2, centres + GROUP_WIDTH / 2
    axis.hlines(scores.pixels, *edges, colors="black", linestyles="dotted", label="pixels")
    axis.hlines(scores.ceiling, *edges, colors="#777777", linestyles="dashed", label="ceiling")
    axis.set_xticks(centres, area_names(scores.brain_areas, scores.simulated))
    axis.set_ylabel(header["measure"], fontsize=8)
    step = "" if header["step"] is None else f"step {header['step']:,}; "
    images = header["part"] or f"{header['n_stimuli']} images"
    axis.set_title(f"{step}{images}; tick: untrained", fontsize=8)
    open_frame(axis, 8, loc="center left", bbox_to_anchor=(1.0, 0.5))
