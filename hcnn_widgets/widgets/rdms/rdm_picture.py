"""Still picture of two RDMs and the scores of all model areas."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.picture_page import in_lines, new_figure, png_of
from hcnn_widgets.widgets.scene.colours import depth_colour, depth_role

from .rdm_numbers import RdmNumbers, area_title, read_rdms


def rdm_picture(header: dict[str, Any], values: bytes) -> bytes:
    """Draw a frame of RDMs: model and brain side by side with the names of the categories, and bars below.

    Bar = mean score over subjects, whisker = standard error over subjects, tick = untrained network, band = noise
    ceiling, dotted line = bound that no model can exceed.

    Returns
    -------
    bytes
        PNG.
    """
    from scipy.spatial.distance import squareform

    numbers = read_rdms(header, values)
    n_rows = len(header["areas"]) + len(header["references"])
    figure = new_figure(8.4, 4.4 + 0.2 * n_rows)
    grid = figure.add_gridspec(2, max(2, len(header["brains"])), height_ratios=[17, 4 + n_rows])
    matrices = grid[0, :].subgridspec(1, 2)
    model = area_title(header, header["area"]) + (f", {header['moment']}" if header["moment"] else "")
    brain = header["brain"]
    for column, (name, pixels) in enumerate([(model, numbers.model_pixels), (brain, numbers.brain_pixels)]):
        axis = figure.add_subplot(matrices[column])
        image = axis.imshow(squareform(pixels), cmap="viridis", vmin=0, vmax=255, interpolation="nearest")
        _label(axis, header, name, column == 0)
    bar = figure.colorbar(image, ax=figure.axes, shrink=0.7, ticks=[0, 255])
    bar.ax.set_yticklabels(_ends(header), fontsize=7)
    for row in range(len(header["brains"])):
        _bars(figure.add_subplot(grid[1, row]), header, numbers, row)
    return png_of(figure, f"{header['convention']}. {header['source']}")


def _ends(header: dict[str, Any]) -> list[str]:
    if header["scale"] == "percentiles":
        return ["alike\n0th percentile", "unlike\n100th percentile"]
    low, high = header["model_limits"]
    apart = "" if [low, high] == header["brain_limits"] else "\n(each its own scale)"
    return [f"alike\n{low:.3g}{apart}", f"unlike\n{high:.3g}{apart}"]


def _label(axis: Any, header: dict[str, Any], name: str, first: bool) -> None:
    axis.set_title(in_lines(name, 28), fontsize=9)
    groups = header["groups"]
    axis.set_xticks([])
    axis.set_yticks([(group["start"] + group["stop"] - 1) / 2 for group in groups if first])
    axis.set_yticklabels([in_lines(group["name"]) for group in groups if first], fontsize=6.5)
    axis.tick_params(length=0)
    for group in groups[1:]:
        axis.axhline(group["start"] - 0.5, color="white", linewidth=0.6)
        axis.axvline(group["start"] - 0.5, color="white", linewidth=0.6)


def _bars(axis: Any, header: dict[str, Any], numbers: RdmNumbers, row: int) -> None:
    brain, areas = header["brains"][row], header["areas"]
    names = [in_lines(name, 25) for name in (*areas, *header["references"])]
    places = np.arange(len(names))
    value = np.concatenate([numbers.value[row], numbers.reference[row]])
    error = np.concatenate([numbers.error[row], numbers.reference_error[row]])
    colours = [depth_colour(depth_role(m, len(areas))) for m in range(len(areas))]
    colours += ["#999999"] * len(header["references"])
    if np.isfinite(numbers.lower[row]):
        axis.axvspan(numbers.lower[row], numbers.upper[row], color="#999999", alpha=0.3, linewidth=0)
        axis.axvline(numbers.bound[row], color="#555555", linestyle="dotted")
    axis.barh(places, np.nan_to_num(value), 0.7, color=colours)
    axis.errorbar(value, places, xerr=error, fmt="none", ecolor="black", elinewidth=1)
    axis.vlines(numbers.untrained[row], places[: len(areas)] - 0.42, places[: len(areas)] + 0.42, "black", linewidth=2)
    axis.axvline(0, color="black", linewidth=0.8)
    axis.set_yticks(places, names if row == 0 else [], fontsize=6.5)
    axis.invert_yaxis()
    axis.tick_params(axis="x", labelsize=6.5)
    axis.set_xlabel(header["method_words"], fontsize=7)
    axis.set_title(f"{in_lines(brain['area'])}{' (simulated)' if brain['simulated'] else ''}", fontsize=8)
    axis.spines[["top", "right"]].set_visible(False)
