"""Still picture of the ventral stream, coloured by score."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.widgets.panel.picture_page import new_figure, png_of
from hcnn_widgets.widgets.scores.score_frame import Scores, read_scores

Points = NDArray[np.float64]

CORTEX: tuple[tuple[int, int], ...] = (
    (4, 46),
    (12, 70),
    (30, 86),
    (55, 92),
    (78, 82),
    (93, 62),
    (96, 44),
    (88, 32),
    (70, 27),
    (55, 16),
    (34, 10),
)
CORTEX += ((18, 14), (24, 28), (12, 32))
REGIONS = {"V1": (88, 46, 7, 14), "V2": (75, 46, 6, 14), "V4": (61, 37, 8, 10), "IT": (40, 22, 16, 8)}
"""Centre and half axes of each area, in per cent of the drawing; the front of the brain is at the left."""
LABELS = {"V1": (88, 18), "V2": (66, 74), "V4": (46, 54), "IT": (22, 40)}
"""Where each area's words stand."""
LABEL_STYLE = {"ha": "center", "va": "center", "fontsize": 7, "arrowprops": {"arrowstyle": "-", "lw": 0.6}}
LABEL_BOX = {"facecolor": "white", "alpha": 0.8, "lw": 0, "pad": 1}


def brain_picture(header: dict[str, Any], values: bytes) -> bytes:
    """Draw the brain from the left: each area in the colour of its best score; hatched where not recorded.

    Returns
    -------
    bytes
        PNG.
    """
    scores = read_scores(header, values)
    figure = new_figure(5.0, 3.8)
    from matplotlib import colormaps
    from matplotlib.colors import Normalize
    from matplotlib.patches import Ellipse, Polygon

    axis = figure.add_subplot()
    axis.add_patch(Polygon(smooth(np.array(CORTEX, float)), facecolor="#eeeeee", edgecolor="#555555"))
    colours, norm = colormaps["viridis"], Normalize(0.0, _top(scores.value))
    for area, (x, y, rx, ry) in REGIONS.items():
        value, words = best_of(scores, area)
        look = {"facecolor": "white", "hatch": "////"} if value is None else {"facecolor": colours(norm(value))}
        axis.add_patch(Ellipse((x, y), 2 * rx, 2 * ry, edgecolor="#333333", **look))
        axis.annotate(f"{area}\n{words}", (x, y), LABELS[area], bbox=LABEL_BOX, **LABEL_STYLE)
    axis.set(xlim=(0, 100), ylim=(5, 97), aspect="equal")
    axis.set_axis_off()
    axis.set_title(f"best model area's score (Pearson r, median over sites); step {header['step']:,}", fontsize=8)
    figure.colorbar(_scale_of(colours, norm), ax=axis, shrink=0.6)
    return png_of(figure, header["convention"])


def best_of(scores: Scores, area: str) -> tuple[float | None, str]:
    """Give the best score for a brain area, real recordings before simulated ones, and how to write it."""
    known = [b for b, name in enumerate(scores.brain_areas) if name == area and scores.best(b) is not None]
    if not known:
        return None, "not recorded"
    index = min(known, key=lambda b: scores.simulated[b])
    value = float(np.nanmax(scores.value[index]))
    return value, f"{value:.2f}" + (" simulated" if scores.simulated[index] else "")


def _top(value: NDArray[np.float32]) -> float:
    known = value[~np.isnan(value)]
    return max(0.1, float(np.ceil(10 * known.max()) / 10)) if len(known) else 1.0


def _scale_of(colours: Any, norm: Any) -> Any:
    from matplotlib.cm import ScalarMappable

    return ScalarMappable(norm=norm, cmap=colours)


def smooth(corners: Points, per_side: int = 12) -> Points:
    """Round a polygon off by a closed Catmull-Rom curve through its corners.

    Parameters
    ----------
    corners : (k, 2)
    per_side : int
        Points from one corner to the next.

    Returns
    -------
    (k * per_side, 2)

    Source
    ------
    Catmull & Rom (1974), A class of local interpolating splines.
    """
    before, after, beyond = np.roll(corners, 1, 0), np.roll(corners, -1, 0), np.roll(corners, -2, 0)
    t = (np.arange(per_side) / per_side)[:, None, None]
    curve = (
        2 * corners
        + (after - before) * t
        + (2 * before - 5 * corners + 4 * after - beyond) * t**2
        + (3 * corners - before - 3 * after + beyond) * t**3
    )
    return (0.5 * curve).transpose(1, 0, 2).reshape(-1, 2)
