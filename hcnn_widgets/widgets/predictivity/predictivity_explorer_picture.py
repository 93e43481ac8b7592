"""Still picture of scores, with the sites and responses that are open: the bars are those of PredictivityBars."""

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.picture_page import DPI, in_lines, new_figure, open_frame, png_of, side_by_side
from hcnn_widgets.widgets.panel.words import short_name
from hcnn_widgets.widgets.scene.colours import depth_colour, depth_role
from hcnn_widgets.widgets.scene.marks import ROLES
from hcnn_widgets.widgets.scene.scene_panel import USUAL_WIDTH
from hcnn_widgets.widgets.scene.scene_picture import scene_picture
from hcnn_widgets.widgets.scores.score_words import told_scores

from .bars_scene import bars_scene
from .predictivity_explorer_frame import Opened, read_opened

RECORDED, PREDICTED = ROLES["quiet"], ROLES["series-1"]


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
    # Its caption has the score at the end on all images: no place is kept beside the bars.
    bars = bars_scene(told_scores(Frame({**header, "part": ""}, values)), USUAL_WIDTH, whole=True)
    width, height = USUAL_WIDTH / DPI, bars.height / DPI
    pictures = [scene_picture(bars)]
    if opened is not None:
        sites = new_figure(width, height)
        _draw_sites(sites.add_subplot(), header, opened)
        pictures.append(png_of(sites))
    if opened is None or opened.site is None:
        return side_by_side(pictures)
    responses = new_figure(2 * width, height)
    _draw_responses(responses.add_subplot(), header, opened, labels)
    return side_by_side([side_by_side(pictures), png_of(responses)], n_columns=1)


def _draw_sites(axis: Any, header: dict[str, Any], opened: Opened) -> None:
    """Draw a dot per site, by rank of r, with the site's noise ceiling."""
    order = np.argsort(opened.r)
    rank = np.arange(len(order))
    colour = depth_colour(depth_role(header["chosen_model"], len(header["model_areas"])))
    axis.scatter(rank, opened.limits[order], s=9, facecolors="none", edgecolors=ROLES["furrow"], label="noise ceiling")
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
