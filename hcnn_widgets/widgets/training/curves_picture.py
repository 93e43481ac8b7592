"""Still picture of training curves."""

from typing import Any

from hcnn_widgets.widgets.panel.picture_page import new_figure, open_frame, png_of
from hcnn_widgets.widgets.scene.marks import ROLES

from .curves_frame import read_curves

GHOST = {"color": ROLES["quiet"], "alpha": 0.6, "linewidth": 1.0}
LINES = {"training": ROLES["series-0"], "held-out": ROLES["series-1"], "chance": ROLES["series-5"]}


def curves_picture(header: dict[str, Any], values: bytes) -> bytes:
    """Draw a frame of curves: line = mean, band = minimum to maximum, dots = held-out images, once an epoch.

    A run beside: a thin grey line under its title.

    Returns
    -------
    bytes
        PNG.
    """
    charts = header["charts"]
    figure = new_figure(3.6 * max(1, len(charts)), 2.8)
    axes = {chart["label"]: figure.add_subplot(1, len(charts), i + 1) for i, chart in enumerate(charts)}
    markers = {(chart["label"], line["label"]): line["marker"] for chart in charts for line in chart["series"]}
    ghosts = {(chart["label"], line["label"]) for chart in charts for line in chart["series"] if line.get("ghost")}
    for name, label, (x, mean, low, high) in read_curves(header, values):
        if (name, label) in ghosts:
            axes[name].plot(x, mean, label=label, **GHOST)
            continue
        colour = LINES.get(label, ROLES["series-2"])
        style = "--" if label == "chance" else "-"
        axes[name].plot(x, mean, style, color=colour, label=label, marker="o" if markers[name, label] else None, ms=3)
        axes[name].fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)
    for chart in charts:
        axis = axes[chart["label"]]
        axis.set_xlabel(header["x_label"])
        axis.set_ylabel(chart["label"] + (f" ({chart['unit']})" if chart["unit"] else ""))
        if chart.get("log"):
            axis.set_yscale("log")
        if "y_min" in chart:
            axis.set_ylim(chart["y_min"], chart["y_max"])
        open_frame(axis, 8)
    return png_of(figure)
