"""Still picture of scores, with the sites and responses that are open."""

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.picture_page import COLOURS, in_lines, new_figure, open_frame, png_of
from hcnn_widgets.widgets.panel.words import short_name

from .bars_picture import bars_width, draw_bars
from .predictivity_explorer_frame import Opened, read_opened

RECORDED, PREDICTED = "#444444", "#D55E00"


def explorer_picture(header: dict[str, Any], values: bytes, labels: Sequence[str] = ()) -> bytes:
    """Draw a frame of the explorer: bars, sites of the open bar beside them, responses of the open site beneath.

    Parameters
    ----------
    header : dict
    values : bytes
    labels : (n_stimuli,) str
        Category of each image in the sheet.

    Returns
    -------
    bytes
        PNG.
    """
    opened = read_opened(header, values)
    rows = [["bars"]] if opened is None else [["bars", "sites"]]
    if opened is not None and opened.site is not None:
        rows.append(["responses", "responses"])
    width = bars_width(header) * len(rows[0])
    figure = new_figure(min(width, 10.0), 3.6 * len(rows))
    axes = figure.subplot_mosaic(rows)
    draw_bars(axes["bars"], header, values)
    if opened is not None:
        _draw_sites(axes["sites"], header, opened)
    if "responses" in axes and opened is not None:
        _draw_responses(axes["responses"], header, opened, labels)
    return png_of(figure, header["convention"], header["source"])


def _draw_sites(axis: Any, header: dict[str, Any], opened: Opened) -> None:
    """Draw a dot per site, by rank of r, with the site's noise ceiling."""
    order = np.argsort(opened.r)
    rank = np.arange(len(order))
    colour = COLOURS[header["chosen_model"] % 7]
    axis.scatter(rank, opened.limits[order], s=9, facecolors="none", edgecolors="#777777", label="noise ceiling")
    axis.scatter(rank, opened.r[order], s=14, color=colour, label="r of each site")
    axis.axhline(float(np.nanmedian(opened.r)), color="black", linewidth=1, label="median r")
    if opened.site is not None:
        at = int(np.flatnonzero(order == opened.site)[0])
        axis.scatter([at], opened.r[[opened.site]], s=60, facecolors="none", edgecolors=PREDICTED, linewidths=2)
    brain, model = header["brain_areas"][header["chosen_brain"]], header["model_areas"][header["chosen_model"]]
    named = f"{len(order)} sites of {short_name(brain)}, predicted from model area {short_name(model)}"
    axis.set_title(textwrap.fill(named, 60), fontsize=8)
    axis.set_xlabel("site, by rank", fontsize=8)
    axis.set_ylabel("Pearson r on held-out images", fontsize=8)
    open_frame(axis, 7, loc="best")


def _draw_responses(axis: Any, header: dict[str, Any], opened: Opened, labels: Sequence[str]) -> None:
    """Draw recorded and predicted responses to every image, in the order of the sheet, with the categories."""
    x = np.arange(len(opened.places))
    axis.scatter(x, opened.recorded, s=5, color=RECORDED, alpha=0.5, label="recorded")
    axis.scatter(x, opened.predicted, s=5, color=PREDICTED, alpha=0.8, label="predicted (held out)")
    if labels:
        shown = np.asarray(labels)[opened.places.astype(int)]
        starts = np.flatnonzero(np.r_[True, shown[1:] != shown[:-1]])
        for edge in starts[1:]:
            axis.axvline(edge - 0.5, color="#bbbbbb", linewidth=0.8)
        ends = np.r_[starts[1:], len(shown)]
        turned = 0 if len(starts) <= 10 else 90
        names = [in_lines(name) for name in shown[starts]]
        axis.set_xticks((starts + ends - 1) / 2, names, rotation=turned, fontsize=7)
    site = header["site_ids"][opened.site]
    axis.set_title(f"Site {short_name(site)}: r {opened.r[opened.site]:.2f} over {len(x)} images", fontsize=8)
    axis.set_ylabel("response (SD)", fontsize=8)
    open_frame(axis, 7, loc="best")
